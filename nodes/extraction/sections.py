"""Which part of a note a place stands in: its headings, with or without a colon, in one name."""

import re
from bisect import bisect_right

_NAMES = {
    "family": r"family (?:medical )?(?:history|hx)|fam(?:ily)? hx|fhx?|fmhx?",
    "past": r"(?:past|prior|previous) (?:medical|surgical)(?: and (?:medical|surgical))?"
    r" (?:history|hx)|medical history|surgical history|pmhx?|pshx?|hx|past history"
    r"|resolved problems",
    "plan": r"plan(?: of care)?|treatment plan|recommendations?|orders?(?: placed)?|follow[- ]?up"
    r"|instructions|patient instructions|disposition|discharge instructions|plan and orders",
    "assessment": r"assessments?(?: (?:and|&) plan)?|assessment/plan|a/p|a&p|impressions?"
    r"|diagnos[ei]s|dx|icd-?10(?:-cm)?(?: codes?)?|clinical impression|problem list"
    r"|active problems|final diagnos[ei]s|primary diagnosis|secondary diagnosis|diagnosis code"
    r"|diagnos[ei]s codes?|conclusions?|discharge diagnosis",
    "exam": r"(?:physical |focused |neurologic(?:al)? |musculoskeletal )?exam(?:ination)?|pe"
    r"|objective|o|findings|vitals?(?: signs)?|neuro(?:logic)?|msk|results|labs?|data",
    "history": r"(?:current(?:ly)?|today|now|interval"
    r"|history of (?:the )?present(?:ing)? illness|hpi|subjective|s|interval history"
    r"|history|chief complaint|cc|reason for visit|clinical (?:history|information|indication)"
    r"|indications?|reason for (?:exam|study|request))",
    "review": r"review of systems|ros",
    "medications": r"(?:current |home |active )?med(?:ication)?s?(?: list)?",
    "allergies": r"allerg(?:y|ies)(?:/intolerances)?|drug allergies|intolerances",
    "social": r"social (?:history|hx)|shx?",
    "education": r"patient education|education|counsel+ing|return precautions|warnings?",
    "": r"(?:electronically )?signed(?: by)?|signature|provider|npi|phone|fax|tel|insurance"
    r"|payer|payor"
    r"|member id|subscriber id|group(?: #| number)?|patient(?: name)?|date of (?:service|birth)"
    r"|dob|mrn"
    r"|(?:requesting|ordering|referring|rendering) (?:provider|physician|clinician)|sincerely,?",
    "technique": r"technique|procedure|comparison|exam type|study",
}
_HEAD = re.compile(
    r"(?:^[ \t#*>\-]{0,6}|(?<=[.;] ))(?:"
    + "|".join(f"(?P<{name or 'none'}>{words})" for name, words in _NAMES.items())
    + r")[ \t*]{0,4}(?:(?P<colon>:)|\r?$)",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER = re.compile(
    r"^[ \t]{0,4}[A-Z][A-Za-z/&() \-]{2,40}:|^[A-Z][A-Z /&]{3,40}\r?$", re.MULTILINE
)
_AFTER_BLANK = re.compile(r"\n[ \t\r]*\n[ \t]*$")


class Sections:
    """The headings of a text, and which of them rules a place."""

    def __init__(self, text: str) -> None:
        """Find the headings; another one after an empty line ends the part before it."""
        marks: list[tuple[int, str, str]] = []
        for match in _HEAD.finditer(text):
            name = next(n for n in _NAMES if match[n or "none"])
            marks.append((match.start(), name, match.group().strip(" \t\r#*>-:")))
        taken = {place for place, _, _ in marks}
        for match in _OTHER.finditer(text):
            blank = _AFTER_BLANK.search(text, max(0, match.start() - 40), match.start())
            if match.start() not in taken and blank:
                marks.append((match.start(), "", match.group().strip(" \t\r:")))
        self._marks = sorted(marks)
        self._starts = [place for place, _, _ in self._marks]

    def at(self, place: int) -> tuple[str, str]:
        """Our name of the part, empty for none that is known, and the heading's own words."""
        number = bisect_right(self._starts, place) - 1
        return self._marks[number][1:] if number >= 0 else ("", "")

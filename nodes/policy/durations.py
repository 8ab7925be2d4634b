"""How long and when, as notes word it: "six weeks", "x 8 wks", "09/10/2026 to 11/05/2026"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_NUMBERS = dict(
    zip(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        range(1, 13),
        strict=True,
    )
) | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_NUMBER = (
    r"\d{1,3}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|an?\b(?: couple of)?|couple of"
)
_LENGTH = re.compile(
    rf"(?P<less>\b(?:almost|nearly|less than|under|only about|not quite|<)\s*)?"
    rf"(?<![\d/.\-])\b(?P<low>{_NUMBER})\s*(?:\+|(?:-|\u2013|to|or)\s*(?:\d{{1,2}}|{_NUMBER}))?"
    r"(?:\s*\(\d{1,3}\))?[\s-]*(?:full |consecutive |continuous )?"
    r"(?P<unit>days?|weeks?|wks?|months?|mos?)\b(?!\s*(?:old|postpartum|pregnan|gestation))",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"
    rf"|\b(?P<m2>\d{{1,2}})/(?P<d2>\d{{1,2}})(?:/(?P<y2>(?:20)?\d\d))?(?![/\d])"
    rf"|\b(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y3>(?:19"
    rf"|20)\d\d))?(?!\d)"
    rf"|\b(?P<d4>\d{{1,2}})\s+(?P<m4>{_MONTH})\s+(?P<y4>(?:19|20)\d\d)"
    rf"|\b(?P<m5>{_MONTH})(?:,?\s+(?P<y5>(?:19|20)\d\d))?\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:in|next|within|after|every|another|additional|remaining)\s*$", re.IGNORECASE
)
_AGO = re.compile(r"^\s*(?:ago|prior|earlier|before)\b", re.IGNORECASE)
_SYMPTOM = (
    r"(?:pain|symptoms?|sciatica|radiculopathy|weakness|numbness|tingling|complaints?"
    r"|ache|lbp|work)"
)
_NOT_CARE = r"(?!therap|physical|pt\b|treat|care\b|exerc|nsaid|chiro|conserv)"
_OF_SYMPTOM = re.compile(
    rf"^\s*(?:history |h/o )?(?:of|with) (?:{_NOT_CARE}\w+[ -]){{0,4}}?{_SYMPTOM}\b(?! (?:medic"
    rf"|relief"
    rf"|manag))",
    re.IGNORECASE,
)
_SYMPTOM_FOR = re.compile(
    rf"\b{_SYMPTOM}(?:\s+\w+){{0,3}}?[ ,]+(?:x|for|over|of|since)(?: the)?(?: (?:past|last))?\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|beginning|started|starting|began|start(?:ed)? on|from|initiated"
    r"|first session)\W*(?:\w+ ){0,5}?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:through|until|till|ended|ending|completed|finished|discharged|last session|to"
    r"|concluded)\W*(?:\w+ ){0,3}?$",
    re.IGNORECASE,
)
_JOIN = re.compile(r"^\s*(?:to|through|until|till|thru|-|\u2013|and)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """So many days, said at this place of a sentence."""

    days: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day to a day, said in a sentence; one of the two may be open."""

    first: date | None
    last: date | None


def lengths(sentence: str) -> list[Length]:
    """List how long treatment lasted; symptoms' durations, ages and future times are left out.

    A range counts by its lower end, "nearly six weeks" as a day less; a month is 30 days.
    """
    found = []
    for match in _LENGTH.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if _FUTURE.search(before) and not _follows_care(before):
            continue
        if _AGO.search(after) or _OF_SYMPTOM.search(after) or _SYMPTOM_FOR.search(before):
            continue
        found.append(Length(_days(match), match.start(), match.end()))
    return found


def _follows_care(before: str) -> bool:
    return bool(re.search(r"\bafter\s*$", before, re.IGNORECASE))


def _days(match: re.Match[str]) -> int:
    word = match["low"].lower()
    number = float(_NUMBERS[word]) if word in _NUMBERS else float(word)
    unit = match["unit"].lower()
    days = number * (1 if unit.startswith("d") else 7 if unit.startswith("w") else 30)
    return int(days) - bool(match["less"])


def stretch(sentence: str, written: date) -> Stretch:
    """Find from when to when; a month alone counts from its last day, or to its first.

    A day without a year is the latest such day not after the note.
    """
    first: date | None = None
    last: date | None = None
    spots = list(_DATE.finditer(sentence))
    for place, match in enumerate(spots):
        if place and _JOIN.match(sentence[spots[place - 1].end() : match.start()]):
            start, end = _day(spots[place - 1], written, late=True), _day(match, written)
            if start and end and start <= end:
                return Stretch(start, end)
        before = sentence[: match.start()]
        if _SINCE.search(before):
            first = _day(match, written, late=True) or first
        elif _UNTIL.search(before):
            last = _day(match, written) or last
    return Stretch(first, last)


def _day(match: re.Match[str], written: date, late: bool = False) -> date | None:
    parts = {key[0]: value for key, value in match.groupdict().items() if value}
    month = int(parts["m"]) if parts["m"].isdigit() else _MONTHS[parts["m"][:3].lower()]
    year = int(parts["y"]) if "y" in parts else written.year
    year += 2000 * (year < 100)
    if not 1 <= month <= 12 or not 1900 <= year <= 2200:
        return None
    day = int(parts["d"]) if "d" in parts else monthrange(year, month)[1] if late else 1
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    found = date(year, month, day)
    if "y" not in parts and found > written:
        found = date(year - 1, month, min(day, monthrange(year - 1, month)[1]))
    return found


_AGO_START = re.compile(
    rf"\b(?:started|began|initiated|since)\b[^.;]{{0,60}}?\b(?P<low>{_NUMBER})\s*(?P<unit>days?"
    rf"|weeks?|wks?|months?|mos?)\s+ago\b",
    re.IGNORECASE,
)


def started_ago(sentence: str, written: date) -> date | None:
    """Find the day of "started six weeks ago"."""
    match = _AGO_START.search(sentence)
    if not match:
        return None
    word, unit = match["low"].lower(), match["unit"].lower()
    number = float(_NUMBERS[word]) if word in _NUMBERS else float(word)
    factor = 1 if unit.startswith("d") else 7 if unit.startswith("w") else 30
    return written - timedelta(days=int(number * factor))

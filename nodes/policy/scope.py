"""How a note means the words it uses: denied, past, planned, about a relative, only reported.

After ConText (Harkema 2009): triggers reach forward or back inside a clause until a word ends
their reach. Patterns are our own; none comes from a policy file or a request.
"""

import re
from collections import deque
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nodes.policy.answers import answer, rule
from nodes.policy.sentences import Sentence

Polarity = Literal["affirmed", "negated", "uncertain"]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_CLAUSE = re.compile(
    r";|\s[-\u2013\u2014]\s|\b(?:but|however|although|though|except|whereas|nevertheless"
    r"|otherwise|(?<!not )(?<!has )(?<!have )yet)\b"
    r"|,\s+(?=(?:if|unless|while|because|so)\b)",
    re.IGNORECASE,
)
_FAMILY_WORDS = _words(
    r"(?:(?:great|grand|step|half|foster|god)[- ]?){0,3}(?:mother|father|sister|brother|son"
    r"|daughter|aunt|uncle|cousin|parent|sibling|mom|dad|niece|nephew)(?:'s|s)?\b"
    r"|(?:wife|husband|spouse|friend|coworker|co-worker|neighbou?r)(?:'s|s)?\b"
    r"|family (?:hx|history|member)|fhx?\b"
)
_FAMILY_ACTS = _words(
    r"(?:reported|noted|observed|witnessed|stated|described|helps|says) by\b|by (?:her|his"
    r"|their)\b|who helps"
)
_NEGATION = _words(
    r"no(?!t only| longer| doubt|\.|t? sure)\b|not(?! only\b)\b|n't\b|denie[sd]\b"
    r"|deny(?:ing)?\b|without\b|w/o\b|never\b"
    r"|negative for\b|neg for\b|absence of\b|free of\b|lack(?:s|ing)? (?:of )?|ruled out\b"
    r"|rules out\b|nor\b|neither\b"
    r"|no longer\b|none\b|cannot recall\b"
)
_CONTRACTED = re.compile(
    r"(?:does|did|has|have|is|was|do|had|are|were)n['\u2019]t\b", re.IGNORECASE
)
_PSEUDO = _words(
    r"(?:can(?:not| not)|not)(?: be| been)? (?:exclude|ruled? out|excluded)\w*"
    r"|no (?:significant |interval )?(?:change|increase|decrease)"
    r"|(?:does|did|do)(?: not|n['\u2019]t) deny|not denying|cannot deny"
    r"|not only|without (?:difficulty|change)|no doubt|gram negative|with or without"
)
_BREAK = re.compile(
    r"(?:,|\band\b)\s*(?:(?:she|he|they|pt|patient|the patient|also|now|instead|currently)\s+)*"
    r"(?:reports?|reported|endorses?|has|have|had|complains?|c/o|notes?|presents?|positive"
    r"|admits?|states?|describes?|developed|found)\b"
    r"|\b(?:because of|due to|secondary to|resulting in)\b",
    re.IGNORECASE,
)
_NEGATED_AFTER = re.compile(
    r"^[^.;]{0,60}?(?::\s*(?:no|none|denie[sd]|negative|absent|neg|not present)\b"
    r"|\(\s*-\s*\)|\b(?:is|are|was|were|all|has been|have been)\s+(?:\w+\s+)?"
    r"(?:absent|denied|negative|ruled out|excluded|unlikely|not (?:present|seen|noted|found"
    r"|reported|appreciated|evident))\b)"
    r"|^\W{0,3}(?:negative|denied|absent|ruled out|unlikely)\b|^\s*[-\u2013]\s*(?:no|none"
    r"|negative|denie[sd])\b",
    re.IGNORECASE,
)
_UNCERTAIN = _words(
    r"(?:r/o|rule out|to exclude|evaluate for|evaluation for|assess for|concern(?:ed|s)? for"
    r"|possible|possibly|questionable"
    r"|\?|may have|might have|cannot exclude|differential|versus|vs\.?|screen(?:ing)? for"
    r"|work-?up for)"
)
_HYPOTHETICAL = _words(
    r"if\b|unless\b|should\b|advised\b|instructed to\b|go to the (?:er|ed|emergency)\b"
    r"|return (?:if|for|with"
    r"|precautions)\b|watch for\b|monitor for\b"
    r"|in case of\b|risk (?:of|for)\b|educated (?:on|about)\b|warned\b|counsel+ed (?:on|about"
    r"|regarding)\b"
    r"|red flags? (?:such as|including|reviewed|discussed)|call (?:if"
    r"|for|with)\b|precautions\b"
    r"|once\b|until\b|when(?:ever)? (?:she|he|the patient) (?:has|completes)\b|would\b"
    r"|could consider\b|instructed to (?:call|return)\b"
    r"|will (?:be|receive|have|undergo|get|need)\b|(?:is|are|needs?|scheduled) to be\b"
    r"|plan(?:s|ned)? to\b|scheduled (?:for|to)\b"
)
_PAST = _words(
    r"history of\b|(?:last|prior|previous) visit\b|h/o\b|hx of\b|past (?:medical )?history\b"
    r"|previous(?:ly)?\b|prior episode\b"
    r"|last year\b|remote\b|formerly\b"
    r"|years? ago\b|yrs? ago\b|as a child\b|childhood\b|in the past\b"
)
_PAST_AFTER = re.compile(
    r"^[^.;]{0,60}?(?:\b(?:has|have|had|is|are|was|since|now|which|that)?\s*(?:completely "
    r"|fully |since |now )*"
    r"(?:resolved|subsided|cleared|went away)\b|\b\d+ (?:years?|yrs?) ago\b|\blast year\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_REPORTED = _words(
    r"reports?\b|reported\b|complain(?:s|ed|ing)?\b|c/o\b|feels?\b|describes?\b|endorses?\b"
    r"|denie[sd]\b|states?\b|subjective(?:ly)?\b|notice[sd]?\b"
)
_NAMED_PATIENT = _words(r"(?:mr|ms|mrs|patient|pt|he|she)\b\.?")


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a sentence means one phrase in it."""

    polarity: Polarity
    past: bool
    hypothetical: bool
    family: bool
    reported: bool

    @property
    def told(self) -> bool:
        """Whether it is stated of the patient and of now."""
        plain = self.polarity == "affirmed" and not self.hypothetical
        return plain and not (self.family or self.past)


def meaning(told: Sentence, start: int, end: int, written: date) -> Meaning:
    """Say how a phrase of a sentence is meant; offsets count in the sentence."""
    sentence = told.text
    left, right = _clause(sentence, start, end)
    before, after = _blank(told, left, start), sentence[end:right]
    family = _family(sentence[left:start], told.heading)
    past = bool(
        _PAST.search(before)
        or _PAST_AFTER.search(after)
        or _old_year(sentence[left:right], written)
    )
    answered = answer(sentence[:start], sentence[end:])
    hypothetical = answered == "open" or rule(sentence) or _supposed(sentence[:start])
    return Meaning(
        "negated" if answered == "no" else _polarity(before, after),
        past,
        hypothetical,
        family,
        bool(_REPORTED.search(sentence[left:start])),
    )


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    left, right = 0, len(sentence)
    for match in _CLAUSE.finditer(sentence):
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = match.start()
            break
    return left, right


def _blank(told: Sentence, left: int, start: int) -> str:
    """The clause before the phrase, with what only looks like a negation wiped out."""
    text = _PSEUDO.sub(lambda match: " " * len(match.group()), told.text[left:start])
    for found in told.outcomes:
        low, high = max(found.start - left, 0), min(found.end - left, len(text))
        if low < high:
            text = text[:low] + " " * (high - low) + text[high:]
    return text


def _polarity(before: str, after: str) -> Polarity:
    if _negated(before) or _NEGATED_AFTER.search(after):
        return "negated"
    if _UNCERTAIN.search(before[-60:]):
        return "uncertain"
    return "affirmed"


def _negated(before: str) -> bool:
    text = _CONTRACTED.sub(lambda match: "not".ljust(len(match.group())), before)
    last = _last(_NEGATION, text)
    return (
        last is not None
        and not _BREAK.search(text, last.end())
        and text.count(" ", last.end()) < 25
    )


def _family(before: str, heading: str) -> bool:
    if heading.startswith(("family", "fh")):
        return True
    last = _last(_FAMILY_WORDS, before)
    if last is None or _FAMILY_ACTS.search(before):
        return False
    return not _NAMED_PATIENT.search(before, last.end())


def _supposed(before: str) -> bool:
    """Whether a hypothesis reaches the phrase: no new sentence part stands between."""
    last = _last(_HYPOTHETICAL, before)
    return last is not None and ";" not in before[last.end() :]


def _old_year(clause: str, written: date) -> bool:
    years = [int(match.group()) for match in _YEAR.finditer(clause)]
    return bool(years) and max(years) < written.year


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return deque(pattern.finditer(text), maxlen=1).pop() if pattern.search(text) else None

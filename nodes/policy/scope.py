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
from nodes.policy.declining import declined
from nodes.policy.denied_before import unmasked
from nodes.policy.denying import polarity
from nodes.policy.sentences import Sentence
from nodes.policy.teaching import supposed
from nodes.policy.whose import another


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_CLAUSE = re.compile(
    r";|\s[-\u2013\u2014]\s|\b(?:but|however|although|though|except|whereas|nevertheless"
    r"|otherwise|(?<!not )(?<!has )(?<!have )yet)\b"
    r"|,\s+(?=(?:if|unless|while|because|so)\b)",
    re.IGNORECASE,
)
_PAST = _words(
    r"(?<!day )(?<!days )(?<!week )(?<!weeks )(?<!month )(?<!months )(?<!year )"
    r"(?<!years )(?<!hour )"
    r"history of\b|(?:last|prior|previous) visit\b|h/o\b|hx of\b|past (?:medical )?history\b"
    r"|previous(?:ly)?\b|prior episode\b"
    r"|last year\b|remote\b|formerly\b"
    r"|years? ago\b|yrs? ago\b|as a child\b|childhood\b|in the past\b"
    r"|(?<!year )(?<!year-)(?<!years )(?<!yr )(?<!yo )old (?:(?:left|right|lt|rt|l|r) )?$"
)
_PAST_AFTER = re.compile(
    r"^[^.;]{0,60}?(?:\b(?:has|have|had|is|are|was|since|now|which|that)?\s*(?:completely "
    r"|fully |since |now )*"
    r"(?<!not )(?<!n't )(?<!never )(?<!not completely )(?<!not fully )(?<!not yet )"
    r"(?:resolved|subsided|cleared|went away)\b|\b\d+ (?:years?|yrs?) ago\b"
    r"|(?<!since )\blast year\b"
    r"|\b(?:since birth|(?:since|in|during) (?:childhood|infancy|adolescence))\b"
    r"|\bat (?:the )?age (?:of )?\d(?!\d)"
    r"|\bas an? (?:child|infant)\b|, now (?:independent|normal)\b"
    r"|\bin the (?:remote |distant )?past(?=\s*(?:[.,;]|$|after\b|but\b)))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!since )\b(?:19|20)\d\d\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:who|present(?:s|ed|ing)?|now|currently|today)\b", re.IGNORECASE)
_REPORTED = _words(
    r"reports?\b|reported\b|complain(?:s|ed|ing)?\b|c/o\b|feels?\b|describes?\b|endorses?\b"
    r"|denie[sd]\b|states?\b|subjective(?:ly)?\b|notice[sd]?\b"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a sentence means one phrase in it; what is only ``suspected`` is uncertain.

    ``declined``: the patient said no to it.
    """

    polarity: Literal["affirmed", "negated", "uncertain"]
    past: bool
    hypothetical: bool
    family: bool
    reported: bool
    suspected: bool = False
    declined: bool = False

    @property
    def told(self) -> bool:
        """Whether it is stated of the patient and of now."""
        plain = self.polarity == "affirmed" and not self.hypothetical
        return plain and not (self.family or self.past)


def meaning(told: Sentence, start: int, end: int, written: date) -> Meaning:
    """Say how a phrase of a sentence is meant; offsets count in the sentence."""
    if "  " in told.text:
        start, end = told.tight_place(start), told.tight_place(end)
        told = told.tight
    sentence = told.text
    left, right = _clause(sentence, start, end)
    raw, after = sentence[left:start], sentence[end:right]
    before = _blank(told, left, start)
    phrase, rest = sentence[start:end], sentence[end:]
    past = bool(
        _PAST.search(before, _since(before))
        or _PAST_AFTER.search(after)
        or _old_year(sentence[left:right], written)
    )
    answered = answer(sentence[:start], rest, told.columns)
    said = "negated" if answered == "no" else polarity(raw, before, phrase, after)
    return Meaning(
        "uncertain" if said == "suspected" else said,
        past,
        answered == "open"
        or rule(sentence)
        or supposed(sentence[:start], phrase, rest, told.heading),
        told.foreign or another(raw, phrase, after, told.heading),
        bool(_REPORTED.search(raw)),
        said == "suspected",
        declined(raw, phrase, rest),
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
    """The clause before the phrase, without what denies nothing and the words of an outcome."""
    text = unmasked(told.text[left:start])
    for found in told.outcomes:
        if found.start <= start < found.end:
            continue
        low, high = max(found.start - left, 0), min(found.end - left, len(text))
        if low < high:
            text = text[:low] + " " * (high - low) + text[high:]
    return text


def _since(before: str) -> int:
    """Where what is told of now begins: "history of gout who presents with" is past till "who"."""
    last = deque(_NOW.finditer(before), maxlen=1)
    return last[0].end() if last else 0


def _old_year(clause: str, written: date) -> bool:
    years = [int(match.group()) for match in _YEAR.finditer(clause)]
    return bool(years) and max(years) < written.year

"""How a note means the words it uses: denied, past, planned, about a relative, only reported.

After ConText (Harkema 2009): triggers reach forward or back inside a clause until a word ends
their reach. Patterns are our own; none comes from a policy file or a request.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nodes.policy.answers import answer
from nodes.policy.cue import Cue, Heard
from nodes.policy.declining import declined
from nodes.policy.denied_before import unmasked
from nodes.policy.denying import polarity
from nodes.policy.sentences import Sentence
from nodes.policy.teaching import supposed
from nodes.policy.whose import another

_PAST = Cue(
    r"\b(?:(?<!day )(?<!days )(?<!week )(?<!weeks )(?<!month )(?<!months )(?<!year )"
    r"(?<!years )(?<!hour )"
    r"history of\b|(?:last|prior|previous) visit\b|h/o\b|hx of\b|past (?:medical )?history\b"
    r"|previous(?:ly)?\b|prior episode\b"
    r"|last year\b|remote\b|formerly\b"
    r"|years? ago\b|yrs? ago\b|as a child\b|childhood\b|in the past\b"
    r"|(?<!year )(?<!year-)(?<!years )(?<!yr )(?<!yo )old (?:(?:left|right|lt|rt|l|r) )?$)",
    "histor",
    "visit",
    "h/o",
    "hx",
    "previous",
    "prior",
    "year",
    "former",
    "ago",
    "child",
    "past",
    "old",
    "remote",
)
_PAST_AFTER = Cue(
    r"^[^.;]{0,60}?(?:\b(?:has|have|had|is|are|was|since|now|which|that)?\s*(?:completely "
    r"|fully |since |now )*"
    r"(?<!not )(?<!n't )(?<!never )(?<!not completely )(?<!not fully )(?<!not yet )"
    r"(?:resolved|subsided|cleared|went away)\b|\b\d+ (?:years?|yrs?) ago\b"
    r"|(?<!since )\blast year\b"
    r"|\b(?:since birth|(?:since|in|during) (?:childhood|infancy|adolescence))\b"
    r"|\bat (?:the )?age (?:of )?\d(?!\d)"
    r"|\bas an? (?:child|infant)\b|, now (?:independent|normal)\b"
    r"|\bin the (?:remote |distant )?past(?=\s*(?:[.,;]|$|after\b|but\b)))",
    "resolved",
    "subsided",
    "cleared",
    "went away",
    "ago",
    "last year",
    "birth",
    "child",
    "infan",
    "adolesc",
    "age ",
    "now ",
    "past",
)
_YEAR = Cue(
    r"(?<!since )(?<!since \d/)(?<!since \d\d/)(?<!since \w\w\w )(?<!since in )(?<!dx )(?<!dxd )"
    r"(?<!dx in )(?<!dx'd )(?<!diagnosed )(?<!diagnosed in )"
    r"\b(?:19|20)\d\d\b(?! ?(?:mg|mcg|units?|iu|ml|g|kg|steps|feet|ft|cal\w*)\b)",
    "19",
    "20",
)
_NOW = Cue(
    r"\b(?:who|present(?:s|ed|ing)?|now|currently|today|here (?:for|with))\b",
    "who",
    "present",
    "now",
    "current",
    "today",
    "here",
)
_KNOWN = Cue(
    r"\b(?:known|chronic|ongoing|persistent)\s+$", "known", "chronic", "ongoing", "persist"
)
_REPORTED = Cue(
    r"\b(?:reports?\b|reported\b|complain(?:s|ed|ing)?\b|c/o\b|feels?\b|describes?\b|endorses?\b"
    r"|denie[sd]\b|states?\b|subjective(?:ly)?\b|notice[sd]?\b)",
    "report",
    "complain",
    "c/o",
    "feel",
    "describe",
    "endorse",
    "denie",
    "state",
    "subjective",
    "notice",
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
    if told.tight is not told:
        start, end = told.tight_place(start), told.tight_place(end)
        told = told.tight
    sentence = told.text
    heard = told.heard
    left, right = _clause(told, start, end)
    raw, after = sentence[left:start], sentence[end:right]
    before = _blank(told, left, start)
    if "|" in before:
        before = _cell(before)
    phrase, rest = sentence[start:end], sentence[end:]
    recent = _since(heard, before)
    past = bool(
        (heard.may(_PAST) and _PAST.pattern.search(before, recent))
        or heard.match(_PAST_AFTER, after)
        or (heard.may(_YEAR) and _old_year(heard, sentence[left + recent : right], raw, written))
    )
    answered = answer(sentence[:start], rest, told.columns)
    said = "negated" if answered == "no" else polarity(heard, raw, before, phrase, after)
    return Meaning(
        "uncertain" if said == "suspected" else said,
        past,
        answered == "open"
        or told.rules
        or supposed(heard, sentence[:start], phrase, rest, told.heading),
        told.foreign or another(heard, raw, phrase, after, told.heading),
        bool(heard.search(_REPORTED, raw)),
        said == "suspected",
        declined(heard, raw, phrase, rest),
    )


def _clause(told: Sentence, start: int, end: int) -> tuple[int, int]:
    left, right = 0, len(told.text)
    for low, high in told.clauses:
        if high <= start:
            left = high
        elif low >= end:
            right = low
            break
    return left, right


def _blank(told: Sentence, left: int, start: int) -> str:
    """The clause before the phrase, without what denies nothing and the words of an outcome."""
    text = unmasked(told.heard, told.text[left:start])
    for found in told.outcomes:
        if found.start <= start < found.end:
            continue
        low, high = max(found.start - left, 0), min(found.end - left, len(text))
        if low < high:
            text = text[:low] + " " * (high - low) + text[high:]
    return text


def _cell(before: str) -> str:
    """What stands before a phrase in its own cell of a row; the cells before it are blank."""
    start = before.rfind("|") + 1
    return " " * start + before[start:]


def _since(heard: Heard, before: str) -> int:
    """Where what is told of now begins: "history of gout who presents with" is past till "who"."""
    last = heard.last(_NOW, before)
    return last.end() if last else 0


def _old_year(heard: Heard, clause: str, before: str, written: date) -> bool:
    if heard.search(_KNOWN, before[-30:]):
        return False
    years = [int(match.group()) for match in _YEAR.pattern.finditer(clause)]
    return bool(years) and max(years) < written.year

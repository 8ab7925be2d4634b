"""What came of a treatment, as its sentence or the one after it says: helped, in part, not."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from nodes.extraction.letters import holds
from nodes.extraction.spots import Spot
from nodes.policy.drug_words import ADVERSE, CONTRAINDICATED, INTOLERANT, came_of_it
from nodes.policy.sentences import Sentence

Response = Literal["none", "partial", "improved", "worse", "not_tolerated", "contraindicated"]
_PLAIN: dict[str, Response] = {"failed": "none", "partial": "partial", "helped": "improved"}
_WORSE = re.compile(r"wors|aggravat|exacerbat", re.IGNORECASE)
_BORNE = re.compile(r"toler", re.IGNORECASE)
_AGAINST = (
    "contra", "candidate", "cannot", "can't ", "can\u2019t ", "cant ", "must not", "should not",
    "can not", "avoid", "unsafe", "allerg", "preclud", "inappropriate",
)  # fmt: skip
_ILL = (
    "toler", "stop", "discontin", "d/c", "dc'", "dc\u2019", "held", "quit", "came off",
    "taken off", "withdrawn", "ceased", "unable", "could not", "induced", "allerg", "hypersens",
    "anaphyl", "halted", "gi upset", "side effect", "caus",
)  # fmt: skip
_OF_DRUGS = ("respon", "control", "efficac", "flar", "active", "remission", "stable")
_REACTED = re.compile(
    r"(?: \d+(?:\.\d+)? ?mg)?(?: (?:daily|bid|tid"
    rf"|weekly))?\s?[-\u2013:(]\s?(?P<what>(?:\w+ ){{0,2}}?{ADVERSE})",
    re.IGNORECASE,
)
_SIDE_EFFECT = re.compile(
    r"\b(?:stopp\w+|discontinued|d/c'?e?d|held|quit|ceased|withdrawn) (?:for|due to|because of"
    r"|secondary to|2/2|after|from)"
    r" (?!(?:\w+ ){0,2}?(?:cost|insur\w+|surgery|procedure|lack|no|ineff\w+|fail\w+|inadequate"
    r"|non-?adher\w+|pregnan\w+"
    r"|\d|one|two|three|four|five|six|seven|eight|a|an|weeks|months)\b)\w+(?: \w+)?"
    r"|\b(?:nausea|vomiting|rash|hives|dizziness|sedation|drowsiness|diarrhea|side effects?"
    r"|gi upset|headaches?)"
    r"(?:, | and |; )(?:was |then |so )?(?:stopped|discontinued|d/c'?e?d|quit)\b"
    r"|\bcaused (?!no\b)(?:\w+ ){0,2}?\w+"
    r"|\b(?:caused?|causing|gave (?:her|him|them)|resulted in|led to|developed"
    r"|with) (?:\w+ ){0,2}?(?:gi upset|nausea|vomiting"
    r"|dizziness|sedation|drowsiness|rash|hives|side effects?|adverse effects?|gi bleed\w*"
    r"|diarrhea|somnolence)\b",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"candidate|contraind|allerg|avoid|cannot|fail|refractory|unrespons|respon|despite"
    r"|intoleran|tolerat|relief|benefit|improve|help"
    r"|success",
    re.IGNORECASE,
)
_ON = re.compile(r"(?: \w+)? (?:on|despite|while (?:on|taking))\b", re.IGNORECASE)
_BREAK = re.compile(r";|\b(?:but|while|whereas|however|although|then)\b", re.IGNORECASE)
_LISTED = re.compile(r"^(?:[^;.]|\d\.\d){0,160}$")
_GOES_ON = re.compile(
    r"^(?:She|He|They|Patient|The patient|Pt|This|These|It|There (?:was|were|has|is)|No|Without"
    r"|Minimal|Symptoms|Pain|Her|His|Some"
    r"|Partial|Both|All|None|Neither|Did|Only|Little|Response|Relief|Unfortunately|Despite this"
    r"|Not)\b",
    re.IGNORECASE,
)


class Came(NamedTuple):
    """What came of it, and where its words stand in the sentence."""

    response: Response
    start: int
    end: int


def came(told: Sentence) -> list[Came]:
    """List the outcomes of a sentence; an intolerance goes before what overlaps it."""
    text = told.text
    found: list[Came] = []
    if holds(told.heard.text, _ILL):
        for pattern in (INTOLERANT, _SIDE_EFFECT):
            found += [Came("not_tolerated", *m.span()) for m in pattern.finditer(text)]
    if holds(told.heard.text, _AGAINST):
        found += [Came("contraindicated", *m.span()) for m in CONTRAINDICATED.finditer(text)]
    for start, end, outcome in _outcomes(told):
        words = text[start:end]
        response = "worse" if _WORSE.search(words) else _PLAIN[outcome]
        if response == "none" and _BORNE.search(words):
            response = "not_tolerated"
        if all(end <= f.start or start >= f.end for f in found):
            found.append(Came(response, start, end))
    return sorted(found, key=lambda one: (one.start, one.end))


def _outcomes(told: Sentence) -> list[tuple[int, int, str]]:
    if holds(told.heard.text, _OF_DRUGS):
        return list(came_of_it(told.text))
    return [(one.start, one.end, one.outcome) for one in told.outcomes]


def reacted(told: Sentence, spot: Spot) -> Came | None:
    """Read what stands right after a drug: "Enbrel - injection site reaction"."""
    match = _REACTED.match(told.text, spot.end - told.start)
    return Came("not_tolerated", *match.span("what")) if match and spot.slot == "drug" else None


def of_each(
    told: Sentence, treatments: Sequence[Spot], outcomes: Sequence[Came]
) -> list[Came | None]:
    """Give each treatment of a sentence, in order, the outcome that is said of it."""
    base = told.start
    places = [(spot.start - base, spot.end - base) for spot in treatments]
    found: list[Came | None] = []
    for number, (start, end) in enumerate(places):
        stop = places[number + 1][0] if number + 1 < len(places) else len(told.text)
        near = [
            one for one in outcomes if end <= one.start < stop and not _break(told, end, one.start)
        ]
        own = _best(near, stop, told) or reacted(told, treatments[number])
        found.append(own or _ahead(told, outcomes, start) or _later(told, outcomes, end))
    return found


def _best(near: Sequence[Came], stop: int, told: Sentence) -> Came | None:
    """The first that is not the verb of the next treatment: "PT, failed naproxen"."""
    for one in near:
        takes_next = _TAKES.search(told.text[one.start : one.end]) and stop - one.end < 12
        if not takes_next or stop == len(told.text):
            return one
    return None


def _ahead(told: Sentence, outcomes: Sequence[Came], start: int) -> Came | None:
    for one in reversed(outcomes):
        between = told.text[one.end : start]
        takes = _TAKES.search(told.text[one.start : one.end]) or _ON.match(between)
        if one.end <= start and takes:
            return one if not _BREAK.search(between) and _LISTED.match(between) else None
    return None


def _later(told: Sentence, outcomes: Sequence[Came], end: int) -> Came | None:
    for one in outcomes:
        if one.start >= end:
            return None if _break(told, end, one.start) else one
    return None


def _break(told: Sentence, low: int, high: int) -> bool:
    return ";" in told.text[low:high]


def goes_on(after: Sentence) -> bool:
    """Whether a sentence without a treatment tells of the one before: "She did not improve."."""
    return bool(_GOES_ON.match(after.text))

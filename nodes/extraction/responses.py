"""What came of a treatment, as its sentence or the one after it says: helped, in part, not."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nodes.extraction.effects import harmed
from nodes.extraction.letters import holds
from nodes.extraction.outcome_words import Response, worded
from nodes.extraction.spots import Spot
from nodes.policy.drug_words import CONTRAINDICATED, INTOLERANT, came_of_it
from nodes.policy.sentences import Sentence

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
    r"|success|dose|reaction to|progress|effect|control|relaps|flar|incomplete|loss|lost"
    r"|inadequate",
    re.IGNORECASE,
)
_ON = re.compile(r"(?: \w+)? (?:on|despite|while (?:on|taking))\b", re.IGNORECASE)
_BREAK = re.compile(
    r";|\b(?:but|while|whereas|however|although|then|switched|changed|because|since|as (?:s?he"
    r"|they)"
    r"|so (?:was|were|s?he|we)|given|due to|started|takes|now on|remains on)\b",
    re.IGNORECASE,
)
_SWITCHED_TO = re.compile(
    r"\b(?:switch|chang|transition|convert)\w*\b[^.;]{0,60}\bto (?:\w+ )?$", re.IGNORECASE
)
_WHY = re.compile(r"^[^.;]{0,20}\b(?:due|because|after|given|secondary|for)\b", re.IGNORECASE)
_LISTED = re.compile(r"^(?:[^;.]|\d\.\d){0,160}$")
_GOES_ON = re.compile(
    r"^(?:She|He|They|Patient|The patient|Pt|This|These|It|There (?:was|were|has|is)|No|Without"
    r"|Minimal|Symptoms|Pain|Her|His|Some"
    r"|Partial|Both|All|None|Neither|Did|Only|Little|Response|Relief|Unfortunately|Despite this"
    r"|Not|Over time|Initially|After|In spite|Vomit\w*|Could not|Had to|Stopped|Discontinued"
    r"|Effects?"
    r"|Benefit|Improved|Failed|Plateaued|Pain scores|Now|Unable|Unchanged|Still|Since then"
    r"|However|But|Did not|Didn't|Not much|Worked|Then|Only|Got|Felt|Poor|Inadequate|Good)\b",
    re.IGNORECASE,
)


class Came(NamedTuple):
    """What came of it, and where its words stand in the sentence."""

    response: Response
    start: int
    end: int


def came(told: Sentence) -> list[Came]:
    """List the outcomes of a sentence; an intolerance goes before what overlaps it."""
    found = list(_against(told))
    for response, start, end in (*worded(told), *_plain(told)):
        if _free(start, end, found):
            found.append(Came(response, start, end))
    return sorted(found, key=lambda one: (one.start, one.end))


def _against(told: Sentence) -> Iterator[Came]:
    if holds(told.heard.text, _ILL):
        for pattern in (INTOLERANT, _SIDE_EFFECT):
            for match in pattern.finditer(told.text):
                yield Came("not_tolerated", *match.span())
    if holds(told.heard.text, _AGAINST):
        for match in CONTRAINDICATED.finditer(told.text):
            yield Came("contraindicated", *match.span())


def _plain(told: Sentence) -> Iterator[Came]:
    for start, end, outcome in _outcomes(told):
        words = told.text[start:end]
        response = "worse" if _WORSE.search(words) else _PLAIN[outcome]
        borne = response == "none" and _BORNE.search(words)
        yield Came("not_tolerated" if borne else response, start, end)


def _free(start: int, end: int, found: Sequence[Came]) -> bool:
    return all(end <= one.start or start >= one.end for one in found)


def _outcomes(told: Sentence) -> list[tuple[int, int, str]]:
    if holds(told.heard.text, _OF_DRUGS):
        return list(came_of_it(told.text))
    return [(one.start, one.end, one.outcome) for one in told.outcomes]


def reacted(told: Sentence, spot: Spot) -> Came | None:
    """Read what stands right after a drug and its course: "Enbrel - injection site reaction"."""
    found = harmed(told, spot.end - told.start) if spot.slot == "drug" else None
    return Came("not_tolerated", *found) if found else None


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
        if _SWITCHED_TO.search(told.text, max(0, start - 90), start):
            own = None if _WHY.match(told.text[end:]) else _best(near, stop, told)
            found.append(own)
            continue
        own = reacted(told, treatments[number]) or _best(near, stop, told)
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

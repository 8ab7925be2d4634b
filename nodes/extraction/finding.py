"""All places of a text that name something, each slot's own reader asked once."""

from collections.abc import Iterable

from nodes.entity import Slot
from nodes.extraction.codes import codes
from nodes.extraction.labels import labelled
from nodes.extraction.people import clinicians
from nodes.extraction.places import places
from nodes.extraction.shapes import shaped
from nodes.extraction.short_pt import short_pt
from nodes.extraction.spots import Spot
from nodes.extraction.vetoes import standing
from nodes.extraction.vocabulary import Dictionary, administrative, clinical, tokens, walk

_CLINICAL: frozenset[Slot] = frozenset(
    {"diagnosis", "finding", "red_flag", "procedure", "imaging", "drug", "therapy", "device"}
)
_RANK = {"code": 0, "labelled": 1, "listed": 2, "shape": 3, "term": 4}


def find(text: str, terms: Dictionary) -> list[Spot]:
    """Find them in order; of overlapping ones of a family the longest counts."""
    words = tokens(text)
    named = [*codes(text), *places(text), *shaped(text, words), *short_pt(text)]
    named += standing(text, walk(text, words, clinical()))
    numbers = list(labelled(text))
    told = [*numbers, *walk(text, words, administrative()), *clinicians(text)]
    found = apart(spot for spot in named if spot.slot in _CLINICAL)
    found += apart(spot for spot in told if spot.slot != "necessity")
    found += [spot for spot in told if spot.slot == "necessity"]
    found = _outside(found, numbers)
    for slot in ("laterality", "level", "duration"):
        found += apart(spot for spot in named if spot.slot == slot)
    if terms:
        found += walk(text, words, terms)
    return sorted(found, key=lambda spot: (spot.start, spot.end))


def apart(spots: Iterable[Spot]) -> list[Spot]:
    """Keep the longest of those that overlap, codes and labels before words."""
    ordered = sorted(spots, key=lambda s: (s.start, s.start - s.end, _RANK[s.how]))
    kept: list[Spot] = []
    for spot in ordered:
        if kept and spot.start < kept[-1].end:
            kept[-1] = _longer(kept[-1], spot)
        else:
            kept.append(spot)
    return kept


def _longer(one: Spot, other: Spot) -> Spot:
    """The longer of two; where only a side or a degree goes before, in the list's spelling."""
    first, second = sorted((one, other), key=lambda s: (s.start - s.end, _RANK[s.how]))
    same = first.how == "shape" and second.how == "listed" and first.end == second.end
    if same and len(first.value) <= second.end - second.start:
        return first._replace(slot=second.slot, value=second.value, how="listed")
    return first


def _outside(found: list[Spot], numbers: list[Spot]) -> list[Spot]:
    """Leave out codes that are a part of a number behind a label."""
    taken = sorted((spot.start, spot.end) for spot in numbers)
    marks = {place for start, end in taken for place in range(start, end)}
    return [s for s in found if s.how != "code" or s.start not in marks]

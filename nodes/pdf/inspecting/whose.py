"""Whose a field is: its own words, the name before it, its section; else nobody knows.

A section heads several people's fields at times. So a second name in one section, or a name that
says whose it is, ends what the section says for those after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nodes.pdf.inspecting.concepts import plain, what_in, who_in
from nodes.pdf.inspecting.naming import Named
from nodes.pdf.inspecting.places import Box, overlap

NAMES = frozenset({"name", "who_alone", "payer_name", "name_last"})
FAR, NEXT = 170.0, 40.0


@dataclass(frozen=True)
class Whose:
    """Whose a field is, and what says so: its label, a name before it, or its section."""

    who: str
    by: str
    weight: float


@dataclass(frozen=True)
class _Carrier:
    who: str
    box: Box
    above: tuple[str, ...]


def whose(fields: Sequence[Named]) -> list[Whose | None]:
    """Tell of each field of a page, in reading order, whose it is."""
    carriers: list[_Carrier] = []
    reach: dict[_Carrier, float] = {}
    seen: dict[tuple[str, ...], set[str]] = {}
    found: list[Whose | None] = []
    for field in fields:
        own, what = _own(field)
        heading = _heading(field.above)
        named = what in NAMES
        if own is None and named and heading and field.row is None:
            if what in seen.setdefault(field.above, set()):
                carriers.append(_Carrier("stranger", field.place.box, field.above))
            seen[field.above].add(what)
        before = _before(carriers, field)
        away = field.place.box[1] - reach.get(before, before.box[1]) if before else 0.0
        found.append(_chosen(own, before, heading, away))
        if before and away < NEXT:
            reach[before] = field.place.box[1]
        if own and (named or what in ("birth_date", "npi")):
            carriers.append(_Carrier(own, field.place.box, field.above))
    return found


def _own(field: Named) -> tuple[str | None, str]:
    """Whose the field's own labels say it is, and what they say it holds."""
    for label in field.labels:
        words = plain(label.text)
        what = what_in(words)
        who = who_in(words)
        if who or what:
            return who, what.id if what else ""
    return None, ""


def _heading(above: Sequence[str]) -> str | None:
    """Whose the nearest heading that names somebody says the fields are."""
    return next((who for who in (who_in(plain(text)) for text in above) if who), None)


def _before(carriers: Sequence[_Carrier], field: Named) -> _Carrier | None:
    """The name before a field: on its line to the left, or the nearest over it in its column."""
    box = field.place.box
    near = []
    for one in carriers:
        if one.above != field.above:
            continue
        level = overlap(one.box[1], one.box[3], box[1], box[3]) > 0.5 * (box[3] - box[1])
        if level and one.box[2] <= box[0] + 2:
            near.append((0.0, -one.box[0], one))
        elif not level and one.box[1] < box[1] and _column(carriers, one, box):
            near.append((box[1] - one.box[1], -one.box[0], one))
    return min(near, key=lambda way: way[:2])[2] if near else None


def _column(carriers: Sequence[_Carrier], one: _Carrier, box: Box) -> bool:
    """Whether a field stands under a name: right of its beginning, left of the next name's."""
    right = [
        other.box[0]
        for other in carriers
        if other is not one
        and other.box[0] > one.box[2] - 2
        and overlap(other.box[1], other.box[3], one.box[1], one.box[3]) > 3
    ]
    middle = (box[0] + box[2]) / 2
    return one.box[0] - 60 <= middle < min(right, default=10_000.0)


def _chosen(
    own: str | None, before: _Carrier | None, heading: str | None, away: float
) -> Whose | None:
    if own:
        return Whose(own, "its label", 1.0)
    if before and before.who == heading:
        return Whose(before.who, "its section", 0.97)
    if before:
        if away > FAR:
            return None
        return Whose(before.who, "the name before it", 0.85)
    return Whose(heading, "its section", 0.95) if heading else None

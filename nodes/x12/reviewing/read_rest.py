"""Keeping account of what no model holds: details by the table, segments unread, unknown codes."""

from functools import cache
from typing import NamedTuple

from nodes.x12.guide import SegmentUse, dictionary, guides, positions
from nodes.x12.loops import Placed
from nodes.x12.named import Values, named, repeated
from nodes.x12.reviewing.review import Detail, UnknownCode, Unread, Value
from nodes.x12.segments import IDENTIFIER, Segment


class Check(NamedTuple):
    """A value that must be one of a list: its name, whether it repeats, its element, the list."""

    name: str
    repeats: bool
    element: str
    codes: frozenset[str]


@cache
def checks(guide: str) -> dict[int, tuple[Check, ...]]:
    """For each use of a segment in a table (by identity) the codes to check.

    The code a use is known by need not be: without it the segment would be of another use.
    """
    found = {}
    for _, use in guides()[guide][0].segments():
        places = [place for place in use.codes if place != use.key]
        if places:
            found[id(use)] = tuple(check(use, place) for place in places)
    return found


def check(use: SegmentUse, place: str) -> Check:
    """The check of one place of a use."""
    number, _, component = place.partition("-")
    at = (int(number), int(component) if component else None)
    spots = positions(use.segment)
    name = next((name for name, spot in spots.items() if spot in (at, (at[0], at[1] or 1))), "")
    repeats = name in dictionary().segments[use.segment].repeats
    element = f"{use.segment}{at[0]:02d}" + (f"-{component}" if component else "")
    return Check(name, repeats, element, frozenset(listing(use, place)))


def listing(use: SegmentUse, place: str) -> dict[str, str]:
    """The codes of one place with our words."""
    codes = use.codes.get(place, {})
    return dictionary().lists.get(codes, {}) if isinstance(codes, str) else codes


def strange(
    placed: Placed, said: Values, to_check: tuple[Check, ...], place: int
) -> list[UnknownCode]:
    """The codes of a segment that the table does not have."""
    found = []
    for name, repeats, element, known in to_check:
        value = said.get(name)
        if value is None or value in known:
            continue
        for one in repeated(value, placed.segment) if repeats else (value,):
            if one not in known:
                found.append(
                    UnknownCode(loop=placed.loop, element=element, segment=place, code=one)
                )
    return found


def detail(segment: Segment, loop: str, use: SegmentUse, place: int) -> Detail:
    """A segment by the table: each value with its name, codes with our words."""
    names = positions(use.segment)
    values = []
    for name, value in named(segment).items():
        number, component = names[name]
        at = f"{number}-{component}" if component else str(number)
        values.append(Value(name=name, value=value, words=listing(use, at).get(value)))
    return Detail(
        loop=loop, segment_id=segment.id, segment=place, name=use.name, values=tuple(values)
    )


def unread(segment: Segment, loop: str | None, place: int, why: str) -> Unread:
    """A segment that was not understood, with all it holds."""
    return Unread(
        loop=loop,
        segment_id=segment.id if IDENTIFIER.match(segment.id) else None,
        segment=place,
        why=why,
        elements=tuple(segment.elements[1:]) if segment.id else tuple(segment.elements),
    )

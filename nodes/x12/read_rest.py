"""Keeping account of what no model holds: details by the table, segments unread, unknown codes."""

from functools import cache
from typing import NamedTuple

from nodes.x12.guide import SegmentUse, dictionary, guides, positions
from nodes.x12.loops import Placed
from nodes.x12.named import named
from nodes.x12.review import Detail, UnknownCode, Unread, Value
from nodes.x12.segments import IDENTIFIER, Segment


class Check(NamedTuple):
    """A value that must be one of a list: where it stands, whether it repeats, and the list."""

    number: int
    component: int | None
    repeats: bool
    codes: frozenset[str]


@cache
def checks(guide: str) -> dict[int, tuple[Check, ...]]:
    """For each use of a segment in a table (by identity) the codes to check."""
    return {
        id(use): tuple(check(use, place) for place in use.codes)
        for _, use in guides()[guide][0].segments()
        if use.codes
    }


def check(use: SegmentUse, place: str) -> Check:
    """The check of one place of a use."""
    number, _, component = place.partition("-")
    definition = dictionary().segments[use.segment]
    repeats = definition.elements[int(number) - 1][0] in definition.repeats
    listed = frozenset(listing(use, place))
    return Check(int(number), int(component) if component else None, repeats, listed)


def listing(use: SegmentUse, place: str) -> dict[str, str]:
    """The codes of one place with our words."""
    codes = use.codes.get(place, {})
    return dictionary().lists.get(codes, {}) if isinstance(codes, str) else codes


def strange(placed: Placed, to_check: tuple[Check, ...], place: int) -> list[UnknownCode]:
    """The codes of a segment that the table does not have."""
    segment, found = placed.segment, []
    for number, component, repeats, known in to_check:
        if component is None:
            text = segment.get(number)
            mark = segment.separators.repetition
            values = text.split(mark) if repeats and mark else (text,)
        else:
            values = (segment.part(number, component),)
        for value in values:
            if value and value not in known:
                element = f"{segment.id}{number:02d}" + (f"-{component}" if component else "")
                found.append(
                    UnknownCode(loop=placed.loop, element=element, segment=place, code=value)
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

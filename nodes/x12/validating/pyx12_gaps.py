"""What a segment was meant to be that fits nowhere: of a loop not opened, or of another code."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, cast

from pyx12.map_if import loop_if, segment_if, x12_node

from nodes.x12.segments import Segment
from nodes.x12.validating.pyx12_check import Row, check
from nodes.x12.validating.pyx12_nodes import Use

DEEPEST = 4


class Gap(NamedTuple):
    """The loops on the way down to a segment, and those of them that lack their first segment."""

    way: tuple[loop_if, ...]
    missing: tuple[loop_if, ...]
    opens: bool
    """Whether the segment opens the last loop of the way itself."""


def gap(
    node: x12_node, around: Sequence[loop_if], row: Row, met: Callable[[loop_if], bool]
) -> tuple[Gap | None, bool]:
    """The loop a segment belongs in, and whether that is beyond doubt.

    It is where all that is missing is required and was not met yet; else it is only likely, where
    one loop alone would take the segment and no loop at hand has a segment of this name.
    """
    reached = cast(segment_if | loop_if, node).pos
    found: list[Gap] = []
    for loop in around:
        found = list(_gaps(loop, reached, row))
        sure = [one for one in found if _required(one, met)]
        if sure:
            return min(sure, key=_length), True
        if found:
            break
        reached = loop.pos
    if not found or row.seg_id == "HL" or _named(around, row):
        return None, False
    least = min(map(_length, found))
    nearest = [one for one in found if _length(one) == least]
    return (nearest[0] if len(nearest) == 1 else None), False


def _gaps(loop: loop_if, reached: int, row: Row) -> Iterator[Gap]:
    ways = [(child,) for child in _loops(loop) if child.pos >= reached]
    for _ in range(DEEPEST):
        for way in ways:
            for use in way[-1].childIterator():
                if isinstance(use, segment_if) and use.is_match(row):
                    opens = use is way[-1].get_first_seg()
                    missing = way[:-1] if opens else way
                    if missing:
                        yield Gap(way, missing, opens)
                    break
        ways = [cast(tuple[loop_if], (*way, child)) for way in ways for child in _loops(way[-1])]


def _loops(loop: loop_if) -> list[loop_if]:
    """The loops in a loop that begin with a segment of their own."""
    return [
        child
        for child in loop.childIterator()
        if isinstance(child, loop_if) and child.get_first_seg() is not None
    ]


def _required(gap: Gap, met: Callable[[loop_if], bool]) -> bool:
    return all(loop.usage == "R" and not met(loop) for loop in gap.missing)


def _named(around: Sequence[loop_if], row: Row) -> bool:
    """Whether a loop at hand has a use of this name, whatever its code."""
    return any(
        isinstance(child, Use) and child.id == row.seg_id
        for loop in around
        for child in loop.childIterator()
    )


def _length(gap: Gap) -> int:
    return len(gap.missing)


def likened(loop: loop_if, segment: Segment) -> list[Use]:
    """The uses of a segment's name in a loop, or opening one in it, best fit first."""
    found = []
    for child in loop.childIterator():
        use = child.get_first_seg() if isinstance(child, loop_if) else child
        if not isinstance(use, Use) or use.id != segment.id or not use.allowed:
            continue
        if child is not loop.get_first_seg():
            found.append(use)
    if len(found) < 2:
        return found
    return sorted(found, key=lambda use: len(list(check(use, Row(segment), segment, 1, None))))

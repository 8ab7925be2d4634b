"""What the walk through a map finds about whole segments and loops, as rules and words of ours."""

from typing import NamedTuple

from pyx12.map_if import loop_if, segment_if, x12_node

from nodes.x12.guide import dictionary
from nodes.x12.validating.identifiers import IDENTIFIERS
from nodes.x12.validating.pyx12_check import name_of
from nodes.x12.validating.pyx12_map import Map

MISSING, OFTEN, LOOP_OFTEN = "3", "5", "4"


class Said(NamedTuple):
    """A rule with its words and its code of a 999; ``name`` is of a segment that is not there."""

    rule: str
    words: str
    code: str
    name: str | None = None


def said_of(code: str, at: x12_node) -> Said:
    """One of pyx12's codes about a segment or a loop."""
    if code == MISSING:
        return _missing(at)
    if code == LOOP_OFTEN:
        words = f"the loop {loop_of(at)} stands here more often than the guide allows"
        return Said("guide.loop-repeat", words, code)
    if code == OFTEN:
        words = "the segment stands here more often than the guide allows"
        return Said("guide.segment-repeat", words, code)
    return Said("guide.segment-unused", "the guide does not use this segment", "I4")


def _missing(at: x12_node) -> Said:
    name = at.id or ""
    opens = isinstance(at, segment_if) and at.is_first_seg_in_loop() and loop_of(at)
    what = f"loop {loop_of(at)}, which begins with {name}," if opens else f"segment {name}"
    known = f" ({name_of(at)})" if name_of(at) else ""
    words = f"the required {what} is missing before this place{known}"
    return Said("guide.loop-missing" if opens else "guide.segment-missing", words, MISSING, name)


def unknown(name: str, map: Map) -> Said:
    """A segment that the map has nowhere: of the transaction, of the standard, or of nobody."""
    if name in map.kin:
        return Said("guide.segment-unused", "the guide does not use this segment", "I4")
    if named(name):
        words = "the segment does not belong in this transaction set"
        return Said("guide.segment-unknown", words, "2")
    return Said("guide.segment-unknown", "the segment is not known", "1")


def named(name: str) -> str | None:
    """An identifier that the standard has; anything else may be a value of the document."""
    return name if name in IDENTIFIERS or name in dictionary().segments else None


def loop_of(node: x12_node) -> str | None:
    """The loop a node is or stands in; none for the header and trailer, whatever a map calls it."""
    at = node if isinstance(node, loop_if) else node.parent
    name = at.id if at is not None else None
    return name if name and any(map(str.isdigit, name)) else None

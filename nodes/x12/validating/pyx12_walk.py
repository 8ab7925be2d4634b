"""Walking a transaction set through a map with pyx12, and saying what it finds as our findings.

What pyx12 is known to get wrong is put right around it: a code that no use of a segment has is a
wrong code, not a segment nobody knows; a segment out of order is one finding, not two. Its
messages hold values of the document: only codes and places are taken from it, the words are ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from pyx12.map_if import loop_if, segment_if, x12_node
from pyx12.map_walker import walk_tree

from nodes.x12.finding import Finding
from nodes.x12.reading.binary import BINARY
from nodes.x12.segments import Segment
from nodes.x12.validating.pyx12_check import CRASHES, Row, check
from nodes.x12.validating.pyx12_gaps import gap, likened
from nodes.x12.validating.pyx12_map import Counts, Map, guide_map
from nodes.x12.validating.pyx12_nodes import Use
from nodes.x12.validating.pyx12_words import MISSING, Said, loop_of, named, said_of, unknown

Step = tuple[segment_if | None, list[tuple[str, x12_node]]]


class Walked(NamedTuple):
    """What was found, and how many segments of the set were checked."""

    findings: list[Finding]
    segments: int


@dataclass(slots=True)
class Walk:
    """One transaction set on its way through a map."""

    map: Map
    node: x12_node
    walker: walk_tree
    found: list[Finding] = field(default_factory=list)
    missing: dict[tuple[int, ...], Finding] = field(default_factory=dict)
    """Uses reported missing, by their spots: one that comes later was only out of order."""

    def take(self, segment: Segment, place: int) -> None:
        """Check one segment; binary data itself is left out, the reader holds its length."""
        if segment.id not in self.map.names:
            self.add(segment, place, unknown(segment.id, self.map))
            return
        if segment.id in BINARY:
            segment = segment._replace(elements=[*segment.elements[:-1], "B"])
        try:
            row = Row(segment)
            node = self.follow(segment, row, place)
            if node is not None:
                self.found.extend(check(node, row, segment, place, loop_of(node)))
        except CRASHES:
            words = "the segment could not be checked against the guide"
            self.add(segment, place, Said("guide.not-checked", words, "8"))

    def follow(self, segment: Segment, row: Row, place: int) -> segment_if | None:
        """Go to the use that a segment is.

        Where there is none ahead: to the use it was meant to be, which stands earlier, is a level
        skipped to, or has another code; else stay.
        """
        node, errors = self.step(self.node, row, place)
        if node is None:
            node, errors = self.late(segment, row, place)
        else:
            self.node = node
            self.found_after_all(node)
        if node is None:
            node, errors = self.fill(segment, row, place, sure=True)
        if node is None:
            node, errors = self.level(segment, row, place)
        if node is None:
            node, errors = self.alike(segment, place)
        if node is None:
            node, errors = self.fill(segment, row, place, sure=False)
        if node is None:
            words = "the segment is not expected here"
            self.add(segment, place, Said("guide.segment-unexpected", words, "2"))
        for code, at in errors:
            self.say(segment, place, code, at)
        return node

    def step(self, start: x12_node, row: Row, place: int) -> Step:
        """Let pyx12 find the next use, and keep its codes."""
        node, _, _, errors = self.walker.walk_errors(start, row, place, place, None)
        return node, [(error.err_cde, error.map_node or node or start) for error in errors]

    def late(self, segment: Segment, row: Row, place: int) -> Step:
        """A use that stands earlier, in the loop at hand or around it; it is then not missing."""
        for loop in list(self.around()):
            first = loop.get_first_seg()
            node, errors = self.step(first, row, place) if first is not None else (None, [])
            if node is None:
                continue
            self.found_after_all(node)
            words = "the segment stands behind others that it should come before"
            self.add(segment, place, Said("guide.segment-order", words, "7"), loop_of(node))
            if node.parent is self.node.parent or node.is_first_seg_in_loop():
                self.node = node
            return node, [error for error in errors if error[0] != MISSING]
        return None, []

    def fill(self, segment: Segment, row: Row, place: int, *, sure: bool) -> Step:
        """A loop that lacks its first segment: say so once, open it and walk on in it."""
        found, certain = gap(self.node, list(self.around()), row, self.met)
        if found is None or certain is not sure:
            return None, []
        for loop in found.missing:
            self.say(segment, place, MISSING, cast(x12_node, loop.get_first_seg()))
        for loop in found.way:
            self.enter(loop)
        if found.opens:
            return cast(segment_if, self.node), []
        node, errors = self.step(self.node, row, place)
        self.node = node or self.node
        return node, errors

    def enter(self, loop: loop_if) -> None:
        """Go to the first segment of a loop, as if it had been met."""
        first = cast(segment_if, loop.get_first_seg())
        for path in (loop.x12path, first.x12path):
            self.walker.counter.reset_to_node(path)
            self.walker.counter.increment(path)
        self.node = first

    def met(self, loop: loop_if) -> bool:
        """Whether a loop was met where the walk is."""
        return self.walker.counter.get_count(loop.x12path) > 0

    def alike(self, segment: Segment, place: int) -> Step:
        """The nearest use of this name with another code: the code is wrong, not the segment.

        Of several the one that the rest of the segment fits best.
        """
        for loop in list(self.around()):
            for use in likened(loop, segment):
                node, errors = self.step(self.node, Row(segment).instead(use, segment), place)
                if node is not None:
                    self.node = node
                    return node, [error for error in errors if error[0] == MISSING]
        return None, []

    def level(self, segment: Segment, row: Row, place: int) -> Step:
        """A level whose way there is broken: go there, so that what it holds is checked."""
        for loop in loops(list(self.around())[-1]) if segment.id == "HL" else ():
            first = loop.get_first_seg()
            if first is not None and first.is_match(row):
                self.enter(loop)
                words = "the guide has no level of this kind below the one before it"
                self.add(segment, place, Said("guide.level-order", words, "7"), loop_of(loop))
                return first, []
        return None, []

    def around(self) -> Iterator[loop_if]:
        """The loop at hand and those around it, inside the transaction set."""
        above = self.node.parent
        while isinstance(above, loop_if):
            yield above
            if above is self.map.start.parent:
                return
            above = above.parent

    def say(self, segment: Segment, place: int, code: str, at: x12_node) -> None:
        """Put one of pyx12's findings about a segment or a loop into our words."""
        spot = self.spot(at)
        if code == MISSING and spot in self.missing:
            return
        self.add(segment, place, said_of(code, at), loop_of(at))
        if code == MISSING:
            self.missing[spot] = self.found[-1]

    def spot(self, node: x12_node) -> tuple[int, ...]:
        """A use, and which repetitions of the loops around its own it stands in."""
        first = isinstance(node, segment_if) and node.is_first_seg_in_loop()
        at = node.parent.parent if first and node.parent is not None else node.parent
        counts = [id(node)]
        while isinstance(at, loop_if):
            counts.append(self.walker.counter.get_count(at.x12path))
            at = at.parent
        return tuple(counts)

    def found_after_all(self, node: segment_if) -> None:
        """Take back that a use is missing: it was only out of order."""
        gone = self.missing.pop(self.spot(node), None)
        if gone is not None and gone in self.found:
            self.found.remove(gone)

    def add(self, segment: Segment, place: int, said: Said, loop: str | None = None) -> None:
        """Keep a finding about a whole segment."""
        self.found.append(
            Finding(
                rule=said.rule,
                words=said.words,
                loop=loop if said.name else loop or loop_of(self.node),
                line=segment.place,
                segment=place,
                segment_id=said.name or named(segment.id),
                standard="IK304",
                code=said.code,
            )
        )


def walk(map: Map, segments: Sequence[Segment], *, most: int, errors: int) -> Walked:
    """Check a transaction set, ST to SE, against a map.

    At most ``most`` segments are taken and the walk ends behind ``errors`` findings; what was not
    looked at is the caller's to say. A set without SE is closed, so that what it lacks is found.
    """
    walker = walk_tree()
    walker.counter = Counts(map.below)
    going = Walk(map, map.start, walker)
    for loop in going.around():
        walker.counter.increment(loop.x12path)
    walker.counter.increment(map.start.x12path)
    first = segments[0].place
    done = 0
    for done, segment in enumerate(segments[:most], start=1):
        if done == 1:
            going.found.extend(check(map.start, Row(segment), segment, 1, loop_of(map.start)))
        else:
            going.take(segment, segment.place - first + 1)
        if len(going.found) > errors:
            break
    if done == len(segments) and segments[-1].id != "SE":
        end = Segment(segments[-1].place + 1, ["SE"], segments[-1].separators)
        going.follow(end, Row(end), end.place - first + 1)
    return Walked(going.found, done)


def alone(guide: str, segment: Segment) -> list[Finding]:
    """Check a segment that stands in no transaction set against the table of its own."""
    header = cast(loop_if, guide_map(guide).start.parent)
    use = next(one for one in header.childIterator() if one.id == segment.id)
    return list(check(cast(Use, use), Row(segment), segment, 1, None))


def loops(top: loop_if) -> Iterator[loop_if]:
    """A loop and all in it."""
    yield top
    for child in top.childIterator():
        if isinstance(child, loop_if):
            yield from loops(child)

"""A placed 278 as rules look at it: spots with named values, levels, and where to point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from nodes.x12.finding import Finding
from nodes.x12.guide import Guide, positions
from nodes.x12.loops import HEADER, Placed
from nodes.x12.segments import Segment

Severity = Literal["error", "warning", "note"]

ELEMENT_MISSING, ELEMENT_CODE, ELEMENT_DATE = "I9", "7", "8"
ELEMENT_PATTERN, ELEMENT_UNWANTED, ELEMENT_PAIR = "I12", "I13", "2"
SEGMENT_MISSING, SEGMENT_UNWANTED = "I6", "I9"


class Spot(NamedTuple):
    """A segment with its place in the set (ST is 1), its loop and the name of its use."""

    place: int
    segment: Segment
    loop: str
    name: str

    def get(self, value: str) -> str:
        """A value by the dictionary's name, such as ``action`` or ``place.code``."""
        element, component = positions(self.segment.id)[value]
        if component is None:
            return self.segment.get(element)
        return self.segment.part(element, component)

    def finding(
        self,
        rule: str,
        words: str,
        code: str,
        value: str = "",
        severity: Severity = "error",
    ) -> Finding:
        """A finding at this segment, or at the element or component that ``value`` names."""
        element, component = positions(self.segment.id)[value] if value else (None, None)
        return Finding(
            rule=f"278.{rule}",
            severity=severity,
            words=words,
            loop=self.loop,
            line=self.segment.place,
            segment=self.place,
            segment_id=self.segment.id,
            element=element,
            component=component,
            standard="IK403" if value else "IK304",
            code=code,
        )


@dataclass(slots=True, eq=False)
class Level:
    """An HL with all that follows it up to the next; ``name`` is its use, such as event_level."""

    hl: Spot
    above: "Level | None" = None
    spots: list[Spot] = field(default_factory=list)
    below: "list[Level]" = field(default_factory=list)

    @property
    def name(self) -> str:
        """The use of its HL; none where the table has no such level."""
        return self.hl.name

    def own(self, *names: str) -> list[Spot]:
        """The spots of its own loop, loops inside left out, that have one of these uses."""
        return [one for one in self.spots if one.name in names and one.loop == self.hl.loop]

    def called(self, *names: str) -> list[Spot]:
        """The spots with one of these uses, in loops inside too."""
        return [one for one in self.spots if one.name in names]

    def up(self) -> "Iterator[Level]":
        """This level and those it hangs under, nearest first."""
        level: Level | None = self
        while level is not None:
            yield level
            level = level.above


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole 278: its table, the spots before the first HL, and its levels in order."""

    guide: Guide
    head: tuple[Spot, ...]
    levels: tuple[Level, ...]

    @property
    def asks(self) -> bool:
        """Whether it is a request for review."""
        return self.guide.id == "278-request"

    @property
    def answers(self) -> bool:
        """Whether it is an answer, to a request or an inquiry."""
        return self.guide.id.endswith("response")

    def named(self, *names: str) -> Iterator[Level]:
        """The levels of these names."""
        return (one for one in self.levels if one.name in names)

    def written(self) -> str:
        """The date the transaction was made, as BHT has it; empty where it has none."""
        for one in self.head:
            if one.name == "beginning":
                return one.get("date")
        return ""


def scene(guide: Guide, placed: Sequence[Placed]) -> Scene:
    """Gather what was placed by its levels; a level whose parent is unknown hangs nowhere."""
    head: list[Spot] = []
    levels: list[Level] = []
    known: dict[str, Level] = {}
    for place, (segment, loop, use) in enumerate(placed, start=1):
        spot = Spot(place, segment, loop, use.name if use else "")
        if segment.id == "HL":
            level = Level(spot, known.get(spot.get("parent")))
            if level.above is not None:
                level.above.below.append(level)
            known[spot.get("id")] = level
            levels.append(level)
        elif levels and loop != HEADER:
            levels[-1].spots.append(spot)
        else:
            head.append(spot)
    return Scene(guide, tuple(head), tuple(levels))

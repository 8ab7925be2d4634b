"""A placed 278 as rules look at it: spots with named values, levels, and where to point."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Literal, NamedTuple, TypeVar

from nodes.x12.finding import Finding
from nodes.x12.guide import Guide, guides, positions
from nodes.x12.loops import HEADER, Placed
from nodes.x12.reading.hierarchy import DEEPEST
from nodes.x12.segments import Segment

Severity = Literal["error", "warning", "note"]
T = TypeVar("T")

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
    depth: int = 1
    spots: list[Spot] = field(default_factory=list)
    below: "list[Level]" = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    """The names of the levels below."""
    uses: dict[str, list[Spot]] = field(default_factory=dict)
    """The spots of its own loop by the names of their uses."""

    @property
    def name(self) -> str:
        """The use of its HL; none where the table has no such level."""
        return self.hl.name

    def add(self, spot: Spot) -> None:
        """Take a segment that follows the HL."""
        self.spots.append(spot)
        if spot.loop == self.hl.loop:
            self.uses.setdefault(spot.name, []).append(spot)

    def hang(self, above: "Level | None") -> None:
        """Hang it under another level."""
        self.above = above
        if above is not None:
            self.depth = above.depth + 1
            above.below.append(self)
            above.kinds.add(self.name)

    def own(self, *names: str) -> list[Spot]:
        """The spots of its own loop, loops inside left out, that have one of these uses."""
        found = [spot for name in names for spot in self.uses.get(name, ())]
        return sorted(found, key=attrgetter("place")) if len(names) > 1 else found

    def called(self, *names: str) -> list[Spot]:
        """The spots with one of these uses, in loops inside too."""
        return [one for one in self.spots if one.name in names]


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole 278: its table, the spots before the first HL, and its levels in order.

    ``broken`` is the first level that hangs nowhere, has a number given before, or is deeper than
    any guide goes: what hangs under what is then not known.
    """

    guide: Guide
    head: tuple[Spot, ...]
    levels: tuple[Level, ...]
    kinds: dict[str, list[Level]]
    """The levels by their names."""
    broken: Level | None = None

    @property
    def asks(self) -> bool:
        """Whether it is a request for review."""
        return self.guide.id == "278-request"

    @property
    def answers(self) -> bool:
        """Whether it is an answer, to a request or an inquiry."""
        return self.guide.id.endswith("response")

    def named(self, *names: str) -> Iterator[Level]:
        """The levels of these names, in order."""
        found = [self.kinds[name] for name in names if name in self.kinds]
        if len(found) > 1:
            return (one for one in self.levels if one.name in names)
        return iter(found[0] if found else ())

    def handed_down(self, own: Callable[[Level], T]) -> dict[Level, T]:
        """What each level says or, where that is nothing, the nearest above it that says it."""
        found: dict[Level, T] = {}
        for level in self.levels:
            said = own(level)
            found[level] = found[level.above] if level.above and not said else said
        return found

    def lacks(
        self, spot: Spot, rule: str, words: str, what: str, severity: Severity = "warning"
    ) -> Finding:
        """A finding that a segment is missing from the level of an HL.

        ``what`` is the name of its use, or its id where any of its uses would do.
        """
        loop, segment = _use(self.guide.id, spot.loop, what)
        found = spot.finding(rule, words, SEGMENT_MISSING, severity=severity)
        return found.model_copy(update={"loop": loop, "segment_id": segment})

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
    kinds: dict[str, list[Level]] = {}
    broken: Level | None = None
    for place, (segment, loop, use) in enumerate(placed, start=1):
        spot = Spot(place, segment, loop, use.name if use else "")
        if segment.id == "HL":
            number, parent, level = spot.get("id"), spot.get("parent"), Level(spot)
            level.hang(known.get(parent))
            if number in known or (parent and not level.above) or level.depth > DEEPEST:
                broken = broken or level
            known[number] = level
            levels.append(level)
            kinds.setdefault(level.name, []).append(level)
        elif levels and loop != HEADER:
            levels[-1].add(spot)
        else:
            head.append(spot)
    return Scene(guide, tuple(head), tuple(levels), kinds, broken)


@cache
def _use(guide: str, loop: str, what: str) -> tuple[str, str]:
    """The loop and the segment of a use: of this loop, else of its level, else the first."""
    uses = [
        (at, use.segment)
        for at, use in guides()[guide][0].segments()
        if what in {use.name, use.segment}
    ]
    return min(uses, key=lambda use: (use[0] != loop, use[0][4:5] != loop[4:5]))


Rule = Callable[[Scene], Iterator[Finding]]


def tried(scene: Scene, rules: Sequence[Rule], tree: Sequence[Rule]) -> Iterator[Finding]:
    """What rules find; those of ``tree`` are left out, with a note, where there is no tree."""
    for rule in rules:
        if scene.broken is None or rule not in tree:
            yield from rule(scene)
    if scene.broken is not None:
        words = "the levels make no tree: what has to hang under what was not looked at"
        said = scene.broken.hl.finding("tree", words, "", severity="note")
        yield said.model_copy(update={"standard": None, "code": None})

"""The HL tree of a transaction set."""

from dataclasses import dataclass, field

from nodes.errors import Complaint, UnreadableDocument
from nodes.x12.envelope import TransactionSet
from nodes.x12.finding import Finding
from nodes.x12.segments import Findings, Segment

DEEPEST = 20


@dataclass(slots=True)
class Level:
    """One hierarchical level: its HL segment, the segments it owns and where it hangs."""

    hl: Segment
    parent: "Level | None"
    segments: list[Segment] = field(default_factory=list)
    children: list["Level"] = field(default_factory=list)
    depth: int = 1

    @property
    def code(self) -> str:
        """HL03, such as 22 for a subscriber."""
        return self.hl.get(3)


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The segments before the first HL (ST and SE left out) and every level in reading order."""

    head: tuple[Segment, ...]
    levels: tuple[Level, ...]
    findings: tuple[Finding, ...]


def hierarchy(transaction: TransactionSet) -> Hierarchy:
    """Build the tree; a level that hangs nowhere or twice makes the document unreadable.

    HL04 (has children) that is not true is only noted: the tree is known without it.
    """
    head: list[Segment] = []
    levels: dict[str, Level] = {}
    owned = head
    for segment in transaction.segments:
        if segment.id == "HL":
            level = hang(segment, levels)
            levels[segment.get(1)] = level
            owned = level.segments
        elif segment.id not in {"ST", "SE"}:
            owned.append(segment)
    findings = Findings()
    for level in levels.values():
        if level.hl.get(4) not in {"", "1" if level.children else "0"}:
            findings.note(level.hl, "hl.children", 4)
    return Hierarchy(tuple(head), tuple(levels.values()), tuple(findings.items))


def hang(segment: Segment, levels: dict[str, Level]) -> Level:
    """Hang a level under the one its HL02 names."""
    number, above = segment.get(1), segment.get(2)
    if not number or number in levels or (above and above not in levels):
        where = f"segment {segment.place} (HL)"
        raise UnreadableDocument(
            "the hierarchy cannot be followed",
            [Complaint("/edi", f"{where}: HL01 is used twice or HL02 names no level before it")],
        )
    level = Level(segment, levels.get(above))
    if level.parent is not None:
        level.depth = level.parent.depth + 1
        level.parent.children.append(level)
    if level.depth > DEEPEST:
        raise UnreadableDocument("the hierarchy is deeper than any guide has it")
    return level

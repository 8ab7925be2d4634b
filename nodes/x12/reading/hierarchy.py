"""The HL tree of a transaction set."""

from dataclasses import dataclass, field

from nodes.errors import Complaint, UnreadableDocument
from nodes.x12.finding import Finding
from nodes.x12.reading.envelope import TransactionSet
from nodes.x12.reading.faults import READABLE
from nodes.x12.reading.levels import Levels
from nodes.x12.reading.noting import Findings
from nodes.x12.segments import Segment

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
    findings = Findings(100)
    findings.start, findings.transaction = transaction.segments[0].place, 1
    findings.kind, findings.guide = transaction.kind, transaction.guide
    checks = Levels(findings, DEEPEST, len(transaction.segments))
    owned = head
    for segment in transaction.segments:
        if segment.id == "HL":
            checks.take(segment.elements, segment.place)
            refuse(findings)
            level = hang(segment, levels)
            levels[segment.get(1)] = level
            owned = level.segments
        elif segment.id not in {"ST", "SE"}:
            owned.append(segment)
    checks.close()
    return Hierarchy(tuple(head), tuple(levels.values()), tuple(findings.items))


def refuse(findings: Findings) -> None:
    """Refuse a tree that cannot be followed; a number left out does not hinder that."""
    for finding in findings.items[-1:]:
        if finding.severity == "error" and finding.rule not in READABLE:
            raise UnreadableDocument(
                "the hierarchy cannot be followed",
                [Complaint("/edi", f"{finding.where}: {finding.words}")],
            )


def hang(segment: Segment, levels: dict[str, Level]) -> Level:
    """Hang a level under the one its HL02 names."""
    level = Level(segment, levels.get(segment.get(2)))
    if level.parent is not None:
        level.depth = level.parent.depth + 1
        level.parent.children.append(level)
    return level

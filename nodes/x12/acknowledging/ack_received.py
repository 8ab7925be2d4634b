"""What was received and is to be acknowledged: interchanges, groups and sets with their places."""

from dataclasses import dataclass, field
from functools import cached_property

from nodes.settings import settings
from nodes.x12.acknowledging.ack_unit import Elements, Units, at
from nodes.x12.finding import Finding
from nodes.x12.reading.stream import Reader
from nodes.x12.segments import Separators


@dataclass
class ReceivedSet:
    """A transaction set: its segments, ST first, closed or not."""

    segments: list[Elements]

    @cached_property
    def units(self) -> list[str]:
        """The trace number each segment stands under, once all segments are there."""
        return Units(self.segments).found

    def element(self, number: int) -> str:
        """An element of the ST."""
        return at(self.segments[0], number)


@dataclass(slots=True)
class ReceivedGroup:
    """A group: its GS, its sets, and its GE where there is one."""

    gs: Elements
    sets: list[ReceivedSet] = field(default_factory=list)
    ge: Elements | None = None


@dataclass(slots=True)
class ReceivedInterchange:
    """An interchange: its ISA and separators, its groups, and how many TA1 it holds."""

    isa: Elements
    separators: Separators
    groups: list[ReceivedGroup] = field(default_factory=list)
    acknowledgments: int = 0
    open: ReceivedSet | None = None

    def take(self, elements: Elements) -> None:
        """Put a segment where it belongs; what stands outside a set is the findings' business."""
        name = elements[0]
        if name == "GS":
            self.groups.append(ReceivedGroup(elements))
            self.open = None
        elif name == "ST":
            self.open = ReceivedSet([elements])
            if self.groups:
                self.groups[-1].sets.append(self.open)
        elif name in {"GE", "IEA"}:
            self.open = None
            if name == "GE" and self.groups:
                self.groups[-1].ge = elements
        elif self.open is not None:
            self.open.segments.append(elements)
            self.open = None if name == "SE" else self.open
        elif name == "TA1":
            self.acknowledgments += 1


def received(text: str) -> tuple[list[ReceivedInterchange], tuple[Finding, ...]]:
    """Read what is to be acknowledged, and what its envelopes have wrong.

    Raises UnreadableDocument only where no ISA can be told: there is nobody to answer then.
    """
    reader = Reader(text, settings().x12.document)
    found: list[ReceivedInterchange] = []
    for batch in reader.batches():
        if reader.began:
            found.append(ReceivedInterchange(batch[0], reader.separators))
        else:
            for elements in batch:
                found[-1].take(elements)
    return found, reader.findings

"""Documents: the interchanges, groups and transaction sets that a text of X12 holds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from nodes.errors import Complaint, UnreadableDocument
from nodes.settings import settings
from nodes.x12.finding import Finding
from nodes.x12.reading.faults import READABLE
from nodes.x12.reading.limits import Limits
from nodes.x12.reading.source import Source
from nodes.x12.reading.stream import Reader
from nodes.x12.segments import Segment, Separators

RESULTS = {
    "A": "accepted",
    "E": "accepted with errors",
    "P": "accepted in part",
    "R": "rejected",
}
READER = "parse-acknowledgment reads it"


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """One transaction set, ST to SE, and the GS of its group."""

    segments: tuple[Segment, ...]
    group: Segment

    @property
    def kind(self) -> str:
        """ST01, such as 278."""
        return self.segments[0].get(1)

    @property
    def control(self) -> str:
        """ST02."""
        return self.segments[0].get(2)

    @property
    def guide(self) -> str:
        """The implementation guide: ST03, or GS08 where the set does not repeat it."""
        return self.segments[0].get(3) or self.group.get(8)

    def place(self, segment: Segment) -> int:
        """Where a segment stands in the transaction set; ST is 1."""
        return segment.place - self.segments[0].place + 1


@dataclass(frozen=True, slots=True)
class Interchange:
    """One interchange: its ISA, its transaction sets and its TA1 segments."""

    header: Segment
    sets: tuple[TransactionSet, ...]
    acknowledgments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """All that a text holds, and everything found wrong with its envelopes and HL trees."""

    interchanges: tuple[Interchange, ...]
    findings: tuple[Finding, ...]

    @property
    def sets(self) -> list[TransactionSet]:
        """The transaction sets of all interchanges, in order."""
        return [item for interchange in self.interchanges for item in interchange.sets]

    def require(self, *, strict: bool = False, tolerate: Collection[str] = ()) -> "Document":
        """Refuse a document with errors; ``strict`` refuses warnings too.

        ``tolerate`` names rules whose errors are let pass, such as ``READABLE`` of
        ``nodes.x12.reading.faults``; who lets them pass must show them to the reader of the result.
        """
        faults = [
            item
            for item in self.findings
            if (strict or item.severity == "error") and item.rule not in tolerate
        ]
        if faults:
            raise UnreadableDocument(
                "the interchange cannot be trusted as it stands",
                [Complaint("/edi", f"{item.where}: {item.words}") for item in faults],
            )
        return self


@dataclass(slots=True)
class Assembly:
    """Puts segments where they belong; ``whole`` are the interchanges read so far."""

    whole: list[Interchange] = field(default_factory=list)
    header: Segment | None = None
    group: Segment | None = None
    sets: list[TransactionSet] = field(default_factory=list)
    acknowledgments: list[Segment] = field(default_factory=list)
    open: list[Segment] = field(default_factory=list)
    place: int = 0

    def take(self, batch: list[list[str]], separators: Separators) -> None:
        """Put some segments where they belong."""
        for elements in batch:
            self.place += 1
            name = elements[0]
            if name in BOUNDS:
                self.bound(name, Segment(self.place, elements, separators))
            elif self.open:
                self.open.append(Segment(self.place, elements, separators))
            elif name == "TA1":
                self.acknowledgments.append(Segment(self.place, elements, separators))

    def bound(self, name: str, segment: Segment) -> None:
        """A segment that begins or ends something."""
        if name == "SE":
            if self.open:
                self.open.append(segment)
            self.close()
            return
        self.close()
        if name == "ST":
            self.open = [segment]
        elif name in {"GS", "GE"}:
            self.group = segment if name == "GS" else None

    def begin(self, elements: list[str], separators: Separators) -> None:
        """ISA."""
        self.end()
        self.header, self.place = Segment(1, elements, separators), 1

    def close(self) -> None:
        """Keep the transaction set at hand, closed or not."""
        if self.open:
            group = self.group or Segment(self.open[0].place, ["GS"])
            self.sets.append(TransactionSet(tuple(self.open), group))
        self.open = []

    def end(self) -> None:
        """Keep the interchange at hand."""
        self.close()
        if self.header:
            self.whole.append(
                Interchange(self.header, tuple(self.sets), tuple(self.acknowledgments))
            )
        self.sets, self.acknowledgments = [], []
        self.header = self.group = None


BOUNDS = frozenset(("GS", "ST", "SE", "GE", "IEA"))


def read(source: Source, limits: Limits | None = None) -> Document:
    """Read one or more interchanges into memory; without limits, those of the settings hold.

    Tolerated with a warning: line ends in odd places, a wrap at a fixed column, a byte order mark
    or blanks in front, an ISA without its padding, indents, empty segments, bytes that are not
    UTF-8. Raises UnreadableDocument where not even the separators are known or a limit is
    passed; all else is a finding, see ``Document.require``.
    """
    reader = Reader(source, limits or settings().x12.document)
    assembly = Assembly()
    for batch in reader.batches():
        if reader.began:
            assembly.begin(batch[0], reader.separators)
        else:
            assembly.take(batch, reader.separators)
    assembly.end()
    return Document(tuple(assembly.whole), reader.findings)


def transaction_sets(reader: Reader) -> Iterator[TransactionSet]:
    """Read a stream one transaction set at a time; only the one at hand is in memory."""
    assembly = Assembly()
    for batch in reader.batches():
        if reader.began:
            assembly.close()
            yield from assembly.sets
            assembly = Assembly()
            assembly.begin(batch[0], reader.separators)
        else:
            assembly.take(batch, reader.separators)
            yield from assembly.sets
        assembly.sets, assembly.acknowledgments, assembly.whole = [], [], []
    assembly.close()
    yield from assembly.sets


def pick(
    document: Document, kind: str, guides: tuple[str, ...] = (), tolerate: Collection[str] = ()
) -> list[TransactionSet]:
    """The transaction sets of one kind; refuse a document without any, saying what it is instead.

    ``guides`` are beginnings of the guides accepted; without them any will do. ``tolerate``
    as in ``Document.require``.
    """
    found = [item for item in document.sets if item.kind == kind]
    document.require(tolerate=tolerate if found else READABLE)
    if not found:
        raise UnreadableDocument(instead(document, kind))
    if guides and any(not item.guide.startswith(guides) for item in found):
        raise UnreadableDocument(f"the {kind} follows another guide than {' or '.join(guides)}")
    return found


def instead(document: Document, kind: str) -> str:
    """Say what a document is that was taken for another kind; codes only, no values."""
    for transaction in document.sets:
        if transaction.kind in {"997", "999"}:
            last = next((item for item in transaction.segments if item.id == "AK9"), None)
            result = RESULTS.get(last.get(1) if last else "", "without a result")
            return f"this is a {transaction.kind} acknowledgment ({result}), not a {kind}: {READER}"
    for segment in (item for one in document.interchanges for item in one.acknowledgments):
        result = RESULTS.get(segment.get(4), "without a result")
        return f"this is a TA1 acknowledgment of an interchange ({result}), not a {kind}: {READER}"
    return f"there is no {kind} transaction set in this document"

"""Envelopes: what a text of X12 holds, and whether its counts and control numbers agree."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from nodes.errors import Complaint, UnreadableDocument
from nodes.x12.finding import Finding
from nodes.x12.segments import Findings, Limits, Segment, segments, unwrapped

RESULTS = {
    "A": "accepted",
    "E": "accepted with errors",
    "P": "accepted in part",
    "R": "rejected",
}
BLANK = re.compile(r"[ \t\r\n]*")


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
    """All that a text holds, and everything found wrong with its envelopes."""

    interchanges: tuple[Interchange, ...]
    findings: tuple[Finding, ...]

    @property
    def sets(self) -> list[TransactionSet]:
        """The transaction sets of all interchanges, in order."""
        return [item for interchange in self.interchanges for item in interchange.sets]

    def require(self, *, strict: bool = False, tolerate: Collection[str] = ()) -> "Document":
        """Refuse a document with errors; ``strict`` refuses warnings too.

        ``tolerate`` names rules whose errors are let pass, such as ``READABLE`` of
        ``nodes.x12.faults``; who lets them pass must show them to the reader of the result.
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
    """Puts the segments of one interchange into its envelopes, and checks them on the way."""

    findings: Findings
    sets: list[TransactionSet] = field(default_factory=list)
    acknowledgments: list[Segment] = field(default_factory=list)
    group: Segment | None = None
    groups: int = 0
    sets_in_group: int = 0
    open: list[Segment] | None = None
    closed: bool = False

    def take(self, segment: Segment) -> None:
        """Put one segment where it belongs."""
        step: Callable[[Segment], None] | None = {
            "GS": self.begin_group,
            "GE": self.end_group,
            "ST": self.begin_set,
            "SE": self.end_set,
            "IEA": self.end,
            "TA1": self.acknowledgments.append,
        }.get(segment.id)
        if step:
            step(segment)
        elif self.open is not None:
            self.open.append(segment)
        else:
            self.findings.note(segment, "envelope.outside-set")

    def begin_group(self, segment: Segment) -> None:
        """GS."""
        if self.group is not None:
            self.findings.note(self.group, "group.no-ge")
            self.close_set()
        self.group, self.sets_in_group = segment, 0
        self.groups += 1

    def begin_set(self, segment: Segment) -> None:
        """ST."""
        self.close_set()
        if self.group is None:
            self.findings.note(segment, "envelope.outside-group")
        elif segment.get(3) and segment.get(3) != self.group.get(8):
            self.findings.note(segment, "set.guide")
        self.open = [segment]
        self.sets_in_group += 1

    def end_set(self, segment: Segment) -> None:
        """SE."""
        if self.open is None:
            self.findings.note(segment, "envelope.no-st")
            return
        self.open.append(segment)
        self.expect(segment, 1, len(self.open), "set.segment-count")
        self.agree(segment, 2, self.open[0].get(2), "set.trailer-control-number")
        self.keep()

    def end_group(self, segment: Segment) -> None:
        """GE."""
        self.close_set()
        if self.group is None:
            self.findings.note(segment, "envelope.no-gs")
            return
        self.expect(segment, 1, self.sets_in_group, "group.set-count")
        self.agree(segment, 2, self.group.get(6), "group.trailer-control-number")
        self.group = None

    def end(self, segment: Segment) -> None:
        """IEA."""
        self.close_set()
        if self.group is not None:
            self.findings.note(self.group, "group.no-ge")
        self.expect(segment, 1, self.groups, "envelope.group-count")
        self.closed = True

    def close_set(self) -> None:
        """Keep a transaction set that nobody closed, and note it."""
        if self.open is not None:
            self.findings.note(self.open[0], "set.no-se")
            self.keep()

    def keep(self) -> None:
        """Put the open transaction set away."""
        if self.open is not None:
            group = self.group or Segment(self.open[0].place, ["GS"])
            self.sets.append(TransactionSet(tuple(self.open), group))
        self.open = None

    def expect(self, segment: Segment, number: int, count: int, rule: str) -> None:
        """Note a count that is wrong."""
        said = segment.get(number)
        if not (said.isascii() and said.isdigit() and len(said) < 11 and int(said) == count):
            self.findings.note(segment, rule, number)

    def agree(self, segment: Segment, number: int, other: str, rule: str) -> None:
        """Note a control number that differs from the one that opened the envelope."""
        if segment.get(number) != other:
            self.findings.note(segment, rule, number)


def read(text: str, limits: Limits | None = None) -> Document:
    """Read one or more interchanges.

    Tolerated: line breaks after segments, a wrap at a fixed column, a byte order mark or blanks
    in front, an ISA without its padding, indents. Raises UnreadableDocument where not even the
    separators are known or a limit is passed; all else is a finding, see ``Document.require``.
    """
    limits = limits or Limits()
    if len(text) > limits.characters:
        raise UnreadableDocument("the document is larger than this reader takes")
    text = unwrapped(text.lstrip("\ufeff \t\r\n"))
    findings = Findings(limits.findings)
    interchanges, start = [], 0
    while start < len(text):
        interchange, start = read_one(text, start, findings, limits)
        interchanges.append(interchange)
        start = BLANK.match(text, start).end()  # type: ignore[union-attr]
        if start < len(text) and not text.startswith("ISA", start):
            findings.note(Segment(interchange.header.place, ["IEA"]), "envelope.after-end")
            break
    if not interchanges:
        raise UnreadableDocument("the document is empty")
    return Document(tuple(interchanges), tuple(findings.items))


def read_one(text: str, start: int, findings: Findings, limits: Limits) -> tuple[Interchange, int]:
    """Read the interchange that begins at ``start``."""
    found, start = segments(text, start, findings, limits)
    assembly = Assembly(findings)
    for segment in found[1:]:
        assembly.take(segment)
    if not assembly.closed:
        assembly.close_set()
        findings.note(found[-1], "envelope.cut")
    else:
        assembly.agree(found[-1], 2, found[0].get(13).strip(), "envelope.trailer-control-number")
    return Interchange(found[0], tuple(assembly.sets), tuple(assembly.acknowledgments)), start


def pick(document: Document, kind: str, guides: tuple[str, ...] = ()) -> list[TransactionSet]:
    """The transaction sets of one kind; refuse a document without any, saying what it is instead.

    ``guides`` are beginnings of the guides accepted; without them any will do.
    """
    document.require()
    found = [item for item in document.sets if item.kind == kind]
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
            return f"this is a {transaction.kind} acknowledgment ({result}), not a {kind}"
    for segment in (item for one in document.interchanges for item in one.acknowledgments):
        result = RESULTS.get(segment.get(4), "without a result")
        return f"this is a TA1 acknowledgment of an interchange ({result}), not a {kind}"
    return f"there is no {kind} transaction set in this document"

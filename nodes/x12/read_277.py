"""Reading a 277 transaction set: statuses (STC) per claim, request or service."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from nodes.x12.envelope import TransactionSet
from nodes.x12.hierarchy import Level, hierarchy
from nodes.x12.review import Number
from nodes.x12.segments import IDENTIFIER, Segment
from nodes.x12.values import day, period, quantity

Kind = Literal["receiver", "provider", "patient", "claim", "service"]
LEVELS: dict[str, Kind] = {
    "20": "receiver",
    "21": "receiver",
    "19": "provider",
    "22": "patient",
    "23": "patient",
    "PT": "patient",
}
LOINC = re.compile(r"[0-9]{1,7}-[0-9]")


@dataclass(frozen=True, slots=True)
class Code:
    """One status of an STC; codes as received."""

    category: str
    status: str
    entity: str | None
    on: date | None
    action: str | None
    amount: Decimal | None


@dataclass(slots=True)
class Entry:
    """What statuses are about, and the statuses; ``segments`` are those it was read from."""

    kind: Kind
    member: str | None = None
    trace: str | None = None
    payer_number: str | None = None
    patient_number: str | None = None
    procedure: str | None = None
    start: date | None = None
    end: date | None = None
    codes: list[Code] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class Statuses:
    """All entries with a status, and the segments that say nothing of one or are not known."""

    transaction: TransactionSet
    entries: list[Entry] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def level(self, level: Level) -> None:
        """Read one level; what has no status, nor a service that inherits it, stays unread."""
        found = self.entries_of(level)
        for place, entry in enumerate(found):
            if entry.codes:
                self.entries.append(entry)
            elif not [after for after in found[place + 1 : place + 2] if after.kind == "service"]:
                for segment in entry.segments:
                    self.leave(segment, level)

    def entries_of(self, level: Level) -> list[Entry]:
        """The entries of a level: TRN begins one, SVC one for a service of it."""
        kind = LEVELS.get(level.code, "receiver")
        found = [Entry(kind, member_of(level))]
        for segment in (item for item in level.segments if item.id != "NM1"):
            if segment.id == "TRN":
                found.append(Entry("claim" if kind == "patient" else kind, found[0].member))
            elif segment.id == "SVC":
                found.append(of_service(found[-1]))
            step = STEPS.get(segment.id)
            if step and step(segment, found[-1]):
                found[-1].segments.append(segment)
            else:
                self.leave(segment, level)
        return found

    def leave(self, segment: Segment, level: Level | None) -> None:
        """Keep account of a segment that was not understood."""
        name = segment.id if IDENTIFIER.match(segment.id) else "?"
        where = LEVELS.get(level.code, "unknown level") if level else "head"
        self.unread.append(f"{where} {name} {self.transaction.place(segment)}")


def member_of(level: Level | None) -> str | None:
    """The member id of a level's patient, or of the subscriber above."""
    while level is not None:
        for segment in level.segments:
            if segment.id == "NM1" and segment.get(8) == "MI":
                return segment.get(9) or None
        level = level.parent
    return None


def of_service(claim: Entry) -> Entry:
    """An entry for a service of the claim at hand."""
    return Entry(
        "service",
        claim.member,
        trace=claim.trace,
        payer_number=claim.payer_number,
        patient_number=claim.patient_number,
    )


def trace(segment: Segment, entry: Entry) -> bool:
    """TRN."""
    entry.trace = segment.get(2) or None
    return True


def service(segment: Segment, entry: Entry) -> bool:
    """SVC."""
    entry.procedure = segment.part(1, 2) or None
    return entry.procedure is not None


def reference(segment: Segment, entry: Entry) -> bool:
    """REF: the payer's number (1K), the patient's (EJ), and any other with its qualifier."""
    value = segment.get(2)
    if segment.get(1) == "1K":
        entry.payer_number = value or None
    elif segment.get(1) == "EJ":
        entry.patient_number = value or None
    elif value:
        entry.numbers.append(Number(qualifier=segment.get(1), value=value))
    return bool(value)


def dates(segment: Segment, entry: Entry) -> bool:
    """DTP*472."""
    first, last = period(segment)
    if segment.get(1) != "472" or first is None or last is None:
        return False
    entry.start, entry.end = first, last
    return True


def status(segment: Segment, entry: Entry) -> bool:
    """STC: up to three statuses; with list LOI the second code is the LOINC of a document."""
    for place in (1, 10, 11):
        if not segment.get(place):
            continue
        code, listed = segment.part(place, 2), segment.part(place, 4)
        if listed == "LOI" or LOINC.fullmatch(code):
            entry.documents.append(code)
        entry.codes.append(
            Code(
                category=segment.part(place, 1),
                status=code,
                entity=segment.part(place, 3) or None,
                on=day(segment.get(2)),
                action=segment.get(3) or None,
                amount=quantity(segment.get(4)),
            )
        )
    if segment.get(12):
        entry.messages.append(segment.get(12).strip())
    return bool(segment.get(1))


STEPS: dict[str, Callable[[Segment, Entry], bool]] = {
    "TRN": trace,
    "SVC": service,
    "REF": reference,
    "DTP": dates,
    "STC": status,
}


def read_statuses(transaction: TransactionSet) -> Statuses:
    """Read one transaction set."""
    tree = hierarchy(transaction)
    statuses = Statuses(transaction)
    for segment in tree.head:
        if segment.id != "BHT":
            statuses.leave(segment, None)
    for level in tree.levels:
        statuses.level(level)
    return statuses

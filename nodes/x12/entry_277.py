"""What a 277 says of one claim, service or submission, gathered while it is read."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nodes.x12.guide import positions
from nodes.x12.review import Number
from nodes.x12.segments import Segment
from nodes.x12.status import Address, Desk, Kind, Paper, StatusCode, StatusService
from nodes.x12.statuses import Statuses
from nodes.x12.values import quantity, span

Fields = dict[str, Any]


def place(segment: str, name: str) -> int:
    """Where a value stands, by the dictionary."""
    return positions(segment)[name][0]


@dataclass(slots=True)
class Entry:
    """What statuses are about, and the statuses; ``segments`` are those it was read from."""

    kind: Kind
    lists: Statuses
    claim: "Entry | None" = None
    trace: str | None = None
    payer_number: str | None = None
    patient_number: str | None = None
    service: StatusService | None = None
    start: date | None = None
    end: date | None = None
    due: date | None = None
    contact: Desk | None = None
    codes: list[StatusCode] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    address: Fields = field(default_factory=dict)
    totals: Fields = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)

    def send_to(self) -> Address | None:
        """Where to send papers: what was said here, else of the claim."""
        if self.address:
            return Address(**self.address)
        return self.claim.send_to() if self.claim else None


def amount(text: str, found: Fields, name: str) -> bool:
    """Keep an amount or count if there is one; false where it is no number."""
    if text:
        found[name] = quantity(text)
        return found[name] is not None
    return True


def on(text: str, found: Fields, name: str) -> bool:
    """Keep a day if there is one; false where it is none."""
    if text:
        found[name] = span("D8", text)[0]
        return found[name] is not None
    return True

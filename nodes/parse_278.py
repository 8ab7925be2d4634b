"""Read an X12 278 (005010X217), above all the payer's answer."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.decision import Decision, Outcome, Rejection
from nodes.errors import Refused
from nodes.node import Request, Response
from nodes.x12.codes import codes
from nodes.x12.envelope import pick, read
from nodes.x12.read_278 import Reading, read_reviews
from nodes.x12.review import Party, RequestedService, ReviewCodes


class Parse278Request(Request):
    """An interchange as received."""

    edi: str = Field(min_length=1, max_length=5_000_000)
    expected_trace: str | None = Field(
        default=None, max_length=50, description="TRN02 of our request: the answer must echo it"
    )


class Review278(Model):
    """One patient event of a transaction set; most sets have one."""

    direction: Literal["request", "response"]
    control_number: str = Field(description="ST02")
    reference: str | None = Field(default=None, description="BHT03")
    outcome: Outcome = Field(description="Over all: service decisions beat the event's")
    event: Decision | None = None
    services: tuple[Decision, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    member_id: str | None = None
    codes: ReviewCodes | None = Field(default=None, description="UM of the event, as received")
    onset: date | None = None
    diagnoses: tuple[str, ...] = Field(default=(), description="As received: without the dot")
    documents: tuple[str, ...] = Field(default=(), description="LOINC codes of requested documents")
    parties: tuple[Party, ...] = ()
    requested: tuple[RequestedService | None, ...] = Field(
        default=(), description="What each of the services names, in their order"
    )
    unread: tuple[str, ...] = Field(
        default=(), description="Segments not understood, by loop, id and place; none is dropped"
    )


class Parse278Response(Response):
    """Every transaction set of the interchange, and the outcome that concerns us."""

    reviews: tuple[Review278, ...]
    outcome: Outcome = Field(description="Of the review that echoes expected_trace, else the only")
    decision: Decision | None = Field(default=None, description="The one that gives the outcome")


def parse_278(request: Parse278Request) -> Parse278Response:
    """Read a 278 response into decisions, reasons, authorization numbers and rejections.

    A service's decision beats the event's. Services decided differently give one outcome: all
    alike, that; anything unknown, pended or to be called about stays so; yes in various degrees
    is modified; some yes is partially_certified; else denied, rejected, cancelled. Codes are
    always returned as received; words are ours and none where a code is not known. Envelopes
    with wrong counts or control numbers, other guides and mere acknowledgments (TA1, 997, 999)
    raise UnreadableDocument; an answer to another request raises Refused.
    """
    document = read(request.edi)
    readings = [
        reading
        for transaction in pick(document, "278", ("005010X217",))
        for reading in read_reviews(transaction)
    ]
    ours = chosen(readings, request.expected_trace)
    _, used = codes()
    return Parse278Response(
        used=(used,),
        reviews=tuple(review(reading) for reading in readings),
        outcome=ours.outcome if ours else "unknown",
        decision=ours.decision if ours else None,
    )


def chosen(readings: Sequence[Reading], trace: str | None) -> Reading | None:
    """The reading that concerns us: the last that echoes our trace, else the only one."""
    if trace is None:
        return readings[0] if len(readings) == 1 else None
    echoing = [reading for reading in readings if trace in reading.traces]
    if not echoing:
        raise Refused("the answer does not echo the trace number of our request")
    return echoing[-1]


def review(reading: Reading) -> Review278:
    """A reading as this node answers it."""
    items = [*([reading.event] if reading.event else []), *reading.services]
    subscriber = next((party for party in reading.parties if party.entity == "IL"), None)
    return Review278(
        direction=reading.direction,
        control_number=reading.transaction.control,
        reference=reading.reference,
        outcome=reading.outcome,
        event=reading.event.decision() if reading.event else None,
        services=reading.decided,
        rejections=tuple(reading.rejections),
        member_id=subscriber.id if subscriber else None,
        codes=reading.event.codes if reading.event else None,
        onset=reading.event.onset if reading.event else None,
        diagnoses=tuple(code for item in items for code in item.diagnoses),
        documents=tuple(code for item in items for code in item.documents),
        parties=reading.parties,
        requested=tuple(item.service for item in reading.services),
        unread=tuple(reading.unread),
    )

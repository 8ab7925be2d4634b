"""Read an X12 278 (005010X217, 005010X215), above all the payer's answer."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from nodes.audit import Model
from nodes.decision import Decision, Document, Outcome, Rejection
from nodes.errors import Complaint, Refused, UnreadableDocument
from nodes.node import Request, Response
from nodes.x12.authorization import Authorization, Clock, authorizations
from nodes.x12.codes import codes
from nodes.x12.envelope import pick, read
from nodes.x12.faults import READABLE
from nodes.x12.finding import Finding
from nodes.x12.guide import guides
from nodes.x12.next_step import Next, after
from nodes.x12.read_278 import GUIDES, Reading, read_reviews
from nodes.x12.requested import RequestedCase, requested_case
from nodes.x12.review import Detail, Party, ReviewCodes, Stated, UnknownCode, Unread

Text = Annotated[str, Field(min_length=1, max_length=5_000_000)]


class UsedUnits(Model):
    """How much of a certified service was used."""

    service: int = Field(ge=1, description="Its place among the services of the answer")
    quantity: Decimal = Field(ge=0, max_digits=18)


class Parse278Request(Request):
    """An interchange as received."""

    edi: Text
    expected_trace: str | None = Field(
        default=None, max_length=50, description="TRN02 of our request: the answer must echo it"
    )
    lenient: bool = Field(
        default=False,
        description="Read on where counts or control numbers of the envelope are wrong",
    )
    request_edi: Text | None = Field(
        default=None, description="The 278 we sent: what was certified is compared with it"
    )
    as_of: date | None = Field(default=None, description="Today: for days left and renewals")
    renewal_days: int = Field(
        default=30, ge=0, le=366, description="How long before its end to renew a certification"
    )
    used_units: tuple[UsedUnits, ...] = Field(
        default=(), max_length=999, description="Of the services of the review that concerns us"
    )


class Review278(Model):
    """One patient event of a transaction set; most sets have one."""

    direction: Literal["request", "response"]
    kind: Literal["review", "inquiry"] = "review"
    guide: str = Field(description="ST03, or GS08 where the set does not say it")
    control_number: str = Field(description="ST02")
    purpose: str = Field(description="BHT02")
    reference: str | None = Field(default=None, description="BHT03")
    outcome: Outcome = Field(description="Over all: service decisions beat the event's")
    next: Next = Field(description="What to do now")
    event: Decision | None = None
    services: tuple[Decision, ...] = ()
    authorizations: tuple[Authorization, ...] = Field(
        default=(), description="What was certified: units, dates, expiry, renewal"
    )
    rejections: tuple[Rejection, ...] = ()
    documents: tuple[Document, ...] = Field(default=(), description="What the payer asks for")
    member_id: str | None = None
    codes: ReviewCodes | None = Field(default=None, description="UM of the event, as received")
    onset: date | None = None
    diagnoses: tuple[str, ...] = Field(default=(), description="As received: without the dot")
    parties: tuple[Party, ...] = ()
    event_stated: Stated | None = Field(default=None, description="All else the event says")
    services_stated: tuple[Stated, ...] = Field(
        default=(), description="All else each of the services says, in their order"
    )
    requested: RequestedCase | None = Field(
        default=None, description="Of a request: as much of a case as it holds"
    )
    details: tuple[Detail, ...] = Field(
        default=(), description="Segments the guide knows that no model here holds wholly"
    )
    unread: tuple[Unread, ...] = Field(
        default=(), description="Segments the guide does not know there, or that cannot be read"
    )
    unknown_codes: tuple[UnknownCode, ...] = Field(
        default=(), description="Codes the guide does not list where they stand"
    )


class Parse278Response(Response):
    """Every transaction set of the interchange, and the outcome that concerns us."""

    reviews: tuple[Review278, ...]
    outcome: Outcome = Field(description="Of the review that echoes expected_trace, else the only")
    decision: Decision | None = Field(default=None, description="The one that gives the outcome")
    must_act: bool = Field(default=True, description="Somebody on our side must act")
    next_step: str | None = Field(default=None, description="What to do now, in plain words")
    act_by: date | None = Field(default=None, description="Where the answer states a day")
    findings: tuple[Finding, ...] = Field(
        default=(), description="What is wrong with the envelopes, errors only when lenient"
    )


def parse_278(request: Parse278Request) -> Parse278Response:
    """Read a 278 response into decisions, reasons, authorization numbers and rejections.

    A service's decision beats the event's. Services decided differently give one outcome: all
    alike, that; anything unknown, pended or to be called about stays so; yes in various degrees
    is modified; some yes is partially_certified; else denied, rejected, cancelled. Codes are
    always returned as received; words are ours and none where a code is not known. Requests
    (X217), inquiries and their answers (X215) are read too, and 004010X094 as far as its shapes
    are those of X217. Envelopes with wrong counts or control numbers (unless ``lenient``), other
    guides and mere acknowledgments (TA1, 997, 999) raise UnreadableDocument; an answer to another
    request raises Refused.
    """
    readings, findings = opened(request.edi, lenient=request.lenient)
    ours = chosen(readings, request.expected_trace)
    asked = [] if request.request_edi is None else sent(request.request_edi)
    reviews = tuple(review(reading, request, reading is ours, asked) for reading in readings)
    then = next((one.next for one, of in zip(reviews, readings, strict=True) if of is ours), None)
    tables = dict.fromkeys(reading.guide.id for reading in readings)
    return Parse278Response(
        used=(codes()[1], *(guides()[name][1] for name in tables)),
        reviews=reviews,
        outcome=ours.outcome if ours else "unknown",
        decision=ours.decision if ours else None,
        must_act=then.must_act if then else True,
        next_step=then.next_step if then else None,
        act_by=then.act_by if then else None,
        findings=findings,
    )


def opened(edi: str, *, lenient: bool) -> tuple[list[Reading], tuple[Finding, ...]]:
    """Every review of an interchange, and what is wrong with its envelopes."""
    document = read(edi)
    sets = pick(document, "278", GUIDES, tolerate=READABLE if lenient else ())
    readings = [one for item in sets for one in read_reviews(item, lenient=lenient)]
    return readings, document.findings


def sent(edi: str) -> list[Reading]:
    """Our own request, to compare with."""
    try:
        return [one for one in opened(edi, lenient=False)[0] if one.direction == "request"]
    except UnreadableDocument as error:
        raise UnreadableDocument(
            "the request to compare with cannot be read",
            [Complaint("/request_edi", "this is no 278 request that can be read")],
        ) from error


def chosen(readings: Sequence[Reading], trace: str | None) -> Reading | None:
    """The reading that concerns us: the last that echoes our trace, else the only one."""
    if trace is None:
        return readings[0] if len(readings) == 1 else None
    echoing = [reading for reading in readings if trace in reading.traces]
    if not echoing:
        raise Refused("the answer does not echo the trace number of our request")
    return echoing[-1]


def review(
    reading: Reading, request: Parse278Request, ours: bool, asked: Sequence[Reading]
) -> Review278:
    """A reading as this node answers it."""
    items = [*([reading.event] if reading.event else []), *reading.services]
    subscriber = next((party for party in reading.parties if party.entity == "IL"), None)
    said = reading.direction == "response"
    clock = Clock(as_of=request.as_of, renewal_days=request.renewal_days)
    used = {one.service: one.quantity for one in request.used_units} if ours else {}
    before = next((one for one in asked if one.traces & reading.traces), None)
    return Review278(
        direction=reading.direction,
        kind=reading.kind,
        guide=reading.transaction.guide,
        control_number=reading.transaction.control,
        purpose=reading.purpose,
        reference=reading.reference,
        outcome=reading.outcome,
        next=after(reading),
        event=reading.decided_event,
        services=reading.decided,
        authorizations=authorizations(reading, clock, used, before),
        rejections=tuple(reading.rejections),
        documents=reading.documents,
        member_id=subscriber.id if subscriber else None,
        codes=reading.event.codes if reading.event else None,
        onset=reading.event.onset if reading.event else None,
        diagnoses=tuple(code for item in items for code in item.diagnoses),
        parties=tuple(reading.parties),
        event_stated=reading.event.stated if reading.event else None,
        services_stated=tuple(item.stated for item in reading.services),
        requested=None if said else requested_case(reading),
        details=tuple(reading.details),
        unread=tuple(reading.unread),
        unknown_codes=tuple(reading.unknown),
    )

"""Read an X12 278 (005010X217, 005010X215), above all the payer's answer."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from nodes.audit import Model
from nodes.decision import Decision, Outcome
from nodes.errors import Complaint, UnreadableDocument
from nodes.node import Request, Response
from nodes.suspicion.found import in_parts
from nodes.x12.codes import codes
from nodes.x12.finding import Finding
from nodes.x12.guide import guides
from nodes.x12.reading.envelope import pick, read
from nodes.x12.reading.faults import READABLE
from nodes.x12.reviewing.authorization import Clock
from nodes.x12.reviewing.ours import ours
from nodes.x12.reviewing.read_278 import GUIDES, Reading, read_reviews
from nodes.x12.reviewing.reviewed import Review278, reviewed

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


class Parse278Response(Response):
    """Every transaction set of the interchange, and the outcome that concerns us."""

    reviews: tuple[Review278, ...]
    outcome: Outcome = Field(
        description="Of what echoes expected_trace, else of the only review; unknown where several "
        "of different patients or requests may answer"
    )
    decision: Decision | None = Field(default=None, description="The one that gives the outcome")
    must_act: bool = Field(default=True, description="Somebody on our side must act")
    next_step: str | None = Field(default=None, description="What to do now, in plain words")
    act_by: date | None = Field(default=None, description="Where the answer states a day")
    findings: tuple[Finding, ...] = Field(
        default=(),
        description="What is wrong with the envelopes, errors only when lenient; and with the "
        "answer that gives the outcome (rules answer.*)",
    )
    warnings: tuple[str, ...] = Field(
        default=(), description="Parts that hold words addressed to software, by kind"
    )


def parse_278(request: Parse278Request) -> Parse278Response:
    """Read a 278 response into decisions, reasons, authorization numbers and rejections.

    A service's decision beats the event's. Services decided differently give one outcome: all
    alike, that; anything unknown, pended or to be called about stays so; yes in various degrees
    is modified; some yes is partially_certified; else denied, rejected, cancelled. A yes of the
    services is no more than their event's own decision, a rejection at or above it, two decisions
    in one level, or another patient than the request's let it be: then it is partial, pended or
    unknown, with what is wrong in ``concerns`` and next_step. Codes are
    always returned as received; words are ours and none where a code is not known. Requests
    (X217), inquiries and their answers (X215) are read too, and 004010X094 as far as its shapes
    are those of X217. Envelopes with wrong counts or control numbers (unless ``lenient``), other
    guides and mere acknowledgments (TA1, 997, 999) raise UnreadableDocument; an answer to another
    request raises Refused.
    """
    document = read(request.edi)
    sets = pick(document, "278", GUIDES, tolerate=READABLE if request.lenient else ())
    asked = {} if request.request_edi is None else sent(request.request_edi)
    clock = Clock(as_of=request.as_of, renewal_days=request.renewal_days)
    found = [
        reviewed(reading, clock, asked)
        for transaction in sets
        for reading in read_reviews(transaction, lenient=request.lenient)
    ]
    answer = ours(found, request.expected_trace)
    place = answer.place
    if place is not None and request.used_units:
        used = {one.service: one.quantity for one in request.used_units}
        found[place] = found[place].after_use(used)
    tables = dict.fromkeys(one.table for one in found)
    return Parse278Response(
        used=(codes()[1], *(guides()[name][1] for name in tables)),
        reviews=tuple(one.review for one in found),
        outcome=answer.outcome,
        decision=answer.decision,
        must_act=answer.next.must_act,
        next_step=answer.next.next_step,
        act_by=answer.next.act_by,
        findings=(*document.findings, *answer.findings(found)),
        warnings=in_parts("review", [one.review for one in found]),
    )


def sent(edi: str) -> dict[str, Reading]:
    """Our own requests, to compare with, by their trace numbers."""
    try:
        sets = pick(read(edi), "278", GUIDES)
        readings = [one for transaction in sets for one in read_reviews(transaction)]
    except UnreadableDocument as error:
        raise UnreadableDocument(
            "the request to compare with cannot be read",
            [Complaint("/request_edi", "this is no 278 request that can be read")],
        ) from error
    found: dict[str, Reading] = {}
    asked = [one for one in readings if one.direction == "request"]
    for one in asked:
        found |= dict.fromkeys(one.traces(), one)
    references = [one.reference for one in asked if one.reference]
    for one in asked:
        if one.reference and references.count(one.reference) == 1:
            found.setdefault(one.reference, one)
    return found

"""Write the X12 278 request (005010X217)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model, sha256
from nodes.case import Case
from nodes.node import Request, Response
from nodes.packet import Transaction
from nodes.x12.numbers import control_number, trace_number
from nodes.x12.request import PARTY, QUALIFIER, write
from nodes.x12.writing import Address

Id15 = Annotated[str, StringConstraints(pattern=PARTY)]


class Envelope(Model):
    """Who sends to whom, as agreed with the clearinghouse or payer."""

    sender_qualifier: Annotated[str, StringConstraints(pattern=QUALIFIER)] = "ZZ"
    sender: Id15
    receiver_qualifier: Annotated[str, StringConstraints(pattern=QUALIFIER)] = "ZZ"
    receiver: Id15
    usage: Literal["test", "production"] = "test"


class Build278Request(Request):
    """The case and the envelope."""

    case: Case
    envelope: Envelope
    attempt: int = Field(default=1, ge=1, le=99, description="A retry keeps it, a new request not")
    created_at: datetime = Field(description="ISA09/10, GS04/05 and BHT04/05; no zone: as given")
    control_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")] | None = Field(
        default=None, description="ISA13; none: derived from sender, case and attempt"
    )
    message: str | None = Field(
        default=None, max_length=264, description="MSG01: free text for the reviewer at the payer"
    )


class Segment(Model):
    """One segment in our own words."""

    segment: str = Field(description="As written in the EDI, without its terminator")
    loop: str | None = None
    words: str


class Build278Response(Response):
    """The interchange, its numbers and what it says."""

    transaction: Transaction
    segments: tuple[Segment, ...] = Field(description="The EDI, segment by segment, in our words")


def build_278(request: Build278Request) -> Build278Response:
    """Write a 278 request for review (005010X217) from a case.

    All numbers are derived from sender, case id and attempt, so that a retry is byte for byte the
    same request when ``created_at`` is the same too. Changed content is a new attempt: a payer
    that knows an attempt answers what it answered before, whatever comes under its number later.
    Texts are written in upper-case ASCII, never cut; separators that occur in a text are replaced
    by others, as the ISA then declares. A case that cannot make a valid request raises
    IncompleteCase with one complaint per field.
    """
    envelope, case = request.envelope, request.case
    trace = trace_number(envelope.sender, case.id, request.attempt)
    control = request.control_number or control_number(trace)
    address = Address(
        envelope.sender_qualifier,
        envelope.sender,
        envelope.receiver_qualifier,
        envelope.receiver,
        envelope.usage == "production",
        request.created_at,
        control,
    )
    made = write(case, trace, address, request.message)
    transaction = Transaction(
        edi=made.edi, sha256=sha256(made.edi.encode()), control_number=control, trace_number=trace
    )
    return Build278Response(
        transaction=transaction,
        segments=tuple(
            Segment(segment=text, loop=line.loop, words=line.words) for line, text in made.lines
        ),
    )

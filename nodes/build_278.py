"""Write the X12 278 request (005010X217)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Case
from nodes.node import Request, Response
from nodes.packet import Transaction

Id15 = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9\-]{2,15}$")]


class Envelope(Model):
    """Who sends to whom, as agreed with the clearinghouse or payer."""

    sender_qualifier: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")] = "ZZ"
    sender: Id15
    receiver_qualifier: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")] = "ZZ"
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

    segment: str
    loop: str | None = None
    words: str


class Build278Response(Response):
    """The interchange, its numbers and what it says."""

    transaction: Transaction
    segments: tuple[Segment, ...] = Field(description="The EDI, segment by segment, in our words")


def build_278(request: Build278Request) -> Build278Response:
    """Write a 278 request for review (005010X217) from a case.

    Stub.
    """
    raise NotImplementedError

"""Write the X12 278 request (005010X217)."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from nodes.audit import Model, sha256
from nodes.case import Case
from nodes.node import Request, Response
from nodes.packet import Transaction
from nodes.x12.numbers import control_number, trace_number
from nodes.x12.payer.companions import Library, library
from nodes.x12.requesting.addressing import Envelope as Envelope
from nodes.x12.requesting.addressing import addressed
from nodes.x12.requesting.request import write
from nodes.x12.requesting.request_check import checked
from nodes.x12.validating.verdict import Validated


class Build278Request(Request):
    """The case and the envelope."""

    case: Case
    envelope: Envelope
    payer_profile: str | None = Field(
        default=None, max_length=100, description="None: the one for the coverage's payer id"
    )
    attempt: int = Field(default=1, ge=1, le=99, description="A retry keeps it, a new request not")
    created_at: datetime = Field(description="ISA09/10, GS04/05 and BHT04/05; no zone: as given")
    control_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")] | None = Field(
        default=None, description="ISA13; none: derived from the trace number"
    )
    trace_number: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,46}$")] | None = Field(
        default=None,
        description="TRN02 and BHT03; none: derived likewise, as assemble-packet asks for",
    )
    message: str | None = Field(
        default=None, max_length=264, description="MSG01: free text for the reviewer at the payer"
    )


class Segment(Model):
    """One segment in our own words."""

    segment: str = Field(description="As written in the EDI, without its terminator")
    loop: str | None = None
    words: str


class LeftOut(Model):
    """Something of the case that is not in the EDI: X12 or this payer has no place for it."""

    pointer: str | None = Field(default=None, description="Where it is, with all below it")
    loop: str | None = None
    words: str


class Build278Response(Response):
    """The interchange, its numbers and what it says."""

    transaction: Transaction
    segments: tuple[Segment, ...] = Field(
        description="The EDI, segment by segment, in our words; ISA to IEA"
    )
    left_out: tuple[LeftOut, ...] = ()
    validation: Validated = Field(description="Of the EDI: valid, with warnings and notes")


def build_278(
    request: Build278Request, *, profiles: Callable[[], Library] = library
) -> Build278Response:
    """Write a 278 request for review (005010X217) from a case.

    All numbers are derived from sender, case id, attempt and certification, so that a retry is
    byte for byte the same request when ``created_at`` is the same too, and a cancel or revision is
    another. Changed content is a new attempt: a payer that knows an attempt answers what it
    answered before, whatever comes under its number later.
    The payer's profile says who is addressed and how, and what this payer wants or refuses.
    Texts are written in upper-case ASCII, never cut; separators that occur in a text are replaced
    by others, as the ISA then declares. A case that cannot make a valid request raises
    IncompleteCase with one complaint per field; what is written is validated before it is answered.
    """
    envelope, case, known = request.envelope, request.case, profiles()
    named = request.payer_profile
    payer = known.named(named) if named else known.find(case.coverage.payer.id)
    trace = request.trace_number or trace_number(
        envelope.sender, case.id, request.attempt, case.certification
    )
    control = request.control_number or control_number(trace)
    address = addressed(envelope, payer.profile, request.created_at, control)
    made = write(case, trace, address, request.message, payer.profile)
    edi, validation = made.written.edi, checked(made.written, payer, address)
    return Build278Response(
        used=tuple(dict.fromkeys((payer.used, *validation.used))),
        transaction=Transaction(
            edi=edi,
            sha256=sha256(edi.encode()),
            control_number=control,
            trace_number=trace,
            payer_profile=payer.used,
        ),
        segments=tuple(
            Segment(segment=text, loop=line.loop, words=line.words)
            for line, text in made.written.lines
        ),
        left_out=tuple(LeftOut(**one._asdict()) for one in made.left_out),
        validation=validation,
    )

"""Write the X12 278 inquiry about an earlier request (005010X215)."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.audit import Model, sha256
from nodes.case import Case
from nodes.errors import IncompleteCase
from nodes.node import Request, Response
from nodes.packet import Transaction
from nodes.x12.numbers import control_number, trace_number
from nodes.x12.payer.companions import Library, library
from nodes.x12.requesting.addressing import Envelope, addressed
from nodes.x12.requesting.earlier import EarlierRequest, inquiry_number
from nodes.x12.requesting.inquiry_278 import GUIDE, Asking, write_inquiry
from nodes.x12.requesting.request import style
from nodes.x12.requesting.request_check import checked
from nodes.x12.requesting.writing import enveloped
from nodes.x12.validating.verdict import Validated


class Build278InquiryRequest(Request):
    """Which request is asked about, by its case or by what is known of it, and the envelope."""

    case: Case | None = Field(default=None, description="As it was given to build-278")
    attempt: int = Field(default=1, ge=1, le=99, description="Of build-278, with a case")
    earlier: EarlierRequest | None = Field(default=None, description="Instead of a case")
    by: Literal["numbers", "services"] | None = Field(
        default=None,
        description="By the numbers alone, or by services and dates as well; none: by services"
        " where the payer's own number is not known",
    )
    envelope: Envelope
    payer_profile: str | None = Field(
        default=None, max_length=100, description="None: the one for the coverage's payer id"
    )
    asked: int = Field(default=1, ge=1, le=9999, description="Counts the inquiries; a retry not")
    created_at: datetime = Field(description="ISA09/10, GS04/05 and BHT04/05; no zone: as given")
    control_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")] | None = Field(
        default=None, description="ISA13; none: derived from the request asked about and asked"
    )

    @model_validator(mode="after")
    def names_one(self) -> Self:
        """Refuse two requests, or none, to ask about."""
        if (self.case is None) == (self.earlier is None):
            raise ValueError("give either case or earlier: the one request that is asked about")
        return self


class InquirySegment(Model):
    """One segment in our own words."""

    segment: str = Field(description="As written in the EDI, without its terminator")
    loop: str | None = None
    words: str


class Build278InquiryResponse(Response):
    """The interchange, its numbers and what it says."""

    transaction: Transaction = Field(
        description="trace_number is that of the request asked about: the answer echoes it"
    )
    reference: str = Field(description="BHT03: our number of this inquiry")
    segments: tuple[InquirySegment, ...] = Field(
        description="The EDI, segment by segment, in our words; ISA to IEA"
    )
    validation: Validated = Field(description="Of the EDI: valid, with warnings and notes")


def build_278_inquiry(
    request: Build278InquiryRequest, *, profiles: Callable[[], Library] = library
) -> Build278InquiryResponse:
    """Write a 278 inquiry (005010X215) into how an earlier request stands.

    It names the request by our trace number, by the payer's authorization number or administrative
    reference, and by patient, services and dates. All numbers are derived: asking again under the
    same ``asked`` is byte for byte the same inquiry when ``created_at`` is the same too, the next
    number is a new one. An inquiry claims nothing and changes nothing: it needs no attestation.
    What is missing raises IncompleteCase with one complaint per field; what is written is
    validated before it is answered.
    """
    earlier, pointer = _asked_about(request)
    known = profiles()
    named = request.payer_profile
    found = known.named(named) if named else known.find(earlier.coverage.payer.id)
    services = request.by == "services" or (request.by is None and not earlier.numbered)
    by = "services" if services else "numbers"
    reference = inquiry_number(earlier.trace, request.asked, by)
    asking = Asking(reference, request.created_at, services)
    sheet = write_inquiry(earlier, pointer, found.profile, asking)
    if sheet.complaints:
        raise IncompleteCase("this cannot make a valid 278 inquiry yet", sheet.complaints)
    control = request.control_number or control_number(reference)
    address = addressed(request.envelope, found.profile, request.created_at, control)
    written = enveloped(
        address, sheet.lines, group="HI", kind="278", guide=GUIDE, style=style(found.profile)
    )
    validation = checked(written, found, address)
    return Build278InquiryResponse(
        used=tuple(dict.fromkeys((found.used, *validation.used))),
        transaction=Transaction(
            edi=written.edi,
            sha256=sha256(written.edi.encode()),
            control_number=control,
            trace_number=earlier.trace,
            payer_profile=found.used,
        ),
        reference=reference,
        segments=tuple(
            InquirySegment(segment=text, loop=line.loop, words=line.words)
            for line, text in written.lines
        ),
        validation=validation,
    )


def _asked_about(request: Build278InquiryRequest) -> tuple[EarlierRequest, str]:
    if request.earlier is not None:
        return request.earlier, "/earlier"
    case = request.case
    assert case is not None
    trace = trace_number(request.envelope.sender, case.id, request.attempt, case.certification)
    return EarlierRequest.of(case, trace), "/case"

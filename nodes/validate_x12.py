"""Check an X12 interchange against the standard, its guides and a payer's own rules."""

from typing import Literal

from pydantic import Field

from nodes.node import Response
from nodes.x12.finding import Finding
from nodes.x12.payer.companions import library
from nodes.x12.reading.given import DocumentRequest
from nodes.x12.validating.validate import validate
from nodes.x12.validating.verdict import Counts, InterchangeVerdict, SetVerdict, Verdict


class ValidateX12Request(DocumentRequest):
    """An interchange or several, as text or, where binary data is in it, as base64."""

    mode: Literal["strict", "lenient"] = Field(
        default="strict",
        description="Lenient: an envelope's form that our reader tolerates is only a warning",
    )
    payer: str | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        description="Id or alias of a payer profile: its own rules are checked too",
    )
    max_findings: int = Field(default=100, ge=1, le=1_000, description="Findings listed at most")


class ValidateX12Response(Response):
    """The verdict on the whole, on each interchange and transaction set, and what is wrong."""

    valid: bool = Field(description="Everything was checked and nothing is wrong")
    verdict: Verdict
    transaction_sets: tuple[SetVerdict, ...]
    interchanges: tuple[InterchangeVerdict, ...]
    findings: tuple[Finding, ...]
    counts: Counts


def validate_x12(request: ValidateX12Request) -> ValidateX12Response:
    """Check X12 as its receiver would: envelope, guide, situations, and a payer's own rules.

    Known are the 278 (X217, X215), 277 (X212, X213, X214), 276, 275, 999, 997 and TA1, and by
    pyx12's maps the other HIPAA transactions it has. ``unsupported`` is a set whose guide nobody
    here knows, or one too long to be checked to its end. Errors make a document invalid, warnings
    and notes do not. A finding says where (interchange, group, set, loop, segment, element,
    component, repetition) and how a TA1 or 999 would say it, never the value. A document that
    cannot be read is invalid, not an error of this call; a payer nobody knows raises UnknownName.
    """
    companion = library().named(request.payer) if request.payer else None
    found = validate(
        request.document,
        strict=request.mode == "strict",
        companion=companion,
        most=request.max_findings,
    )
    return ValidateX12Response(
        used=found.used,
        valid=found.verdict == "valid",
        verdict=found.verdict,
        transaction_sets=found.sets,
        interchanges=found.interchanges,
        findings=found.findings,
        counts=found.counts,
    )

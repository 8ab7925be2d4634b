"""Read an X12 277 (status of a claim or request)."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.node import Request, Response


class Parse277Request(Request):
    """An interchange as received."""

    edi: str = Field(min_length=1, max_length=5_000_000)


class StatusCode(Model):
    """One status (STC): category, status and entity codes with our words for the category."""

    category: str = Field(description="Code source 507")
    status: str = Field(description="Code source 508")
    entity: str | None = None
    words: str | None = Field(default=None, description="What the category means, our words")
    on: date | None = None
    action: str | None = Field(default=None, description="STC03")
    amount: Decimal | None = None


class StatusItem(Model):
    """The statuses of one claim or request."""

    level: Literal["receiver", "provider", "patient", "claim", "service"]
    trace_number: str | None = None
    payer_control_number: str | None = None
    patient_control_number: str | None = None
    member_id: str | None = None
    procedure: str | None = None
    statuses: tuple[StatusCode, ...]
    documents: tuple[str, ...] = Field(default=(), description="LOINC codes of requested documents")
    must_act: bool = Field(description="Whether the payer waits for somebody on our side")


class Parse277Response(Response):
    """Every status, whatever guide it came by."""

    guide: Literal["005010X212", "005010X213", "005010X214", "other"]
    items: tuple[StatusItem, ...]
    unread: tuple[str, ...] = ()


def parse_277(request: Parse277Request) -> Parse277Response:
    """Read a 277 into statuses per claim or request, and say whether somebody must act.

    Stub.
    """
    raise NotImplementedError

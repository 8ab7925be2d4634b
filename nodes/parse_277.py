"""Read an X12 277 (status of a claim or request)."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.node import Request, Response
from nodes.x12.codes import Codes, codes
from nodes.x12.envelope import pick, read
from nodes.x12.read_277 import Entry, read_statuses
from nodes.x12.review import Number

Guide = Literal["005010X212", "005010X213", "005010X214", "other"]
GUIDES: dict[str, Guide] = {
    "005010X212": "005010X212",
    "005010X213": "005010X213",
    "005010X214": "005010X214",
}


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
    service_from: date | None = None
    service_to: date | None = None
    numbers: tuple[Number, ...] = Field(default=(), description="Other references (REF)")
    messages: tuple[str, ...] = Field(default=(), description="STC12: the payer's own words")
    statuses: tuple[StatusCode, ...]
    documents: tuple[str, ...] = Field(default=(), description="LOINC codes of requested documents")
    must_act: bool = Field(description="Whether the payer waits for somebody on our side")


class Parse277Response(Response):
    """Every status, whatever guide it came by."""

    guide: Guide
    items: tuple[StatusItem, ...]
    unread: tuple[str, ...] = ()


def parse_277(request: Parse277Request) -> Parse277Response:
    """Read a 277 into statuses per claim or request, and say whether somebody must act.

    Claim status answers (X212), acknowledgments of claims (X214) and requests for additional
    information (X213) are told apart by ST03 or GS08; other guides are read alike. Codes are
    returned as received. ``must_act`` goes by the category code (list 507): errors, rejections
    that can be mended and requests for information; a category not known here is for a person
    to look at. Wrong counts or control numbers and mere acknowledgments raise
    UnreadableDocument.
    """
    sets = pick(read(request.edi), "277")
    lists, used = codes()
    read_sets = [read_statuses(transaction) for transaction in sets]
    guides = {transaction.guide[:10] for transaction in sets}
    known = GUIDES.get(guides.pop()) if len(guides) == 1 else None
    return Parse277Response(
        used=(used,),
        guide=known or "other",
        items=tuple(item(entry, lists) for found in read_sets for entry in found.entries),
        unread=tuple(text for found in read_sets for text in found.unread),
    )


def item(entry: Entry, lists: Codes) -> StatusItem:
    """An entry as this node answers it."""
    known = [lists.statuses.get(code.category) for code in entry.codes]
    return StatusItem(
        level=entry.kind,
        trace_number=entry.trace,
        payer_control_number=entry.payer_number,
        patient_control_number=entry.patient_number,
        member_id=entry.member,
        procedure=entry.procedure,
        service_from=entry.start,
        service_to=entry.end,
        numbers=tuple(entry.numbers),
        messages=tuple(entry.messages),
        statuses=tuple(
            StatusCode(
                category=code.category,
                status=code.status,
                entity=code.entity,
                words=category.words if category else None,
                on=code.on,
                action=code.action,
                amount=code.amount,
            )
            for code, category in zip(entry.codes, known, strict=True)
        ),
        documents=tuple(dict.fromkeys(entry.documents)),
        must_act=any(category is None or category.must_act for category in known),
    )

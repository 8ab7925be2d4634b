"""What a 277 says: statuses with our words, what they are about, and what follows from them."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.x12.reviewing.review import Contact, Number
from nodes.x12.status_277.statuses import Standing

Guide = Literal["005010X212", "005010X213", "005010X214", "other"]
Kind = Literal["receiver", "provider", "patient", "claim", "service"]
Place = Literal["STC01", "STC10", "STC11"]


class Named(Model):
    """A person or organization (NM1); codes as received."""

    entity: str = Field(description="NM101, such as PR")
    name: str | None = Field(default=None, description="NM103: family or organization name")
    given: str | None = None
    middle: str | None = None
    suffix: str | None = None
    id_qualifier: str | None = Field(default=None, description="NM108, such as XX for an NPI")
    id: str | None = None


class Desk(Model):
    """Whom to ask, or where to answer (PER)."""

    name: str | None = None
    contacts: tuple[Contact, ...] = ()


class Destination(Model):
    """Where papers are to be sent (N1, N3, N4 of the request for them)."""

    name: str | None = None
    lines: tuple[str, ...] = ()
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class Paper(Model):
    """A kind of paper asked for, and the way to send it (PWK); codes as received."""

    report: str = Field(description="PWK01")
    way: str | None = Field(default=None, description="PWK02, such as EL or FX")
    control: str | None = Field(default=None, description="PWK06, to quote in the answer")
    description: str | None = None


class StatusCode(Model):
    """One status: category, status and entity codes with our words for them.

    Date, action and amounts are those of its STC segment; STC10 and STC11 share them with STC01.
    """

    category: str = Field(description="Code source 507")
    status: str = Field(description="Code source 508, or a code of the list named")
    entity: str | None = None
    words: str | None = Field(default=None, description="What the category means, our words")
    on: date | None = None
    action: str | None = Field(default=None, description="STC03, such as WQ accepted, U rejected")
    amount: Decimal | None = Field(default=None, description="STC04: charge of the claim")
    place: Place = "STC01"
    list: str | None = Field(default=None, description="Whose code: LOI is LOINC, RX pharmacy")
    status_words: str | None = Field(default=None, description="What the status means, our words")
    entity_words: str | None = None
    paid: Decimal | None = Field(default=None, description="STC05")
    adjudicated: date | None = Field(default=None, description="STC06")
    payment_method: str | None = Field(default=None, description="STC07, such as CHK or ACH")
    issued: date | None = Field(default=None, description="STC08: day of the payment")
    check_number: str | None = Field(default=None, description="STC09: check or transfer")


class Effective(Model):
    """The status that counts, in plain words."""

    outcome: Standing
    words: str
    category: str
    status: str
    entity: str | None = None
    on: date | None = None
    unknown: tuple[str, ...] = Field(
        default=(), description="Categories said beside it that are not known here: read them"
    )


class StatusService(Model):
    """The service line a status is about (SVC); codes as received."""

    qualifier: str = Field(description="Such as HC, NU for a revenue code, N4 for an NDC")
    code: str
    modifiers: tuple[str, ...] = ()
    revenue: str | None = Field(default=None, description="SVC04")
    quantity: Decimal | None = Field(default=None, description="Units as submitted, else as paid")
    charge: Decimal | None = None
    paid: Decimal | None = None
    original: str | None = Field(default=None, description="Code as submitted, where it differs")


class StatusItem(Model):
    """The statuses of one claim, request or service, or of a whole submission or provider."""

    level: Kind
    trace_number: str | None = None
    payer_control_number: str | None = Field(
        default=None, description="REF*1K; in a request for information (X213) TRN02"
    )
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
    guide: Guide
    transaction: int = Field(ge=1, description="Which transaction set of the document")
    claim: int | None = Field(default=None, ge=1, description="Its number among ``claims``")
    payer: Named | None = None
    receiver: Named | None = None
    provider: Named | None = None
    patient: Named | None = None
    service: StatusService | None = None
    effective: Effective
    action: str | None = Field(default=None, description="What to do; a must where ``must_act``")
    due: date | None = Field(default=None, description="Last day to answer (DTP*106)")
    contact: Desk | None = None
    send_to: Destination | None = None
    papers: tuple[Paper, ...] = ()


class ClaimStatus(Model):
    """What counts for a claim or request as a whole, over it and its services."""

    claim: int = Field(ge=1, description="Its number in this answer, in reading order")
    trace_number: str | None = None
    effective: Effective
    must_act: bool
    action: str | None = None
    due: date | None = None
    items: tuple[int, ...] = Field(description="Places among ``items``, counted from 0")


class Totals(Model):
    """What a payer, receiver or provider level says of all that is below it."""

    level: Literal["payer", "receiver", "provider", "patient"]
    transaction: int = Field(ge=1)
    who: Named | None = None
    trace_number: str | None = None
    received: date | None = None
    processed: date | None = None
    accepted: Decimal | None = Field(default=None, description="Number of claims (QTY 90, QA)")
    rejected: Decimal | None = Field(default=None, description="Number of claims (QTY AA, QC)")
    accepted_amount: Decimal | None = Field(default=None, description="AMT YU")
    rejected_amount: Decimal | None = Field(default=None, description="AMT YY")
    numbers: tuple[Number, ...] = ()

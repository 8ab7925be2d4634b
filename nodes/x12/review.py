"""What a 278 says besides its decisions: parties, codes of the request, and requested services."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from nodes.audit import Model


class Number(Model):
    """A number with the qualifier that says what it is (REF)."""

    qualifier: str
    value: str


class Party(Model):
    """A person or organization (NM1 and what follows it); codes as received."""

    loop: str
    entity: str = Field(description="NM101, such as IL")
    person: bool
    family: str | None = Field(default=None, description="NM103: family or organization name")
    given: str | None = None
    middle: str | None = None
    id_qualifier: str | None = Field(default=None, description="NM108, such as MI or XX")
    id: str | None = None
    birth_date: date | None = None
    sex: str | None = Field(default=None, description="DMG03")
    relationship: str | None = Field(default=None, description="INS02")
    lines: tuple[str, ...] = ()
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    phone: str | None = None
    fax: str | None = None
    taxonomy: str | None = None
    numbers: tuple[Number, ...] = ()


class ReviewCodes(Model):
    """What kind of review (UM), codes as received."""

    category: str | None = Field(default=None, description="UM01, list 1525")
    certification: str | None = Field(default=None, description="UM02, list 1322")
    service_type: str | None = Field(default=None, description="UM03, list 1365")
    place: str | None = Field(default=None, description="UM04-1")
    urgency: str | None = Field(default=None, description="UM06, list 1338")


class RequestedService(Model):
    """A service as the request, or its echo in the answer, names it."""

    segment: str = Field(description="SV1, SV2 or SV3")
    qualifier: str | None = Field(default=None, description="Such as HC")
    code: str | None = None
    modifiers: tuple[str, ...] = ()
    quantity: Decimal | None = None
    unit: str | None = Field(default=None, description="Of the quantity, as received")
    diagnoses: tuple[int, ...] = Field(default=(), description="SV107, counted from 1")

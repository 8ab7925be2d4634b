"""What a 278 says besides its decisions: parties, codes of the request, and requested services."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from nodes.audit import Model
from nodes.care import Accident, Admission, Attachment, Condition, Delivery, HomeHealth, Pregnancy
from nodes.x12.reviewing.clinical import Ambulance, Oxygen, Spine, Tooth


class Number(Model):
    """A number with the qualifier that says what it is (REF)."""

    qualifier: str
    value: str
    description: str | None = None


class Contact(Model):
    """One way to reach somebody (PER)."""

    way: str = Field(description="PER03, 05 or 07: TE phone, FX fax, EM e-mail, UR web")
    number: str


class StatedDate(Model):
    """A day or a span of days (DTP); a single day is its own last."""

    qualifier: str = Field(description="DTP01, such as 435")
    words: str | None = Field(default=None, description="Ours, from the guide tables")
    first: date
    last: date


class Trace(Model):
    """A trace number (TRN); kind 1 is the sender's own, 2 one that is echoed."""

    kind: str | None = None
    number: str
    originator: str | None = None
    subdivision: str | None = None


class Party(Model):
    """A person or organization (NM1 and what follows it); codes as received."""

    loop: str
    entity: str = Field(description="NM101, such as IL")
    person: bool
    family: str | None = Field(default=None, description="NM103: family or organization name")
    given: str | None = None
    middle: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    id_qualifier: str | None = Field(default=None, description="NM108, such as MI or XX")
    id: str | None = None
    birth_date: date | None = None
    sex: str | None = Field(default=None, description="DMG03")
    is_subscriber: bool | None = Field(default=None, description="INS01")
    relationship: str | None = Field(default=None, description="INS02")
    employment: str | None = Field(default=None, description="INS08, such as military duty")
    birth_order: int | None = Field(default=None, description="INS17, of several born at once")
    lines: tuple[str, ...] = ()
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    subdivision: str | None = Field(default=None, description="N407, of the country")
    contact: str | None = Field(default=None, description="PER02: whom to ask for")
    phone: str | None = None
    extension: str | None = Field(default=None, description="Of the phone (PER, EX)")
    fax: str | None = None
    email: str | None = None
    contacts: tuple[Contact, ...] = Field(default=(), description="Every way of PER, in order")
    role: str | None = Field(default=None, description="PRV01, such as PE performing")
    taxonomy: str | None = None
    numbers: tuple[Number, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    service: int | None = Field(
        default=None, ge=1, description="Which of the services it is about; none: all"
    )


class ReviewCodes(Model):
    """What kind of review (UM), codes as received."""

    category: str | None = Field(default=None, description="UM01, list 1525")
    certification: str | None = Field(default=None, description="UM02, list 1322")
    service_type: str | None = Field(default=None, description="UM03, list 1365")
    place: str | None = Field(default=None, description="UM04-1")
    place_list: str | None = Field(
        default=None, description="UM04-2: A facility type of NUBC, B place of service of CMS"
    )
    causes: tuple[str, ...] = Field(default=(), description="UM05-1 to 3: related causes")
    accident_state: str | None = Field(default=None, description="UM05-4")
    accident_country: str | None = Field(default=None, description="UM05-5")
    urgency: str | None = Field(default=None, description="UM06, list 1338")
    condition: str | None = Field(default=None, description="UM07: the patient's condition")
    prognosis: str | None = Field(default=None, description="UM08, list 923")
    release: str | None = Field(default=None, description="UM09: may information be released")
    delay_reason: str | None = Field(default=None, description="UM10, list 1514")


class CodedCondition(Model):
    """A diagnosis, procedure or LOINC code (HI), as received: without the dot."""

    qualifier: str = Field(description="Such as ABK principal diagnosis, LOI LOINC")
    code: str
    code_end: str | None = Field(default=None, description="The last of a range of codes")
    first: date | None = None
    last: date | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None
    version: str | None = None
    present_on_admission: str | None = None


class RequestedService(Model):
    """A service as the request, or its echo in the answer, names it."""

    segment: str = Field(description="SV1, SV2 or SV3")
    qualifier: str | None = Field(default=None, description="Such as HC")
    code: str | None = None
    code_end: str | None = Field(default=None, description="The last of a range of codes")
    modifiers: tuple[str, ...] = ()
    description: str | None = None
    revenue: str | None = Field(default=None, description="SV201")
    quantity: Decimal | None = None
    unit: str | None = Field(default=None, description="Of the quantity, as received")
    amount: Decimal | None = Field(default=None, description="Charge, in US dollars")
    rate: Decimal | None = None
    diagnoses: tuple[int, ...] = Field(default=(), description="SV107, counted from 1")
    place: str | None = None
    service_type: str | None = None
    epsdt: str | None = Field(default=None, description="SV111")
    nursing_home_status: str | None = None
    level_of_care: str | None = None
    areas: tuple[str, ...] = Field(default=(), description="SV304: areas of the mouth")
    prosthesis: str | None = Field(default=None, description="SV305: initial or replacement")


class Value(Model):
    """One value of a segment, by the dictionary's name for it."""

    name: str
    value: str
    words: str | None = Field(default=None, description="Of the code, where the table knows it")


class Detail(Model):
    """A segment the guide table knows but no model here holds wholly; every value as received."""

    loop: str
    segment_id: str
    segment: int = Field(ge=1, description="Place in the transaction set, ST is 1")
    name: str = Field(description="Of this use in the guide table")
    values: tuple[Value, ...]


class Unread(Model):
    """A segment the guide table does not know there, or whose value cannot be read."""

    loop: str | None = Field(default=None, description="None: before the first level")
    segment_id: str | None = Field(default=None, description="None: it is not an identifier")
    segment: int = Field(ge=1, description="Place in the transaction set, ST is 1")
    why: str
    elements: tuple[str, ...] = Field(default=(), description="All it held, as received")


class UnknownCode(Model):
    """A code the guide table does not have there; it is kept where it was read all the same."""

    loop: str
    element: str = Field(description="Such as HCR01 or UM04-2")
    segment: int = Field(ge=1, description="Place in the transaction set, ST is 1")
    code: str


class Stated(Model):
    """What an event or a service says besides its decision.

    Models of the care are those of a case; what they cannot hold is a ``Detail`` as well.
    """

    codes: ReviewCodes | None = None
    traces: tuple[Trace, ...] = ()
    service: RequestedService | None = None
    dates: tuple[StatedDate, ...] = ()
    numbers: tuple[Number, ...] = ()
    conditions: tuple[CodedCondition, ...] = ()
    delivery: Delivery | None = None
    attachments: tuple[Attachment, ...] = Field(
        default=(), description="Sent along by a request; what an answer asks for is elsewhere"
    )
    admission: Admission | None = None
    home_health: HomeHealth | None = None
    accident: Accident | None = None
    pregnancy: Pregnancy | None = None
    patient_conditions: tuple[Condition, ...] = ()
    ambulance: Ambulance | None = None
    spine: Spine | None = None
    oxygen: Oxygen | None = None
    teeth: tuple[Tooth, ...] = ()

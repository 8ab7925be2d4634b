"""The case: who asks which payer for which service, for whom and why."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from nodes.audit import Model
from nodes.care import (
    Accident,
    Admission,
    Attachment,
    Condition,
    Delivery,
    HomeHealth,
    Modifier,
    Pregnancy,
    ServiceCode,
)
from nodes.reference import Reference

Text = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]


def npi(number: str) -> str:
    """Refuse a National Provider Identifier whose check digit is wrong.

    Ten digits; Luhn's sum over the number prefixed with 80840 ends in zero (45 CFR 162.406).
    """
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        raise ValueError("an NPI has ten digits")
    doubled = (int(d) * 2 for d in number[-2::-2])
    total = 24 + sum(int(d) for d in number[-1::-2]) + sum(d - 9 * (d > 9) for d in doubled)
    if total % 10:
        raise ValueError("the check digit of this NPI is wrong: look for a mistyped digit")
    return number


Npi = Annotated[str, AfterValidator(npi), Field(examples=["1234567893"])]


class PersonName(Model):
    """A person's name."""

    family: Text
    given: Text
    middle: Text | None = None


class Address(Model):
    """A postal address in the United States."""

    lines: tuple[Text, ...] = Field(min_length=1, max_length=2)
    city: Text
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    postal_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{5}(-?[0-9]{4})?$")]


Sex = Literal["female", "male", "unknown"]


class Patient(Model):
    """The patient, as registered."""

    id: Reference = Field(description="The patient's reference in the EHR")
    name: PersonName
    birth_date: date
    sex: Sex = "unknown"
    mrn: Text | None = Field(default=None, description="Medical record number")
    address: Address | None = None
    phone: Text | None = None


class Payer(Model):
    """The health plan or utilization management organization that decides."""

    id: Text = Field(description="Electronic payer id, as the clearinghouse knows it")
    name: Text


class Subscriber(Model):
    """Who holds the coverage, when it is not the patient."""

    name: PersonName
    birth_date: date | None = None
    sex: Sex = "unknown"
    address: Address | None = None


LineOfBusiness = Literal[
    "commercial", "medicare_advantage", "medicare", "medicaid", "exchange", "other", "unknown"
]


class Coverage(Model):
    """The coverage the request is made under."""

    payer: Payer
    member_id: Text
    group_number: Text | None = None
    plan_name: Text | None = None
    line_of_business: LineOfBusiness = "unknown"
    relationship: Literal["self", "spouse", "child", "other"] = "self"
    subscriber: Subscriber | None = Field(
        default=None, description="Needed when relationship is not self"
    )


class Provider(Model):
    """A clinician (``person``) or an organization (``organization``); one of the two names."""

    person: PersonName | None = None
    organization: Text | None = None
    npi: Npi | None = None
    taxonomy: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{10}$")] | None = None
    address: Address | None = None
    phone: Text | None = None
    fax: Text | None = None
    contact: Text | None = Field(default=None, description="Whom to ask for, at phone and fax")
    tax_id: Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")] | None = None
    plan_number: Text | None = Field(default=None, description="The provider's id at this payer")

    @property
    def display(self) -> str:
        """The name as a person reads it."""
        if self.person:
            return f"{self.person.given} {self.person.family}"
        return self.organization or ""


class InvolvedProvider(Provider):
    """A provider with a part in the care."""

    role: Literal[
        "rendering",
        "attending",
        "operating",
        "ordering",
        "referring",
        "admitting",
        "facility",
        "supplier",
        "primary_care",
    ]


class Diagnosis(Model):
    """A diagnosis; the first of a case is the principal one."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?$")]
    display: Text | None = Field(default=None, description="As the chart words it")
    onset: date | None = None
    diagnosed: date | None = Field(default=None, description="When it was first diagnosed")
    role: Literal["diagnosis", "admitting", "reason_for_visit"] = "diagnosis"


class ServiceLine(Model):
    """One requested service."""

    system: Literal["CPT", "HCPCS", "REVENUE", "NDC"]
    code: ServiceCode
    modifiers: tuple[Modifier, ...] = Field(default=(), max_length=4)
    display: Text | None = Field(default=None, description="As the order words it")
    quantity: int = Field(default=1, ge=1, le=99999)
    unit: Literal["unit", "visit", "day", "month", "hour", "minute", "international_unit"] = "unit"
    start: date | None = Field(default=None, description="First requested date of service")
    end: date | None = None
    laterality: Literal["left", "right", "bilateral"] | None = None
    diagnoses: tuple[Annotated[int, Field(ge=1, le=12)], ...] = Field(
        default=(1,), max_length=12, description="Which of the case's diagnoses, counted from 1"
    )
    delivery: Delivery | None = Field(
        default=None, description="Spread over time; without it the quantity stands alone"
    )
    revenue_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,4}$")] | None = Field(
        default=None, description="Beside a CPT or HCPCS code of an institution"
    )
    authorization_number: Text | None = Field(
        default=None, description="Of an earlier certification of this line"
    )
    administrative_reference: Text | None = None
    service_type: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,2}$")] | None = Field(
        default=None, description="Where it differs from the case's"
    )
    description: Text | None = Field(
        default=None, description="For a code that says little by itself: unlisted, unclassified"
    )
    message: Text | None = Field(default=None, description="To the payer's reviewer, on this line")
    providers: tuple[InvolvedProvider, ...] = Field(default=(), max_length=10)
    attachments: tuple[Attachment, ...] = Field(default=(), max_length=10)


class Order(Model):
    """The order that started the case."""

    reference: Reference
    authored_on: date
    reason: Text | None = None


class Case(Model):
    """One prior authorization case, normalised from whatever announced it."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,60}$")] = Field(
        description="Chosen by the caller, stable over retries, no PHI in it"
    )
    category: Literal["health_services", "admission", "specialty_care"] = "health_services"
    certification: Literal[
        "initial", "renewal", "revised", "extension", "reconsideration", "cancel"
    ] = "initial"
    urgency: Literal["standard", "urgent", "emergency"] = "standard"
    service_type: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,2}$")] | None = Field(
        default=None, description="X12 code source 1365, such as 73 diagnostic medical"
    )
    place_of_service: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")] | None = Field(
        default=None, description="CMS place of service code, such as 11 office"
    )
    facility_type: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")] | None = Field(
        default=None, description="NUBC facility type, such as 11 hospital inpatient"
    )
    patient: Patient
    coverage: Coverage
    requester: Provider = Field(description="Who asks for the authorization")
    performer: Provider | None = Field(default=None, description="Who will render the service")
    diagnoses: tuple[Diagnosis, ...] = Field(min_length=1, max_length=12)
    service_lines: tuple[ServiceLine, ...] = Field(min_length=1, max_length=99)
    order: Order
    authorization_number: Text | None = Field(
        default=None, description="Of an earlier certification, for renewals, revisions and cancels"
    )
    administrative_reference: Text | None = Field(
        default=None, description="The payer's number of an earlier request, certified or not"
    )
    providers: tuple[InvolvedProvider, ...] = Field(
        default=(), max_length=13, description="Others with a part in the care"
    )
    admission: Admission | None = None
    home_health: HomeHealth | None = None
    accident: Accident | None = None
    pregnancy: Pregnancy | None = None
    conditions: tuple[Condition, ...] = Field(default=(), max_length=7)
    attachments: tuple[Attachment, ...] = Field(default=(), max_length=10)

    @property
    def date_of_service(self) -> date:
        """The first requested date of service, else the order's date."""
        starts = (line.start for line in self.service_lines if line.start)
        return min(starts, default=self.order.authored_on)

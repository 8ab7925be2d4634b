"""What the sender of an order says of it: compared with the EHR, and used where that is silent."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Coverage, Diagnosis, PersonName, Provider, ServiceLine, Sex, Text
from nodes.reference import Reference

Identifier = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]


class ExpectedPatient(Model):
    """Who the order's sender says the patient is; whatever is given is compared."""

    id: Reference | None = None
    mrn: Identifier | None = Field(default=None, description="Medical record number")
    name: PersonName | None = None
    birth_date: date | None = None
    sex: Sex | None = None


class ExpectedClinician(Model):
    """Who the order's sender says ordered it; whatever is given is compared."""

    id: Reference | None = None
    npi: Annotated[str, StringConstraints(pattern=r"^[0-9]{10}$")] | None = None
    name: PersonName | None = None


class StatedOrder(Model):
    """What the sender itself knows of the order.

    Where the EHR has the order, its services are compared and the rest fills what the EHR lacks.
    Where it has none (no order resource, or none this way), the case is made of this: services are
    needed then, and diagnoses may be left to the active problems of the service's kind.
    """

    services: tuple[ServiceLine, ...] = Field(default=(), max_length=99)
    diagnoses: tuple[Diagnosis, ...] = Field(default=(), max_length=12)
    requester: Reference | Provider | None = None
    performer: Reference | Provider | None = None
    coverage: Reference | Coverage | None = Field(
        default=None, description="Where the EHR has no Coverage, or several"
    )
    encounter: Reference | None = Field(default=None, description="The visit it was ordered in")
    authored_on: date | None = None
    reason: Text | None = None
    urgency: Literal["standard", "urgent"] | None = None


@dataclass(frozen=True)
class Wanted:
    """Which order, whose, and what its sender says of it."""

    case_id: str
    as_of: date
    order: str | None = None
    patient: ExpectedPatient = field(default_factory=ExpectedPatient)
    clinician: ExpectedClinician | None = None
    stated: StatedOrder = field(default_factory=StatedOrder)

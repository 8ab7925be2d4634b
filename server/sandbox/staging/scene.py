"""A scene: one service asked for, for a patient whose chart is good, has a gap, or is another's."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Npi
from server.sandbox.staging.entries import (
    AllergyEntry,
    Code,
    Codes,
    ConditionEntry,
    DeviceEntry,
    DrugEntry,
    MeasureEntry,
    PaperEntry,
    PlanEntry,
    ProcedureEntry,
    RelativeEntry,
    ReportEntry,
    VaccineEntry,
    VisitEntry,
    Words,
)

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9\-]{1,30}$")]


class Clinician(Model):
    """A clinician of the sandbox; ``charted``: ``charts/practice.json`` has the resources."""

    given: Words
    family: Words
    title: Words
    specialty: Words = Field(description="NUCC taxonomy code")
    says: Words
    npi: Npi
    charted: bool = False

    @property
    def display(self) -> str:
        """The name as a person reads it."""
        return f"{self.given} {self.family}, {self.title}"


class House(Model):
    """An organization of the sandbox."""

    name: Words
    taxonomy: Words
    says: Words
    npi: Npi
    phone: Words
    address: tuple[Words, Words, Words, Words]
    charted: bool = False


class Practice(Model):
    """Everybody who treats, supplies and tests."""

    clinicians: dict[Key, Clinician]
    houses: dict[Key, House]


class Person(Model):
    """A patient of the sandbox, or somebody an order is mistaken for."""

    key: Key
    given: tuple[Words, ...]
    family: Words
    born: date
    sex: Literal["female", "male"]
    mrn: Words
    address: tuple[Words, Words, Words, Words] = Field(description="Line, city, state, ZIP")
    phone: Words
    plan: Literal["commercial", "medicare"] = "commercial"
    merged_into: Key | None = None


class Asked(Model):
    """One line of an order."""

    name: Key = Field(description="Ends the order's id")
    code: Codes
    say: Words
    quantity: int = 1


class Ordered(Model):
    """The order, or the orders signed together."""

    type: Literal["ServiceRequest", "DeviceRequest", "MedicationRequest"]
    lines: Annotated[tuple[Asked, ...], Field(min_length=1)]
    day: date
    start: date
    by: str
    at: str = Field(description="The house that performs or supplies")
    reasons: dict[Code, Words]
    conditions: tuple[str, ...] = Field(default=(), description="Of the chart, that it points at")
    visit: str | None = Field(default=None, description="Of the chart, or KEY/VISIT of another's")
    side: Literal["left", "right"] | None = None
    site: Words | None = None
    dose: Words | None = None
    place: Words | None = Field(default=None, description="CMS place of service code")
    note: Words | None = None


class Record(Model):
    """What the EHR holds of the patient."""

    conditions: dict[str, ConditionEntry] = Field(default_factory=dict)
    drugs: dict[str, DrugEntry] = Field(default_factory=dict)
    measures: dict[str, MeasureEntry] = Field(default_factory=dict)
    procedures: dict[str, ProcedureEntry] = Field(default_factory=dict)
    reports: dict[str, ReportEntry] = Field(default_factory=dict)
    visits: dict[str, VisitEntry] = Field(default_factory=dict)
    papers: dict[str, PaperEntry] = Field(default_factory=dict)
    relatives: dict[str, RelativeEntry] = Field(default_factory=dict)
    allergies: dict[str, AllergyEntry] = Field(default_factory=dict)
    vaccines: dict[str, VaccineEntry] = Field(default_factory=dict)
    devices: dict[str, DeviceEntry] = Field(default_factory=dict)
    plans: dict[str, PlanEntry] = Field(default_factory=dict)


class Expected(Model):
    """What fetch-chart and check-policy should make of it.

    ``shows`` and ``lacks`` are words, or codes, of the chart's facts and notes; ``leaves_out``
    are entries (``measures.tsh``) that are none of the service's business.
    """

    stops: tuple[str, ...] = ()
    shows: tuple[Words, ...] = ()
    lacks: tuple[Words, ...] = ()
    leaves_out: tuple[Words, ...] = ()
    policy: Literal["met", "not_met", "unknown"] | None = None


class Variant(Model):
    """One patient's order, and what its sender says of the patient.

    ``existing`` is an order of ``charts/``, which then holds patient and record. ``event`` is the
    patient as the order's sender names him or her: a block of a fetch-chart request.
    """

    service: Key
    variant: Literal["good", "gap", "wrong_patient"]
    title: Words
    tells: Words = Field(description="What is there, missing or mistaken, in words")
    existing: Words | None = None
    person: Person | None = None
    others: tuple[Person, ...] = ()
    theirs: dict[Key, Record] = Field(default_factory=dict, description="The others' records")
    order: Ordered | None = None
    chart: Record = Field(default_factory=Record)
    event: dict[str, Any] | None = None
    expects: Expected = Field(default_factory=Expected)

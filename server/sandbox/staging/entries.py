"""The lines of a scene's chart: each becomes one or a few FHIR resources.

Codes are written as ``ICD M17.11``, ``LOINC 4548-4``, ``CPT 97110``; see ``shapes.SYSTEMS``.
``say`` is the entry's own words. Dates are days, and mappings go from a day to what it holds.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model

Code = Annotated[
    str,
    StringConstraints(pattern=r"^(ICD|SNOMED|LOINC|RX|NDC|CPT|HCPCS|CVX) [0-9A-Za-z.\-]{2,18}$"),
]
Codes = tuple[Code, ...]
Words = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Number = int | float


class ConditionEntry(Model):
    """A problem of the patient."""

    code: Codes
    say: Words
    since: date
    until: date | None = None
    status: Literal["active", "inactive", "resolved", "remission"] = "active"
    certain: Literal["confirmed", "provisional", "refuted"] = "confirmed"


class DrugEntry(Model):
    """A medication: its order, and how it was supplied, given or said to be taken.

    ``fills`` go from the day handed over to the days supplied.
    """

    code: Codes
    say: Words
    dose: Words
    reason: Words
    ordered: date | None = None
    status: Literal["active", "completed", "stopped", "on-hold", "draft"] = "active"
    stopped: Words | None = Field(default=None, description="Why")
    by: str = "raman"
    fills: dict[date, int] = Field(default_factory=dict)
    given: tuple[date, ...] = ()
    stated: date | None = Field(default=None, description="Said to be taken, since this day")
    note: Words | None = None


class Part(Model):
    """A component of a measure."""

    code: Codes
    say: Words
    value: Number
    unit: str


class MeasureEntry(Model):
    """An observation, or a series of them: one value on a ``day``, or ``values`` by day."""

    code: Codes
    say: Words
    day: date | None = None
    value: Number | None = None
    values: dict[date, Number] = Field(default_factory=dict)
    unit: str | None = None
    text: Words | None = None
    coded: tuple[Code, Words] | None = None
    parts: tuple[Part, ...] = ()
    category: Literal["vital-signs", "laboratory", "survey", "exam", "procedure", "social-history"]
    method: Words | None = None
    site: Words | None = None
    note: Words | None = None
    by: str | None = None


class ProcedureEntry(Model):
    """Something done, on a day or over a time."""

    code: Codes
    say: Words
    day: date | None = None
    start: date | None = None
    end: date | None = None
    status: Literal["completed", "in-progress", "not-done"] = "completed"
    reason: Words | None = None
    site: Words | None = None
    outcome: Words | None = None
    note: Words | None = None
    by: Words | None = None


class ReportEntry(Model):
    """A diagnostic report and its conclusion."""

    code: Codes
    say: Words
    day: date
    category: Literal["RAD", "LAB", "PAT", "PF", "NRS", "GE"]
    conclusion: Words
    by: str | None = None


class VisitEntry(Model):
    """An encounter."""

    say: Words
    day: date
    reason: Words
    by: str
    kind: Literal["AMB", "VR", "EMER", "IMP"] = "AMB"
    code: Codes = ()


class PaperEntry(Model):
    """A document: plain words, kept in the EHR in one of the formats EHRs keep them in.

    ``of``: it was filed here, and is about one of the scene's other people.
    """

    type: Literal["progress", "consult", "discharge", "therapy", "imaging", "pathology", "letter"]
    title: Words
    day: date
    by: str
    visit: str | None = None
    format: Literal["text", "html", "rtf", "cda", "pdf"] = "text"
    apart: bool = Field(default=False, description="As a Binary of its own")
    of: str | None = None
    text: Long


class Illness(Model):
    """A relative's condition and the age it began at."""

    code: Codes
    say: Words
    age: int | None = None


class RelativeEntry(Model):
    """A relative and what he or she has or had."""

    who: Words
    role: Words = Field(description="HL7 v3 RoleCode, such as MTH, MAUNT, SIS")
    has: tuple[Illness, ...] = ()
    died: int | None = Field(default=None, description="At this age")
    aged: int | None = None
    note: Words | None = None


class AllergyEntry(Model):
    """An allergy or intolerance."""

    code: Codes
    say: Words
    since: date
    reaction: Words | None = None


class VaccineEntry(Model):
    """A vaccination."""

    code: Codes
    say: Words
    day: date


class DeviceEntry(Model):
    """A device the patient has."""

    code: Codes
    say: Words
    status: Literal["active", "inactive"] = "active"
    note: Words | None = None


class PlanEntry(Model):
    """A care plan with its activities."""

    say: Words
    start: date
    end: date | None = None
    status: Literal["active", "completed", "revoked"] = "active"
    activities: tuple[Words, ...]

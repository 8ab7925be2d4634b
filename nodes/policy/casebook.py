"""The cases file of a policy: small invented charts, and what the policy must answer to each.

One file of ``nodes/policies/cases`` (or beside an installation's own policies, in ``cases/``) goes
with one policy file. It is read as plain data (``nodes.policy.yaml_data``)::

    policy: cms.l33822.cgm.initial          # file stem, id, or id@version; none: this file's stem
    case: {services: [HCPCS E2103], diagnoses: [E11.65], line_of_business: medicare_advantage,
           ordered: 2026-11-16}             # every case has this; a case's own `case:` goes over it
    as_of: 2026-11-20
    never:                                  # what no chart can show of a criterion, and why
      trained: {not_met: the order itself is the evidence}
    cases:
      - name: one dose of insulin a day and a visit
        expect: met                         # of the whole policy
        criteria: {insulin: met, visit: met}
        missing: [[visit]]                  # the minimal sets, all of them, in this order
        conflict: false                     # or the list of criteria marked as conflict
        flips: [[visit]]                    # each must be among the flips, as ids together
        manifest: {since: 2025-11-20, complete: true}
        facts:
          - {id: Observation/1, kind: observation, quote: "SpO2 88 %", codes: [LOINC 59408-5],
             status: final, start: 2026-11-01, value: "88 %"}
        notes:
          - {id: DocumentReference/1, written: 2026-11-10, title: Office visit, text: "..."}
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from nodes.assessment import Status
from nodes.audit import Model
from nodes.case import LineOfBusiness, Sex, Text
from nodes.chart import Coding, Course, Fact, FactKind, Quantity
from nodes.errors import UnreadableDocument
from nodes.policy.leaf import Slug
from nodes.policy.yaml_data import data

BYTES = 1_000_000
_VALUE = re.compile(r"(<=|>=|<|>)?\s*(-?\d{1,12}(?:\.\d{1,9})?)(?:\s+(\S.*))?", re.ASCII)
Coded = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]+ \S+( .+)?$", max_length=600)]
Certification = Literal["initial", "renewal", "revised", "extension", "reconsideration", "cancel"]


class ToldCase(Model):
    """The request in short; what is left out is the header's, then a plain default."""

    services: tuple[Coded, ...] | None = Field(default=None, description="Such as CPT 72148")
    diagnoses: tuple[str, ...] | None = None
    line_of_business: LineOfBusiness | None = None
    ordered: date | None = None
    service_start: date | None = Field(default=None, description="First date of service")
    born: date | None = None
    sex: Sex | None = None
    specialty: str | None = Field(default=None, description="NUCC taxonomy code of the requester")
    state: str | None = Field(default=None, description="Of the patient's address")
    payer: str | None = Field(default=None, description="Electronic payer id")
    plan: Text | None = None
    certification: Certification | None = None
    place_of_service: str | None = None


class ToldCourse(Model):
    """How a medication was taken, in short: ``quantity`` such as ``90 {tbl}``."""

    event: Literal["ordered", "stated", "dispensed", "administered"]
    dosage: Text | None = None
    days_supply: int | None = None
    quantity: str | None = None
    refills: int | None = None
    stopped: Text | None = None


class ToldFact(Model):
    """A fact in short: codes such as ``LOINC 59408-5``, a value such as ``88 %`` or ``<2 mg/L``."""

    id: str
    kind: FactKind
    quote: str
    codes: tuple[Coded, ...] = ()
    status: str | None = None
    start: date | None = None
    end: date | None = None
    value: str | int | None = None
    value_text: str | None = None
    course: ToldCourse | None = None
    body_site: Text | None = None
    author: Text | None = None
    path: str | None = None

    @property
    def fact(self) -> Fact:
        """The fact itself."""
        course = self.course
        told = course.model_dump(exclude={"quantity"}) if course else {}
        return Fact(
            **self.model_dump(exclude={"codes", "value", "course"}),
            codes=tuple(map(_coding, self.codes)),
            value=None if self.value is None else quantity(str(self.value)),
            course=Course(quantity=quantity(course.quantity) if course.quantity else None, **told)
            if course
            else None,
            why="Of a policy's own test case",
        )


class ToldNote(Model):
    """A note in short."""

    id: str = "DocumentReference/1"
    written: date
    title: Text = "Office visit"
    author: Text | None = "A. Doc"
    text: str = Field(min_length=1)


class ToldManifest(Model):
    """How far back was searched (none: one year), and whether nothing was cut off."""

    since: date | None = None
    complete: bool = True


class PolicyCase(Model):
    """One chart and what the policy must answer."""

    name: Text
    expect: Status
    case: ToldCase = ToldCase()
    as_of: date | None = None
    facts: tuple[ToldFact, ...] = ()
    notes: tuple[ToldNote, ...] = ()
    manifest: ToldManifest = ToldManifest()
    criteria: dict[str, Status] = Field(default_factory=dict)
    missing: tuple[tuple[str, ...], ...] | None = None
    conflict: bool | tuple[str, ...] | None = None
    flips: tuple[tuple[str, ...], ...] = ()


class Casebook(Model):
    """A policy's test cases."""

    policy: Text | None = Field(default=None, description="File stem, id, or id@version")
    case: ToldCase = ToldCase()
    as_of: date
    never: dict[Slug, dict[Status, Text]] = Field(
        default_factory=dict, description="Criterion, status that no chart can show, why"
    )
    cases: tuple[PolicyCase, ...] = Field(min_length=1, max_length=400)

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        names = [one.name for one in self.cases]
        if len(names) != len(set(names)):
            raise ValueError("two cases have the same name")
        for one in self.cases:
            told = whole(self.case, one.case)
            if not (told.services and told.diagnoses and told.ordered):
                raise ValueError(f"{one.name}: case needs services, diagnoses and ordered")
            for fact in one.facts:
                if fact.value is not None and not _VALUE.fullmatch(str(fact.value)):
                    raise ValueError(f"{one.name}: {fact.id}: a value is a number and a unit")
        return self


def read_cases(text: str, file: str = "cases file") -> Casebook:
    """Read a cases file; it need not be trusted. Raises UnreadableDocument naming the place."""
    found = data(text, file, BYTES)
    try:
        return Casebook.model_validate_json(json.dumps(found))
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"]))
        said = first["msg"].removeprefix("Value error, ")
        raise UnreadableDocument(f"{file}: {place or 'the file'}: {said}") from None


def whole(header: ToldCase, own: ToldCase) -> ToldCase:
    """Put a case's own request over the header's."""
    told: Mapping[str, object] = header.model_dump(exclude_none=True) | own.model_dump(
        exclude_none=True
    )
    return ToldCase.model_validate(told)


def quantity(told: str) -> Quantity:
    """Read a number, its comparator and its unit. Raises ValueError when it is none."""
    found = _VALUE.fullmatch(told)
    if not found:
        raise ValueError("a value is a number and a unit, such as 88 % or <2 mg/L")
    return Quantity.model_validate(
        {"comparator": found[1], "value": Decimal(found[2]), "unit": found[3]}
    )


def _coding(told: str) -> Coding:
    system, code, *display = told.split(" ", 2)
    return Coding.model_validate(
        {"system": system, "code": code, "display": display[0] if display else None}
    )

"""What is asked of the rules: the service lines and the circumstances, as far as they are known."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.audit import Model
from nodes.care import Delivery, Modifier, ServiceCode
from nodes.case import Case, LineOfBusiness, Npi, ServiceLine, Text
from nodes.requirement.states import State, real
from nodes.requirement.table import Place, Unit, Urgency

FACILITY_TYPES = {"11": "21", "12": "21", "13": "22", "32": "12", "33": "12", "83": "24"}
HOME = "12"


class AskedLine(Model):
    """One service, as far as a rule can ask about it."""

    system: Literal["CPT", "HCPCS", "REVENUE", "NDC"]
    code: ServiceCode
    modifiers: tuple[Modifier, ...] = Field(default=(), max_length=4)
    quantity: int | None = Field(default=None, ge=1, le=99999)
    unit: Unit = "unit"
    delivery: Delivery | None = Field(default=None, description="How it is spread over time")
    on: date | None = Field(default=None, description="Date of service; none: the question's")
    until: date | None = Field(default=None, description="Last day; none: the date of service")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.on and self.until and self.until < self.on:
            raise ValueError("it ends before it begins")
        return self


class RequirementQuestion(Model):
    """The question before there is a case. What is not given is not known, and may be asked."""

    payer: Text = Field(description="Electronic payer id")
    line_of_business: LineOfBusiness = "unknown"
    plan_name: Text | None = None
    service_state: State | None = Field(default=None, description="Where the service is given")
    member_state: State | None = Field(default=None, description="Where the patient lives")
    place_of_service: Place | None = None
    urgency: Urgency = "standard"
    on: date = Field(description="Date of service")
    age: int | None = Field(default=None, ge=0, le=130)
    diagnoses: (
        tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9][0-9A-Z.]{1,6}$")], ...] | None
    ) = Field(default=None, max_length=12, description="ICD-10-CM; none: not known")
    npis: tuple[Npi, ...] = Field(default=(), max_length=10, description="Who asks, who performs")
    lines: tuple[AskedLine, ...] = Field(min_length=1, max_length=99)

    def day(self, line: AskedLine) -> date:
        """The first day of service of a line."""
        return line.on or min(self.on, line.until or self.on)

    def last(self, line: AskedLine) -> date:
        """The last day of service of a line."""
        return max(line.until or self.day(line), self.day(line))


def of_case(case: Case) -> RequirementQuestion:
    """Take from a case what it says; at home its state is the patient's."""
    born, day = case.patient.birth_date, case.date_of_service
    performers = [one for one in (case.performer, *case.providers) if one]
    home = case.patient.address
    place = case.place_of_service or FACILITY_TYPES.get(case.facility_type or "")
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return RequirementQuestion(
        payer=case.coverage.payer.id,
        line_of_business=case.coverage.line_of_business,
        plan_name=case.coverage.plan_name,
        service_state=_state(case, place),
        member_state=real(home.state) if home else None,
        place_of_service=place,
        urgency=case.urgency,
        on=day,
        age=min(130, max(0, years)),
        diagnoses=tuple(one.code for one in case.diagnoses),
        npis=tuple(dict.fromkeys(p.npi for p in (case.requester, *performers) if p.npi))[:10],
        lines=tuple(_line(one) for one in case.service_lines),
    )


def _line(line: ServiceLine) -> AskedLine:
    return AskedLine(
        system=line.system,
        code=line.code,
        modifiers=line.modifiers,
        quantity=line.quantity,
        unit=line.unit,
        delivery=line.delivery,
        on=line.start,
        until=line.end,
    )


def _state(case: Case, place: str | None) -> str | None:
    if place == HOME:
        return real(case.patient.address.state) if case.patient.address else None
    sites = [one for one in case.providers if one.role == "facility"]
    where = [one.address.state for one in (*sites, case.performer) if one and one.address]
    return real(where[0]) if where else None

"""What is asked of the rules: the service lines and the circumstances, as far as they are known."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.care import Modifier, ServiceCode
from nodes.case import Case, LineOfBusiness, Npi, ServiceLine, Text
from nodes.requirement.table import Place, State, Urgency

FACILITY_TYPES = {"11": "21", "12": "21", "13": "22", "83": "24"}


class AskedLine(Model):
    """One service, as far as a rule can ask about it."""

    system: Literal["CPT", "HCPCS", "REVENUE", "NDC"]
    code: ServiceCode
    modifiers: tuple[Modifier, ...] = Field(default=(), max_length=4)
    quantity: int | None = Field(default=None, ge=1, le=99999)
    on: date | None = Field(default=None, description="Date of service; none: the question's")


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
        """The date of service of a line."""
        return line.on or self.on


def of_case(case: Case) -> RequirementQuestion:
    """Take from a case what it says; the state of the service only from who performs it."""
    born, day = case.patient.birth_date, case.date_of_service
    performers = [one for one in (case.performer, *case.providers) if one]
    home = case.patient.address
    return RequirementQuestion(
        payer=case.coverage.payer.id,
        line_of_business=case.coverage.line_of_business,
        plan_name=case.coverage.plan_name,
        service_state=_state(case),
        member_state=home.state if home else None,
        place_of_service=case.place_of_service or FACILITY_TYPES.get(case.facility_type or ""),
        urgency=case.urgency,
        on=day,
        age=max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day))),
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
        on=line.start,
    )


def _state(case: Case) -> str | None:
    sites = [one for one in case.providers if one.role == "facility"]
    where = [one.address.state for one in (*sites, case.performer) if one and one.address]
    return where[0] if where else None

"""What a request says of the care beyond its services: stay, home health, accident, documents."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from nodes.audit import Model

Words = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,3}$")]
Period = Literal["day", "week", "month", "year", "episode"]
HYPHENATED = re.compile(r"(?=.{12,13}$)([0-9]{4,5})-([0-9]{3,4})-([0-9]{1,2})")


def undashed(code: object) -> object:
    """Write a hyphenated NDC with its eleven digits; anything else stays as it is.

    Of 4-4-2, 5-3-2 and 5-4-1 the short part gets a leading zero (FDA's and CMS's 5-4-2 form).
    """
    parts = HYPHENATED.fullmatch(code) if isinstance(code, str) else None
    if parts is None:
        return code
    return parts[1].zfill(5) + parts[2].zfill(4) + parts[3].zfill(2)


Modifier = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")]
ServiceCode = Annotated[
    str, BeforeValidator(undashed), StringConstraints(pattern=r"^[0-9A-Z]{3,11}$")
]


class Delivery(Model):
    """How a quantity is spread over time (HSD): two visits a week for six weeks."""

    quantity: int = Field(ge=1, le=99999)
    unit: Literal["visit", "day", "month", "hour", "unit"] = "visit"
    per: Period | None = Field(default=None, description="Two visits per week: week")
    every: int | None = Field(default=None, ge=1, le=999, description="Every so many of per")
    periods: int | None = Field(default=None, ge=1, le=999, description="For six weeks: 6")
    period: Period | None = Field(default=None, description="For six weeks: week")
    pattern: Code | None = Field(default=None, description="HSD07, list 678, by value")
    time_of_day: Code | None = Field(default=None, description="HSD08, list 679, by value")


class Attachment(Model):
    """A document that supports the request and goes, or went, its own way (PWK)."""

    report: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")] = Field(
        description="PWK01, list 755, by value: such as OZ support data, B4 referral form"
    )
    way: Literal["electronic", "fax", "mail", "email", "on_request", "voice", "file"] = "electronic"
    control_number: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9\-]{2,50}$")] | None = Field(
        default=None, description="PWK06: the number the document carries; no PHI in it"
    )
    description: Words | None = None


class Admission(Model):
    """An inpatient stay (CL1, DTP*435 and DTP*096); codes are NUBC's, by value."""

    admitted: date | None = None
    discharged: date | None = None
    type: Code | None = Field(default=None, description="CL101, such as 3 elective")
    source: Code | None = Field(default=None, description="CL102")
    patient_status: Code | None = Field(default=None, description="CL103")


class HomeHealth(Model):
    """A plan of home health care (CR6)."""

    prognosis: Annotated[str, StringConstraints(pattern=r"^[1-8]$")] = Field(
        description="CR601, list 923: 1 poor to 5 excellent, 6 to 8 by value"
    )
    start_of_care: date
    certified_from: date | None = None
    certified_to: date | None = None
    medicare: bool | None = Field(default=None, description="CR607: the patient has Medicare")
    certification: Literal["initial", "renewal", "revised"] = Field(
        default="initial", description="CR608"
    )
    last_visit: date | None = None
    physician_contact: date | None = None


class Accident(Model):
    """An accident the care is for (UM05, DTP*439)."""

    kind: Literal["auto", "employment", "another_party"]
    on: date | None = None
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None


class Pregnancy(Model):
    """A pregnancy the care is for (DTP*484, DTP*ABC)."""

    last_menstrual_period: date | None = None
    due: date | None = Field(default=None, description="Estimated date of birth")


class Condition(Model):
    """Whether conditions of the patient hold (CRC); codes of list 1321, by value."""

    category: Annotated[str, StringConstraints(pattern=r"^(07|08|09|11|75|76|77)$")] = Field(
        description="CRC01: what the conditions are about, such as 09 durable medical equipment"
    )
    holds: bool
    codes: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2,3}$")], ...] = Field(
        min_length=1, max_length=5
    )

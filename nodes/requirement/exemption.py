"""Exemptions that a payer granted to a provider (gold cards), dated, as the caller has them."""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.case import LineOfBusiness, Npi, Text
from nodes.requirement.answer import LineRequirement, RefusedAnswer
from nodes.requirement.codes import CodePattern, holds, level
from nodes.requirement.question import AskedLine, RequirementQuestion

EXPIRED = "the code is not valid on the date of service"
CONFIRMED = timedelta(days=365)


class PayerExemption(Model):
    """A payer's notice that a provider need not ask for some services for some time."""

    payer: Text = Field(description="Electronic payer id")
    lines_of_business: tuple[LineOfBusiness, ...] = ()
    system: Literal["CPT", "HCPCS", "REVENUE", "NDC"]
    codes: tuple[CodePattern, ...] = Field(min_length=1, max_length=500)
    npi: Npi = Field(description="Whom it was granted to")
    first: date
    last: date | None = Field(default=None, description="none: until it is withdrawn")
    confirmed: date = Field(description="Date of the notice, or last confirmed with the payer")
    notice: Text = Field(description="How the payer named it, such as a letter's number; no PHI")


def exempted(
    said: LineRequirement,
    exemptions: tuple[PayerExemption, ...],
    asked: RequirementQuestion,
    as_of: date,
    *,
    expired: bool = False,
) -> LineRequirement:
    """Let an exemption of this payer, service, provider and date answer the line; keep refusals."""
    line = asked.lines[said.line - 1]
    refused: list[RefusedAnswer] = []
    for number, one in enumerate(exemptions, 1):
        if not _about(one, line):
            continue
        if fault := EXPIRED if expired else _fault(one, asked, said, as_of):
            refused.append(RefusedAnswer(number=number, kind="exemption", reason=fault))
            continue
        update = {
            "needed": "no-auth",
            "basis": "exemption",
            "reason": f"The payer exempted the provider: {one.notice}"[:500],
            "questions": (),
            "missing": (),
            "rule": None,
            "warnings": (),
        }
        said = said.model_copy(update=update)
        break
    return said.model_copy(update={"refused": (*said.refused, *refused)})


def _about(one: PayerExemption, line: AskedLine) -> bool:
    same = level(line.system, line.code) == level(one.system, line.code)
    return same and any(holds(pattern, line.code) for pattern in one.codes)


def _fault(
    one: PayerExemption, asked: RequirementQuestion, said: LineRequirement, as_of: date
) -> str | None:
    lines, last = one.lines_of_business, max(said.on, said.until or said.on)
    faults = (
        (one.payer.strip().casefold() != asked.payer.strip().casefold(), "it is another payer's"),
        (bool(lines) and asked.line_of_business not in lines, "it is for another line of business"),
        (one.npi not in asked.npis, "it was granted to another provider"),
        (said.on < one.first, "it begins after the date of service"),
        (one.last is not None and last > one.last, "it ended before the last day of the service"),
        (one.confirmed > as_of, "it is dated after the day of the question"),
        (
            one.last is None and as_of - one.confirmed > CONFIRMED,
            "it has no end and was not confirmed within a year",
        ),
    )
    return next((words for wrong, words in faults if wrong), None)

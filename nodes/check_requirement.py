"""Does the payer want to be asked before this service is given?"""

from collections.abc import Callable
from typing import Self, cast

from pydantic import Field, JsonValue, model_validator

from nodes.case import Case, Text
from nodes.node import Day, Request, Response
from nodes.reference import Reference
from nodes.requirement import crd, library
from nodes.requirement.answer import STRICTEST, LineRequirement
from nodes.requirement.deciding import by_rules
from nodes.requirement.eligibility import Eligibility, prerequisites
from nodes.requirement.exemption import PayerExemption, exempted
from nodes.requirement.payer_answer import Ours, answered
from nodes.requirement.question import RequirementQuestion, of_case
from nodes.requirement.table import Needed

UNSTATED = "The date of service is not stated: the rules of {day} were asked"
OPEN: tuple[Needed, ...] = ("unknown", "conditional", "performpa")


class CheckRequirementRequest(Request):
    """A case, or a question before there is one; what the payer said of it; the day it is asked."""

    case: Case | None = None
    question: RequirementQuestion | None = Field(default=None, description="Instead of a case")
    as_of: Day
    coverage: Reference | None = Field(
        default=None, description="The coverage in the EHR; without it no payer_answers count"
    )
    fhir_base: Text | None = Field(
        default=None,
        description="The EHR's own FHIR address; without it a payer's answer counts only when its"
        " references are relative, such as Coverage/1",
    )
    payer_answers: tuple[dict[str, JsonValue], ...] = Field(
        default=(),
        max_length=50,
        description="From a CRD server, as it came: the updated order, the whole CDS Hooks response"
        " or the bare ext-coverage-information",
    )
    exemptions: tuple[PayerExemption, ...] = Field(default=(), max_length=50)
    eligibility: Eligibility | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.case is None) == (self.question is None):
            raise ValueError("give a case or a question, one of them")
        for number, line in enumerate(self.case.service_lines if self.case else (), 1):
            if line.start and line.end and line.end < line.start:
                raise ValueError(f"service line {number} ends before it begins")
        return self

    @property
    def asked(self) -> RequirementQuestion:
        """The question, or what the case says of it."""
        assert self.question or self.case
        return self.question or of_case(cast(Case, self.case))


class CheckRequirementResponse(Response):
    """The answer per line, and the one that stops most over all lines."""

    needed: Needed = Field(
        description="Over all lines: auth-needed before unknown, conditional, performpa, satisfied"
        " and no-auth"
    )
    open: bool = Field(
        default=False,
        description="Some line is unknown, conditional or performpa, whatever needed says",
    )
    lines: tuple[LineRequirement, ...]


def check_requirement(
    request: CheckRequirementRequest,
    *,
    held: Callable[[], library.Requirements] = library.in_force,
) -> CheckRequirementResponse:
    """Say per service line whether authorization is needed, by which rule, and how old that is.

    In the words of Da Vinci CRD's coverage-information: auth-needed, no-auth, performpa (the
    performer asks), conditional with questions, satisfied; and unknown, with what is missing, where
    no rule of this payer is held: never a guess and never another payer's rule. A payer's own
    answer for this coverage and code, in date, goes before an exemption the caller holds, and that
    before the tables; what was not used is listed with the reason. A coverage out of force makes
    every line unknown. Sources are marked as read, secondary or unverified, and warn when stale.
    """
    tables = held()
    case, as_of = request.case, request.as_of
    asked = request.asked
    patient = case.patient.id if case else None
    ours = Ours(request.coverage, patient, as_of, request.fhir_base)
    given = crd.assertions(request.payer_answers)
    member = case.coverage.member_id if case else None
    lines = []
    for number, line in enumerate(asked.lines, 1):
        said = by_rules(tables, asked, number, as_of)
        expired = tables.retired(line.system, line.code, asked.last(line)) is not None
        said = exempted(said, request.exemptions, asked, as_of, expired=expired)
        said = answered(said, asked, given, ours, expired=expired)
        said = prerequisites(said, request.eligibility, asked.payer, member, as_of)
        stated = case is None or case.service_lines[number - 1].start is not None
        lines.append(said if stated else _unstated(said))
    return CheckRequirementResponse(
        needed=next(one for one in STRICTEST if any(line.needed == one for line in lines)),
        open=any(line.needed in OPEN for line in lines),
        lines=tuple(lines),
        used=tuple(one.used for one in tables.held),
    )


def _unstated(said: LineRequirement) -> LineRequirement:
    warnings = (UNSTATED.format(day=said.on), *said.warnings)
    return said.model_copy(update={"warnings": warnings})

"""Draft the appeal of a denial."""

from datetime import date

from pydantic import Field

from nodes.assessment import Assessment
from nodes.audit import Used
from nodes.case import Case, ServiceLine
from nodes.chart import Chart
from nodes.decision import Decision
from nodes.errors import Complaint, Refused
from nodes.node import Request, Response
from nodes.prose import Letter, Omission
from nodes.writing.appeal import appeal_parts
from nodes.writing.before_sending import before_sending
from nodes.writing.draft import Material, hold, number
from nodes.writing.letter import lay_out

APPEALABLE = frozenset({"denied", "partially_certified", "modified"})


class DraftAppealRequest(Request):
    """The denial, and what answers it."""

    case: Case
    chart: Chart
    assessment: Assessment
    denial: Decision
    as_of: date
    deadline: date | None = Field(
        default=None, description="Last day to appeal, as the notice says; none: not known"
    )


class DraftAppealResponse(Response):
    """The letter, for a person to read, change and sign."""

    letter: Letter
    before_sending: tuple[str, ...] = Field(
        default=(), description="What a person checks or adds before the letter goes out"
    )
    omissions: tuple[Omission, ...] = Field(
        default=(), description="Sentences that did not hold and were dropped"
    )


def draft_appeal(request: DraftAppealRequest) -> DraftAppealResponse:
    """Draft an appeal letter that answers the stated reason with facts of the chart.

    The reason is given as the payer gave it: its code, our words for it, its own message. Each
    criterion that is met is answered with the record's words; what the record leaves open is
    named and not claimed. The only policy cited is the assessment's. The signature is blank, and
    a deadline is stated only when given. Refused (409) when the answer is not a denial, a partial
    certification or a modification, when it is about another service, or the chart is another
    patient's.
    """
    lines = _denied_lines(request)
    material = Material(request.case, request.chart, request.assessment, request.denial)
    sections, dropped = hold(number(appeal_parts(material, request.denial, lines)), material)
    letter = lay_out(
        request.case,
        sections,
        request.chart.notes,
        on=request.as_of,
        subject=_subject(request.denial, lines),
        references=_references(request.denial),
    )
    policy = request.assessment.policy
    return DraftAppealResponse(
        letter=letter,
        before_sending=before_sending(material, request.denial, request.as_of, request.deadline),
        omissions=dropped,
        used=(Used(kind="policy", id=policy.id, version=policy.version, sha256=policy.sha256),),
    )


def _denied_lines(request: DraftAppealRequest) -> tuple[ServiceLine, ...]:
    """Find the services the decision is about: those of its code, else all."""
    if request.denial.outcome not in APPEALABLE:
        raise Refused(
            "there is nothing to appeal: the payer has not denied or reduced the request",
            [Complaint("/denial/outcome", "only denied, partially_certified or modified")],
        )
    if request.chart.patient != request.case.patient.id:
        raise Refused(
            "the chart is another patient's",
            [Complaint("/chart/patient", "must be the case's patient")],
        )
    every, code = request.case.service_lines, request.denial.procedure
    about = tuple(line for line in every if code is None or line.code == code)
    if not about and request.denial.outcome == "denied":
        raise Refused(
            "the decision is about a service that this case does not request",
            [Complaint("/denial/procedure", "must be the code of one of the service lines")],
        )
    return about or every


def _subject(denial: Decision, lines: tuple[ServiceLine, ...]) -> str:
    codes = ", ".join(f"{line.system} {line.code}" for line in lines)
    kind = "denial" if denial.outcome == "denied" else "partial approval"
    return f"Appeal of {kind}, {codes}"[:500]


def _references(denial: Decision) -> tuple[str, ...]:
    """Give the numbers by which the payer finds its decision."""
    given = (denial.administrative_reference, denial.authorization_number, *denial.trace_numbers)
    return tuple(dict.fromkeys(number for number in given if number))

"""Write the clinical summary a payer reads."""

from pydantic import Field

from nodes.assessment import Assessment
from nodes.audit import Used
from nodes.case import Case
from nodes.chart import Chart
from nodes.errors import Complaint, Refused
from nodes.node import Request, Response
from nodes.prose import Summary
from nodes.writing.checklist import ChecklistItem, checklist
from nodes.writing.draft import Material
from nodes.writing.summary import write_summary


class SummarizeRequest(Request):
    """The case, the chart and, when known, the policy's verdict."""

    case: Case
    chart: Chart
    assessment: Assessment | None = None


class SummarizeResponse(Response):
    """The summary, sentence by sentence."""

    summary: Summary
    checklist: tuple[ChecklistItem, ...] = Field(
        description="Codes, units, frequency, duration, dates, place of service, NPI, follow-up"
        " plan: all eight, always, each stated, partly or missing"
    )


def summarize(request: SummarizeRequest) -> SummarizeResponse:
    """Write a payer-focused summary in which every sentence cites the chart.

    Sections: request, clinical history, prior treatment, findings, medical necessity criterion
    by criterion, and what is missing. The chart's words are quoted, never reworded; facts that
    a criterion cites come first. A sentence whose citation, number, unit, date, code, drug or
    side does not stand in what it cites is dropped, and ``omissions`` says so; it also says
    what was left out of the chart and why. Without an assessment the last two sections are
    missing. Refused (409) when the chart is another patient's.
    """
    if request.chart.patient != request.case.patient.id:
        raise Refused(
            "the chart is another patient's",
            [Complaint("/chart/patient", "must be the case's patient")],
        )
    material = Material(request.case, request.chart, request.assessment)
    return SummarizeResponse(
        summary=write_summary(material),
        checklist=checklist(material),
        used=_policy(request.assessment),
    )


def _policy(assessment: Assessment | None) -> tuple[Used, ...]:
    if assessment is None:
        return ()
    policy = assessment.policy
    return (Used(kind="policy", id=policy.id, version=policy.version, sha256=policy.sha256),)

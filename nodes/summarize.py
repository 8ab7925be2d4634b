"""Write the clinical summary a payer reads."""

from pydantic import Field

from nodes.assessment import Assessment
from nodes.audit import Used
from nodes.case import Case, Text
from nodes.chart import Chart
from nodes.errors import Complaint, Refused
from nodes.node import Day, Request, Response
from nodes.pdf.rendered import Format, rendered
from nodes.prose import Rendered, Summary, Writer, Writing
from nodes.writing import claude
from nodes.writing.checklist import ChecklistItem, checklist
from nodes.writing.claude import Cite
from nodes.writing.draft import Material
from nodes.writing.model_summary import summarized
from nodes.writing.summary_sheet import summary_paper


class SummarizeRequest(Request):
    """The case, the chart and, when known, the policy's verdict."""

    case: Case
    chart: Chart
    assessment: Assessment | None = None
    writer: Writer = Field(
        default="auto",
        description="auto: a model writes the clinical sections where one is configured;"
        " deterministic: none is asked; model: one is asked. The rules write where it fails",
    )
    formats: tuple[Format, ...] = Field(
        default=(), max_length=3, description="Files of the summary beside its sentences"
    )
    as_of: Day | None = Field(default=None, description="The day the files are dated, if any")


class SummarizeResponse(Response):
    """The summary, sentence by sentence."""

    summary: Summary
    writing: Writing = Field(description="Who wrote the clinical sections, and what came of asking")
    warnings: tuple[Text, ...] = Field(
        default=(), description="Sources that hold words addressed to software, by kind"
    )
    checklist: tuple[ChecklistItem, ...] = Field(
        description="Codes, units, frequency, duration, dates, place of service, NPI, follow-up"
        " plan: all eight, always, each stated, partly or missing"
    )
    documents: tuple[Rendered, ...] = Field(default=(), description="In the formats asked for")


def summarize(request: SummarizeRequest, *, ask: Cite = claude.cite) -> SummarizeResponse:
    """Write a payer-focused summary in which every sentence cites the chart.

    Sections: request, clinical history, prior treatment, findings, medical necessity criterion
    by criterion, and what is missing. The chart's words are quoted, never reworded; facts that
    a criterion cites come first. A sentence whose citation, number, unit, date, code, drug or
    side does not stand in what it cites is dropped, and ``omissions`` says so; it also says
    what was left out of the chart and why. Without an assessment the last two sections are
    missing. Where a model writes, the history, the treatment and the findings are its sentences,
    each held the same way and in the record's own words; what a criterion cites and it did not
    tell keeps the rule's sentence, and so does everything when it fails: ``writing`` says what
    happened. Refused (409) when the chart is another patient's.
    """
    if request.chart.patient != request.case.patient.id:
        raise Refused(
            "the chart is another patient's",
            [Complaint("/chart/patient", "must be the case's patient")],
        )
    material = Material(request.case, request.chart, request.assessment)
    written = summarized(material, writer=request.writer, ask=ask)
    paper = summary_paper(request.case, written.summary, request.as_of)
    return SummarizeResponse(
        summary=written.summary,
        writing=written.writing,
        warnings=material.warnings,
        checklist=checklist(material),
        documents=rendered(paper, request.formats, "summary"),
        used=(*_policy(request.assessment), *written.used),
    )


def _policy(assessment: Assessment | None) -> tuple[Used, ...]:
    if assessment is None:
        return ()
    policy = assessment.policy
    return (Used(kind="policy", id=policy.id, version=policy.version, sha256=policy.sha256),)

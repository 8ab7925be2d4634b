"""Draft the one page for a peer-to-peer call."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import Field

from nodes.assessment import Assessment
from nodes.audit import Model, Used
from nodes.case import Case, Text
from nodes.chart import Chart
from nodes.decision import Decision
from nodes.errors import Complaint, Refused
from nodes.node import Day, Request, Response
from nodes.notice import Notice
from nodes.pdf.letter import SHEET, pages
from nodes.pdf.rendered import Format, rendered
from nodes.prose import Omission, Rendered, Section
from nodes.suspicion.found import in_chart, told
from nodes.writing.brief import Ranked, brief_lines, parts
from nodes.writing.brief_sheet import lay_out_brief
from nodes.writing.clock import clock
from nodes.writing.dispute import Dispute
from nodes.writing.draft import Material, Part, hold, number
from nodes.writing.record_sentences import told as told_as_sentences
from nodes.writing.references import allowed_words, only_allowed


class DraftPeerToPeerRequest(Request):
    """The denial, or a decision that is pending a call, and what answers it."""

    case: Case
    chart: Chart
    assessment: Assessment
    denial: Decision
    notice: Notice | None = Field(
        default=None, description="The denial as read-denial read it: words, deadlines, numbers"
    )
    as_of: Day
    deadline: Day | None = Field(default=None, description="Last day to appeal, where known")
    formats: tuple[Format, ...] = Field(
        default=(), max_length=3, description="Files of it beside the text"
    )


class Brief(Model):
    """The page."""

    title: Text
    sections: tuple[Section, ...]
    text: str = Field(description="The page as plain text")


class DraftPeerToPeerResponse(Response):
    """The page, for the clinician who calls."""

    brief: Brief
    omissions: tuple[Omission, ...] = Field(
        default=(), description="What did not hold, or did not fit on one page"
    )
    documents: tuple[Rendered, ...] = Field(default=(), description="In the formats asked for")
    warnings: tuple[Text, ...] = Field(
        default=(), description="Sources that hold words addressed to software, by kind"
    )


def draft_peer_to_peer(request: DraftPeerToPeerRequest) -> DraftPeerToPeerResponse:
    """Draft one page to have in hand when a clinician calls the plan's physician.

    The reason in the payer's words, the three strongest facts with days and where they stand,
    the criteria, the weak spots said openly, questions to expect with the record's answer or that
    it has none, the times with their rules, and what to ask for at the end. What does not fit on
    one page is left out whole, the least important first, and listed. Refused (409) when the chart
    is another patient's, or the request is certified and there is nothing to talk about.
    """
    _refuse(request)
    dispute = Dispute(request.denial, request.notice, deadline=request.deadline)
    dispute = replace(dispute, rules=tuple(clock(dispute, request.as_of)))
    material = Material(request.case, request.chart, request.assessment, dispute.told)
    ranked = _worded(brief_lines(material, dispute, request.as_of), material)
    sections, dropped, left = _fitted(ranked, material, dispute)
    paper = lay_out_brief(request.case, dispute, sections)
    policy = request.assessment.policy
    return DraftPeerToPeerResponse(
        brief=Brief(title=paper.title, sections=sections, text=paper.text),
        omissions=(*dropped, *left),
        documents=rendered(paper, request.formats, "peer-to-peer", SHEET),
        warnings=(*in_chart(request.chart), *told([("denial", " ".join(dispute.told.messages))])),
        used=(Used(kind="policy", id=policy.id, version=policy.version, sha256=policy.sha256),),
    )


def _refuse(request: DraftPeerToPeerRequest) -> None:
    if request.chart.patient != request.case.patient.id:
        raise Refused(
            "the chart is another patient's",
            [Complaint("/chart/patient", "must be the case's patient")],
        )
    if request.denial.outcome == "certified":
        raise Refused(
            "there is nothing to talk about: the request is certified",
            [Complaint("/denial/outcome", "not certified")],
        )


def _worded(ranked: Sequence[Ranked], material: Material) -> list[Ranked]:
    """Tell the record's entries as sentences."""
    (part,) = told_as_sentences([Part("page", tuple(one.line for one in ranked))], material)
    return [replace(one, line=line) for one, line in zip(ranked, part.lines, strict=True)]


def _fitted(
    ranked: Sequence[Ranked], material: Material, dispute: Dispute
) -> tuple[tuple[Section, ...], tuple[Omission, ...], tuple[Omission, ...]]:
    """Leave out whole lines, those that give way first, until the page is one.

    What does not hold is dropped afterwards, which only makes it shorter.
    """
    kept = list(ranked)
    left: list[Omission] = []
    while len(kept) > 1:
        if pages(lay_out_brief(material.case, dispute, number(parts(kept))), SHEET) == 1:
            break
        worst = max(kept, key=lambda one: one.gives_way)
        kept.remove(worst)
        left.append(Omission(what=f"A line of: {worst.part}", why="it did not fit on one page"))
    sections, dropped = hold(number(parts(kept)), material)
    sections, foreign = only_allowed(sections, allowed_words(material, dispute))
    return sections, (*dropped, *foreign), tuple(left)

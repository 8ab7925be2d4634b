"""Draft the appeal of a denial."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from nodes.assessment import Assessment
from nodes.audit import Used
from nodes.case import Case, ServiceLine, Text
from nodes.chart import Chart
from nodes.decision import Decision
from nodes.errors import Complaint, Refused
from nodes.node import Day, Request, Response
from nodes.notice import Earlier, Notice
from nodes.pdf.rendered import Format, rendered
from nodes.prose import Letter, Omission, Rendered, Writer, Writing
from nodes.settings import settings
from nodes.suspicion.found import in_chart, told
from nodes.writing import claude
from nodes.writing.appeal import appeal_parts, required
from nodes.writing.appeal_letter import lay_out_appeal, material_for
from nodes.writing.argument import answered
from nodes.writing.before_sending import before_sending
from nodes.writing.claude import Cite
from nodes.writing.dispute import Dispute
from nodes.writing.draft import hold, number
from nodes.writing.order_words import order_words
from nodes.writing.record_sentences import told as told_as_sentences
from nodes.writing.references import allowed_words, applicable, library, only_allowed, to_check

APPEALABLE = frozenset({"denied", "partially_certified", "modified"})


class DraftAppealRequest(Request):
    """The denial, and what answers it."""

    case: Case
    chart: Chart
    assessment: Assessment
    denial: Decision
    notice: Notice | None = Field(
        default=None, description="The denial as read-denial read it: words, deadlines, address"
    )
    level: Literal["first", "second", "external"] = Field(
        default="first", description="Which level the letter is for; external: an independent body"
    )
    earlier: tuple[Earlier, ...] = Field(
        default=(), max_length=20, description="What was decided before, for a later level"
    )
    as_of: Day
    deadline: Day | None = Field(
        default=None, description="Last day to appeal, as the notice says; none: as in the notice"
    )
    writer: Writer = Field(
        default="auto",
        description="auto: a model argues where one is configured; the rules write where it fails",
    )
    formats: tuple[Format, ...] = Field(
        default=(), max_length=3, description="Files of the letter beside its text"
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
    references: tuple[Text, ...] = Field(
        default=(), description="Texts cited beside the policy, all from the allowed library"
    )
    writing: Writing = Field(
        default=Writing(), description="Who wrote the argument, and what came of asking a model"
    )
    documents: tuple[Rendered, ...] = Field(default=(), description="In the formats asked for")
    warnings: tuple[Text, ...] = Field(
        default=(), description="Sources that hold words addressed to software, by kind"
    )


def draft_appeal(request: DraftAppealRequest, *, ask: Cite = claude.cite) -> DraftAppealResponse:
    """Draft an appeal letter that answers the stated reason with facts of the chart.

    The reason is given as the payer gave it: its code, our words for it, its own message; each
    kind of reason has its own answer. Each criterion that is met is answered with the record's
    words; what the record leaves open is named and not claimed. Cited are the assessment's policy
    and texts of an allowed library, nothing else. The letter goes to the address in the notice, or
    has a blank for it; the signature is blank. Refused (409) when the answer is not a denial, a
    partial certification or a modification, when it is about another service, or the chart is
    another patient's.
    """
    lines = _denied_lines(request)
    dispute = Dispute(
        request.denial, request.notice, request.level, request.earlier, request.deadline
    )
    texts = applicable(library(settings().references), request.case, dispute)
    dispute = replace(dispute, rules=tuple(text.line.text for text in texts))
    material = material_for(request.case, request.chart, request.assessment, dispute)
    answer, argued = answered(material, dispute, writer=request.writer, ask=ask)
    drafted = told_as_sentences(appeal_parts(material, dispute, lines, answer, texts), material)
    sections, dropped = hold(number(drafted), material)
    sections, foreign = only_allowed(sections, allowed_words(material, dispute, texts))
    sections = required(sections)
    left = () if dispute.administrative else order_words(material)[1]
    subject = _subject(request, lines)
    letter, paper = lay_out_appeal(material, dispute, sections, on=request.as_of, subject=subject)
    policy = request.assessment.policy
    return DraftAppealResponse(
        letter=letter,
        before_sending=(
            *before_sending(material, dispute, request.as_of),
            *to_check(texts, request.as_of),
        ),
        omissions=(*argued.omissions, *dropped, *foreign, *left),
        references=tuple(text.cite for text in texts),
        writing=argued.writing,
        documents=rendered(paper, request.formats, f"appeal-{request.level}"),
        warnings=(*in_chart(request.chart), *told([("denial", "\n".join(dispute.told.messages))])),
        used=(
            Used(kind="policy", id=policy.id, version=policy.version, sha256=policy.sha256),
            *argued.used,
        ),
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


def _subject(request: DraftAppealRequest, lines: tuple[ServiceLine, ...]) -> str:
    codes = ", ".join(f"{line.system} {line.code}" for line in lines)
    kind = "denial" if request.denial.outcome == "denied" else "partial approval"
    lead = {"first": "Appeal", "second": "Second-level appeal", "external": "External review"}
    return f"{lead[request.level]} of {kind}, {codes}"[:500]

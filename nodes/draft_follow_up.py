"""Draft a follow-up: ask a payer where a request stands, or answer what it asks for."""

from typing import Self

from pydantic import Field, model_validator

from nodes.assessment import Assessment
from nodes.case import Case, Text
from nodes.chart import Chart
from nodes.decision import Decision, Document
from nodes.errors import Complaint, Refused
from nodes.node import Day, Request, Response
from nodes.notice import Notice
from nodes.pdf.rendered import Format, rendered
from nodes.prose import Letter, Omission, Rendered
from nodes.suspicion.found import in_chart, told
from nodes.writing.asked_for import Asked, everything
from nodes.writing.asked_notes import with_notes
from nodes.writing.asked_record import there
from nodes.writing.clock import decision_time
from nodes.writing.draft import Material, hold, number
from nodes.writing.follow_up import HOW, Channel, SentBefore, answer_parts, enquiry_parts
from nodes.writing.follow_up_letter import Purpose, lay_out_follow_up, said_to
from nodes.writing.record_sentences import told as told_as_sentences
from nodes.writing.references import allowed_words_of, only_allowed
from nodes.writing.text import clean


class DraftFollowUpRequest(Request):
    """What the follow-up is for, what was sent, and what the payer said or asks for."""

    case: Case
    chart: Chart
    assessment: Assessment | None = None
    purpose: Purpose = Field(
        description="status: ask where the request stands; information: answer what is asked for"
    )
    channel: Channel = "letter"
    as_of: Day
    sent: tuple[SentBefore, ...] = Field(default=(), max_length=50)
    decision: Decision | None = Field(default=None, description="The payer's answer, as parsed")
    notice: Notice | None = Field(default=None, description="A letter that asks, as read-denial")
    documents: tuple[Document, ...] = Field(
        default=(), max_length=100, description="What parse-278 found the payer to ask for"
    )
    asked: tuple[Text, ...] = Field(
        default=(), max_length=100, description="What is asked for in words, an item each"
    )
    formats: tuple[Format, ...] = Field(
        default=(), max_length=3, description="Files of it beside the text"
    )

    @model_validator(mode="after")
    def asks_for_something(self) -> Self:
        """Refuse an answer to nothing."""
        said = bool(self.documents or self.asked or self.notice)
        if self.purpose == "information" and not said and not self.decision:
            raise ValueError("say what the payer asks for: documents, asked, notice or decision")
        return self


class DraftFollowUpResponse(Response):
    """The follow-up, for a person to read, complete and send."""

    letter: Letter
    answered: tuple[Text, ...] = Field(default=(), description="Items the chart answers")
    unanswered: tuple[Text, ...] = Field(
        default=(), description="Items the record read does not have: to be obtained or explained"
    )
    decided_within: Text | None = Field(
        default=None, description="How long the plan may take, with the regulation and its place"
    )
    before_sending: tuple[Text, ...] = ()
    omissions: tuple[Omission, ...] = ()
    documents: tuple[Rendered, ...] = Field(default=(), description="In the formats asked for")
    warnings: tuple[Text, ...] = Field(
        default=(), description="Sources that hold words addressed to software, by kind"
    )


def draft_follow_up(request: DraftFollowUpRequest) -> DraftFollowUpResponse:
    """Draft a status enquiry, or the item by item answer to a request for information.

    The enquiry says what was sent when, under which numbers, how long the plan may take and which
    rule says so. The answer takes each item asked for, by report type, LOINC code or words, and
    quotes what the chart has of it; enclosed is only what answers, and what the record does not
    have is said. As a letter, fax, portal message or phone script. Refused (409) when the chart is
    another patient's, or nothing that is asked for can be read.
    """
    if request.chart.patient != request.case.patient.id:
        raise Refused(
            "the chart is another patient's",
            [Complaint("/chart/patient", "must be the case's patient")],
        )
    asked = _asked(request) if request.purpose == "information" else []
    material = _material(request, asked)
    drafted = (
        answer_parts(material, asked)
        if request.purpose == "information"
        else enquiry_parts(material, request.sent, request.as_of)
    )
    sections, dropped = hold(number(told_as_sentences(drafted, material)), material)
    sections, foreign = only_allowed(sections, allowed_words_of(material))
    letter, paper = lay_out_follow_up(
        material,
        sections,
        purpose=request.purpose,
        channel=request.channel,
        references=_references(request),
        notice=request.notice,
        on=request.as_of,
    )
    found = {item.words: there(item, material) for item in asked}
    return DraftFollowUpResponse(
        letter=letter,
        answered=tuple(words[:500] for words, there in found.items() if there),
        unanswered=tuple(words[:500] for words, there in found.items() if not there),
        decided_within=decision_time(request.case),
        before_sending=tuple(_steps(request, found)),
        omissions=(*dropped, *foreign),
        documents=rendered(paper, request.formats, f"follow-up-{request.purpose}"),
        warnings=(*in_chart(request.chart), *told([("request for information", _words(material))])),
    )


def _asked(request: DraftFollowUpRequest) -> list[Asked]:
    said = [*(request.decision.messages if request.decision else ())]
    causes = request.notice.causes if request.notice else ()
    said += [cause.words.quote for cause in causes if cause.words]
    found = everything(request.documents, said, request.asked)
    if not found:
        raise Refused(
            "nothing that is asked for could be read",
            [Complaint("/asked", "say what the payer asks for, an item each")],
        )
    return found


def _material(request: DraftFollowUpRequest, asked: list[Asked]) -> Material:
    said = [*request.asked, decision_time(request.case) or ""]
    said += [item.lead for item in asked]
    for one in request.sent:
        said += [one.what, one.on.isoformat(), HOW[one.how], *one.references]
        said += [one.acknowledged.isoformat()] if one.acknowledged else []
        said.append(f"{(request.as_of - one.on).days} days")
    told = said_to(said, request.decision, request.notice)
    return with_notes(asked, Material(request.case, request.chart, request.assessment, told))


def _words(material: Material) -> str:
    return " ".join(material.decision.messages) if material.decision else ""


def _references(request: DraftFollowUpRequest) -> tuple[str, ...]:
    told = request.decision
    given = [number for one in request.sent for number in one.references]
    given += [told.administrative_reference or "", told.authorization_number or ""] if told else []
    given += request.notice.references if request.notice else ()
    given = [number for number in given if number] or [*(told.trace_numbers if told else ())]
    return tuple(dict.fromkeys(clean(number) for number in given if number))


def _steps(request: DraftFollowUpRequest, found: dict[str, bool]) -> list[str]:
    steps = ["Read, complete and sign: nothing is sent by itself."]
    if request.purpose == "status" and not request.sent:
        steps.append("Add what was sent, when, and under which number: it was not given here.")
    if not all(found.values()):
        steps.append("Obtain or explain what is not in the record, or strike its line.")
    if request.channel in {"letter", "fax"} and not request.notice:
        steps.append("Add the plan's address or fax number.")
    if any(found.values()):
        steps.append("Enclose only what is listed: nothing else was asked for.")
    return steps

"""Draft a message to the patient about where the request stands."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.case import Case, Text
from nodes.node import Day, Request, Response
from nodes.suspicion.found import in_case
from nodes.writing.messages import (
    Language,
    Line,
    Messages,
    NextStep,
    Status,
    filled,
    messages,
    one_segment,
    said_service,
    services,
)

Channel = Literal["portal", "sms", "email", "letter"]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9+(). -]{7,20}$")]


class DraftPatientMessageRequest(Request):
    """What happened, for whom, and how it is to be told."""

    case: Case
    status: Status
    channel: Channel
    language: Language = "en"
    as_of: Day
    next_step: NextStep | None = Field(default=None, description="Who does what next; none: unsaid")
    sent: Day | None = Field(default=None, description="When the request or the appeal went out")
    until: Day | None = Field(default=None, description="Last day of an approval")
    due: Day | None = Field(
        default=None, description="Last day to appeal or answer, or for the plan to answer"
    )
    visit: Day | None = Field(default=None, description="Day of the appointment")
    practice: Text | None = Field(default=None, description="The name to sign with")
    phone: Phone | None = Field(default=None, description="The practice's, to call back")


class DraftPatientMessageResponse(Response):
    """A draft: nothing is to be sent before a person has approved it."""

    approval: Literal["needed"] = "needed"
    status: Status
    channel: Channel
    language: Language
    subject: Text | None = Field(default=None, description="None for an SMS")
    text: str
    warnings: tuple[Text, ...] = ()


def draft_patient_message(request: DraftPatientMessageRequest) -> DraftPatientMessageResponse:
    """Draft a patient's status message in plain English or Spanish, for a person to approve.

    A message in the portal or a letter names the service in plain words, the plan and the dates
    that are given; what is not given is left out or said without it, and no medical code is in
    it. SMS and e-mail only say that there is a new message and carry no PHI: not who, what, which
    plan, nor what was decided; they are the same for every status. An SMS is one segment of GSM-7
    (160 characters). The wording is fixed: ``nodes/writing/messages/*.yaml``.
    """
    told, used = messages(request.language)
    if request.channel in ("sms", "email"):
        subject, text = _bare(request, told)
    else:
        subject, text = told.statuses[request.status].subject, _whole(request, told)
    return DraftPatientMessageResponse(
        status=request.status,
        channel=request.channel,
        language=request.language,
        subject=subject,
        text=text,
        warnings=(*_doubts(request), *in_case(request.case)),
        used=(used, services()[1]),
    )


def _bare(request: DraftPatientMessageRequest, told: Messages) -> tuple[str | None, str]:
    """Only that there is something to read."""
    phone = request.phone
    if request.channel == "email":
        lines = told.email if phone else told.email_unknown
        return told.email_subject, "\n\n".join(lines).format(phone=phone)
    text = told.sms.format(phone=phone) if phone else told.sms_unknown
    return None, text if one_segment(text) else told.sms_unknown


def _whole(request: DraftPatientMessageRequest, told: Messages) -> str:
    """The message itself: greeting, what happened, what comes next, whom to ask."""
    service, many = said_service(request.case.service_lines, told)
    values = {"service": service, "plan": _name(request.case.coverage.payer.name)}
    days = {name: getattr(request, name) for name in ("sent", "until", "due", "visit")}
    values |= {name: told.on(day) for name, day in days.items() if day}
    body = filled(told.statuses[request.status].lines, values, many, request.next_step)
    questions = (
        told.questions.format(phone=request.phone) if request.phone else told.questions_unknown
    )
    given = _name(request.case.patient.name.given)
    parts = [told.greeting.format(name=given) if given else told.greeting_unknown]
    parts += [*body, questions, _closing(request, told)]
    head = _head(request, told) if request.channel == "letter" else []
    return "\n\n".join((*head, *parts))


def _name(name: str) -> str:
    return " ".join(name.split())


def _closing(request: DraftPatientMessageRequest, told: Messages) -> str:
    known = {"practice": _name(request.practice)} if request.practice else {}
    return "\n".join(filled(tuple(Line(say=line) for line in told.closing), known, False, None))


def _head(request: DraftPatientMessageRequest, told: Messages) -> list[str]:
    """The date and the patient's address."""
    patient = request.case.patient
    lines = [f"{patient.name.given} {patient.name.family}"]
    if patient.address:
        home = patient.address
        lines += [*home.lines, f"{home.city}, {home.state} {home.postal_code}"]
    return [told.on(request.as_of), "\n".join(lines)]


def _doubts(request: DraftPatientMessageRequest) -> tuple[str, ...]:
    """What the person who approves should look at."""
    found = []
    if request.status in ("denied", "partly_approved", "appeal_reminder") and not request.due:
        found.append("no_deadline: the message does not say until when an appeal can be asked for")
    for name in ("due", "until", "visit"):
        day = getattr(request, name)
        if day and day < request.as_of:
            found.append(f"date_passed: {name} is before today")
    if request.status == "appointment_reminder" and request.until and request.visit:
        found += ["visit_late: the visit is after the approval ends"] * (
            request.visit > request.until
        )
    return tuple(found)

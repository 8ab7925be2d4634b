"""A follow-up with the payer: where the request stands, or the answer to what it asks for."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.node import Day
from nodes.writing.administrative import person, quantity, service
from nodes.writing.asked_for import Asked
from nodes.writing.asked_record import answer, there
from nodes.writing.clock import decision_time
from nodes.writing.criteria import quoted
from nodes.writing.draft import Line, Material, Part
from nodes.writing.text import clean, ended, listed

Channel = Literal["letter", "fax", "portal", "phone"]


class SentBefore(Model):
    """What was sent to the payer on this request, and by which numbers it can be found."""

    what: Text = Field(description="Such as: the request (278), or: office notes")
    on: Day
    how: Literal["278", "275", "fax", "portal", "mail", "phone"]
    references: tuple[Text, ...] = Field(default=(), max_length=20)
    acknowledged: Day | None = Field(default=None, description="When its receipt was confirmed")


HOW = {
    "278": "as an electronic request (278)",
    "275": "as an electronic attachment (275)",
    "fax": "by fax",
    "portal": "by portal",
    "mail": "by mail",
    "phone": "by phone",
}


def enquiry_parts(material: Material, sent: Sequence[SentBefore], as_of: date) -> tuple[Part, ...]:
    """Ask where a request stands: what was sent when, the time to decide, and what we need."""
    case = material.case
    asked = listed([service(line, case) for line in case.service_lines])
    first = min((one.on for one in sent), default=None)
    since = f" It was first sent {(as_of - first).days} days ago." if first else ""
    opening = (
        f"We ask where the {case.urgency} request for {person(case.patient.name)} stands:"
        f" {asked}.{since}"
    )
    parts = (
        Part("Enquiry", (Line(opening, "decision"),)),
        Part("What was sent", tuple(_sent(one) for one in sorted(sent, key=lambda o: o.on))),
        Part("The time to decide", _time(material, sent)),
        Part("What we ask", _enquiries(material)),
    )
    return tuple(part for part in parts if part.lines)


def answer_parts(material: Material, asked: Sequence[Asked], own: str = "") -> tuple[Part, ...]:
    """Answer each item asked for; what the record does not have is said, and never claimed."""
    case = material.case
    what = listed([f"{line.system} {line.code} ({quantity(line)})" for line in case.service_lines])
    opening = (
        f"You asked for information on the request for {person(case.patient.name)}, {what}."
        f" It is answered here item by item; enclosed is what answers it and nothing else.{own}"
    )
    lacking = [item for item in asked if not there(item, material)]
    once: list[Line] = []
    for item in asked:
        lines = [] if item in lacking else answer(item, material)
        once += [line for line in lines if not _said(line, once)]
    parts = (
        Part("Answer", (Line(opening, "decision"),)),
        Part("What you asked for", tuple(once)),
        Part("Not in the record", tuple(_lacking(item) for item in lacking)),
        Part("What we ask", _after_answer(bool(lacking), case.requester.phone)),
    )
    return tuple(part for part in parts if part.lines)


def _said(line: Line, before: Sequence[Line]) -> bool:
    """Say whether a line of an item only repeats what an earlier line quoted."""
    if line.text.startswith("You asked"):
        return False
    return quoted([line]) <= quoted(before)


def _lacking(item: Asked) -> Line:
    text = (
        f"{item.lead}: it is not in the record read for this answer. [If it exists, enclose it;"
        " if it will be obtained, say by when.]"
    )
    return Line(text, "decision")


def _sent(one: SentBefore) -> Line:
    numbers = f", reference {listed([clean(n) for n in one.references])}" if one.references else ""
    receipt = (
        f"; receipt confirmed on {one.acknowledged.isoformat()}"
        if one.acknowledged
        else "; no confirmation of receipt is at hand"
    )
    what = clean(one.what)
    return Line(
        ended(f"{one.on.isoformat()}: {what}, {HOW[one.how]}{numbers}{receipt}"), "decision"
    )


def _time(material: Material, sent: Sequence[SentBefore]) -> tuple[Line, ...]:
    within = decision_time(material.case)
    if within is None:
        text = (
            "Which time to decide applies to this plan is not known here: please name it, and the"
            " day it began."
        )
        return (Line(text, "decision"),)
    first = min((one.on for one in sent), default=None)
    begun = f", counted from its receipt; it was sent on {first.isoformat()}" if first else ""
    return (Line(f"The rule for this kind of plan gives {within}{begun}.", "decision"),)


def _enquiries(material: Material) -> tuple[Line, ...]:
    asks = [
        "Has the request been received, on which day, and under which number?",
        "Has it been decided? If so, how, on which day, and where was the notice sent?",
        "If not: who reviews it, what is still missing, and by when will it be decided?",
    ]
    if phone := material.case.requester.phone:
        asks.append(f"Please answer to {clean(phone)}.")
    return tuple(Line(text, "decision") for text in asks)


def _after_answer(lacking: bool, phone: str | None) -> tuple[Line, ...]:
    asks = ["Please confirm that this answer was received and that the review goes on."]
    if lacking:
        asks.append(
            "Please tell us whether the review can go on without what is not in the record, or"
            " until when it is kept open."
        )
    if phone:
        asks.append(f"Questions can be asked at {clean(phone)}.")
    return tuple(Line(text, "decision") for text in asks)

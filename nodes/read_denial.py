"""Read a denial: why, by when, to whom, and what may still help."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from nodes.case import Case, LineOfBusiness, Text
from nodes.decision import Decision, Rejection
from nodes.denial.asking import answer_by, asked, in_spanish
from nodes.denial.coded import of_decision, of_statuses
from nodes.denial.coded import table as code_table
from nodes.denial.fit import check
from nodes.denial.head import issued
from nodes.denial.notice_of import Told, of_codes, of_letter, unread
from nodes.denial.reading import letter
from nodes.denial.rules import Plan
from nodes.denial.rules import table as deadline_table
from nodes.denial.signs import signs
from nodes.denial.steps import Known
from nodes.denial.words import words
from nodes.entity import Said
from nodes.node import Day, Request, Response
from nodes.notice import Notice
from nodes.suspicion.found import suspicious
from nodes.suspicion.withheld import evidence
from nodes.x12.status_277.status import StatusItem

Letter = Annotated[str, StringConstraints(min_length=1, max_length=200_000)]


class ReadDenialRequest(Request):
    """One of a letter's text, a 278's decision or a 277's statuses, and what is known beside it."""

    text: Letter | None = Field(default=None, description="Plain text, as typed or as OCR gave it")
    decision: Decision | None = Field(default=None, description="As parse-278 gives it")
    rejections: tuple[Rejection, ...] = Field(
        default=(), max_length=99, description="Beside a decision: the AAA of the same review"
    )
    statuses: tuple[StatusItem, ...] = Field(
        default=(), max_length=999, description="As parse-277 gives them, of one request or claim"
    )
    received: Day | None = Field(default=None, description="When the notice reached us")
    line_of_business: LineOfBusiness = "unknown"
    plan: Plan | None = Field(default=None, description="The kind of plan, where it is known")
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    case: Case | None = Field(
        default=None, description="Whose denial it must be; another patient's letter is refused"
    )
    as_of: Day

    @model_validator(mode="after")
    def _one(self) -> "ReadDenialRequest":
        """Exactly one source is read at a time."""
        given = (self.text is not None, self.decision is not None, bool(self.statuses))
        if sum(given) != 1:
            raise ValueError("give exactly one of text, decision and statuses")
        return self


class ReadDenialResponse(Response):
    """The notice, and the decision as draft-appeal takes it."""

    notice: Notice
    decision: Decision
    requested: tuple[Said, ...] = Field(
        default=(), description="Of a pended request: what the payer asks for, in its own words"
    )
    answer_by: date | None = Field(default=None, description="Last day to send it, where stated")
    warnings: tuple[Text, ...] = ()


def read_denial(request: ReadDenialRequest) -> ReadDenialResponse:
    """Read a denial letter, a 278's decision or a 277's statuses into reasons, ways and times.

    A letter is read by rules: what it decides of this request, apart from appeal rights, rules,
    examples and earlier decisions that it quotes; each reason with the payer's own words and their
    place. A time the letter states comes before the regulation's; where they differ both are told
    in ``warnings``, and where a day cannot be worked out it is none. Listed are the ways that are
    open now. An approval has none, a withdrawn or pended request neither. What is not said is none.
    Words that read like instructions to software are reported and change nothing. A letter in
    Spanish is not read: its outcome is unknown. Refused (409) when the letter names another
    patient than the case. ``state`` is for the reader: no state's own times are in the table yet.
    """
    tables = (words()[1], signs()[1], deadline_table()[1], code_table()[1])
    if request.text is None:
        told = _coded(request)
        return ReadDenialResponse(
            notice=told.notice, decision=told.decision, warnings=told.notice.warnings, used=tables
        )
    read = letter(evidence(request.text))
    of_case = check(read, request.case) if request.case else ()
    known = _known(request, issued(read))
    if in_spanish(read):
        told = unread(known, "language: the letter is in Spanish and was not read")
    else:
        told = of_letter(read, known)
    pended = told.notice.outcome == "pended"
    injected = (f"possible_instruction_in_source: text ({k})" for k in suspicious(request.text))
    return ReadDenialResponse(
        notice=told.notice,
        decision=told.decision,
        requested=asked(read) if pended else (),
        answer_by=answer_by(read, known.issued, known.received) if pended else None,
        warnings=(*told.notice.warnings, *of_case, *injected, *_dated(known)),
        used=tables,
    )


def _known(request: ReadDenialRequest, day: date | None) -> Known:
    line = request.line_of_business
    if line == "unknown" and request.case:
        line = request.case.coverage.line_of_business
    return Known(line, request.plan, day, request.received, request.as_of)


def _coded(request: ReadDenialRequest) -> Told:
    if request.decision is not None:
        why = of_decision(request.decision, request.rejections)
        return of_codes(
            request.decision, why, _known(request, request.decision.issued), claim=False
        )
    decision, found = of_statuses(request.statuses)
    return of_codes(decision, found, _known(request, decision.issued), claim=True)


def _dated(known: Known) -> tuple[str, ...]:
    """Warn of dates that cannot be right."""
    if known.issued and known.as_of and known.issued > known.as_of:
        return ("date_ahead: the notice's date is after today",)
    if known.issued and known.received and known.received < known.issued:
        return ("date_ahead: the notice was received before its own date",)
    return ()

"""Write the acknowledgment of an interchange received: TA1, 999 or both."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model, Sha256, sha256
from nodes.node import Request, Response
from nodes.x12.acknowledging.ack_received import received
from nodes.x12.acknowledging.ack_write import Answer, Wish, Writer
from nodes.x12.acknowledging.acknowledged import RESULTS, Outcome
from nodes.x12.finding import Finding
from nodes.x12.guide import guides
from nodes.x12.validating.validate import validate

UNSUPPORTED = "guide.unsupported"


class BuildAcknowledgmentRequest(Request):
    """What was received, what was found in it, and the numbers of the answer."""

    edi: str = Field(min_length=1, max_length=5_000_000, description="The interchange received")
    findings: Annotated[tuple[Finding, ...], Field(max_length=10_000)] | None = Field(
        default=None,
        description="Of validate-x12 or of the payer's own; none: what validation finds here",
    )
    mode: Literal["strict", "lenient"] = Field(
        default="strict",
        description="Without findings: strict refuses an envelope's form as validate-x12 does",
    )
    control_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")] = Field(
        description="ISA13 of the answer, never used before; further interchanges count on from it"
    )
    created_at: datetime = Field(description="ISA09/10 and GS04/05; no zone: as given")
    always_ta1: bool = Field(
        default=False, description="Else a TA1 is written when ISA14 asks or all is refused"
    )
    group: int | None = Field(
        default=None, ge=1, description="Acknowledge only this group, counted from 1; none: all"
    )
    include_values: bool = Field(default=False, description="Repeat bad values in IK404 (PHI)")
    most_errors: int = Field(
        default=100, ge=1, le=1000, description="Told for each transaction set at most"
    )


class GroupResult(Model):
    """What the 999 says of one group."""

    group: int = Field(ge=1, description="Counted from 1 in its interchange")
    outcome: Outcome
    sets_included: int = Field(description="As its GE01 says")
    sets_received: int
    sets_accepted: int
    errors_left_out: int = Field(description="Beyond most_errors")


class InterchangeAnswer(Model):
    """The answer to one interchange."""

    interchange: int = Field(ge=1, description="Which of the document's it answers")
    edi: str
    sha256: Sha256
    control_number: str = Field(description="ISA13 of the answer")
    outcome: Outcome = Field(description="Of the interchange: TA1; accepted if its ISA is in order")
    note: str | None = Field(default=None, description="TA105; none: there is no TA1")
    groups: tuple[GroupResult, ...] = Field(default=(), description="One for each 999")


class BuildAcknowledgmentResponse(Response):
    """One answer for each interchange that is due one."""

    acknowledgments: tuple[InterchangeAnswer, ...]


def build_acknowledgment(request: BuildAcknowledgmentRequest) -> BuildAcknowledgmentResponse:
    """Write a 999 (005010X231A1) for every functional group received, or a TA1 that refuses all.

    Errors come from ``findings`` and the envelopes; without ``findings`` the document is validated
    here, and a guide nobody here knows is told as not supported. Each has its segment, loop (four
    signs, as the standard has room for), element and code, and CTX for what made a rule apply and
    for the business unit. Warnings make it "accepted with errors". Sender and receiver are turned,
    the separators kept; nothing is random and no clock is read. Bad values are not repeated unless
    asked. Acknowledgments are never acknowledged: such interchanges have no answer.

    What ``validate`` calls invalid in the mode asked is never accepted: in strict mode text before
    the ISA, wrapped lines and a squeezed ISA are TA105 022 and a last segment without terminator
    is 023, as for a receiver whose translator cannot find its bytes; in lenient mode they are
    accepted with these notes. An error that stands in no set is TA105 024. TA101, AK102 and AK202
    repeat the sender's control numbers as they stand, other than digits too, as they only serve
    to find what is meant; they are cut to nine signs and cleared of separators.

    Raises UnreadableDocument where not even the ISA can be read: there is nobody to answer.
    """
    interchanges, noted = received(request.edi)
    findings = together(noted, told(request) if request.findings is None else request.findings)
    of_interchange: defaultdict[int, list[Finding]] = defaultdict(list)
    for item in findings:
        of_interchange[item.interchange or 1].append(item)
    answers: list[InterchangeAnswer] = []
    for place, one in enumerate(interchanges, start=1):
        control = f"{(int(request.control_number) + len(answers)) % 1_000_000_000:09d}"
        wish = Wish(
            control,
            request.created_at,
            request.always_ta1,
            request.include_values,
            request.most_errors,
            request.group,
        )
        answer = Writer(one, of_interchange[place], wish).answer()
        if answer:
            answers.append(acknowledgment(place, control, answer))
    return BuildAcknowledgmentResponse(
        used=(guides()["999"][1], guides()["ta1"][1]), acknowledgments=tuple(answers)
    )


def told(request: BuildAcknowledgmentRequest) -> Iterator[Finding]:
    """What validation finds; a set of an unknown guide is not checked, so not accepted either."""
    most = max(request.most_errors, 100)
    for one in validate(request.edi, strict=request.mode == "strict", most=most).findings:
        if one.rule == UNSUPPORTED:
            yield one.model_copy(update={"severity": "error", "standard": "IK502", "code": "I6"})
        else:
            yield one


def together(noted: Iterable[Finding], given: Iterable[Finding]) -> list[Finding]:
    """Both, each once: a finding given beats the same one found again."""
    found = {(one.rule, one.interchange, one.line, one.element): one for one in noted}
    beating = list(given)
    for one in beating:
        found.pop((one.rule, one.interchange, one.line, one.element), None)
    return [*found.values(), *beating]


def acknowledgment(place: int, control: str, answer: Answer) -> InterchangeAnswer:
    """An answer as this node gives it."""
    result, note = answer.ta1 or ("A", None)
    return InterchangeAnswer(
        interchange=place,
        edi=answer.edi,
        sha256=sha256(answer.edi.encode()),
        control_number=control,
        outcome=RESULTS[result],
        note=note,
        groups=tuple(
            GroupResult(
                group=one.number,
                outcome=RESULTS[one.result],
                sets_included=one.included,
                sets_received=one.received,
                sets_accepted=one.accepted,
                errors_left_out=one.left_out,
            )
            for one in answer.groups
        ),
    )

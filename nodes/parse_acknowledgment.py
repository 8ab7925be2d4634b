"""Read what a receiver acknowledges: TA1, 999 and 997."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from nodes.errors import Refused, UnreadableDocument
from nodes.node import Request, Response
from nodes.x12.acknowledging.ack_ours import sent
from nodes.x12.acknowledging.ack_read import Acknowledgments, read_acknowledgments
from nodes.x12.acknowledging.ack_words import advice, advice_table
from nodes.x12.acknowledging.acknowledged import (
    AcknowledgedGroup,
    AcknowledgedInterchange,
    Outcome,
    worst,
)
from nodes.x12.finding import Finding
from nodes.x12.reading.envelope import instead, read
from nodes.x12.reading.faults import READABLE

Act = Literal["none", "wait", "mend_later", "send_again", "agree", "check", "look"]
TOLERATED = READABLE | {"envelope.misplaced"}
"""A TA1 behind the groups, as some receivers write it, leaves no doubt either."""
NO_REASON = "not all is accepted, but no error says why"
WORDS: dict[Act, str] = {
    "none": "Accepted: nothing to do.",
    "wait": "The envelope was accepted; what becomes of its content is still to come in a 999.",
    "mend_later": "Accepted, though errors were noted: mend them before the next one.",
    "send_again": "Rejected, wholly or in part: mend the errors and send what was rejected again.",
    "agree": "Rejected: settle what is named with the receiver before sending again.",
    "check": "Rejected as sent before: see what became of the first one before sending again.",
    "look": "It does not say clearly what became of it: a person has to look.",
}


class ParseAcknowledgmentRequest(Request):
    """An acknowledgment as received, and what it may be about."""

    edi: str = Field(min_length=1, max_length=5_000_000)
    expected_control_number: str | None = Field(
        default=None,
        pattern=r"^[0-9]{1,9}$",
        description="ISA13 or GS06 of our interchange: the answer must be about it",
    )
    request_edi: str | None = Field(
        default=None,
        min_length=1,
        max_length=5_000_000,
        description="What we sent: errors are then shown at its segments, and it must be about it",
    )
    include_values: bool = Field(
        default=False,
        description="Repeat the receiver's copies of bad values and identifiers of persons (PHI)",
    )
    max_errors: int = Field(
        default=1000, ge=1, le=10_000, description="Told for each transaction set at most"
    )


class ParseAcknowledgmentResponse(Response):
    """What became of interchanges, groups and transaction sets, and who has to act."""

    outcome: Outcome = Field(description="The worst of what is ours; of all where none is known")
    act: Act
    must_act: bool = Field(description="Somebody on our side has to do something now")
    words: str = Field(description="What to do, in our words")
    interchanges: tuple[AcknowledgedInterchange, ...] = Field(description="One for each TA1")
    groups: tuple[AcknowledgedGroup, ...] = Field(description="One for each 999 or 997")
    findings: tuple[Finding, ...] = Field(
        default=(), description="What is wrong with the acknowledgment's own envelope"
    )
    request_findings: tuple[Finding, ...] = Field(
        default=(),
        description="What is wrong with request_edi: places behind such a fault may be off",
    )
    unread: tuple[str, ...] = Field(
        default=(), description="Segments not understood, by id and place; none is dropped"
    )


def parse_acknowledgment(request: ParseAcknowledgmentRequest) -> ParseAcknowledgmentResponse:
    """Read TA1, 999 and 997 into results per interchange, group and set, with every error told.

    Several in one interchange are all read. Words are ours, codes as received, unknown ones too;
    "has wrong elements" (IK304 8) and "has wrong segments" (IK502 5, I5) are told only where
    nothing more exact is. With ``request_edi`` each error also names the loop and segment in it,
    as far as that can be followed: it may be as faulty as the receiver found it, which
    ``request_findings`` tell. An acceptance that contradicts itself is not taken as one.
    A document without an acknowledgment or too broken to trust, and a ``request_edi`` that is no
    X12, raise UnreadableDocument; one about another transmission raises Refused.
    """
    document = read(request.edi).require(tolerate=TOLERATED)
    ours = sent(request.expected_control_number, request.request_edi)
    found = read_acknowledgments(
        document, ours, include_values=request.include_values, most=request.max_errors
    )
    if not (found.interchanges or found.groups):
        raise UnreadableDocument(instead(document, "TA1, 999 or 997"))
    if not found.ours:
        raise Refused("the acknowledgment is about another transmission than ours")
    outcome = worst([one.outcome for one in found.ours])
    act = to_do(outcome, found)
    return ParseAcknowledgmentResponse(
        used=(advice_table()[1],),
        outcome=outcome,
        act=act,
        must_act=act in {"send_again", "agree", "check", "look"},
        words=" ".join([WORDS[act], *(reasons(found) if act == "look" else ())]),
        interchanges=found.interchanges,
        groups=found.groups,
        findings=document.findings,
        request_findings=ours.findings,
        unread=found.unread,
    )


def to_do(outcome: Outcome, found: Acknowledgments) -> Act:
    """What has to be done; of several acts the one that must come first."""
    if found.reasons:
        return "look"
    groups = [one for one in found.groups if one.ours is not False]
    noted = any(one.errors for one in found.ours)
    quiet: dict[Outcome, Act] = {
        "accepted": "mend_later" if noted else "none" if groups else "wait",
        "accepted_with_errors": "mend_later",
        "unknown": "look",
    }
    if outcome in quiet:
        return quiet[outcome]
    acts = {
        advice(error.standard, error.code or "").act
        for one in found.ours
        if one.outcome in {"rejected", "partially_accepted"}
        for error in one.errors
        if error.standard is not None
    }
    order: tuple[Act, ...] = ("check", "agree", "send_again")
    return next((act for act in order if act in acts), "look")


def reasons(found: Acknowledgments) -> Iterator[str]:
    """Why a person has to look, as sentences."""
    for one in found.reasons or [NO_REASON]:
        yield f"{one[0].upper()}{one[1:]}."

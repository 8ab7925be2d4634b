"""What an acknowledgment says, as models: interchanges, groups and sets, and every error told."""

from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.x12.finding import Finding

Outcome = Literal["accepted", "accepted_with_errors", "partially_accepted", "rejected", "unknown"]
RESULTS: dict[str, Outcome] = {
    "A": "accepted",
    "E": "accepted_with_errors",
    "P": "partially_accepted",
    "R": "rejected",
    "M": "rejected",
    "W": "rejected",
    "X": "rejected",
}
WORST: tuple[Outcome, ...] = (
    "rejected",
    "unknown",
    "partially_accepted",
    "accepted_with_errors",
    "accepted",
)


class Context(Model):
    """A CTX: what made a rule apply, or the business unit in which the error stands."""

    trigger: bool = Field(description="It points at what made the rule apply")
    name: str = Field(description="As received, such as SITUATIONAL TRIGGER or TRN02")
    reference: str | None = Field(
        default=None, description="Such as our trace number; a person's identifiers only on demand"
    )
    segment_id: str | None = None
    segment: int | None = Field(default=None, ge=1, description="Place in the set, ST is 1")
    loop: str | None = None
    element: int | None = Field(default=None, ge=1)
    component: int | None = Field(default=None, ge=1)
    repetition: int | None = Field(default=None, ge=1)


class OurPlace(Model):
    """The place in the document we sent, in our own words; no value of it."""

    segment: int = Field(ge=1, description="Place in our transaction set, ST is 1")
    segment_id: str
    loop: str
    words: str | None = Field(default=None, description="What the segment says there")
    element: str | None = Field(default=None, description="Our name of the element, such as date")
    exact: bool = Field(
        default=True, description="No: the receiver counts otherwise, this is the nearest alike"
    )


class ReportedError(Finding):
    """One error the receiver tells; ``words`` are ours for its code."""

    known: bool = Field(description="The code is in our lists")
    mend: str = Field(description="How to mend it, in our words")
    data_element: str | None = Field(default=None, description="Its number in the standard")
    value: str | None = Field(
        default=None, description="The receiver's copy of the bad value: only on demand"
    )
    context: tuple[Context, ...] = ()
    ours: OurPlace | None = None


class Acknowledged(Model):
    """What became of one thing sent."""

    outcome: Outcome
    code: str | None = Field(default=None, description="TA104, AK901, IK501 or AK501 as received")
    errors: tuple[ReportedError, ...] = Field(default=(), description="Of itself, not of its parts")
    doubts: tuple[Finding, ...] = Field(
        default=(), description="Why an acceptance cannot be taken as told: the outcome is unknown"
    )


class AcknowledgedSet(Acknowledged):
    """What became of one transaction set (AK2 to IK5 or AK5)."""

    transaction: str = Field(description="AK201, such as 278")
    control_number: str = Field(description="AK202: our ST02")
    guide: str | None = Field(default=None, description="AK203")
    errors_left_out: int = Field(default=0, description="Told beyond max_errors")


class AcknowledgedGroup(Acknowledged):
    """What became of one functional group: a whole 999 or 997."""

    kind: Literal["999", "997"]
    acknowledgment: str = Field(description="ST02 of the acknowledgment itself")
    interchange: int = Field(ge=1, description="Which of the document's holds it")
    function: str = Field(description="AK101, such as HI")
    control_number: str = Field(description="AK102: our GS06")
    guide: str | None = Field(default=None, description="AK103")
    sets_included: int | None = Field(default=None, description="AK902: as our GE01 said")
    sets_received: int | None = Field(default=None, description="AK903")
    sets_accepted: int | None = Field(default=None, description="AK904")
    sets: tuple[AcknowledgedSet, ...] = ()
    ours: bool | None = Field(default=None, description="None: nothing told to compare with")


class AcknowledgedInterchange(Acknowledged):
    """What became of one interchange: a TA1."""

    interchange: int = Field(ge=1, description="Which of the document's holds it")
    control_number: str = Field(description="TA101: our ISA13")
    date: str = Field(description="TA102 as received, YYMMDD")
    time: str = Field(description="TA103 as received, HHMM")
    ours: bool | None = Field(default=None, description="None: nothing told to compare with")


def worst(outcomes: list[Outcome]) -> Outcome:
    """The worst of several; of none, unknown."""
    return min(outcomes, key=WORST.index, default="unknown")

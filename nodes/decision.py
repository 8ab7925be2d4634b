"""What a payer answered: decisions, rejections and statuses, in our words beside raw codes."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from nodes.audit import Model

Outcome = Literal[
    "certified",
    "partially_certified",
    "modified",
    "pended",
    "denied",
    "cancelled",
    "contact_payer",
    "no_action_required",
    "rejected",
    "unknown",
]


CERTIFYING: tuple[Outcome, ...] = ("certified", "modified", "partially_certified")


class Reason(Model):
    """Why the payer decided so (X12 external code source 886, by value)."""

    code: str
    category: str | None = Field(default=None, description="Ours; none: the code is not known here")
    words: str | None = Field(default=None, description="Our own short words")
    then: str | None = Field(default=None, description="What to do about it, in our words")


class Rejection(Model):
    """A request the payer could not process (AAA segment)."""

    loop: str = Field(description="Such as 2010C")
    code: str = Field(description="AAA03, code source 901")
    words: str | None = None
    follow_up: str | None = Field(default=None, description="AAA04, code source 889")
    follow_up_words: str | None = None
    segment: int = Field(ge=1, description="Place in the transaction set, ST is 1")
    valid: bool | None = Field(
        default=None, description="AAA01: the request as such was valid; none: not said"
    )
    service: int | None = Field(
        default=None, ge=1, description="Which of the services; none: not about one"
    )
    then: str | None = Field(default=None, description="What to check or mend, in our words")
    correct: tuple[str, ...] = Field(
        default=(), description="Elements of our request to look at, such as 2010C-NM109"
    )


class Document(Model):
    """A document the payer asks for, by report type (PWK) or by LOINC code (HI)."""

    report: str | None = Field(default=None, description="PWK01, code source 755")
    loinc: str | None = Field(default=None, description="HI with qualifier LOI")
    words: str | None = Field(default=None, description="Our own short words")
    way: str | None = Field(default=None, description="How to send it: electronic, fax, mail ...")
    control_number: str | None = Field(default=None, description="PWK06: to be put on it")
    description: str | None = Field(default=None, description="The payer's own words")
    service: int | None = Field(
        default=None, ge=1, description="Which of the services; none: the whole event"
    )


class Decision(Model):
    """A decision on an event or on one service line."""

    outcome: Outcome
    action_code: str | None = Field(default=None, description="HCR01, code source 306")
    other_actions: tuple[str, ...] = Field(
        default=(), description="HCR01 of further, different HCRs: then the outcome is unknown"
    )
    authorization_number: str | None = Field(
        default=None, description="HCR02 of what is certified; REF*BB where it has none"
    )
    certificate: str | None = Field(
        default=None, description="HCR02 as received, whatever was decided"
    )
    previous_authorization: str | None = Field(
        default=None, description="REF*BB: of an earlier review"
    )
    administrative_reference: str | None = Field(
        default=None, description="REF*NT, else HCR02 of what is not certified"
    )
    reasons: tuple[Reason, ...] = ()
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    service_from: date | None = None
    service_to: date | None = None
    procedure: str | None = Field(default=None, description="Code the decision is about")
    procedure_end: str | None = Field(default=None, description="The last of a range of codes")
    quantity: Decimal | None = Field(
        default=None, description="Units certified in all; none: not said, or only by the rate"
    )
    unit: str | None = None
    rate: str | None = Field(
        default=None, description="How it is spread, such as 2 visits per week for 6 weeks"
    )
    trace_numbers: tuple[str, ...] = ()
    messages: tuple[str, ...] = Field(default=(), description="MSG: the payer's own words")
    second_opinion: bool | None = Field(
        default=None, description="HCR04: a second surgical opinion is wanted; none: not said"
    )

    def as_part_of(self, outcome: Outcome) -> "Decision":
        """The decision under the outcome over all; a number is of what is certified alone."""
        update: dict[str, object] = {"outcome": outcome}
        if outcome not in CERTIFYING:
            update["authorization_number"] = None
        return self.model_copy(update=update)

"""The answer to whether authorization is needed, line by line, with what it rests on."""

from datetime import date
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.requirement.table import Covered, Mark, Needed

About = Literal[
    "place_of_service",
    "service_state",
    "member_state",
    "plan_name",
    "age",
    "quantity",
    "diagnosis",
    "other_lines",
    "payer",
]


STRICTEST: tuple[Needed, ...] = (
    "auth-needed",
    "unknown",
    "conditional",
    "performpa",
    "satisfied",
    "no-auth",
)


class RuleQuestion(Model):
    """What would have to be known to decide."""

    about: About
    ask: Text


class RuleRef(Model):
    """The rule, its source and how old the look at it is."""

    id: str = Field(description="Table and row, such as cms-opd/facet")
    title: Text
    source: Text
    url: Text | None = None
    locator: Text | None = None
    verified: Mark
    effective_from: date
    effective_to: date | None = None
    checked: date
    age_days: int = Field(ge=0, description="Days from the check to the day of the question")
    stale: bool
    answered_within: Text | None = None
    note: Text | None = None


class PayerAnswer(Model):
    """What a payer itself answered over CRD, as far as it bears on a line."""

    assertion: str | None = Field(description="coverage-assertion-id")
    dated: date
    expires: date | None = None
    authorization_number: str | None = Field(default=None, description="satisfied-pa-id")
    gold_card: bool = False
    reasons: tuple[Text, ...] = ()
    doc_needed: tuple[str, ...] = ()
    doc_purpose: tuple[str, ...] = ()
    questionnaires: tuple[str, ...] = Field(default=(), description="Canonical URLs, for DTR")
    limits: tuple[Text, ...] = Field(default=(), description="What the payer limits it to")


class RefusedAnswer(Model):
    """A payer's answer, or an exemption, that was not used for a line, and why."""

    number: int = Field(ge=1, description="Its place among the assertions, or exemptions, given")
    kind: Literal["payer_answer", "exemption"]
    assertion: str | None = None
    reason: Text


class LineRequirement(Model):
    """The answer for one service line, in CRD's words (coverage-information codes)."""

    line: int = Field(ge=1)
    system: str
    code: str
    on: date = Field(description="Date of service")
    until: date | None = Field(default=None, description="Last day of service, as asked")
    needed: Needed
    covered: Covered | None = Field(default=None, description="none: not known here")
    basis: Literal["payer_answer", "exemption", "rule", "none"]
    reason: Text
    rule: RuleRef | None = None
    payer_answer: PayerAnswer | None = None
    considered: tuple[str, ...] = Field(default=(), description="Rules that may bear on it, by id")
    questions: tuple[RuleQuestion, ...] = Field(default=(), description="For conditional")
    missing: tuple[Text, ...] = Field(default=(), description="For unknown: what is not there")
    refused: tuple[RefusedAnswer, ...] = ()
    warnings: tuple[Text, ...] = ()

"""A denial as a letter or a transaction tells it: why, by when, to whom, and what may help."""

from datetime import date
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.decision import Outcome
from nodes.entity import Said

Category = Literal[
    "medical_necessity",
    "missing_information",
    "step_therapy",
    "experimental",
    "not_covered",
    "benefit_limit",
    "level_of_care",
    "site_of_service",
    "out_of_network",
    "authorization_missing",
    "eligibility",
    "coordination_of_benefits",
    "timeliness",
    "coding",
    "duplicate",
    "provider",
    "other",
    "unknown",
]
Level = Literal["peer_to_peer", "reconsideration", "first", "second", "external", "hearing"]


class Cause(Model):
    """One reason of a denial: our category, the code that was given, the payer's own words."""

    category: Category
    code: str | None = Field(default=None, description="As given, such as a CARC or HCR03 code")
    code_system: Literal["HCR03", "AAA03", "CARC", "RARC", "STC"] | None = None
    words: Said | None = Field(default=None, description="The payer's own words, verbatim")
    criterion: Said | None = Field(default=None, description="The policy or clause it cites")


class Step(Model):
    """A way that is open against the decision, and until when."""

    level: Level
    who: Text | None = Field(default=None, description="Who decides: plan, IRE, IRO, state ...")
    due: date | None = Field(default=None, description="Last day; none: it cannot be worked out")
    counted_from: date | None = None
    rule: Text = Field(description="What gives the time: the letter's own words, or the regulation")
    verified: Text | None = Field(default=None, description="How sure the rule is")
    stated: Said | None = Field(default=None, description="Where the letter itself states it")
    decided_within: Text | None = Field(default=None, description="How long they may take")
    expedited_within: Text | None = None


class WhereTo(Model):
    """Where an appeal or a call goes, as the letter says it."""

    purpose: Literal["appeal", "peer_to_peer", "external_review", "questions"]
    lines: tuple[Text, ...] = ()
    phone: Text | None = None
    fax: Text | None = None
    portal: Text | None = None
    said: Said


class Notice(Model):
    """What a denial says; what it does not say is none, never guessed."""

    outcome: Outcome
    issued: date | None = None
    causes: tuple[Cause, ...] = ()
    references: tuple[Text, ...] = Field(default=(), description="Numbers to quote in an answer")
    steps: tuple[Step, ...] = Field(default=(), description="The earliest due first")
    contacts: tuple[WhereTo, ...] = ()
    call_helps: Literal["yes", "no", "unknown"] = Field(
        default="unknown", description="Whether a call of the clinician can still change it"
    )
    call_why: Text | None = None
    warnings: tuple[Text, ...] = ()


class Earlier(Model):
    """A decision that was made before on the same request, as an appeal of it tells it."""

    level: Level | Literal["request"] = "request"
    decided: date | None = None
    who: Text | None = Field(default=None, description="Who decided, such as the plan or an IRE")
    words: tuple[Text, ...] = Field(default=(), description="The reason in their own words")
    reference: Text | None = None

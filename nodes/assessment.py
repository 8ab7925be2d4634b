"""The assessment: what a policy asks, criterion by criterion, and what the chart answers."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from nodes.audit import Model, Sha256
from nodes.case import Text
from nodes.chart import Fact
from nodes.reference import Reference

Status = Literal["met", "not_met", "unknown"]


class Evidence(Model):
    """A fact that speaks to a criterion."""

    fact: Reference
    quote: str = Field(min_length=1, max_length=2000)
    on: date | None = None
    speaks: Literal["for", "against", "stale"] = "for"


class Considered(Model):
    """A fact that was looked at for a criterion and did not count, and why."""

    fact: Reference
    quote: str = Field(min_length=1, max_length=2000)
    on: date | None = None
    refused: Text = Field(
        description="Why it does not count: negated, planned, another patient's relative, too old"
    )


class Criterion(Model):
    """One node of the policy's tree, flattened; ``depth`` and order rebuild the tree."""

    id: str
    depth: int = Field(ge=0)
    operator: str = Field(description="all, any, at_least, not, or the leaf's operator")
    text: Text = Field(description="The criterion in our words")
    status: Status
    evidence: tuple[Evidence, ...] = ()
    reason: str = Field(max_length=1000, description="Why this status, in one sentence")
    citation: str | None = Field(default=None, description="Clause of the policy it comes from")
    verification: Literal["read", "secondary", "unverified"] | None = Field(
        default=None, description="The weakest mark of the texts cited"
    )
    review_by: date | None = None
    considered: tuple[Considered, ...] = Field(
        default=(), description="What was found and refused; never part of the evidence"
    )
    conflict: bool = False


class Gap(Model):
    """Something missing that would decide an open criterion."""

    criterion: str
    kind: Literal["absent", "stale", "conflict", "contrary"]
    ask: Text = Field(description="What to ask for, in words for the care team")
    of: Literal["care_team", "ordering_clinician", "patient", "payer"] = "care_team"
    remedy: Literal["addendum", "record", "test", "visit", "treatment"] = Field(
        default="record", description="What it takes, from a sentence to weeks of care"
    )
    addendum: Text | None = Field(
        default=None,
        description="Statement with blanks (____), to be completed by the clinician only if true",
    )
    weight: Decimal = Field(
        default=Decimal(0),
        ge=0,
        le=1,
        description="How much the answer would move the verdict: the share of ways in which the"
        " other open criteria could turn out where this one decides (Birnbaum importance), to"
        " four places; gaps are ordered by it, by how such things can be had, and by the effort",
    )


class NearMiss(Model):
    """A criterion that is missed by little, or that can still be remedied."""

    criterion: str
    told: Text = Field(description="Such as: 5 of 6 weeks are shown")
    remediable: bool = Field(
        description="Whether care, time or a record can still bring it; false where what is asked"
        " for is a measured value or belongs to a time that is past"
    )


class Flip(Model):
    """The least change that would turn the verdict, and into what."""

    to: Status
    changes: tuple[str, ...] = Field(min_length=1, description="Ids of criteria, all together")
    told: Text


class Readiness(Model):
    """How far the closest way to met is shown: counts of its leaf criteria, no probability."""

    met: int = Field(ge=0)
    open: int = Field(ge=0)
    contrary: int = Field(ge=0)
    required: int = Field(ge=0)
    percent: int = Field(ge=0, le=100, description="met of required, rounded down")


class PolicyRef(Model):
    """The policy version in force on the date of service."""

    id: str
    version: str
    title: str
    source: str = Field(description="Issuer's number, revision and locator")
    verification: Literal["read", "secondary", "unverified"] = Field(
        description="Whether the issuer's text was read when the file was written"
    )
    effective_from: date
    effective_to: date | None = None
    review_by: date
    sha256: Sha256


class Assessment(Model):
    """The policy's verdict on a case, decided by rules."""

    policy: PolicyRef
    as_of: date
    status: Status
    criteria: tuple[Criterion, ...]
    gaps: tuple[Gap, ...] = ()
    missing_sets: tuple[tuple[str, ...], ...] = Field(
        default=(), description="Smallest sets of criteria that, if shown, would make it met"
    )
    met: int = Field(ge=0, description="Required leaf criteria met")
    required: int = Field(ge=0, description="Required leaf criteria")
    readiness: Readiness | None = None
    blocking: tuple[str, ...] = Field(
        default=(),
        description="Open leaf criteria whose adverse answer alone (met, where it is excluded)"
        " would make the whole not met; of a whole that is not met: those answered against the"
        " closest way, each of which alone makes it so",
    )
    near_misses: tuple[NearMiss, ...] = ()
    flips: tuple[Flip, ...] = Field(
        default=(), description="What would turn the verdict, the least change first"
    )
    conflict: bool = Field(
        default=False, description="Some criterion has contradicting evidence; look before sending"
    )
    not_judged: tuple[int, ...] = Field(
        default=(), description="Service lines, from 1, that this policy is not about"
    )
    warnings: tuple[Text, ...] = Field(
        default=(), description="Such as a policy past its review date or a retired source"
    )
    facts: tuple[Fact, ...] = Field(
        default=(), description="Facts found in notes by the rules, cited by evidence"
    )

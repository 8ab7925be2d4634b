"""The assessment: what a policy asks, criterion by criterion, and what the chart answers."""

from datetime import date
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
    conflict: bool = False


class Gap(Model):
    """Something missing that would decide an open criterion."""

    criterion: str
    kind: Literal["absent", "stale", "conflict", "contrary"]
    ask: Text = Field(description="What to ask for, in words for the care team")
    of: Literal["care_team", "ordering_clinician", "patient", "payer"] = "care_team"


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
    facts: tuple[Fact, ...] = Field(
        default=(), description="Facts found in notes by the rules, cited by evidence"
    )

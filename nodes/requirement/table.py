"""A table of requirements: whose rules, from which source, for which codes and circumstances."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.audit import Model
from nodes.care import Modifier
from nodes.case import LineOfBusiness, Text
from nodes.requirement.codes import CodePattern, exactness, holds, level
from nodes.requirement.states import State

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.\-]{0,79}$")]
Place = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
Days = Annotated[int, Field(ge=1, le=3650, strict=False)]
Number = Annotated[int, Field(ge=0, le=99_999, strict=False)]
Mark = Literal["read", "secondary", "unverified"]
Needed = Literal["auth-needed", "no-auth", "performpa", "conditional", "satisfied", "unknown"]
Covered = Literal["covered", "not-covered", "conditional", "indeterminate"]
Urgency = Literal["standard", "urgent", "emergency"]
Unit = Literal["unit", "visit", "day", "month", "hour", "minute", "international_unit"]


class InForce(Model):
    """The dates of service something holds for; an open end is none."""

    first: date = Field(alias="from")
    last: date | None = Field(default=None, alias="to")

    def on(self, day: date) -> bool:
        """Say whether it holds on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


class RuleSource(Model):
    """The text a rule rests on, when it was last looked at, and for how long that may do."""

    title: Text
    url: Text | None = None
    locator: Text | None = None
    verified: Mark = Field(description="Whether the issuer's own text was read")
    checked: date
    stale_after_days: Days
    note: Text | None = None


class CodeGroup(Model):
    """Codes of one system; ``effective``: while they are on the list."""

    system: Literal["CPT", "HCPCS", "REVENUE", "NDC"]
    codes: tuple[CodePattern, ...] = Field(min_length=1, max_length=500)
    effective: InForce | None = None

    def match(self, system: str, code: str, day: date) -> int | None:
        """How exactly the group names a code on a day: 2 itself, 1 range, 0 prefix, else none."""
        if level(system, code) != self.system or (self.effective and not self.effective.on(day)):
            return None
        return max((exactness(one) for one in self.codes if holds(one, code)), default=None)


class Bounds(Model):
    """A number's limits, both included."""

    at_least: Number | None = None
    at_most: Number | None = None


class QuantityBounds(Bounds):
    """Limits of what is asked for in all, over delivery and lines; other units are a question."""

    unit: Unit = "unit"


class RequirementRow(Model):
    """One rule. Every circumstance it names must hold; one it does not name does not matter."""

    id: Slug
    title: Text
    codes: tuple[Slug, ...] = Field(min_length=1, description="Code sets of the file")
    effective: InForce = Field(description="Dates of service")
    payers: tuple[Text, ...] = Field(default=(), description="Electronic payer ids")
    any_payer: Text | None = Field(
        default=None, description="Why the rule holds whoever the payer is; needs lines_of_business"
    )
    lines_of_business: tuple[LineOfBusiness, ...] = ()
    plans: tuple[Text, ...] = Field(default=(), description="Plan names as the coverage says them")
    states: tuple[State, ...] = Field(default=(), description="Where the service is given")
    not_states: tuple[State, ...] = ()
    member_states: tuple[State, ...] = Field(default=(), description="Where the patient lives")
    places: tuple[Place, ...] = Field(default=(), description="CMS place of service codes")
    urgencies: tuple[Urgency, ...] = ()
    age: Bounds | None = Field(default=None, description="Years on the date of service")
    quantity: QuantityBounds | None = Field(
        default=None, description="Of all lines of the request that the rule's codes are for"
    )
    modifiers: tuple[Modifier, ...] = Field(default=(), description="Billed with one of these")
    diagnoses: tuple[CodePattern, ...] = Field(default=(), description="ICD-10-CM, without dots")
    together: Slug | None = Field(
        default=None,
        description="Code set of which another line of the request must be, on the same day",
    )
    needed: Literal["auth-needed", "no-auth", "performpa", "conditional"]
    covered: Literal["covered", "not-covered", "conditional"] | None = None
    ask: tuple[Text, ...] = Field(default=(), description="What decides, for conditional")
    source: Slug
    answered_within: Text | None = Field(default=None, description="The payer's decision times")
    note: Text | None = None

    @model_validator(mode="after")
    def _whose(self) -> Self:
        if bool(self.payers) == bool(self.any_payer):
            raise ValueError("name the payers, or say in any_payer why it holds for every payer")
        if self.any_payer and (not self.lines_of_business or "unknown" in self.lines_of_business):
            raise ValueError("any_payer needs the lines of business it is for")
        if (self.needed == "conditional") != bool(self.ask):
            raise ValueError("conditional needs what to ask, and nothing else does")
        return self


class RetiredCode(Model):
    """A code that is not valid after a day."""

    system: Literal["CPT", "HCPCS"]
    code: CodePattern
    last: date
    instead: tuple[CodePattern, ...] = ()
    source: Slug


class RequirementTable(Model):
    """One file of ``nodes/requirements`` or of an installation's own folder."""

    id: Slug
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,3}$")]
    title: Text
    sources: dict[Slug, RuleSource] = Field(min_length=1)
    code_sets: dict[Slug, tuple[CodeGroup, ...]] = Field(default_factory=dict)
    rows: tuple[RequirementRow, ...] = Field(default=(), max_length=2000)
    retired: tuple[RetiredCode, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        ids = [row.id for row in self.rows]
        if len(ids) != len(set(ids)):
            raise ValueError("two rows have the same id")
        for row in self.rows:
            named = {*row.codes, *([row.together] if row.together else [])}
            if not named <= set(self.code_sets):
                raise ValueError(f"{row.id}: names a code set this file does not define")
        sources = {*(row.source for row in self.rows), *(one.source for one in self.retired)}
        if not sources <= set(self.sources):
            raise ValueError("a row names a source this file does not define")
        return self

    def groups(self, row: RequirementRow) -> tuple[CodeGroup, ...]:
        """The codes a row is for."""
        return tuple(group for name in row.codes for group in self.code_sets[name])

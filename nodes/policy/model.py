"""A policy file: whose rule it is, when it holds, and its criteria as a tree of questions."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nodes.audit import Model, Sha256, canonical, sha256
from nodes.case import LineOfBusiness, Text
from nodes.policy.concepts import CONCEPTS
from nodes.policy.leaf import Cite, Concept, Slug, Span, Verification
from nodes.policy.parts import AnyNode, Node, Same, walk
from nodes.policy.phrases import Phrases
from nodes.policy.value_set import Code, Effective, Member

SIZE = 200
SPANS = {"D": 54_750, "W": 7_800, "M": 1_800, "Y": 150}
WORDED = ("context", "says", "told", "consulted")


class Source(Model):
    """A text that criteria rest on; the first of a policy is the one its mark speaks of."""

    id: Text = Field(description="Issuer's number, such as LCD L33822")
    title: Text
    revision: Text | None = None
    locator: Text = Field(description="Where in it the criteria stand")
    verification: Verification
    checked: date = Field(description="When that mark was set")
    note: Text | None = None


class Service(Model):
    """Codes a policy is about; an NDC of nine digits is a product in every package."""

    system: Literal["CPT", "HCPCS", "REVENUE", "NDC"]
    codes: tuple[Code, ...] = Field(min_length=1)


State = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Applies(Model):
    """For whom; an empty list means any."""

    lines_of_business: tuple[LineOfBusiness, ...] = ()
    payers: tuple[str, ...] = Field(default=(), description="Electronic payer ids")
    plans: tuple[Text, ...] = Field(default=(), description="Plan names as the coverage says them")
    states: tuple[State, ...] = Field(default=(), description="Of the patient's address")
    certifications: tuple[str, ...] = ("initial",)


class Parameter(Model):
    """A number that payers set differently, with its own source."""

    value: int = Field(ge=0, le=10_000)
    unit: Literal["weeks", "days"]
    cite: tuple[Cite, ...] = Field(min_length=1, max_length=6)


class Therapies(Model):
    """What counts as conservative care, and how far back."""

    concepts: tuple[Concept, ...] = Field(min_length=1)
    procedures: Slug | None = None
    medications: Slug | None = None
    not_for: Concept | None = Field(default=None, description="Care that a note says was for it")
    window: Span


class Waiver(Model):
    """When this is met, the named criteria need not be."""

    criterion: Node
    waives: tuple[Slug, ...] = Field(min_length=1)


class Approval(Model):
    """Who read a drafted policy against its source and let exactly it decide, and when."""

    by: Text
    on: date
    sha256: Sha256 = Field(description="Of what was approved: ``Policy.approvable``")


class Policy(Model):
    """One version of one policy.

    A ``draft`` never decides. ``drafted_by`` says which model proposed the criteria; such a file
    is active only with ``approved``, and as it was when it was approved.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.\-]{2,99}$")]
    title: Text
    kind: Literal["ncd", "lcd", "payer", "composite"]
    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,3}$")]
    status: Literal["active", "retired", "draft"]
    effective: Effective
    review_by: date
    drafted_by: Text | None = None
    approved: Approval | None = None
    applies: Applies
    sources: tuple[Source, ...] = Field(min_length=1)
    services: tuple[Service, ...] = Field(min_length=1)
    parameters: dict[Slug, Parameter] = Field(default_factory=dict)
    value_sets: dict[Slug, tuple[Member, ...]] = Field(default_factory=dict)
    therapies: dict[Slug, Therapies] = Field(default_factory=dict)
    concepts: dict[Slug, Phrases] = Field(
        default_factory=dict, max_length=100, description="Words beside the shared dictionary's"
    )
    criteria: Node
    exclusions: tuple[Node, ...] = ()
    exceptions: tuple[Waiver, ...] = ()
    elsewhere: tuple[Text, ...] = Field(
        default=(), description="What the policy asks that a request cannot show, such as delivery"
    )

    @model_validator(mode="after")
    def _sound(self) -> Self:
        parts = [part for root in self.roots for part in walk(root)]
        ids = [part.id for part in parts]
        if len(parts) > SIZE:
            raise ValueError("too many criteria")
        if len(ids) != len(set(ids)):
            raise ValueError("two criteria have the same id")
        if self.effective.last and self.effective.last < self.effective.first:
            raise ValueError("ends before it begins")
        if self.status == "retired" and not self.effective.last:
            raise ValueError("a retired policy needs the last date of service it was for")
        if not {name for waiver in self.exceptions for name in waiver.waives} <= set(ids):
            raise ValueError("an exception waives a criterion that is not there")
        self._approval()
        for part in parts:
            self._names(part)
            _bounded(part.id, part)
        self._sources(parts)
        self._dictionary()
        self._repeats({part.id: part for part in parts})
        return self

    @property
    def approvable(self) -> str:
        """The hash of what a person approves: all but the status and the approval itself."""
        told = self.model_dump(
            mode="json", by_alias=True, exclude_defaults=True, exclude={"status", "approved"}
        )
        return sha256(canonical(told))

    def _approval(self) -> None:
        """Refuse a drafted policy that nobody approved, or not as it is now."""
        if not self.drafted_by or self.status == "draft":
            return
        if not self.approved:
            raise ValueError("a drafted policy needs `approved` by a named person")
        if self.approved.sha256 != self.approvable:
            raise ValueError(
                "this drafted policy was changed after it was approved: `prior-auth policy approve`"
            )

    def _sources(self, parts: list["AnyNode"]) -> None:
        """Refuse a citation of a source that the file does not list."""
        known = {one.id for one in self.sources}
        for name, cites in (
            *((part.id, part.cite) for part in parts),
            *((name, one.cite) for name, one in self.parameters.items()),
        ):
            if not {one.source for one in cites} <= known:
                raise ValueError(f"{name}: cite names a source this file does not list")

    def _dictionary(self) -> None:
        """Refuse words that the shared dictionary already has, and therapies by unknown words."""
        known = {*CONCEPTS, *self.concepts}
        if set(CONCEPTS) & set(self.concepts):
            raise ValueError("concepts: a name is already one of the shared dictionary")
        for name, one in self.therapies.items():
            _bounded(name, one)
            if not {*one.concepts, *([one.not_for] if one.not_for else [])} <= known:
                raise ValueError(f"therapies/{name}: names a concept that nobody defines")

    def _repeats(self, parts: dict[str, "AnyNode"]) -> None:
        """Refuse a repetition of what is not there, or of a part that itself repeats."""
        for part in parts.values():
            if not isinstance(part, Same):
                continue
            other = parts.get(part.same_as)
            if other is None or any(isinstance(one, Same) for one in walk(other)):
                raise ValueError(f"{part.id}: same_as names no part that can be repeated")

    def _names(self, part: "AnyNode") -> None:
        """Refuse a criterion that names a value set, parameter or therapies not in the file."""
        tables: tuple[tuple[str, Collection[str]], ...] = (
            ("value_set", self.value_sets),
            ("about_codes", self.value_sets),
            ("therapies", self.therapies),
            ("weeks", self.parameters),
            ("days", self.parameters),
            ("start", self.value_sets),
            *((one, {*CONCEPTS, *self.concepts}) for one in ("concept", "about", *WORDED)),
        )
        for field, known in tables:
            name = getattr(part, field, None)
            if name is not None and name not in known:
                raise ValueError(f"{part.id}: {field} names something this file does not define")

    @property
    def roots(self) -> tuple["AnyNode", ...]:
        """Criteria, exclusions and exceptions, in this order."""
        return (self.criteria, *self.exclusions, *(one.criterion for one in self.exceptions))


def _bounded(name: str, part: "AnyNode | Therapies") -> None:
    """Refuse a window that no life fills, and a number that no measurement gives."""
    window, value = getattr(part, "window", None), getattr(part, "value", None)
    if window and int(window[1:-1]) > SPANS[window[-1]]:
        raise ValueError(f"{name}: window is longer than 150 years")
    if isinstance(value, Decimal) and (
        abs(value.adjusted()) > 9 or len(value.as_tuple().digits) > 12
    ):
        raise ValueError(f"{name}: value is no number that is measured")

"""A policy file: whose rule it is, when it holds, and its criteria as a tree of questions."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from nodes.audit import Model
from nodes.case import LineOfBusiness, Text
from nodes.policy.leaves import AnyLeaf, Concept, LeafBase, Slug, Span

Verification = Literal["read", "secondary", "unverified"]
DEPTH, SIZE = 12, 200


class Effective(Model):
    """The dates of service a version is for."""

    first: date = Field(alias="from")
    last: date | None = Field(default=None, alias="to")


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
    """Codes a policy is about."""

    system: Literal["CPT", "HCPCS", "REVENUE"]
    codes: tuple[str, ...] = Field(min_length=1)


class Applies(Model):
    """For whom; an empty list means any."""

    lines_of_business: tuple[LineOfBusiness, ...] = ()
    payers: tuple[str, ...] = Field(default=(), description="Electronic payer ids")
    certifications: tuple[str, ...] = ("initial",)


class Member(Model):
    """Codes of one system in a value set, valid in a range of dates."""

    system: Literal["ICD-10-CM", "SNOMED", "LOINC", "RXNORM", "CPT", "HCPCS", "CVX", "NDC"]
    match: Literal["exact", "prefix"] = "exact"
    codes: tuple[str, ...] = Field(min_length=1, max_length=500)
    effective: Effective | None = None


class Parameter(Model):
    """A number that payers set differently, with its own source."""

    value: int = Field(ge=0, le=10_000)
    unit: Literal["weeks", "days"]
    cite: Text
    verification: Verification


class Therapies(Model):
    """What counts as conservative care, and how far back."""

    concepts: tuple[Concept, ...] = Field(min_length=1)
    procedures: Slug | None = None
    medications: Slug | None = None
    not_for: Concept | None = Field(default=None, description="Care that a note says was for it")
    window: Span


class All(Model):
    """Every part must be met."""

    id: Slug
    text: Text
    cite: Text | None = None
    all: tuple["Node", ...] = Field(min_length=1)


class AnyOf(Model):
    """One part must be met."""

    id: Slug
    text: Text
    cite: Text | None = None
    any: tuple["Node", ...] = Field(min_length=1)


class AtLeast(Model):
    """So many parts must be met."""

    id: Slug
    text: Text
    cite: Text | None = None
    at_least: int = Field(ge=1)
    of: tuple["Node", ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.at_least > len(self.of):
            raise ValueError("asks for more parts than there are")
        return self


class Negated(Model):
    """The part must not be met."""

    id: Slug
    text: Text
    cite: Text | None = None
    negated: "Node" = Field(alias="not")


def shape(value: Any) -> str:
    """Say which kind of part this is by the key that only that kind has."""
    if not isinstance(value, dict):
        return "leaf"
    return next((key for key in ("all", "any", "at_least", "not") if key in value), "leaf")


Node = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[Negated, Tag("not")]
    | Annotated[AnyLeaf, Tag("leaf")],
    Discriminator(shape),
]


class Waiver(Model):
    """When this is met, the named criteria need not be."""

    criterion: Node
    waives: tuple[Slug, ...] = Field(min_length=1)


class Policy(Model):
    """One version of one policy."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.\-]{2,99}$")]
    title: Text
    kind: Literal["ncd", "lcd", "payer", "composite"]
    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,3}$")]
    status: Literal["active", "retired", "draft"]
    effective: Effective
    review_by: date
    applies: Applies
    sources: tuple[Source, ...] = Field(min_length=1)
    services: tuple[Service, ...] = Field(min_length=1)
    parameters: dict[Slug, Parameter] = Field(default_factory=dict)
    value_sets: dict[Slug, tuple[Member, ...]] = Field(default_factory=dict)
    therapies: dict[Slug, Therapies] = Field(default_factory=dict)
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
        for part in parts:
            self._names(part)
        return self

    def _names(self, part: "AnyNode") -> None:
        """Refuse a criterion that names a value set, parameter or therapies not in the file."""
        for field, known in (
            ("value_set", self.value_sets),
            ("about_codes", self.value_sets),
            ("therapies", self.therapies),
            ("weeks", self.parameters),
            ("days", self.parameters),
        ):
            name = getattr(part, field, None)
            if name is not None and name not in known:
                raise ValueError(f"{part.id}: {field} names something this file does not define")

    @property
    def roots(self) -> tuple["AnyNode", ...]:
        """Criteria, exclusions and exceptions, in this order."""
        return (self.criteria, *self.exclusions, *(one.criterion for one in self.exceptions))


AnyNode = All | AnyOf | AtLeast | Negated | LeafBase


def children(part: AnyNode) -> tuple[AnyNode, ...]:
    """List the parts right below."""
    if isinstance(part, All):
        return part.all
    if isinstance(part, AnyOf):
        return part.any
    if isinstance(part, AtLeast):
        return part.of
    return (part.negated,) if isinstance(part, Negated) else ()


def walk(part: AnyNode, depth: int = 0) -> Iterator[AnyNode]:
    """List a part and all below it, outermost first; refuses a tree that is too deep."""
    if depth > DEPTH:
        raise ValueError("criteria are nested too deep")
    yield part
    for child in children(part):
        yield from walk(child, depth + 1)


for _model in (All, AnyOf, AtLeast, Negated, Waiver, Policy):
    _model.model_rebuild()

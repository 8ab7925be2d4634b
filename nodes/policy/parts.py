"""The parts of a policy's tree: all, any, at least so many, not, the same again, and questions."""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Discriminator, Field, Tag, model_validator

from nodes.audit import Model
from nodes.case import Text
from nodes.policy.asked import AnyLeaf
from nodes.policy.leaf import Cite, LeafBase, Slug

DEPTH = 12
SHAPES = ("all", "any", "at_least", "not", "same_as")


class All(Model):
    """Every part must be met."""

    id: Slug
    text: Text
    cite: tuple[Cite, ...] = Field(default=(), max_length=6)
    all: tuple["Node", ...] = Field(min_length=1)


class AnyOf(Model):
    """One part must be met."""

    id: Slug
    text: Text
    cite: tuple[Cite, ...] = Field(default=(), max_length=6)
    any: tuple["Node", ...] = Field(min_length=1)


class AtLeast(Model):
    """So many parts must be met."""

    id: Slug
    text: Text
    cite: tuple[Cite, ...] = Field(default=(), max_length=6)
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
    cite: tuple[Cite, ...] = Field(default=(), max_length=6)
    negated: "Node" = Field(alias="not")


class Same(Model):
    """The same question as another part of the tree, asked at a second place."""

    id: Slug
    text: Text
    cite: tuple[Cite, ...] = Field(default=(), max_length=6)
    same_as: Slug = Field(description="Id of the other part; that one may not use this key itself")


def shape(value: Any) -> str:
    """Say which kind of part this is by the key that only that kind has."""
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    if "op" in keys:
        return "leaf"
    return next((key for key in SHAPES if key in keys), "not" if "negated" in keys else "leaf")


Node = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[Negated, Tag("not")]
    | Annotated[Same, Tag("same_as")]
    | Annotated[AnyLeaf, Tag("leaf")],
    Discriminator(shape),
]


AnyNode = All | AnyOf | AtLeast | Negated | Same | LeafBase


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


for _model in (All, AnyOf, AtLeast, Negated):
    _model.model_rebuild()

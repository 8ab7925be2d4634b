"""An overlay: a file that takes another policy and says only what it changes.

It has a policy's header (id, title, kind, version, status, effective, review_by, applies, and the
sources that it adds; they come first), ``extends`` and ``changes``, done in their order::

    id: acme.cgm.initial
    title: Continuous glucose monitor, Acme Health
    kind: payer
    extends: cms.l33822.cgm.initial        # or id@version; none: the one version there is, or the
    version: "2026-01-01.1"                # one in force on this file's first day
    status: active
    effective: {from: 2026-01-01, to: null}
    review_by: 2026-12-31
    applies: {lines_of_business: [commercial], payers: [ACME1]}
    sources: [{id: Acme CP-12, title: ..., locator: ..., verification: read, checked: 2025-12-01}]
    services: [...]                        # none: the base's; so with elsewhere
    value_sets: {hba1c: [...]}             # added beside the base's; so with concepts,
                                           # parameters and therapies; no name twice
    changes:
      - require: {id: a1c, op: observation_latest, ...}   # besides the criteria, or inside
        under: initial                                    # a gate of kind `all`, named
      - exclude: {id: pregnant, op: attested, ...}        # met: the whole is not met
      - add: {id: pump, op: code_present, ...}            # one more child of a gate
        to: need
      - set: conservative_weeks                           # a parameter's number
        value: 8
        cite: [{source: Acme CP-12}]
      - adjust: visit                                     # fields of one question
        to: {window: P3M}
      - replace: insulin                                  # a part by another
        by: {id: insulin_3, op: med_active, ...}
      - drop: level3_event                                # a part, an exclusion or a waiver
      - extend: insulin                                   # a value set, or a concept of the file
        members: [{system: RXNORM, codes: ["5856"]}]      # `words: [...]` for a concept
      - narrow: insulin
        codes: ["5856"]                                   # `words: [...]` for a concept
      - waive: [visit]                                    # these need not be met when ...
        when: {id: hospice, op: attested, ...}

A change may tighten freely. One that can loosen needs a ``reason: "who allowed it and where"``:
which it does is decided by ``nodes.policy.strength`` from the trees before and after, not by its
name: to add under ``any`` loosens, to add under ``all`` tightens, both the other way round inside
``not`` or an exclusion; a longer window, a shorter duration and one more code loosen where the
criterion is asked for and tighten where it excludes.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, JsonValue, Tag

from nodes.audit import Model
from nodes.case import Text
from nodes.policy.leaf import Cite, Slug
from nodes.policy.model import Applies, Approval, Parameter, Service, Source, Therapies
from nodes.policy.parts import Node
from nodes.policy.phrases import Phrase, Phrases
from nodes.policy.value_set import Code, Effective, Member

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.\-]{2,99}$")]
Named = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.\-]{2,99}(@[0-9.\-]{12,14})?$")]


class Change(Model):
    """What every change may say: why it may loosen, and where that stands."""

    reason: Text | None = None
    because: tuple[Cite, ...] = Field(default=(), max_length=6, description="Texts behind it")


class Require(Change):
    """One more criterion that must be met."""

    require: Node
    under: Slug | None = Field(default=None, description="A gate of kind all; none: the whole")


class Exclude(Change):
    """One more criterion that must not be met."""

    exclude: Node


class Add(Change):
    """One more child of a gate."""

    add: Node
    to: Slug


class SetParameter(Change):
    """Another number."""

    set: Slug
    value: int = Field(ge=0, le=10_000)
    unit: Literal["weeks", "days"] | None = None
    cite: tuple[Cite, ...] = Field(min_length=1, max_length=6)


class Adjust(Change):
    """Other values of some fields of a question or the number of an ``at_least``."""

    adjust: Slug
    to: dict[str, JsonValue] = Field(min_length=1)


class Replace(Change):
    """A part by another."""

    replace: Slug
    by: Node


class Drop(Change):
    """A part, an exclusion or a waiver less."""

    drop: Slug


class Extend(Change):
    """More codes in a value set, or more words of a concept of the file."""

    extend: Slug
    members: tuple[Member, ...] = ()
    words: tuple[Phrase, ...] = ()


class Narrow(Change):
    """Fewer codes in a value set, or fewer words of a concept of the file."""

    narrow: Slug
    codes: tuple[Code, ...] = ()
    words: tuple[Phrase, ...] = ()


class Waive(Change):
    """One more case in which criteria need not be met."""

    waive: tuple[Slug, ...] = Field(min_length=1)
    when: Node


KEYS = (
    "require", "exclude", "add", "set", "adjust", "replace", "drop", "extend", "narrow", "waive",
)  # fmt: skip


def kind(value: Any) -> str:
    """Say which change this is by the key that only that one has."""
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    return next((key for key in KEYS if key in keys), "none")


AnyChange = Annotated[
    Annotated[Require, Tag("require")]
    | Annotated[Exclude, Tag("exclude")]
    | Annotated[Add, Tag("add")]
    | Annotated[SetParameter, Tag("set")]
    | Annotated[Adjust, Tag("adjust")]
    | Annotated[Replace, Tag("replace")]
    | Annotated[Drop, Tag("drop")]
    | Annotated[Extend, Tag("extend")]
    | Annotated[Narrow, Tag("narrow")]
    | Annotated[Waive, Tag("waive")],
    Discriminator(kind),
]


class Overlay(Model):
    """One version of a policy, told as another one and what differs."""

    id: Id
    title: Text
    kind: Literal["ncd", "lcd", "payer", "composite"]
    extends: Named
    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,3}$")]
    status: Literal["active", "retired", "draft"]
    effective: Effective
    review_by: date
    drafted_by: Text | None = None
    approved: Approval | None = None
    applies: Applies
    sources: tuple[Source, ...] = ()
    services: tuple[Service, ...] = ()
    parameters: dict[Slug, Parameter] = Field(default_factory=dict)
    value_sets: dict[Slug, tuple[Member, ...]] = Field(default_factory=dict)
    therapies: dict[Slug, Therapies] = Field(default_factory=dict)
    concepts: dict[Slug, Phrases] = Field(default_factory=dict, max_length=100)
    elsewhere: tuple[Text, ...] = ()
    changes: tuple[AnyChange, ...] = Field(default=(), max_length=200)

"""Minimum necessary: what of a chart one service's authorization needs, as data, with reasons."""

import json
import re
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Any

import yaml
from pydantic import Field, StringConstraints

from nodes.audit import Model, Used, sha256
from nodes.case import Text
from nodes.chart import FactKind
from nodes.fhir import tree
from nodes.fhir.reading import Reading
from nodes.fhir.tree import Resource
from nodes.fhir.vocabulary import Vocabulary

Months = Annotated[int, Field(ge=1, le=600)]
Count = Annotated[int, Field(ge=0, le=1000)]
Service = Annotated[
    str, StringConstraints(pattern=r"^(CPT|HCPCS) [0-9A-Z]{5}(-[0-9A-Z]{5})?$|^NDC [0-9]+$")
]


class Limit(Model):
    """How many repeats of one measure are kept: newest, oldest, and the extremes of its values."""

    latest: Count
    first: Count = 0
    lowest: Count = 0
    highest: Count = 0


class Never(Model):
    """What is never kept, whatever the service."""

    codes: tuple[str, ...]
    words: tuple[str, ...]
    labels: tuple[str, ...] = Field(description="Codes of meta.security that withhold a resource")
    why: Text


class Rule(Model):
    """Facts to keep; without codes, words, ``unsaid`` and ``own`` all of the kinds.

    Words count at the start of a word; in a document, where its own story is told, and there,
    unless at any time, the family's ``vocabulary`` too. ``active`` asks for what still holds;
    ``unsaid`` fits a visit whose reason is not recorded.
    """

    kinds: tuple[FactKind, ...]
    codes: tuple[str, ...] = Field(default=(), description="SYSTEM and the code's beginning")
    words: tuple[str, ...] = ()
    but_not: tuple[str, ...] = Field(default=(), description="Words that undo the others")
    but_not_codes: tuple[str, ...] = Field(default=(), description="Codes that undo all")
    only_for: tuple[str, ...] = Field(default=(), description="Diagnoses of the order it is for")
    vocabulary: Vocabulary | None = None
    histories: tuple[str, ...] = Field(default=(), description="Background that is story here")
    unsaid: bool = False
    own: bool = Field(default=False, description="Adds the order's own codes")
    any_words: bool = Field(default=False, description="With own: adds the order's own words")
    active: bool = False
    any_time: bool = False
    look_back_months: Months | None = None
    limit: Limit | None = Field(default=None, description="Where the kind's own does not do")
    why: Text

    @property
    def open(self) -> bool:
        """Whether it keeps all of its kinds."""
        return not (self.codes or self.words or self.unsaid)

    def says(self, words: str) -> bool:
        """Whether its words are among these."""
        if not self.named(words):
            return False
        return not (self.but_not and pattern(self.but_not).search(words))

    def named(self, words: str) -> bool:
        """Whether its words or its family's are among these, whatever undoes them."""
        if mentions(words.lower(), self.words) and pattern(self.words).search(words):
            return True
        return self.vocabulary is not None and self.vocabulary.found_in(words)

    def fits(self, reading: Reading, told: str) -> bool:
        """Whether it keeps a reading; ``told`` is what a document is about."""
        if reading.kind not in self.kinds or (self.active and not reading.lasting):
            return False
        if coded(reading.terms, self.but_not_codes):
            return False
        return (
            self.open
            or coded(reading.terms, self.codes)
            or (self.unsaid and not reading.reason_said)
            or self.says(f"{reading.quote}\n{told}" if told else reading.quote)
        )


class Family(Model):
    """Services that need the same part of a chart.

    ``names`` find a drug by its name; ``about`` chooses between families of the same code by the
    order's own words and diagnoses.
    """

    id: str
    version: str
    source: Text
    services: tuple[Service, ...] = ()
    names: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = Field(default=(), description="Beginnings of ICD-10-CM codes")
    service_type: str | None = Field(default=None, description="X12 code source 1365")
    speaks: tuple[str, ...] = Field(default=(), description="Matters that its notes speak of")
    near: tuple[str, ...] = Field(default=(), description="Matters that may bear on it")
    specialties: tuple[str, ...] = Field(default=(), description="Who treats it: words of a cover")
    look_back_months: Months | None = None
    rules: tuple[Rule, ...]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of facts to ask the EHR for."""
        return frozenset(kind for rule in self.rules for kind in rule.kinds)

    def why(self, reading: Reading, text: str, recent: bool) -> str | None:
        """Say why a reading is kept, at any date of the look-back; None: it is not."""
        return next(
            (r.why for r in self.rules if (recent or r.any_time) and r.fits(reading, text)), None
        )

    def serves(self, system: str, code: str) -> bool:
        """Whether a service is one of its own, by code."""
        return any(within(f"{system} {code}", known) for known in self.services)


class Relevance(Model):
    """The whole table."""

    id: str
    version: str
    source: Text
    never: Never
    limits: dict[FactKind, Limit]
    families: tuple[Family, ...]
    default: Family
    own: tuple[Rule, ...] = Field(description="What every service needs of the order's own matter")
    vague: tuple[str, ...] = Field(description="Words of an order that say nothing by themselves")
    matters: dict[str, Vocabulary] = Field(description="How clinicians write of each matter")

    def withheld(self, resource: Resource, reading: Reading) -> bool:
        """Whether a resource is never kept: labelled restricted, or a psychotherapy note."""
        labels = {tree.string(label, "code") for label in tree.items(resource, "meta", "security")}
        return (
            not labels.isdisjoint(self.never.labels)
            or coded(reading.terms, self.never.codes)
            or bool(pattern(self.never.words).search(reading.quote))
        )


@cache
def shipped() -> tuple[Relevance, Used]:
    """Load the table that is shipped, and what to say of it in an answer."""
    folder = files("nodes.fhir") / "families"
    contents = {one.name: one.read_bytes() for one in folder.iterdir() if ".yaml" in one.name}
    table = read(contents)
    whole = b"".join(contents[name] for name in sorted(contents))
    return table, Used(kind="table", id=table.id, version=table.version, sha256=sha256(whole))


def read(contents: dict[str, bytes]) -> Relevance:
    """Read ``every-service.yaml``, ``vocabulary.yaml`` and one file for each family.

    ``use`` names a shared rule; what a family ``speaks`` of goes into its rules for documents.
    """
    told = {name: yaml.load(content, Loader=LOADER) for name, content in sorted(contents.items())}
    common = told.pop("every-service.yaml")
    shared = common.pop("shared")
    matters = told.pop("vocabulary.yaml")
    for family in (*told.values(), common["default"]):
        family["rules"] = [
            {**shared.get(rule.pop("use", ""), {}), **rule} for rule in family["rules"]
        ]
        for rule in family["rules"]:
            if rule["kinds"] == ["document"] and "any_time" not in rule and "speaks" in family:
                rule["vocabulary"] = _together(matters[name] for name in family["speaks"])
    whole: dict[str, Any] = {**common, "families": list(told.values()), "matters": matters}
    return Relevance.model_validate_json(json.dumps(whole))


def _together(vocabularies: Iterable[dict[str, list[str]]]) -> dict[str, list[str]]:
    whole: dict[str, list[str]] = {}
    for vocabulary in vocabularies:
        for way, words in vocabulary.items():
            whole[way] = [*whole.get(way, ()), *words]
    return whole


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def within(service: str, known: str) -> bool:
    """Whether a service is the one known, or in its range of numbers: ``CPT 72141-72158``."""
    first, dash, last = known.partition("-")
    if not dash:
        return service == first
    system, _, code = first.partition(" ")
    mine, _, number = service.partition(" ")
    return mine == system and len(number) == len(code) and code <= number <= last


def coded(terms: Iterable[str], wanted: tuple[str, ...]) -> bool:
    """Whether a code, as ``SYSTEM code``, begins as one of the wanted."""
    return bool(wanted) and any(term.startswith(wanted) for term in terms)


def mentions(lower: str, words: tuple[str, ...]) -> bool:
    """Whether words could be found in a text in lower case: cheap, and never a false no."""
    return any(word in lower for word in lowered(words))


@cache
def lowered(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give words in lower case."""
    return tuple(word.lower() for word in words)


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Find any of the words at the start of a word, case ignored."""
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)

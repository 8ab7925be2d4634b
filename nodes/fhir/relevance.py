"""Minimum necessary: which facts one service's authorization needs, and why each is kept."""

import json
import re
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files

import yaml
from pydantic import Field

from nodes.audit import Model, Used, sha256
from nodes.case import ServiceLine, Text
from nodes.chart import Coding, FactKind
from nodes.fhir import tree
from nodes.fhir.reading import Reading
from nodes.fhir.tree import Resource


class Never(Model):
    """What is never kept, whatever the service."""

    codes: tuple[str, ...]
    words: tuple[str, ...]
    labels: tuple[str, ...] = Field(description="Codes of meta.security that withhold a resource")
    why: Text


class Rule(Model):
    """Facts to keep; without codes, words and ``unsaid`` all of the kinds."""

    kinds: tuple[FactKind, ...]
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unsaid: bool = False
    any_time: bool = False
    why: Text

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words, each at the start of a word."""
        return _pattern(self.words)

    def fits(self, reading: Reading, text: str) -> bool:
        """Whether it keeps a reading; ``text`` is a document's."""
        if reading.kind not in self.kinds:
            return False
        if not (self.codes or self.words or self.unsaid):
            return True
        return (
            coded(reading.codes, self.codes)
            or (self.unsaid and not reading.reason_said)
            or bool(self.words and self.pattern.search(f"{reading.quote}\n{text}"))
        )


class Family(Model):
    """Services that need the same part of a chart."""

    id: str
    services: tuple[str, ...] = ()
    service_type: str | None = Field(default=None, description="X12 code source 1365")
    rules: tuple[Rule, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of facts to ask the EHR for."""
        return frozenset(kind for rule in self.rules for kind in rule.kinds)

    def why(self, reading: Reading, text: str, recent: bool) -> str | None:
        """Say why a reading is kept; None: it is not."""
        return next(
            (r.why for r in self.rules if (recent or r.any_time) and r.fits(reading, text)), None
        )


class Relevance(Model):
    """The whole table."""

    id: str
    version: str
    source: str
    never: Never
    families: tuple[Family, ...]
    default: Family

    def family(self, lines: Iterable[ServiceLine]) -> Family:
        """Choose the family of the first line that has one."""
        wanted = [f"{line.system} {line.code}" for line in lines]
        found = (f for name in wanted for f in self.families if name in f.services)
        return next(found, self.default)

    def withheld(self, resource: Resource, reading: Reading) -> bool:
        """Whether a resource is never kept: labelled restricted, or a psychotherapy note."""
        labels = {tree.string(label, "code") for label in tree.items(resource, "meta", "security")}
        return (
            bool(labels & set(self.never.labels))
            or coded(reading.codes, self.never.codes)
            or bool(_pattern(self.never.words).search(reading.quote))
        )


@cache
def shipped() -> tuple[Relevance, Used]:
    """Load the table that is shipped, and what to say of it in an answer."""
    content = (files("nodes.fhir") / "relevance.yaml").read_bytes()
    table = Relevance.model_validate_json(json.dumps(yaml.safe_load(content)))
    used = Used(kind="table", id=table.id, version=table.version, sha256=sha256(content))
    return table, used


def coded(found: Iterable[Coding], wanted: tuple[str, ...]) -> bool:
    """Whether a code begins as one of the wanted, given as ``SYSTEM prefix``."""
    return any(f"{coding.system} {coding.code}".startswith(wanted) for coding in found)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)

"""What labels mean: the words in concepts.yaml, loaded and checked once."""

import re
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import Field

from nodes.audit import Model

LONGEST = 220
PERSONS = frozenset({"patient", "insured"})
AND = re.compile(r"\band\b|&|/")


class WhoWords(Model):
    """Words that say whose a field is."""

    id: str
    words: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words to look for."""
        return _compiled(self.words)


class WhatWords(Model):
    """Words that say what a field holds, and where a case has that."""

    id: str
    words: str
    path: str | None = None
    needs: Literal["provider", "person", "anyone", "place", "request", "row"] | None = None
    otherwise: str | None = Field(default=None, description="Whose, where nothing says it")
    join: str | None = None
    between: str | None = None
    check: str | None = None
    unless: str | None = None
    row: str | None = Field(default=None, description="Path from a table's row")
    short: int | None = Field(default=None, description="Labels of at most so many words")
    date: bool = False
    whole: bool = False
    weak: bool = False
    large: bool = False
    only_row: bool = False

    def fits(self, label: str) -> bool:
        """Whether a label in small letters says this."""
        if not _compiled(self.words).search(label):
            return False
        if self.unless and _compiled(self.unless).search(label):
            return False
        return self.short is None or len(label.split()) <= self.short


class ChoiceWords(Model):
    """Boxes that answer one question, by the values of a path."""

    id: str
    path: str
    values: dict[str, str]
    all_of: tuple[str, ...]
    at_least: int = 2
    many: bool = Field(default=False, description="A box may stand for several values")
    needs: Literal["request"] | None = None
    insured: str | None = None
    same: dict[str, str] = Field(default_factory=dict, description="Value and whose box it ticks")

    def values_in(self, words: str) -> list[str]:
        """Tell every value that a box's words name."""
        return [v for v, pattern in self.values.items() if _compiled(pattern).search(words)]


class Concepts(Model):
    """The whole of concepts.yaml."""

    schema_version: Literal[1]
    who: tuple[WhoWords, ...]
    what: tuple[WhatWords, ...]
    choices: tuple[ChoiceWords, ...]


@cache
def concepts() -> Concepts:
    """Load the words."""
    text = (files("nodes.pdf.inspecting") / "concepts.yaml").read_text(encoding="utf-8")
    return Concepts.model_validate(yaml.safe_load(text), strict=False)


def plain(label: str) -> str:
    """A label in small letters, without brackets' contents that only say how to write it."""
    text = re.sub(
        r"\((please print|if [^)]{0,60}|optional|required|see [^)]{0,60}|mm[^)]{0,20}|print)\)",
        " ",
        label.lower()[:LONGEST],
    )
    text = text.replace("\u2019", "'")
    return " ".join(text.split()).strip(" :*.#-") or label.lower()[:40]


def who_in(text: str) -> str | None:
    """Tell whose a text says a field is; None: nobody's, or somebody's and a provider's alike.

    A stranger before all, a primary care provider before others, a provider before the patient
    where words join them (the patient's physician); else the leftmost.
    """
    found = []
    for order, one in enumerate(concepts().who):
        match = one.pattern.search(text)
        if match:
            found.append((match.start(), order, one.id))
    for first in ("stranger", "primary_care"):
        if any(one[2] == first for one in found):
            return first
    joined = AND.search(text) and {one[2] for one in found} & PERSONS
    providers = [one for one in found if one[2] not in PERSONS and one[2] != "payer"]
    if joined and providers:
        return None
    return min(providers or found)[2] if found else None


def what_in(label: str) -> WhatWords | None:
    """Tell what a label says a field holds."""
    return next((one for one in concepts().what if one.fits(label)), None)


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\|\s+", "|", words.strip()))

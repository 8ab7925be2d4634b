"""The texts a letter may cite beside the payer's policy; nothing else may look like a reference."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.audit import Model
from nodes.case import Case, LineOfBusiness, Text
from nodes.datafile import parse, wrong
from nodes.errors import NotConfigured
from nodes.notice import Category
from nodes.prose import Omission, Section, Sentence
from nodes.writing.dispute import Dispute, Stage
from nodes.writing.draft import Line, Material
from nodes.writing.reference_marks import marks
from nodes.writing.text import contains

FORMS = {
    "regulation": re.compile(r"\d{1,2} CFR \d{1,4}\.\d{1,4}(-\d{1,3})?(\([0-9A-Za-z]{1,4}\)){0,6}"),
    "ncd": re.compile(r"NCD \d{1,3}(\.\d{1,2}){1,3}"),
    "lcd": re.compile(r"LCD L\d{5}"),
    "article": re.compile(r"Article A\d{5}"),
    "guideline": re.compile(r".{3,200}, \d{4}"),
}


class AllowedText(Model):
    """A text that can be found by its number, or by its society, title and year."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,60}$")]
    kind: Literal["regulation", "ncd", "lcd", "article", "guideline"]
    cite: Text
    title: Text
    issuer: Text | None = None
    year: Annotated[str, StringConstraints(pattern=r"^(19|20)[0-9]{2}$")] | None = None
    says: Text = Field(description="What it is about, in our words; a letter says no more of it")
    lines: tuple[LineOfBusiness, ...] = ()
    stages: tuple[Stage, ...] = ()
    categories: tuple[Category, ...] = ()
    codes: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,5}$")], ...] = ()
    source: Text
    mark: Literal["verified", "secondary", "unverified"]
    reviewed: date
    review_by: date

    @model_validator(mode="after")
    def can_be_found(self) -> Self:
        """Refuse a text without the number, or the society and year, by which it is found."""
        if not FORMS[self.kind].fullmatch(self.cite):
            raise ValueError(f"cite is not in the form of a {self.kind}")
        named = self.issuer is not None and self.year is not None
        if self.kind == "guideline" and not (named and str(self.year) in self.cite):
            raise ValueError("a guideline needs its issuer and the year of its cite")
        return self

    @property
    def line(self) -> Line:
        """The one sentence a letter says of it."""
        return Line(f"{self.cite} ({self.title}): {self.says}.", "decision")


class References(Model):
    """A file of allowed texts."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,60}$")]
    version: Text
    texts: tuple[AllowedText, ...]


@cache
def library(own: str | None = None) -> tuple[AllowedText, ...]:
    """Read the shipped texts and an installation's own file; an id given twice is refused."""
    shipped = (files("nodes.writing") / "references.yaml").read_bytes()
    every = list(parse(shipped, References, "references", "references.yaml").texts)
    if own:
        every += parse(_read(Path(own)), References, "references", Path(own).name).texts
    names = [text.id for text in every]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise wrong("references", Path(own or "references.yaml").name, [f"twice: {twice[0]}"])
    return tuple(every)


def applicable(
    every: Iterable[AllowedText], case: Case, dispute: Dispute
) -> tuple[AllowedText, ...]:
    """Choose the texts for this line of business, stage, reason and service."""
    line = case.coverage.line_of_business
    categories = {ground.category for ground in dispute.grounds} or {"unknown"}
    codes = [service.code for service in case.service_lines]
    return tuple(
        text
        for text in every
        if (not text.lines or line in text.lines)
        and (not text.stages or dispute.stage in text.stages)
        and (not text.categories or categories & set(text.categories))
        and (not text.codes or any(code.startswith(text.codes) for code in codes))
    )


def cited(texts: Iterable[AllowedText]) -> tuple[Line, ...]:
    """Name each text once, with our words of what it is about."""
    return tuple(text.line for text in texts)


def allowed_words(
    material: Material, dispute: Dispute, texts: Iterable[AllowedText] = ()
) -> list[str]:
    """List the words in which a reference may stand: policy, library, payer, request."""
    said = dispute.told.messages
    return [*allowed_words_of(material), *(text.line.text for text in texts), *said]


def allowed_words_of(material: Material) -> list[str]:
    """List the words of the policy, the payer's answer and the request."""
    policy = material.assessment.policy if material.assessment else None
    own = [f"{policy.id} {policy.title} {policy.version} {policy.source}"] if policy else []
    told = material.decision
    said = [*told.messages, *(reason.words or "" for reason in told.reasons)] if told else []
    order = material.case.order.model_copy(update={"reason": None})
    return [*own, *said, material.case.model_copy(update={"order": order}).model_dump_json()]


def only_allowed(
    sections: Sequence[Section], allowed: Iterable[str]
) -> tuple[tuple[Section, ...], tuple[Omission, ...]]:
    """Drop the sentences with a reference that stands in none of the allowed texts."""
    known = " ; ".join(allowed)
    kept, dropped = [], []
    for section in sections:
        held = tuple(s for s in section.sentences if not foreign(s, known))
        dropped += [
            Omission(
                what=f"Sentence {s.id} of {section.title}",
                why="it holds a reference that is neither in the policy nor in the library",
            )
            for s in section.sentences
            if s not in held
        ]
        if held:
            kept.append(section.model_copy(update={"sentences": held}))
    return tuple(kept), tuple(dropped)


def foreign(sentence: Sentence, known: str) -> list[str]:
    """List what looks like a reference in a sentence and stands nowhere in the known words."""
    return [mark for mark in marks(sentence.text) if not contains(known, mark)]


def to_check(texts: Iterable[AllowedText], as_of: date) -> list[str]:
    """Say which cited texts a person has to look up before signing."""
    return [
        f"Look up {text.cite}: "
        + ("its review is due." if text.review_by < as_of else f"it is marked {text.mark} here.")
        for text in texts
        if text.mark != "verified" or text.review_by < as_of
    ]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise NotConfigured(f"references {path.name}: cannot be read") from None

"""What a payer asks for, item by item, and what in the chart answers it; nothing else is sent."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import StringConstraints

from nodes.audit import Model
from nodes.case import Text
from nodes.chart import Chart, Fact, FactKind, Note, Span
from nodes.datafile import parse
from nodes.decision import Document
from nodes.policy.sentences import ReadNote, Sentence
from nodes.writing.draft import Line, Material
from nodes.writing.phrase import by_source, day, said
from nodes.writing.stated_reason import IDLE
from nodes.writing.text import clean, content_words, excerpt, fold, heading

Word = Annotated[str, StringConstraints(min_length=2, max_length=60)]
MOST, NEAR, KIND, TOLD, ITSELF = 3, 3, 4, 2, 50
_ASKING = (
    "please send provide submit fax attach include documentation document record report note copy"
    " copies clinical recent relevant supporting support required need needed additional patient"
    " completed following information medical"
)
ASKING = frozenset(_ASKING.split())
GENERAL = "visit"
WHOLE = "the note itself is asked for by the payer"
CONCLUDES = re.compile(r"\b(?:assessment|impression|plan)\b")
APART = re.compile(r"[^\w/%-]+")
NEWEST = re.compile(r"\b(?:most recent|latest|newest|last)\b")


class Kind(Model):
    """A kind of document or finding, and by what it is asked for and answered."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    words: Text
    named: tuple[Word, ...]
    reports: tuple[str, ...] = ()
    loinc: tuple[str, ...] = ()
    facts: tuple[FactKind, ...] = ()
    said: tuple[str, ...] = ()


class AskedKinds(Model):
    """The file of kinds."""

    id: str
    version: Text
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Asked:
    """One thing a payer asks for: its words, or a code with our words for it."""

    words: str
    kinds: tuple[Kind, ...]
    quoted: bool = True
    number: str | None = None

    @property
    def lead(self) -> str:
        """Say what was asked for."""
        number = f" (control number {clean(self.number)})" if self.number else ""
        return (
            f'You asked for "{self.words}"{number}'
            if self.quoted
            else (f"You asked for {self.words}{number}")
        )


def items(words: Iterable[str]) -> list[Asked]:
    """Split a payer's words into the things they ask for: those that name a kind we know."""
    found: dict[str, Asked] = {}
    for said_words in words:
        for piece in _pieces(clean(said_words)):
            if kinds := _named(piece):
                found.setdefault(fold(piece), Asked(piece, kinds))
    return list(found.values())


def free(lines: Iterable[str]) -> list[Asked]:
    """Take each line as one thing asked for, whether its kind is known or not."""
    shown = [excerpt(clean(line).strip(" -*."), 300)[0] for line in lines]
    return [Asked(line, _named(line)) for line in shown if line]


def of_document(document: Document) -> Asked:
    """Read a document asked for by report type or LOINC code."""
    kinds = tuple(
        kind for kind in table() if document.report in kind.reports or document.loinc in kind.loinc
    )
    said_words = document.description
    code = f"report type {document.report}" if document.report else f"LOINC {document.loinc}"
    ours = document.words or (kinds[0].words if kinds else "a document")
    if said_words:
        return Asked(clean(said_words), kinds or _named(said_words), number=document.control_number)
    return Asked(f"{clean(ours)} ({code})", kinds, quoted=False, number=document.control_number)


def answer(asked: Asked, material: Material) -> list[Line]:
    """Answer one item with the record's words, else say that the record read has none."""
    notes = by_source(material.chart.notes)
    found = matching(asked, material)
    if not found:
        text = f"{asked.lead}: not found in the record read for this answer; it is not claimed."
        return [Line(text, "decision")]
    lines = [said(fact, notes) for fact in found]
    first, *rest = lines
    told = first.text[:1].lower() + first.text[1:] if first.text[1:2].islower() else first.text
    return [Line(f"{asked.lead}: {told}", "decision", first.citations), *rest]


def matching(asked: Asked, material: Material) -> list[Fact]:
    """Find what answers an item, the best first, of the like the newest, a few; nothing beyond."""
    wanted = content_words(asked.words) - IDLE - ASKING
    notes = by_source(material.chart.notes)
    scored = [(score, fact) for fact in material.facts if (score := _score(fact, asked, wanted))]
    if not scored:
        return []
    if NEWEST.search(fold(asked.words)):
        last = max(day(fact, notes) or date.min for _, fact in scored)
        scored = [one for one in scored if (day(one[1], notes) or date.min) == last]
    best = max(score for score, _ in scored)
    kept = [
        (score, day(fact, notes) or date.min, fact.id, fact)
        for score, fact in scored
        if score >= best - NEAR
    ]
    ranked = [fact for _, _, _, fact in sorted(kept, key=lambda one: one[:3], reverse=True)]
    fresh: list[Fact] = []
    for fact in ranked:
        words = fold(fact.quote).rstrip(".")
        if not any(
            words in (other := fold(one.quote).rstrip(".")) or other in words for one in fresh
        ):
            fresh.append(fact)
    return fresh[:MOST]


def _score(fact: Fact, asked: Asked, wanted: frozenset[str]) -> int:
    """Count what speaks for a fact: shared words, then the kind; 0: it does not answer."""
    listed = any(fact.kind in kind.facts for kind in asked.kinds)
    titled = fact.kind == "document" and not fact.span
    if heading(fact.quote) or titled or (fact.kind in {"order", "encounter"} and not listed):
        return 0
    words = fold(fact.quote)
    shared = len(wanted & content_words(fact.quote))
    if fact.why == WHOLE:
        return ITSELF
    of_kind = [kind for kind in asked.kinds if any(part in words for part in kind.said)]
    if not asked.kinds:
        return shared if shared >= min(2, len(wanted)) and shared else 0
    if not of_kind and not (listed and shared):
        return 0
    apt = KIND if listed else TOLD if fact.span and of_kind else 0
    return 2 * shared + len(of_kind) + apt


def with_notes(asked: Iterable[Asked], material: Material) -> Material:
    """Add what the notes say of the items asked for, as facts with their offsets."""
    known = {fact.id for fact in material.facts}
    told = [fact for one in asked for fact in _of_notes(one, material.chart)]
    found = {fact.id: fact for fact in told if fact.id not in known}
    found |= {fact.id: fact for fact in told if fact.why == WHOLE}
    chart = material.chart
    more = chart.model_copy(update={"facts": (*chart.facts, *found.values())})
    return replace(material, chart=more)


def _of_notes(asked: Asked, chart: Chart) -> list[Fact]:
    """Take sentences of the notes as facts, with their offsets, where they speak of an item.

    Where visits' notes themselves are asked for, each is shown by its first conclusion.
    """
    parts = tuple(part for kind in asked.kinds for part in kind.said)
    wanted = content_words(asked.words) - IDLE - ASKING
    general = any(kind.id == GENERAL for kind in asked.kinds)
    found = []
    for note in chart.notes:
        spoken = [one for one in ReadNote(note).sentences if _fit(one, note)]
        concluding = [one for one in spoken if CONCLUDES.search(one.heading)]
        if general and not note.id.startswith("DiagnosticReport/"):
            found += [_fact(note, one.start, one.end, WHOLE) for one in concluding[:1]]
        for one in spoken:
            words = fold(one.text)
            if wanted & content_words(one.text) and any(part in words for part in parts):
                found.append(_fact(note, one.start, one.end))
    return found


def _fit(one: Sentence, note: Note) -> bool:
    """Say whether a sentence is the patient's and worth quoting."""
    quote = note.text[one.start : one.end]
    return not one.foreign and 20 <= len(quote) <= 600 and not heading(quote)


def _fact(note: Note, start: int, end: int, why: str = "asked for by the payer") -> Fact:
    source = note.id.partition("#")[0]
    return Fact(
        id=f"{source}#{start}-{end}",
        kind="statement",
        quote=note.text[start:end],
        span=Span(start=start, end=end),
        why=why,
    )


def _pieces(text: str) -> list[str]:
    """Split at list marks and stops."""
    parts = re.split(r"(?:^|\s)\(?\d{1,2}[.)]\s|[;\n\u2022]|(?<=[a-z)])\.\s|,\s|\sand\s", text)
    return [piece for part in parts if len(piece := part.strip(" .:-,")) > 2]


def _named(text: str) -> tuple[Kind, ...]:
    words = f" {re.sub(APART, ' ', fold(text))} "
    found = [kind for kind in table() if any(name in words for name in kind.named)]
    return tuple([kind for kind in found if kind.id != GENERAL] or found)


@cache
def table() -> tuple[Kind, ...]:
    """The kinds, in the order of the file."""
    raw = (files("nodes.writing") / "asked_kinds.yaml").read_bytes()
    return parse(raw, AskedKinds, "asked kinds", "asked_kinds.yaml").kinds


def everything(
    documents: Sequence[Document], words: Sequence[str], lines: Sequence[str]
) -> list[Asked]:
    """List all that is asked for: documents by code, a notice's words, and free lines, once."""
    every = [*(of_document(one) for one in documents), *items(words), *free(lines)]
    return list({fold(f"{one.words} {one.number or ''}"): one for one in every}.values())

"""A record's entry told as a sentence in a letter, where it says the same and holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nodes.chart import Fact, Note
from nodes.writing.draft import Line, Material, Part, number
from nodes.writing.phrase import by_source, entry, said, shown
from nodes.writing.text import clean, ended, fold, tidied
from nodes.writing.verify import errors, verify

DAYS = re.compile(r"(?:since |until |onset )?\d{4}-\d\d-\d\d(?: to \d{4}-\d\d-\d\d)?")


def told(parts: Sequence[Part], material: Material) -> tuple[Part, ...]:
    """Tell the entries of the record as sentences; what would not hold stays as it was."""
    notes = by_source(material.chart.notes)
    lines = [line for part in parts for line in part.lines]
    fresh = {line: _line(line, material, notes) for line in lines}
    changed = [line for line in lines if fresh[line] != line]
    (section, *_) = number([Part("told", tuple(fresh[line] for line in changed))])
    barred = errors(
        verify(
            section.sentences,
            material.facts,
            material.case,
            assessment=material.assessment,
            decision=material.decision,
            notes=material.chart.notes,
        )
    )
    for line, sentence in zip(changed, section.sentences, strict=True):
        if sentence.id in barred:
            fresh[line] = line
    return tuple(replace(part, lines=tuple(fresh[line] for line in part.lines)) for part in parts)


def _line(line: Line, material: Material, notes: Mapping[str, Note]) -> Line:
    text = line.text
    for citation in line.citations:
        fact = material.by_id.get(citation.fact)
        sentence = of_record(fact) if fact and not fact.span else None
        if fact is None or sentence is None:
            continue
        whole = said(fact, notes).text
        lists = entry(fact, notes).text
        if line.basis == "chart" and text in {whole, lists}:
            text = sentence
        else:
            lowered = whole[:1].lower() + whole[1:]
            bare = sentence.rstrip(".")
            text = text.replace(lists, sentence).replace(whole, sentence)
            text = text.replace(lowered, sentence).replace(shown(fact, notes)[0], bare)
    return replace(line, text=text)


def of_record(fact: Fact) -> str | None:
    """Say an entry as a sentence, from its name, its days and what it is for; none: as it is."""
    name, *rest = [part.strip() for part in tidied(clean(fact.quote)).split(";")]
    cause = next((part for part in rest if part.startswith("for ")), "")
    dropped = {fold(fact.status or ""), fold(fact.author or ""), fold(cause)}
    more = [part for part in rest if fold(part) not in dropped and not DAYS.fullmatch(part)]
    name = name[:1].upper() + name[1:]
    about = f", {cause}" if cause else ""
    extra = f"; {'; '.join(more)}" if more else ""
    tell = KINDS.get(fact.kind)
    text = tell(fact, name, about, extra) if tell and fact.start else None
    return ended(text) if text else None


def _procedure(fact: Fact, name: str, about: str, extra: str) -> str | None:
    if fact.status != "completed":
        return None
    lasting = fact.end and fact.end != fact.start
    when = f"from {fact.start} to {fact.end}" if lasting else f"on {fact.start}"
    verb = ": done" if "," in name else " was done"
    return f"{name}{verb} {when}{about}{extra}"


def _encounter(fact: Fact, name: str, about: str, extra: str) -> str | None:
    if fact.status not in {"finished", "completed"}:
        return None
    who = f" with {clean(fact.author)}" if fact.author else ""
    return f"{name}, on {fact.start}{who}{about}{extra}"


def _medication(fact: Fact, name: str, about: str, extra: str) -> str | None:
    if fact.status != "active" or fact.end:
        return None
    return f"{name} is listed as active since {fact.start}{about}{extra}"


def _observation(fact: Fact, name: str, about: str, extra: str) -> str | None:
    what, colon, value = name.rpartition(": ")
    if not colon or fact.status not in {"final", "amended", "corrected"}:
        return None
    return f"{what} was {value} on {fact.start}{about}{extra}"


KINDS = {
    "procedure": _procedure,
    "encounter": _encounter,
    "medication": _medication,
    "observation": _observation,
}

"""What the notes say of what a payer asks for, taken as facts with their offsets."""

import re
from collections.abc import Iterable
from dataclasses import replace

from nodes.chart import Chart, Fact, Note, Span
from nodes.policy.sentences import ReadNote, Sentence
from nodes.writing.asked_for import GENERAL, Asked
from nodes.writing.draft import Material
from nodes.writing.stated_reason import IDLE
from nodes.writing.text import content_words, fold, heading

_ASKING = (
    "please send provide submit fax attach include documentation document record report note copy"
    " copies clinical recent relevant supporting support required need needed additional patient"
    " completed following information medical"
)
ASKING = frozenset(_ASKING.split())
WHOLE = "the note itself is asked for by the payer"
CONCLUDES = re.compile(r"\b(?:assessment|impression|plan)\b")


def wanted_words(asked: Asked) -> frozenset[str]:
    """Give the words of an item that say what it is of."""
    return content_words(asked.words) - IDLE - ASKING


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
    wanted = wanted_words(asked)
    general = any(kind.id == GENERAL for kind in asked.kinds)
    found = []
    for note in chart.notes:
        spoken = [one for one in ReadNote(note).sentences if _fit(one, note)]
        concluding = [one for one in spoken if CONCLUDES.search(one.heading)]
        if general and not note.id.startswith("DiagnosticReport/"):
            found += [_fact(note, one.start, one.end, WHOLE) for one in concluding[:1]]
        for one in spoken:
            words = fold(one.text)
            if _speaks(asked, words, wanted & content_words(one.text)):
                found.append(_fact(note, one.start, one.end))
    return found


def _speaks(asked: Asked, words: str, shared: frozenset[str]) -> bool:
    """Say whether a sentence's words are of a kind asked for, and share a word with the item."""
    for kind in asked.kinds:
        if kind.spoken(words) and (shared or kind.strict or kind.sections):
            return True
    return False


def _fit(one: Sentence, note: Note) -> bool:
    """Say whether a sentence is the patient's and worth quoting."""
    quote = note.text[one.start : one.end]
    shouted = quote == quote.upper() or heading(quote)
    return not one.foreign and 20 <= len(quote) <= 600 and not shouted


def _fact(note: Note, start: int, end: int, why: str = "asked for by the payer") -> Fact:
    source = note.id.partition("#")[0]
    return Fact(
        id=f"{source}#{start}-{end}",
        kind="statement",
        quote=note.text[start:end],
        span=Span(start=start, end=end),
        why=why,
    )

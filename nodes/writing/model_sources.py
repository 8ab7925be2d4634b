"""What a model's citations stand for: their words from where the clause begins, and their fields.

A quote cut behind its denial says the contrary, so what limits it before it is read with it.
"""

import re
from collections.abc import Iterable, Mapping

from nodes.chart import Fact, Note
from nodes.prose import Citation
from nodes.writing.model_aligned import Told
from nodes.writing.model_lexicon import LIMITS
from nodes.writing.model_normal import normal

BACK = 160
ENDS = re.compile(r"[.;!?](?=\s)|\n")
WORD = re.compile(r"[a-z']+")


def sources(
    citations: Iterable[Citation], facts: Mapping[str, Fact], notes: Mapping[str, Note]
) -> list[Told]:
    """Give the words that each citation of a known fact stands for."""
    return [
        Told(_whole(citation.quote, fact, notes), _beside(fact, notes), not fact.span)
        for citation in citations
        if (fact := facts.get(citation.fact))
    ]


def _whole(quote: str, fact: Fact, notes: Mapping[str, Note]) -> str:
    """Put before a quote what limits it in its clause."""
    note = notes.get(fact.source)
    text = note.text if note and fact.span else fact.quote
    start = text.find(quote, fact.span.start if note and fact.span else 0)
    if start <= 0:
        return quote
    before = ENDS.split(text[max(0, start - BACK) : start])[-1]
    limited = LIMITS.intersection(WORD.findall(normal(before)))
    return f"{before}{quote}" if limited else quote


def _beside(fact: Fact, notes: Mapping[str, Note]) -> str:
    """Give the words of a fact's fields, and its days and its note's."""
    note = notes.get(fact.source)
    days = [day for day in (fact.start, fact.end, note.written if note else None) if day]
    course = fact.course
    taken = [course.event, course.dosage or "", course.stopped or ""] if course else []
    parts = [fact.kind.replace("_", " "), fact.status or "", fact.value_text or "", *taken]
    parts += [fact.author or "", *(coding.display or "" for coding in fact.codes)]
    return " . ".join((*parts, *(day.isoformat() for day in days)))

"""A chart as rules and writers read it: without the words that are addressed to software.

Codes, values and dates of a record stay; only its words are cleared, so that offsets into notes
hold. The chart itself is not changed, and a person sees all of it.
"""

from typing import Any

from nodes.chart import Chart, Fact, Note
from nodes.suspicion import NAMES, suspicious, words
from nodes.withheld import evidence

NOT_USED = "[words addressed to software: not used]"


def cleared(chart: Chart) -> Chart:
    """Give a chart in which what is addressed to software is no evidence."""
    notes = tuple(cleared_note(note) for note in chart.notes)
    facts = cleared_facts(chart.facts)
    if facts is chart.facts and notes == chart.notes:
        return chart
    return chart.model_copy(update={"notes": notes, "facts": facts})


def cleared_note(note: Note) -> Note:
    """Blank out of a note what is addressed to software; its length stays."""
    told = evidence(note.text)
    return note if told == note.text else note.model_copy(update={"text": told})


def cleared_facts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Clear facts; words that are all addressed to software and stand in a note are no fact."""
    if not suspicious("\n\n".join({text: None for fact in facts for text in words(fact)})):
        return facts
    told = (_fact(fact) for fact in facts)
    return tuple(fact for fact in told if fact.quote != NOT_USED or fact.span is None)


def _fact(fact: Fact) -> Fact:
    if not suspicious("\n".join(words(fact))):
        return fact
    return Fact.model_validate(_said(fact.model_dump()))


def _said(value: Any, name: str = "") -> Any:
    if isinstance(value, str) and name not in NAMES:
        told = evidence(value)
        return value if told == value else " ".join(told.split()) or NOT_USED
    if isinstance(value, dict):
        return {key: _said(one, key) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_said(one) for one in value)
    return value

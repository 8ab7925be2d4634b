"""A chart as rules and writers read it: without the words that are addressed to software.

Codes, values and dates of a record stay; only its words are cleared, so that offsets into notes
hold. The chart itself is not changed, and a person sees all of it.
"""

from typing import Any

from nodes.case import Case
from nodes.chart import Chart, Fact, Note
from nodes.suspicion.found import NAMES, in_case, suspicious, words
from nodes.suspicion.withheld import evidence

NOT_USED = "[words addressed to software: not used]"
FREE = frozenset({"reason", "display", "description", "note", "message", "instructions"})


def cleared(chart: Chart) -> Chart:
    """Give a chart in which what is addressed to software is no evidence."""
    notes = tuple(cleared_note(note) for note in chart.notes)
    facts = cleared_facts(chart.facts)
    if facts is chart.facts and notes == chart.notes:
        return chart
    return chart.model_copy(update={"notes": notes, "facts": facts})


def cleared_case(case: Case) -> Case:
    """Clear the words of an order and of its codes; names, numbers and addresses stay."""
    return Case.model_validate(_words(case.model_dump())) if in_case(case) else case


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
        return _before(value)
    if isinstance(value, dict):
        return {key: _said(one, key) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_said(one) for one in value)
    return value


def _words(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return _before(value) if name in FREE else value
    if isinstance(value, dict):
        return {key: _words(one, key) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_words(one) for one in value)
    return value


def _before(said: str) -> str:
    """Keep of a record's words the parts before the first that is addressed to software."""
    if not suspicious(said):
        return said
    parts = said.split("; ")
    first = next((place for place, part in enumerate(parts) if suspicious(part)), 0)
    kept = [*parts[:first], evidence(parts[first])]
    return "; ".join(" ".join(part.split()) for part in kept if part.strip()) or NOT_USED

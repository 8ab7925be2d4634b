"""Which facts a payer needs to read, and why the others are left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nodes.chart import Fact, Note
from nodes.prose import Omission
from nodes.writing.draft import Line, Material
from nodes.writing.phrase import by_source, day, said
from nodes.writing.ranking import Ranking
from nodes.writing.text import fold, heading
from nodes.writing.topics import Topic, topic

CAPS: dict[Topic, int] = {"history": 6, "treatment": 10, "findings": 10}
INVALID = frozenset({"entered-in-error", "refuted", "draft", "nullified"})
BACKGROUND = frozenset({"condition", "allergy", "immunization", "family_history"})
ENOUGH = "older or less relevant than those shown, which are enough to read"


@dataclass(frozen=True)
class Selection:
    """The facts chosen for each section, said, and what was left out."""

    lines: dict[Topic, tuple[Line, ...]]
    omissions: tuple[Omission, ...]


def select(material: Material) -> Selection:
    """Choose the facts the assessment rests on, then those that speak of the case, newest first."""
    ranking = Ranking.of(material)
    choice = _Choice(material, ranking.quotes)
    left: Counter[tuple[str, str]] = Counter()
    for rank, fact in ranking.ranked(material.facts):
        if reason := choice.refusal(fact, rank):
            left[fact.kind, reason] += 1
    notes = choice.notes
    lines: dict[Topic, tuple[Line, ...]] = {
        name: tuple(
            said(fact, notes, None if fact.span else ranking.quotes.get(fact.id))
            for fact in sorted(facts, key=lambda f: _reading_order(f, notes))
        )
        for name, facts in choice.chosen.items()
    }
    omissions = tuple(
        Omission(what=f"{count} {kind.replace('_', ' ')}{'s' if count > 1 else ''}", why=why)
        for (kind, why), count in sorted(left.items())
    )
    return Selection(lines, omissions)


def _reading_order(fact: Fact, notes: Mapping[str, Note]) -> tuple[date, str, int, str]:
    """Order by day, a note's words as they stand in it."""
    place = fact.span.start if fact.span else 0
    return (day(fact, notes) or date.max, fact.source, place, fact.id)


class _Choice:
    """What has been taken so far, and why anything else is not."""

    def __init__(self, material: Material, quotes: Mapping[str, str]) -> None:
        self.quotes = quotes
        self.notes = by_source(material.chart.notes)
        self.order = material.case.order.reference
        self.codes = {line.code for line in material.case.service_lines}
        self.chosen: dict[Topic, list[Fact]] = {"history": [], "treatment": [], "findings": []}
        self.taken: dict[str, list[Fact]] = {}
        self.full = False

    def refusal(self, fact: Fact, rank: int) -> str | None:
        """Say why a fact is left out; None: it is taken."""
        if reason := self._unfit(fact) or self._needless(fact, rank):
            return reason
        place = topic(fact, self.notes.get(fact.source))
        if rank and len(self.chosen[place]) >= CAPS[place]:
            return ENOUGH
        self.chosen[place].append(fact)
        self.full = all(len(self.chosen[name]) >= most for name, most in CAPS.items())
        self.taken.setdefault(fact.source, []).append(fact)
        return None

    def _unfit(self, fact: Fact) -> str | None:
        if fact.id == self.order or (fact.kind == "order" and self._requested(fact)):
            return "the order itself is in the request"
        if fact.status in INVALID:
            return f"the record marks it as {fact.status}"
        if fact.kind == "document" and not fact.span and fact.id not in self.quotes:
            return "a document's title says nothing by itself; its cited words are quoted"
        return "a heading says nothing by itself" if heading(fact.quote) else None

    def _needless(self, fact: Fact, rank: int) -> str | None:
        if rank == 2 and self.quotes and fact.kind in BACKGROUND:
            return "no criterion and no diagnosis of this request refers to it"
        if (before := self.taken.get(fact.source)) and _repeats(fact, before):
            return "another sentence says the same words"
        return ENOUGH if rank and self.full else None

    def _requested(self, fact: Fact) -> bool:
        """Say whether an order is of a service that this case requests."""
        return any(coding.code in self.codes for coding in fact.codes)


def _repeats(fact: Fact, taken: Sequence[Fact]) -> bool:
    """Say whether the same words of the same source were taken already."""
    words = fold(fact.quote)
    return any(words in fold(other.quote) or _within(fact, other) for other in taken)


def _within(fact: Fact, other: Fact) -> bool:
    if fact.span is None or other.span is None:
        return False
    return other.span.start <= fact.span.start and fact.span.end <= other.span.end

"""Which facts a payer needs to read, and why the others are left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nodes.chart import Fact, Note
from nodes.prose import Omission
from nodes.writing.draft import Line, Material
from nodes.writing.drugs import drugs
from nodes.writing.phrase import by_source, day, said
from nodes.writing.text import content_words, fold, heading
from nodes.writing.topics import Topic, topic
from nodes.writing.tree import carrying

CAPS: dict[Topic, int] = {"history": 6, "treatment": 10, "findings": 10}
INVALID = frozenset({"entered-in-error", "refuted", "draft", "nullified"})
BACKGROUND = frozenset({"condition", "allergy", "immunization", "family_history"})
VAGUE = frozenset(
    {"pain", "right", "left", "region", "disorder", "unspecified", "type", "other", "contrast"}
)


@dataclass(frozen=True)
class Selection:
    """The facts chosen for each section, said, and what was left out."""

    lines: dict[Topic, tuple[Line, ...]]
    omissions: tuple[Omission, ...]


def select(material: Material) -> Selection:
    """Choose the facts the assessment rests on, then those that speak of the case, newest first."""
    chosen: dict[Topic, list[Fact]] = {"history": [], "treatment": [], "findings": []}
    left: Counter[tuple[str, str]] = Counter()
    notes = by_source(material.chart.notes)
    quotes = _quotes(material)
    for fact in _ranked(material, quotes):
        place = topic(fact, notes.get(fact.source))
        reason = _refusal(fact, material, quotes, chosen, place)
        if reason:
            left[fact.kind, reason] += 1
        else:
            chosen[place].append(fact)
    lines: dict[Topic, tuple[Line, ...]] = {
        name: tuple(
            said(fact, notes, None if fact.span else quotes.get(fact.id))
            for fact in sorted(facts, key=lambda f: _reading_order(f, notes))
        )
        for name, facts in chosen.items()
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


def _quotes(material: Material) -> dict[str, str]:
    """Give the words of each fact that the assessment cites, by fact id."""
    criteria = material.assessment.criteria if material.assessment else ()
    return {e.fact: e.quote for c in criteria for e in c.evidence}


def _essential(material: Material) -> frozenset[str]:
    """List the facts that the criteria which carry the verdict rest on."""
    criteria = material.assessment.criteria if material.assessment else ()
    return frozenset(e.fact for c in carrying(criteria) for e in c.evidence)


def _ranked(material: Material, quotes: dict[str, str]) -> list[Fact]:
    def key(fact: Fact) -> tuple[int, int, str]:
        dated = fact.end or fact.start
        return (_rank(fact, material, quotes), -(dated.toordinal() if dated else 0), fact.id)

    return sorted(material.facts, key=key)


def _rank(fact: Fact, material: Material, quotes: dict[str, str]) -> int:
    """Rank 0: carries the verdict; 1: cited, speaks of the case or a drug cited; 2: neither."""
    if fact.id in quotes:
        return 0 if fact.id in _essential(material) else 1
    if fact.kind == "medication" and drugs(fact.quote) & drugs(" ".join(quotes.values())):
        return 1
    case = material.case
    codes = {d.code.replace(".", "") for d in case.diagnoses} | {s.code for s in case.service_lines}
    if codes & {coding.code.replace(".", "") for coding in fact.codes}:
        return 1
    shown = [d.display for d in case.diagnoses] + [s.display for s in case.service_lines]
    about = content_words(" ".join(filter(None, [*shown, case.order.reason]))) - VAGUE
    return 1 if about & content_words(f"{fact.quote} {fact.why}") else 2


def _refusal(
    fact: Fact,
    material: Material,
    quotes: dict[str, str],
    chosen: dict[Topic, list[Fact]],
    place: Topic,
) -> str | None:
    """Say why a fact is left out; None: it is taken."""
    if _requested(fact, material):
        return "the order itself is in the request"
    if fact.status in INVALID:
        return f"the record marks it as {fact.status}"
    if fact.kind == "document" and not fact.span and fact.id not in quotes:
        return "a document's title says nothing by itself; its cited words are quoted"
    if heading(fact.quote):
        return "a heading says nothing by itself"
    rank = _rank(fact, material, quotes)
    if rank == 2 and quotes and fact.kind in BACKGROUND:
        return "no criterion and no diagnosis of this request refers to it"
    if _repeats(fact, [f for facts in chosen.values() for f in facts]):
        return "another sentence says the same words"
    if rank and len(chosen[place]) >= CAPS[place]:
        return "older or less relevant than those shown, which are enough to read"
    return None


def _requested(fact: Fact, material: Material) -> bool:
    """Say whether a fact is the order of this case, or of another service it requests."""
    codes = {line.code for line in material.case.service_lines}
    ordered = fact.kind == "order" and codes & {coding.code for coding in fact.codes}
    return bool(ordered) or fact.id == material.case.order.reference


def _repeats(fact: Fact, taken: Sequence[Fact]) -> bool:
    """Say whether the same words of the same source were taken already."""
    words = fold(fact.quote)
    return any(
        other.source == fact.source and (words in fold(other.quote) or _within(fact, other))
        for other in taken
    )


def _within(fact: Fact, other: Fact) -> bool:
    if fact.span is None or other.span is None:
        return False
    return other.span.start <= fact.span.start and fact.span.end <= other.span.end

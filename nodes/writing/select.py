"""Which facts a payer needs to read, and why the others are left out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nodes.chart import Fact
from nodes.prose import Omission
from nodes.writing.draft import Line, Material
from nodes.writing.drugs import drugs
from nodes.writing.phrase import by_source, day, said
from nodes.writing.text import content_words, fold
from nodes.writing.topics import Topic, topic

CAPS: dict[Topic, int] = {"history": 6, "treatment": 10, "findings": 10}
INVALID = frozenset({"entered-in-error", "refuted", "draft", "nullified"})
VAGUE = frozenset(
    {"pain", "right", "left", "region", "disorder", "unspecified", "type", "other", "contrast"}
)


@dataclass(frozen=True)
class Selection:
    """The facts chosen for each section, said, and what was left out."""

    lines: dict[Topic, tuple[Line, ...]]
    omissions: tuple[Omission, ...]


def select(material: Material) -> Selection:
    """Choose the facts the assessment cites, then those that speak of the case, newest first."""
    chosen: dict[Topic, list[Fact]] = {"history": [], "treatment": [], "findings": []}
    left: Counter[tuple[str, str]] = Counter()
    quotes = _quotes(material)
    for fact in _ranked(material, quotes):
        reason = _refusal(fact, material, quotes, chosen)
        if reason:
            left[fact.kind, reason] += 1
        else:
            chosen[topic(fact)].append(fact)
    notes = by_source(material.chart.notes)
    lines: dict[Topic, tuple[Line, ...]] = {
        name: tuple(
            said(fact, notes, None if fact.span else quotes.get(fact.id))
            for fact in sorted(facts, key=lambda f: (day(f, notes) or date.max, f.id))
        )
        for name, facts in chosen.items()
    }
    omissions = tuple(
        Omission(what=f"{count} {kind.replace('_', ' ')}{'s' if count > 1 else ''}", why=why)
        for (kind, why), count in sorted(left.items())
    )
    return Selection(lines, omissions)


def _quotes(material: Material) -> dict[str, str]:
    """Give the words of each fact that the assessment cites, by fact id."""
    criteria = material.assessment.criteria if material.assessment else ()
    return {e.fact: e.quote for c in criteria for e in c.evidence}


def _ranked(material: Material, quotes: dict[str, str]) -> list[Fact]:
    def key(fact: Fact) -> tuple[int, int, str]:
        dated = fact.end or fact.start
        return (_rank(fact, material, quotes), -(dated.toordinal() if dated else 0), fact.id)

    return sorted(material.facts, key=key)


def _rank(fact: Fact, material: Material, quotes: dict[str, str]) -> int:
    """Rank 0: cited by a criterion; 1: speaks of the case, or is a drug cited; 2: neither."""
    if fact.id in quotes:
        return 0
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
) -> str | None:
    """Say why a fact is left out; None: it is taken."""
    if fact.id == material.case.order.reference:
        return "the order itself is in the request"
    if fact.status in INVALID:
        return f"the record marks it as {fact.status}"
    if fact.kind == "document" and not fact.span and fact.id not in quotes:
        return "a document's title says nothing by itself; its cited words are quoted"
    rank = _rank(fact, material, quotes)
    if rank == 2 and quotes:
        return "no criterion and no diagnosis of this request refers to it"
    same = chosen[topic(fact)]
    if _repeats(fact, [f for facts in chosen.values() for f in facts]):
        return "another sentence says the same words"
    if rank and len(same) >= CAPS[topic(fact)]:
        return "older or less relevant than those shown, which are enough to read"
    return None


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

"""The policy's criteria, one sentence each: the verdict of the rules and what shows it."""

import re
from collections.abc import Iterable, Mapping

from nodes.assessment import Assessment, Criterion, Evidence, Gap
from nodes.chart import Note
from nodes.prose import Citation
from nodes.writing.claims import claims
from nodes.writing.draft import Line, Material
from nodes.writing.phrase import by_source, shown
from nodes.writing.text import clean, contains, content_words, ended, heading, tidied
from nodes.writing.tree import carrying, unmet

MOST = 2
MOST_OF_EXCLUSION = 4
NOT = {"met": "met", "not_met": "the record does not show it", "unknown": "open"}
LACK = {
    "absent": "not found in the record",
    "stale": "the record of it is too old",
    "conflict": "the records disagree",
    "contrary": "the record says otherwise",
}


def policy_line(assessment: Assessment) -> Line:
    """Name the policy exactly as the assessment does."""
    policy = assessment.policy
    until = f" to {policy.effective_to.isoformat()}" if policy.effective_to else ""
    return Line(
        f"Policy applied: {policy.title}, version {policy.version} ({policy.source}),"
        f" in force from {policy.effective_from.isoformat()}{until}.",
        "policy",
    )


def verdict_line(assessment: Assessment) -> Line:
    """Say how far the rules found the policy met."""
    if assessment.status == "met":
        text = f"Checked by rule on {assessment.as_of.isoformat()}: the policy's criteria are met."
    else:
        text = (
            f"Checked by rule on {assessment.as_of.isoformat()}: {assessment.met} of"
            f" {assessment.required} required criteria are met; the others are listed as missing."
        )
    return Line(text, "policy")


def met_lines(material: Material) -> tuple[Line, ...]:
    """Say of each criterion that carries the verdict and is met what shows it."""
    lines: list[Line] = []
    for leaf in carrying(material.assessment.criteria if material.assessment else ()):
        if leaf.status == "met":
            because, citations = grounds(leaf, material, quoted(lines))
            met = "" if leaf.operator == "not" else ": met"
            clause = f" [{clean(leaf.citation)}]" if leaf.citation else ""
            lines.append(Line(f"{titled(leaf)}{met}. {because}{clause}", "policy", citations))
    return tuple(lines)


def titled(criterion: Criterion) -> str:
    """Give a criterion's words without a stop; an exclusion that is not met is called so."""
    text = clean(criterion.text).rstrip(".:")
    return re.sub(r"^Not excluded: ", "This exclusion does not apply: ", text)


def quoted(lines: Iterable[Line]) -> frozenset[str]:
    """List the facts that lines cite."""
    return frozenset(citation.fact for line in lines for citation in line.citations)


def grounds(
    criterion: Criterion,
    material: Material,
    before: frozenset[str] = frozenset(),
    lead: str = "Shown by",
) -> tuple[str, tuple[Citation, ...]]:
    """Say why a criterion is met: the rule's reason and the record's words.

    Words of facts in ``before`` were quoted already; others are preferred.
    """
    quotes, citations = evidence(criterion, material, before)
    reason = _reason(criterion)
    parts = [reason] if not quotes or _adds(reason, criterion, citations) else []
    if quotes:
        parts.append(f"{lead}: {'; '.join(quotes)}.")
    return " ".join(parts), citations


def _adds(reason: str, criterion: Criterion, citations: tuple[Citation, ...]) -> bool:
    """Say whether a reason tells more than the words quoted: a number, or two dates."""
    if any(contains(reason, citation.quote) for citation in citations):
        return False
    told = claims(reason)
    return criterion.operator == "not" or len(told) > 1 or any(c.kind == "number" for c in told)


def missing_lines(material: Material) -> tuple[Line, ...]:
    """Say what is missing, criterion by criterion, and what would show it."""
    held = material.assessment
    if held is None or held.status == "met":
        return ()
    by_id = {c.id: c for c in held.criteria}
    lines = [_gap_line(gap, by_id, material) for gap in held.gaps]
    told = frozenset(gap.criterion for gap in held.gaps)
    for part in unmet(held.criteria, told):
        lines.append(Line(f"{titled(part)}: {NOT[part.status]}. {_reason(part)}", "policy"))
    return tuple(lines)


def evidence(
    criterion: Criterion, material: Material, before: frozenset[str] = frozenset()
) -> tuple[list[str], tuple[Citation, ...]]:
    """Quote the evidence that speaks for a criterion, the most telling words first, a few."""
    facts = material.by_id
    notes: Mapping[str, Note] = by_source(material.chart.notes)
    speaking = [
        item
        for item in criterion.evidence
        if item.speaks == "for" and item.fact in facts and not heading(item.quote)
    ]
    quotes: dict[str, Citation] = {}
    for item in _best(speaking, criterion, before):
        text, citation = shown(facts[item.fact], notes, item.quote)
        quotes.setdefault(text, citation)
    return list(quotes), tuple(quotes.values())


def _best(items: list[Evidence], criterion: Criterion, before: frozenset[str]) -> list[Evidence]:
    """Choose the best words, then others not quoted before that tell at least half as much."""
    weights = {id(item): _telling(item, criterion, before) for item in items}
    ranked = sorted(items, key=lambda item: -weights[id(item)])
    fresh = [item for item in ranked[1:] if item.fact not in before]
    if criterion.operator == "not":
        return [*ranked[:1], *fresh][:MOST_OF_EXCLUSION]
    telling = [item for item in fresh if weights[id(item)] >= weights[id(ranked[0])] / 2]
    return [*ranked[:1], *telling[: MOST - 1]]


def _telling(item: Evidence, criterion: Criterion, before: frozenset[str]) -> float:
    """Weigh words by what can be looked up in them and by what they share with the criterion."""
    asked = content_words(f"{criterion.text} {criterion.reason}")
    shared = len(asked & content_words(item.quote))
    return len(claims(item.quote)) + 3 * shared - 4 * (item.fact in before)


def _reason(criterion: Criterion) -> str:
    reason = tidied(clean(criterion.reason))
    return ended(reason[:1].upper() + reason[1:])


def _gap_line(gap: Gap, by_id: Mapping[str, Criterion], material: Material) -> Line:
    criterion = by_id.get(gap.criterion)
    text = titled(criterion) if criterion else gap.criterion
    quotes: list[str] = []
    citations: tuple[Citation, ...] = ()
    if criterion and gap.kind != "absent":
        other = tuple(e.model_copy(update={"speaks": "for"}) for e in criterion.evidence)
        quotes, citations = evidence(criterion.model_copy(update={"evidence": other}), material)
    record = f" ({'; '.join(quotes)})" if quotes else ""
    text = f"{text}: {LACK[gap.kind]}{record}. Needed: {ended(clean(gap.ask))}"
    return Line(text, "policy", citations)

"""The policy's criteria, one sentence each: the verdict of the rules and what shows it."""

from collections.abc import Mapping

from nodes.assessment import Assessment, Criterion, Evidence, Gap
from nodes.chart import Fact, Note
from nodes.prose import Citation
from nodes.writing.draft import Line, Material
from nodes.writing.phrase import by_source, shown
from nodes.writing.text import clean, ended
from nodes.writing.tree import carrying

MOST = 3
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
    if material.assessment is None:
        return ()
    leaves = carrying(material.assessment.criteria)
    return tuple(met_line(leaf, material) for leaf in leaves if leaf.status == "met")


def met_line(criterion: Criterion, material: Material) -> Line:
    """Say one met criterion: its words, why it is met, the evidence, the clause."""
    quotes, citations = evidence(criterion.evidence, material)
    clause = f" [{clean(criterion.citation)}]" if criterion.citation else ""
    head = f"{clean(criterion.text).rstrip('.:')}{clause}: met."
    body = f" Shown by: {'; '.join(quotes)}." if quotes else f" {ended(clean(criterion.reason))}"
    return Line(head + body, "policy", citations)


def missing_lines(material: Material) -> tuple[Line, ...]:
    """Say what is missing, criterion by criterion, and what would show it."""
    if material.assessment is None or material.assessment.status == "met":
        return ()
    by_id = {c.id: c for c in material.assessment.criteria}
    return tuple(_gap_line(gap, by_id, material) for gap in material.assessment.gaps)


def evidence(
    items: tuple[Evidence, ...], material: Material, *, most: int = MOST
) -> tuple[list[str], tuple[Citation, ...]]:
    """Quote evidence that speaks for a criterion, each source's words once, at most a few."""
    facts: Mapping[str, Fact] = {fact.id: fact for fact in material.facts}
    notes: Mapping[str, Note] = by_source(material.chart.notes)
    quotes: dict[str, Citation] = {}
    for item in items:
        if item.speaks == "for" and item.fact in facts and len(quotes) < most:
            text, citation = shown(facts[item.fact], notes, item.quote)
            quotes.setdefault(text, citation)
    return list(quotes), tuple(quotes.values())


def _gap_line(gap: Gap, by_id: Mapping[str, Criterion], material: Material) -> Line:
    criterion = by_id.get(gap.criterion)
    text = clean(criterion.text).rstrip(".:") if criterion else gap.criterion
    quotes: list[str] = []
    citations: tuple[Citation, ...] = ()
    if criterion and gap.kind != "absent":
        other = tuple(e.model_copy(update={"speaks": "for"}) for e in criterion.evidence)
        quotes, citations = evidence(other, material, most=2)
    record = f" ({'; '.join(quotes)})" if quotes else ""
    return Line(f"{text}: {LACK[gap.kind]}{record}. {ended(clean(gap.ask))}", "policy", citations)

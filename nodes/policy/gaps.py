"""What is missing, in the order in which it is worth asking for, and what was missed by little."""

from collections.abc import Mapping
from decimal import Decimal

from nodes.assessment import Gap, NearMiss
from nodes.policy.addendum import addendum
from nodes.policy.finding import Finding
from nodes.policy.index import Question
from nodes.policy.near import near_miss
from nodes.policy.tree import Compiled
from nodes.policy.verdict import Verdict, ranked

FOUR = Decimal("0.0001")


def gaps(compiled: Compiled, held: Verdict, findings: Mapping[str, Finding]) -> tuple[Gap, ...]:
    """Say what to ask for; contradictions are asked about even where nothing hangs on them.

    What nothing hangs on, however the rest turns out, stands in no smallest set: it is not asked.
    """
    conflicts = [name for name, one in findings.items() if one.conflict]
    names = ranked(compiled, held.weights, (*held.asked, *conflicts)) if conflicts else held.asked
    found = []
    for name in names:
        leaf, finding = compiled.leaves[name], findings[name]
        if finding.gap and (leaf.ask or finding.conflict or held.status == "not_met"):
            found.append(_gap(compiled, finding, name, held.weights[name]))
    return tuple(found)


def near_misses(
    compiled: Compiled, held: Verdict, findings: Mapping[str, Finding], question: Question
) -> tuple[NearMiss, ...]:
    """Measure what keeps the closest way from being met; only for what is not met."""
    if held.status != "not_met":
        return ()
    found = (
        near_miss(compiled.leaves[name], findings[name], question)
        for name in held.way.leaves
        if held.answers[name] != "met"
    )
    return tuple(one for one in found if one is not None)


def _gap(compiled: Compiled, finding: Finding, name: str, weight: float) -> Gap:
    leaf = compiled.leaves[name]
    kind = finding.gap or "absent"
    ask = leaf.ask or f"Clarify in the record: {leaf.text}"
    return Gap(
        criterion=name,
        kind=kind,
        ask=ask[:500],
        of=leaf.of,
        remedy=leaf.effort,
        addendum=addendum(leaf, kind, compiled.words),
        weight=Decimal(weight).quantize(FOUR),
    )

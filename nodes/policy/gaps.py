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
SHORT = 150
PAST = "only a record of that time can show it, nothing done now"
UNASKED = "Nothing that could be asked for would settle what is open: a person has to look."


def gaps(compiled: Compiled, held: Verdict, findings: Mapping[str, Finding]) -> tuple[Gap, ...]:
    """Say what to ask for; contradictions are asked about even where nothing hangs on them.

    What nothing hangs on, however the rest turns out, stands in no smallest set: it is not asked.
    What is as its place wants it (an exclusion that does not apply) is not asked either.
    """
    conflicts = [name for name, one in findings.items() if one.conflict]
    names = ranked(compiled, held.weights, (*held.asked, *conflicts)) if conflicts else held.asked
    return tuple(_gap(compiled, held, findings, name) for name in names)


def unanswerable(held: Verdict, asked: tuple[Gap, ...]) -> tuple[str, ...]:
    """Warn where the whole is open and there is nothing to ask."""
    return (UNASKED,) if held.status == "unknown" and not asked else ()


def near_misses(
    compiled: Compiled, held: Verdict, findings: Mapping[str, Finding], question: Question
) -> tuple[NearMiss, ...]:
    """Measure what keeps it from being met, in reading order; of what is met nothing."""
    found = (
        near_miss(leaf, findings[name], question, held.unsettled[name])
        for name, leaf in compiled.leaves.items()
        if name in held.unsettled
    )
    return tuple(one for one in found if one is not None)


def _gap(compiled: Compiled, held: Verdict, findings: Mapping[str, Finding], name: str) -> Gap:
    leaf, finding = compiled.leaves[name], findings[name]
    kind = finding.gap or ("absent" if finding.status == "unknown" else "contrary")
    excluded = held.unsettled.get(name) is False and finding.status == "met"
    ask = leaf.ask or f"Clarify in the record: {leaf.text}"
    if excluded:
        ask = f"Check whether this is so, as it speaks against: {leaf.text}"
    notes = [*((PAST,) if finding.fixed else ()), *_instead(compiled, findings, name)]
    if notes:
        ask = f"{ask.rstrip('.')} ({'; '.join(notes)})"
    return Gap(
        criterion=name,
        kind=kind,
        ask=ask[:500],
        of=leaf.of,
        remedy="record" if finding.fixed else leaf.effort,
        addendum=addendum(leaf, kind, compiled.words),
        weight=Decimal(held.weights[name]).quantize(FOUR),
    )


def _instead(compiled: Compiled, findings: Mapping[str, Finding], name: str) -> list[str]:
    """Say of which alternatives the record shows already that they do not hold."""
    beside = {
        other: findings[other]
        for line in compiled.lines
        if line.operator == "any" and name in line.below
        for other in line.below
        if other != name and other in findings
    }
    return [
        f"the record shows otherwise for “{compiled.leaves[other].text.rstrip('.')[:SHORT]}”:"
        f" {one.reason.rstrip('.')[:SHORT]}"
        for other, one in beside.items()
        if one.status == "not_met" and one.voices
    ][:1]

"""The verdict: every question asked, the tree decided, gaps named and facts gathered."""

from collections.abc import Iterable
from datetime import date

from nodes.assessment import Assessment, PolicyRef
from nodes.case import Case
from nodes.chart import Chart, Fact
from nodes.policy.answering import ANSWERS
from nodes.policy.finding import Finding
from nodes.policy.gaps import gaps, near_misses, unanswerable
from nodes.policy.index import Index, Question
from nodes.policy.library import Held
from nodes.policy.served import unserved
from nodes.policy.sides import ordered_side
from nodes.policy.told import criteria, warnings
from nodes.policy.verdict import verdict
from nodes.suspicion.found import in_case, in_chart


def assess(held: Held, case: Case, chart: Chart, as_of: date) -> Assessment:
    """Decide a policy on a chart.

    A leaf on which the chart says both is unknown and marked as conflict. A status says what all
    completions agree on, so the root keeps it when the adverse and the favourable reading of
    every conflict give the same, and is unknown when they differ; either way ``conflict`` is set
    and a person has to look.
    """
    compiled = held.compiled
    question = Question(
        held.policy, case, Index(chart, as_of, compiled.words, ordered_side(case)), as_of
    )
    findings = {
        name: ANSWERS[str(leaf.op)](leaf, question)  # type: ignore[attr-defined]
        for name, leaf in compiled.leaves.items()
    }
    found = verdict(compiled, tuple(one.status for one in findings.values()))
    asked = gaps(compiled, found, findings)
    return Assessment(
        policy=reference(held),
        as_of=as_of,
        status=found.status,
        criteria=criteria(compiled, found.gates, found.parts, findings),
        gaps=asked,
        missing_sets=found.sets,
        met=found.readiness.met,
        required=found.readiness.required,
        readiness=found.readiness,
        blocking=found.blocking,
        near_misses=near_misses(compiled, found, findings, question),
        flips=found.flips,
        conflict=any(one.conflict for one in findings.values()),
        not_judged=(left_out := unserved(held.policy, case)),
        warnings=unanswerable(found, asked)
        + _left_out(left_out)
        + warnings(held.policy, compiled, found.way.leaves, chart, as_of)
        + in_chart(chart)
        + in_case(case),
        facts=_facts(findings.values(), chart),
    )


def _left_out(lines: tuple[int, ...]) -> tuple[str, ...]:
    if not lines:
        return ()
    numbers = ", ".join(map(str, lines))
    return (f"The policy says nothing of service line {numbers}: check it by its own policy.",)


def reference(held: Held) -> PolicyRef:
    """Say which version decided, on whose text; the mark is that of its first source."""
    policy, source = held.policy, held.policy.sources[0]
    revision = f", revision {source.revision}" if source.revision else ""
    return PolicyRef(
        id=policy.id,
        version=policy.version,
        title=policy.title,
        source=f"{source.id}{revision}, {source.locator}",
        verification=source.verification,
        effective_from=policy.effective.first,
        effective_to=policy.effective.last,
        review_by=policy.review_by,
        sha256=held.sha256,
    )


def _facts(findings: Iterable[Finding], chart: Chart) -> tuple[Fact, ...]:
    known = {fact.id for fact in chart.facts}
    own = {
        voice.fact.id: voice.fact
        for finding in findings
        for voice in finding.voices
        if voice.own and voice.fact.id not in known
    }
    return tuple(own[name] for name in sorted(own))

"""The verdict: every question asked, the tree decided, gaps named and facts gathered."""

from collections.abc import Iterable
from datetime import date

from nodes.assessment import Assessment, PolicyRef, Status
from nodes.case import Case
from nodes.chart import Chart, Fact
from nodes.policy.answering import ANSWERS
from nodes.policy.finding import Finding
from nodes.policy.gaps import standing
from nodes.policy.index import Index, Question
from nodes.policy.library import Held
from nodes.policy.logic import blocking, statuses
from nodes.policy.told import criteria, warnings


def assess(held: Held, case: Case, chart: Chart, as_of: date) -> Assessment:
    """Decide a policy on a chart.

    A leaf on which the chart says both is unknown and marked as conflict. A status says what all
    completions agree on, so the root keeps it when the adverse and the favourable reading of
    every conflict give the same, and is unknown when they differ; either way ``conflict`` is set
    and a person has to look.
    """
    compiled = held.compiled
    question = Question(held.policy, case, Index(chart, as_of, compiled.words), as_of)
    findings = {
        name: ANSWERS[str(leaf.op)](leaf, question)  # type: ignore[attr-defined]
        for name, leaf in compiled.leaves.items()
    }
    answers: dict[str, Status] = {name: one.status for name, one in findings.items()}
    status = statuses(compiled.circuit, answers)
    verdict = status[compiled.circuit.parts[-1].id]
    stands = standing(compiled, findings, answers, verdict, question)
    return Assessment(
        policy=reference(held),
        as_of=as_of,
        status=verdict,
        criteria=criteria(compiled, status, findings),
        gaps=stands.gaps,
        missing_sets=stands.sets,
        met=stands.readiness.met,
        required=stands.readiness.required,
        readiness=stands.readiness,
        blocking=blocking(compiled.circuit, answers),
        near_misses=stands.near,
        flips=stands.flips,
        conflict=any(one.conflict for one in findings.values()),
        warnings=warnings(held.policy, compiled, stands.way.leaves, chart, as_of),
        facts=_facts(findings.values(), chart),
    )


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

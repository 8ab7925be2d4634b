"""The verdict: every question asked, the tree decided, gaps named and facts gathered."""

from collections.abc import Iterable, Mapping
from datetime import date

from nodes.assessment import Assessment, Criterion, Gap, PolicyRef, Status
from nodes.case import Case
from nodes.chart import Chart, Fact
from nodes.policy.answering import ANSWERS
from nodes.policy.finding import Finding
from nodes.policy.index import Index, Question
from nodes.policy.library import Held
from nodes.policy.logic import closest, missing, statuses
from nodes.policy.tree import EFFORT, Compiled, Line

SETS = 8


def assess(held: Held, case: Case, chart: Chart, as_of: date) -> Assessment:
    """Decide a policy on a chart.

    A leaf on which the chart says both is unknown and marked as conflict; so the root keeps its
    status when both readings give the same, and is unknown when they differ.
    """
    compiled = held.compiled
    question = Question(held.policy, case, Index(chart, as_of, compiled.words), as_of)
    findings = {
        name: ANSWERS[str(leaf.op)](leaf, question)  # type: ignore[attr-defined]
        for name, leaf in compiled.leaves.items()
    }
    answers: dict[str, Status] = {name: one.status for name, one in findings.items()}
    status = statuses(compiled.tree, answers)
    sets = _sets(compiled, answers) if status[compiled.tree.id] != "met" else ()
    way = closest(compiled.tree, answers)
    return Assessment(
        policy=reference(held),
        as_of=as_of,
        status=status[compiled.tree.id],
        criteria=_criteria(compiled, status, findings),
        gaps=_gaps(compiled, findings, status[compiled.tree.id], sets, way.leaves, answers),
        missing_sets=sets,
        met=way.length - way.lacking,
        required=way.length,
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


def _sets(compiled: Compiled, answers: Mapping[str, Status]) -> tuple[tuple[str, ...], ...]:
    """The smallest sets to ask for, the least effort first."""
    order = {line.id: place for place, line in enumerate(compiled.lines)}

    def effort(one: frozenset[str]) -> tuple[int, int, list[int]]:
        cost = sum(EFFORT[compiled.leaves[name].effort] for name in one)
        return cost, len(one), sorted(order[name] for name in one)

    found = sorted(missing(compiled.tree, answers, compiled.askable), key=effort)
    return tuple(tuple(sorted(one, key=order.__getitem__)) for one in found[:SETS])


def _criteria(
    compiled: Compiled, status: Mapping[str, Status], findings: Mapping[str, Finding]
) -> tuple[Criterion, ...]:
    conflicts = _conflicts(compiled.lines, findings)
    found = []
    for line in compiled.lines:
        finding = findings.get(line.id)
        found.append(
            Criterion(
                id=line.id,
                depth=line.depth,
                operator=line.operator,
                text=line.text,
                status=status[line.id],
                evidence=finding.evidence if finding else (),
                reason=(finding.reason if finding else _told(line, status))[:1000],
                citation=line.cite,
                conflict=line.id in conflicts,
            )
        )
    return tuple(found)


def _conflicts(lines: tuple[Line, ...], findings: Mapping[str, Finding]) -> set[str]:
    found = {name for name, finding in findings.items() if finding.conflict}
    for line in reversed(lines):
        if found & set(line.below):
            found.add(line.id)
    return found


def _told(line: Line, status: Mapping[str, Status]) -> str:
    below = [status[name] for name in line.below]
    if line.operator == "not":
        said = {"met": "It applies.", "not_met": "It does not apply.", "unknown": "It is open."}
        return said[below[0]]
    met, open_ = below.count("met"), below.count("unknown")
    return f"{met} of {len(below)} parts are met, {open_} are open."


def _gaps(
    compiled: Compiled,
    findings: Mapping[str, Finding],
    status: Status,
    sets: tuple[tuple[str, ...], ...],
    way: tuple[str, ...],
    answers: Mapping[str, Status],
) -> tuple[Gap, ...]:
    """What to ask for: the leaves of the smallest sets, else what stands in the closest way."""
    wanted = [name for one in sets for name in one]
    if status != "met" and not wanted:
        wanted = [name for name in way if answers[name] != "met"]
    wanted += [name for name, one in findings.items() if one.conflict]
    found = []
    for name in dict.fromkeys(wanted):
        leaf, finding = compiled.leaves[name], findings[name]
        if finding.gap and (leaf.ask or finding.conflict or status == "not_met"):
            ask = leaf.ask or f"Clarify in the record: {leaf.text}"
            found.append(Gap(criterion=name, kind=finding.gap, ask=ask[:500], of=leaf.of))
    return tuple(found)


def _facts(findings: Iterable[Finding], chart: Chart) -> tuple[Fact, ...]:
    known = {fact.id for fact in chart.facts}
    own = {
        voice.fact.id: voice.fact
        for finding in findings
        for voice in finding.voices
        if voice.own and voice.fact.id not in known
    }
    return tuple(own[name] for name in sorted(own))

"""The criteria as people read them: status, evidence, what was refused, and what they rest on."""

from collections.abc import Iterable, Mapping
from datetime import date

from nodes.assessment import Considered, Criterion, Status
from nodes.chart import Chart
from nodes.policy.finding import SHOWN, Finding, Refused
from nodes.policy.model import Policy
from nodes.policy.tree import Compiled, Line

NAMED, MOST = 5, 12


def gates(compiled: Compiled, status: Mapping[str, Status]) -> dict[str, Criterion]:
    """Word the criteria that are made of others."""
    return {
        line.id: Criterion(
            id=line.id,
            depth=line.depth,
            operator=line.operator,
            text=line.text,
            status=status[line.id],
            reason=_told(line, status),
            citation=line.cite,
            verification=line.verification,
            review_by=line.review_by,
        )
        for line in compiled.lines
        if line.id not in compiled.leaves
    }


def criteria(
    compiled: Compiled,
    made: Mapping[str, Criterion],
    status: Mapping[str, Status],
    findings: Mapping[str, Finding],
) -> tuple[Criterion, ...]:
    """List every criterion in reading order; a question asked again shows what the first shows."""
    conflicts = _conflicts(compiled.lines, findings)
    found = []
    for line in compiled.lines:
        finding = findings.get(line.below[0] if line.operator == "same_as" else line.id)
        if finding is not None:
            found.append(_answered(line, finding, status[line.id]))
        elif line.operator == "same_as":
            again = _again(line, compiled.lines, made, status, findings)
            found.append(again.model_copy(update={"conflict": line.id in conflicts}))
        elif line.id in conflicts:
            found.append(made[line.id].model_copy(update={"conflict": True}))
        else:
            found.append(made[line.id])
    return tuple(found)


def _again(
    line: Line,
    lines: tuple[Line, ...],
    made: Mapping[str, Criterion],
    status: Mapping[str, Status],
    findings: Mapping[str, Finding],
) -> Criterion:
    """A part asked again shows what makes it what it is: the leaves below that agree with it."""
    below = {one.id: one.below for one in lines}
    todo, leaves = [line.below[0]], []
    while todo:
        name = todo.pop(0)
        leaves += [findings[name]] if name in findings and status[name] == status[line.id] else []
        todo += below[name] if name not in findings else ()
    evidence = {(e.fact, e.speaks): e for finding in leaves for e in finding.evidence}
    reason = " ".join(dict.fromkeys(one.reason for one in leaves))
    return made[line.id].model_copy(
        update={
            "evidence": tuple(evidence.values())[:MOST],
            "reason": (reason or made[line.below[0]].reason)[:1000],
        }
    )


def _answered(line: Line, finding: Finding, status: Status) -> Criterion:
    return Criterion(
        id=line.id,
        depth=line.depth,
        operator=line.operator,
        text=line.text,
        status=status,
        evidence=finding.evidence,
        reason=finding.reason[:1000],
        citation=line.cite,
        verification=line.verification,
        review_by=line.review_by,
        considered=_considered(finding.refused) if finding.refused else (),
        conflict=finding.conflict,
    )


def warnings(
    policy: Policy,
    compiled: Compiled,
    way: Iterable[str],
    chart: Chart,
    as_of: date,
) -> tuple[str, ...]:
    """Say what a person should know before relying on it: old rules, unread texts, a cut chart."""
    lines = {line.id: line for line in compiled.lines}
    used = [lines[name] for name in way]
    found = []
    if policy.review_by < as_of:
        found.append(
            f"The policy file was to be reviewed by {policy.review_by}: check that it still holds."
        )
    old = [one for one in used if one.review_by and one.review_by < min(as_of, policy.review_by)]
    if old:
        found.append(f"Past the review date of their source: {_listed(old)}.")
    for mark, words in (
        ("unverified", "Rests on a source nobody has verified"),
        ("secondary", "Rests on a text about the source, not the source itself"),
    ):
        marked = [one for one in used if one.verification == mark]
        if marked:
            found.append(f"{words}: {_listed(marked)}.")
    cut = sum(1 for one in chart.manifest.searches if one.truncated)
    if cut:
        found.append(f"The chart is incomplete: {cut} of its searches were cut off.")
    lost = sum(1 for one in chart.manifest.searches if one.lost and not one.truncated)
    if lost:
        found.append(f"The chart is incomplete: {lost} of its searches lost something.")
    return tuple(one[:500] for one in found)


def _listed(lines: list[Line]) -> str:
    said = "; ".join(line.text.rstrip(".")[:80] for line in lines[:NAMED])
    return f"{said} and {len(lines) - NAMED} more" if len(lines) > NAMED else said


def _considered(refused: tuple[Refused, ...]) -> tuple[Considered, ...]:
    """Newest first, a fact once, as many as people read."""
    newest = sorted(refused, key=lambda one: (one.fact.id, one.why))
    newest.sort(key=lambda one: one.on or date.min, reverse=True)
    once: dict[str, Considered] = {}
    for one in newest:
        if one.fact.id not in once and len(once) < SHOWN:
            once[one.fact.id] = Considered(
                fact=one.fact.id, quote=one.fact.quote, on=one.on, refused=one.why[:500]
            )
    return tuple(once.values())


def _conflicts(lines: tuple[Line, ...], findings: Mapping[str, Finding]) -> set[str]:
    found = {name for name, finding in findings.items() if finding.conflict}
    for line in (*reversed(lines), *reversed(lines)) if found else ():
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

"""What is missing, in the order in which it is worth asking for, and what would turn the verdict.

Order: importance, times how often such a thing can be had, over what it costs. The two tables
are our choice, not measured; they order questions and decide nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nodes.assessment import Flip, Gap, NearMiss, Readiness, Status
from nodes.policy.addendum import addendum
from nodes.policy.closest import Path, closest
from nodes.policy.finding import Finding
from nodes.policy.importance import importance
from nodes.policy.index import Question
from nodes.policy.logic import statuses
from nodes.policy.near import near_miss
from nodes.policy.tree import AGAINST, EFFORT, Compiled
from nodes.policy.ways import from_met, missing, reversed_, to_met

SETS, FLIPS, TOLD = 8, 6, 4
OBTAINABLE = {"addendum": 0.9, "record": 0.8, "test": 0.6, "visit": 0.6, "treatment": 0.3}
FOUR = Decimal("0.0001")
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a verdict stands: what would complete it, what would turn it, and how far it is."""

    sets: tuple[Group, ...]
    gaps: tuple[Gap, ...]
    flips: tuple[Flip, ...]
    near: tuple[NearMiss, ...]
    way: Path
    readiness: Readiness


def standing(
    compiled: Compiled,
    findings: Mapping[str, Finding],
    answers: Mapping[str, Status],
    status: Status,
    question: Question,
) -> Standing:
    """Work out what is missing for a verdict, and what carries it."""
    way = closest(compiled.circuit, answers)
    sets: tuple[Group, ...] = ()
    if status == "met":
        flips = _carried(compiled, answers)
        wanted: tuple[str, ...] = ()
    else:
        sets = _sets(compiled, answers) if status == "unknown" else ()
        flips = _turned(compiled, answers)
        lacking = [name for name in way.leaves if answers[name] != "met"]
        wanted = tuple(dict.fromkeys(name for one in sets for name in one)) or tuple(lacking)
    return Standing(
        sets,
        _gaps(compiled, findings, answers, status, wanted),
        flips,
        _near(compiled, findings, status, (*way.leaves, *wanted), question),
        way,
        _readiness(way, status),
    )


def _readiness(way: Path, status: Status) -> Readiness:
    """Count the closest way; what is met whatever the open answers are has none open."""
    met = way.length - way.lacking
    required = met if status == "met" else way.length
    return Readiness(
        met=met,
        open=0 if status == "met" else way.lacking - way.contrary,
        contrary=0 if status == "met" else way.contrary,
        required=required,
        percent=met * 100 // required if required else 100,
    )


def _sets(compiled: Compiled, answers: Mapping[str, Status]) -> tuple[Group, ...]:
    """The smallest sets to ask for, the least effort first."""
    return _ordered(compiled, missing(compiled.circuit, answers, compiled.costs), compiled.costs)[
        :SETS
    ]


def _ordered(
    compiled: Compiled, sets: Iterable[frozenset[str]], costs: Mapping[str, int]
) -> tuple[Group, ...]:
    order = compiled.order
    groups = [tuple(sorted(one, key=order.__getitem__)) for one in sets]
    groups.sort(
        key=lambda one: (sum(costs[name] for name in one), len(one), [order[n] for n in one])
    )
    return tuple(groups)


def _gaps(
    compiled: Compiled,
    findings: Mapping[str, Finding],
    answers: Mapping[str, Status],
    status: Status,
    wanted: Sequence[str],
) -> tuple[Gap, ...]:
    """Order what to ask for; contradictions are asked about even where nothing hangs on them."""
    conflicts = [name for name, one in findings.items() if one.conflict]
    if not wanted and not conflicts:
        return ()
    told: dict[str, Status] = dict(answers)
    if status == "not_met":
        told |= dict.fromkeys(wanted, "unknown")
    weights = importance(compiled.tree, told)
    ranked = []
    for name in dict.fromkeys((*wanted, *conflicts)):
        leaf, finding, weight = compiled.leaves[name], findings[name], abs(weights[name])
        asked = leaf.ask or finding.conflict or status == "not_met"
        if finding.gap and asked and (weight or finding.conflict):
            worth = weight * OBTAINABLE[leaf.effort] / EFFORT[leaf.effort]
            ranked.append((-round(worth, 9), compiled.order[name], name, weight))
    return tuple(_gap(compiled, findings[one[2]], one[2], one[3]) for one in sorted(ranked))


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
        weight=min(Decimal(weight).quantize(FOUR), Decimal(1)),
    )


def _near(
    compiled: Compiled,
    findings: Mapping[str, Finding],
    status: Status,
    names: Iterable[str],
    question: Question,
) -> tuple[NearMiss, ...]:
    if status != "not_met":
        return ()
    order = sorted(set(names), key=compiled.order.__getitem__)
    found = (near_miss(compiled.leaves[name], findings[name], question) for name in order)
    return tuple(one for one in found if one is not None)


def _carried(compiled: Compiled, answers: Mapping[str, Status]) -> tuple[Flip, ...]:
    """What the verdict rests on: without it the criteria would no longer be met."""
    sets = _ordered(compiled, from_met(compiled.circuit, answers), dict.fromkeys(answers, 1))
    root, found = compiled.circuit.parts[-1].id, []
    for one in sets[:FLIPS]:
        to = statuses(compiled.circuit, reversed_(answers, one))[root]
        outcome = "not be met" if to == "not_met" else "be open"
        told = _if(compiled, answers, one, f"the policy would {outcome}")
        found.append(Flip(to=to, changes=one, told=told))
    return tuple(found)


def _turned(compiled: Compiled, answers: Mapping[str, Status]) -> tuple[Flip, ...]:
    """The least that would make it met, decided answers turned too; the least effort first."""
    costs = {
        name: cost + AGAINST * (answers[name] != "unknown")
        for name, cost in compiled.changes.items()
    }
    sets = _ordered(compiled, to_met(compiled.circuit, answers, costs), costs)
    return tuple(
        Flip(to="met", changes=one, told=_if(compiled, answers, one, "the policy would be met"))
        for one in sets[:FLIPS]
    )


def _if(compiled: Compiled, answers: Mapping[str, Status], names: Group, then: str) -> str:
    """Say which answers would have to be other ones."""
    laid = compiled.circuit
    said = []
    for name in names[:TOLD]:
        place, status = laid.leaves.index(name), answers[name]
        if status != "unknown":
            how = "did not hold" if status == "met" else "held"
        elif place in laid.mixed:
            how = "were settled"
        else:
            how = "were ruled out" if place in laid.against else "were shown"
        said.append(f"“{compiled.leaves[name].text.rstrip('.')[:90]}” {how}")
    more = f" and {len(names) - TOLD} more" if len(names) > TOLD else ""
    return f"If {' and '.join(said)}{more}, {then}."[:500]

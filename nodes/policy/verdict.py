"""The verdict on a policy's answers: all that follows from them alone, worked out once for each.

Statuses, what would complete it, what carries or would turn it, how far it is, and in what order
to ask: importance, times how often such a thing can be had, over what it costs. The two tables
are our choice, not measured; they order questions and decide nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nodes.assessment import Criterion, Flip, Readiness, Status
from nodes.policy.blocking import blocking
from nodes.policy.closest import Path, closest, unsettled
from nodes.policy.importance import importance
from nodes.policy.logic import statuses
from nodes.policy.told import gates
from nodes.policy.tree import AGAINST, EFFORT, Compiled
from nodes.policy.ways import from_met, missing, reversed_, to_met

KEPT = 1024
SETS, FLIPS, TOLD = 8, 6, 4
OBTAINABLE = {"addendum": 0.9, "record": 0.8, "test": 0.6, "visit": 0.6, "treatment": 0.3}
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What answers come to; ``asked`` is in the order of what asking is worth.

    ``unsettled`` are the leaves that are not as their place wants them, with what is wanted.
    """

    answers: Mapping[str, Status]
    parts: Mapping[str, Status]
    status: Status
    gates: Mapping[str, Criterion]
    blocking: Group
    way: Path
    readiness: Readiness
    sets: tuple[Group, ...]
    flips: tuple[Flip, ...]
    weights: Mapping[str, float]
    asked: Group
    unsettled: Mapping[str, bool]


@lru_cache(maxsize=KEPT)
def verdict(compiled: Compiled, told: tuple[Status, ...]) -> Verdict:
    """Work out what a policy's answers come to; ``told`` is in the order of its leaves."""
    answers = dict(zip(compiled.leaves, told, strict=True))
    parts = statuses(compiled.circuit, answers)
    status = parts[compiled.circuit.parts[-1].id]
    way = closest(compiled.circuit, answers, compiled.leaves.keys() - compiled.costs.keys())
    sets = _sets(compiled, answers) if status == "unknown" else ()
    flips = _carried(compiled, answers) if status == "met" else _turned(compiled, answers)
    wanted = _wanted(compiled, status, sets, flips, way)
    weights = _weights(compiled, answers, status, wanted)
    return Verdict(
        answers=answers,
        parts=parts,
        status=status,
        gates=gates(compiled, parts),
        blocking=blocking(compiled.circuit, answers, way),
        way=way,
        readiness=_readiness(way, status),
        sets=sets,
        flips=flips,
        weights=weights,
        asked=ranked(compiled, weights, wanted),
        unsettled=unsettled(compiled.tree, parts),
    )


def ranked(
    compiled: Compiled, weights: Mapping[str, float], names: Iterable[str]
) -> tuple[str, ...]:
    """Order leaves by what asking is worth; the policy's own order decides between equals."""

    def key(name: str) -> tuple[float, int]:
        effort = compiled.leaves[name].effort
        return -round(weights[name] * OBTAINABLE[effort] / EFFORT[effort], 9), compiled.order[name]

    return tuple(sorted(set(names), key=key))


def _wanted(
    compiled: Compiled,
    status: Status,
    sets: tuple[Group, ...],
    flips: tuple[Flip, ...],
    way: Path,
) -> Group:
    """The leaves of the smallest sets, else what the closest way lacks.

    Where the sets hold what the policy never asks for, also the least other change of what it
    does ask for: treatment that was short may be longer than the record shows.
    """
    if status != "unknown":
        return way.lacks if status == "not_met" else ()
    names = tuple(name for one in sets for name in one)
    if all(name in compiled.costs for name in names):
        return names or way.lacks
    other = (one.changes for one in flips if all(name in compiled.costs for name in one.changes))
    return (*names, *next(other, ()))


def _weights(
    compiled: Compiled, answers: Mapping[str, Status], status: Status, wanted: Group
) -> dict[str, float]:
    """How much each leaf would move the verdict; of one not met, once its way is open again."""
    if status == "met":
        return dict.fromkeys(answers, 0.0)
    again: Group = wanted if status == "not_met" else ()
    told: dict[str, Status] = {**answers, **dict.fromkeys(again, "unknown")}
    return {name: abs(weight) for name, weight in importance(compiled.spread, told).items()}


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
    """The smallest sets to ask for, the least effort first.

    Where none can be made of what the policy asks for, of all that is open: no dead end.
    """
    for costs in (compiled.costs, compiled.changes):
        found = missing(compiled.circuit, answers, costs)
        if found:
            return _ordered(compiled, found, costs)[:SETS]
    return ()


def _ordered(
    compiled: Compiled, sets: Iterable[frozenset[str]], costs: Mapping[str, int]
) -> tuple[Group, ...]:
    order = compiled.order
    groups = [tuple(sorted(one, key=order.__getitem__)) for one in sets]
    groups.sort(
        key=lambda one: (sum(costs[name] for name in one), len(one), [order[n] for n in one])
    )
    return tuple(groups)


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
    said: dict[str, list[str]] = {}
    for name in names[:TOLD]:
        place, status = laid.leaves.index(name), answers[name]
        if status != "unknown":
            how = "did not hold" if status == "met" else "held"
        elif place in laid.mixed:
            how = "were settled"
        else:
            how = "were ruled out" if place in laid.against else "were shown"
        said.setdefault(how, []).append(f"“{compiled.leaves[name].text.rstrip('.')[:90]}”")
    told = " and ".join(f"{' and '.join(texts)} {how}" for how, texts in said.items())
    more = f" and {len(names) - TOLD} more" if len(names) > TOLD else ""
    return f"If {told}{more}, {then}."[:500]

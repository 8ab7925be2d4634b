"""The way through a tree that is closest to met: what of it holds, lacks and is contradicted."""

from collections.abc import Mapping
from dataclasses import dataclass

from nodes.assessment import Status
from nodes.policy.logic import Circuit

Way = tuple[int, int, tuple[tuple[int, bool], ...]]


@dataclass(frozen=True, slots=True)
class Path:
    """The leaves of a way, each once; ``lacking`` counts all that do not hold, contrary or open."""

    contrary: int
    lacking: int
    length: int
    leaves: tuple[str, ...]


def closest(laid: Circuit, answers: Mapping[str, Status]) -> Path:
    """Choose, at every gate, the children that are closest to the wanted answer."""
    told = [answers.get(name, "unknown") for name in laid.leaves]
    _, _, steps = _way(laid, told, len(laid.parts) - 1, True)
    wanted = dict(steps)
    hits = [told[leaf] == ("met" if value else "not_met") for leaf, value in wanted.items()]
    open_ = [told[leaf] == "unknown" for leaf in wanted]
    lacking = len(hits) - sum(hits)
    names = tuple(laid.leaves[leaf] for leaf in sorted(wanted))
    return Path(lacking - sum(open_), lacking, len(hits), names)


def _way(laid: Circuit, told: list[Status], place: int, wanted: bool) -> Way:
    part = laid.parts[place]
    if part.need == 0:
        leaf = part.below[0]
        status = told[leaf]
        hit = status == ("met" if wanted else "not_met")
        return (not hit and status != "unknown"), not hit, ((leaf, wanted),)
    if part.need < 0:
        return _way(laid, told, part.below[0], not wanted)
    need = part.need if wanted else len(part.below) - part.need + 1
    ways = [_way(laid, told, child, wanted) for child in part.below]
    if need < len(ways):
        order = sorted(range(len(ways)), key=lambda n: (ways[n][0], ways[n][1], n))
        ways = [ways[n] for n in order[:need]]
    return (
        sum(way[0] for way in ways),
        sum(way[1] for way in ways),
        tuple(step for way in ways for step in way[2]),
    )

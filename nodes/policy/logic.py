"""Three-valued logic over a criteria tree, and the smallest sets of answers that would meet it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import reduce

from nodes.assessment import Status

LIMIT = 64
OPPOSITE: dict[Status, Status] = {"met": "not_met", "not_met": "met", "unknown": "unknown"}
Family = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A question answered from the chart."""

    id: str


@dataclass(frozen=True, slots=True)
class Gate:
    """At least ``need`` of the children: all of them, any one, or a number between."""

    id: str
    need: int
    children: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of the child; unknown stays unknown."""

    id: str
    child: "Tree"


Tree = Leaf | Gate | Not


def statuses(tree: Tree, answers: Mapping[str, Status]) -> dict[str, Status]:
    """Say the status of every part of a tree: strong Kleene logic.

    Of n children at least k: met when k are met, not met when even all the unknown ones would
    not make k, else unknown. A leaf without an answer is unknown.
    """
    found: dict[str, Status] = {}
    _status(tree, answers, found)
    return found


def missing(
    tree: Tree, answers: Mapping[str, Status], askable: Set[str], limit: int = LIMIT
) -> Family:
    """List the smallest sets of unknown leaves which, shown, would make the tree met.

    Only leaves in ``askable`` are asked for. Sorted by size; at most ``limit`` sets are kept at
    each part of the tree. Empty when nothing can make it met; the empty set when it is met.
    """
    return _need(tree, True, answers, askable, limit)


@dataclass(frozen=True, slots=True, order=True)
class Path:
    """The way through a tree that is closest to met: what still contradicts, lacks and holds."""

    contrary: int
    lacking: int
    length: int
    leaves: tuple[str, ...]

    def __add__(self, other: "Path") -> "Path":
        """Take both ways."""
        return Path(
            self.contrary + other.contrary,
            self.lacking + other.lacking,
            self.length + other.length,
            self.leaves + other.leaves,
        )


def closest(tree: Tree, answers: Mapping[str, Status], wanted: bool = True) -> Path:
    """Choose, at every gate, the children that are closest to the wanted answer."""
    if isinstance(tree, Leaf):
        status = answers.get(tree.id, "unknown")
        hit = status == ("met" if wanted else "not_met")
        return Path(int(not hit and status != "unknown"), int(not hit), 1, (tree.id,))
    if isinstance(tree, Not):
        return closest(tree.child, answers, not wanted)
    need = tree.need if wanted else len(tree.children) - tree.need + 1
    ways = sorted(
        ((closest(child, answers, wanted), place) for place, child in enumerate(tree.children)),
        key=lambda way: (way[0].contrary, way[0].lacking, way[1]),
    )
    chosen = sorted(ways[:need], key=lambda way: way[1])
    return reduce(Path.__add__, (way for way, _ in chosen), Path(0, 0, 0, ()))


def _status(tree: Tree, answers: Mapping[str, Status], found: dict[str, Status]) -> Status:
    if isinstance(tree, Leaf):
        status = answers.get(tree.id, "unknown")
    elif isinstance(tree, Not):
        status = OPPOSITE[_status(tree.child, answers, found)]
    else:
        below = [_status(child, answers, found) for child in tree.children]
        met, open_ = below.count("met"), below.count("unknown")
        status = "met" if met >= tree.need else "not_met" if met + open_ < tree.need else "unknown"
    found[tree.id] = status
    return status


def _need(
    tree: Tree, wanted: bool, answers: Mapping[str, Status], askable: Set[str], limit: int
) -> Family:
    if isinstance(tree, Not):
        return _need(tree.child, not wanted, answers, askable, limit)
    if isinstance(tree, Leaf):
        status = answers.get(tree.id, "unknown")
        if status == "unknown":
            return (frozenset({tree.id}),) if tree.id in askable else ()
        return (frozenset(),) if (status == "met") == wanted else ()
    need = tree.need if wanted else len(tree.children) - tree.need + 1
    families = [_need(child, wanted, answers, askable, limit) for child in tree.children]
    return _choose(families, need, limit)


def _choose(families: list[Family], need: int, limit: int) -> Family:
    """Choose ``need`` of the families in every way and join their sets."""
    ways: list[Family] = [(frozenset(),)] + [()] * need
    for family in families:
        for count in range(need, 0, -1):
            joined = {old | new for old in ways[count - 1] for new in family}
            ways[count] = smallest(joined | set(ways[count]), limit)
    return ways[need]


def smallest(sets: Set[frozenset[str]], limit: int = LIMIT) -> Family:
    """Drop every set that contains another one; smallest first, then by name."""
    kept: list[frozenset[str]] = []
    for candidate in sorted(sets, key=lambda one: (len(one), sorted(one))):
        if not any(other <= candidate for other in kept):
            kept.append(candidate)
            if len(kept) == limit:
                break
    return tuple(kept)

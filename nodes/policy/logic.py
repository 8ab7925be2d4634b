"""Three-valued logic over a criteria tree: what holds whatever the open answers turn out to be.

A leaf may stand at several places (the same question asked again, an exception beside several
criteria). Strong Kleene logic is then still exact as long as the leaf counts only for, or only
against; where one counts both for and against, all its answers are tried, up to ``MIXED`` open
leaves of that kind (beyond that the plain, more cautious Kleene status is given).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nodes.assessment import Status

MIXED = 12


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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a circuit: a gate with ``need``, a leaf (need 0), or a negation (need -1).

    ``below`` are the numbers of parts, or of a leaf the number of the leaf.
    """

    id: str
    need: int
    below: tuple[int, ...]
    overlapping: bool


@dataclass(frozen=True, slots=True)
class Circuit:
    """A tree with each repeated part once, those below before those above; the root is last."""

    parts: tuple[Part, ...]
    leaves: tuple[str, ...]
    mixed: tuple[int, ...]
    against: frozenset[int]


@lru_cache(maxsize=256)
def circuit(tree: Tree) -> Circuit:
    """Lay out a tree; ``mixed`` are the leaves that count for and against at once."""
    places: dict[Tree, int] = {}
    leaves: dict[str, int] = {}
    parts: list[Part] = []
    under: list[frozenset[int]] = []

    def place(one: Tree) -> int:
        if one in places:
            return places[one]
        need: int
        below: tuple[int, ...]
        if isinstance(one, Leaf):
            need, below = 0, (leaves.setdefault(one.id, len(leaves)),)
            held = [frozenset(below)]
        elif isinstance(one, Not):
            need, below = -1, (place(one.child),)
            held = [under[below[0]]]
        else:
            need, below = one.need, tuple(place(child) for child in one.children)
            held = [under[child] for child in below]
        union = frozenset().union(*held)
        parts.append(Part(one.id, need, below, sum(map(len, held)) > len(union)))
        under.append(union)
        places[one] = len(parts) - 1
        return places[one]

    place(tree)
    held = _polarity(parts)
    mixed = tuple(sorted(leaf for leaf, how in held.items() if how == 3))
    against = frozenset(leaf for leaf, how in held.items() if how == 2)
    return Circuit(tuple(parts), tuple(leaves), mixed, against)


def statuses(tree: Tree | Circuit, answers: Mapping[str, Status]) -> dict[str, Status]:
    """Say the status of every part: met or not met only when every completion agrees.

    Of n children at least k: met when k are met, not met when even all the unknown ones would
    not make k, else unknown. A leaf without an answer is unknown.
    """
    laid = tree if isinstance(tree, Circuit) else circuit(tree)
    told = [answers.get(name, "unknown") for name in laid.leaves]
    ones, shown, denied = scenarios(laid, told, 1)
    yes, no = decide(laid, shown, denied)
    return {
        part.id: "met" if yes[n] == ones else "not_met" if no[n] == ones else "unknown"
        for n, part in enumerate(laid.parts)
    }


def decide(
    laid: Circuit, shown: Sequence[int], denied: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Evaluate many scenarios at once, one in each bit: where each part is met, where not met."""
    yes: list[int] = []
    no: list[int] = []
    for part in laid.parts:
        need, below = part.need, part.below
        if need > 0:
            yes.append(_at_least(need, [yes[n] for n in below]))
            no.append(_at_least(len(below) - need + 1, [no[n] for n in below]))
        elif need:
            yes.append(no[below[0]])
            no.append(yes[below[0]])
        else:
            yes.append(shown[below[0]])
            no.append(denied[below[0]])
    return yes, no


def _at_least(need: int, masks: list[int]) -> int:
    if need == 1:
        found = 0
        for mask in masks:
            found |= mask
        return found
    if need == len(masks):
        found = -1
        for mask in masks:
            found &= mask
        return found
    counts = [-1] + [0] * need
    for mask in masks:
        for count in range(need, 0, -1):
            counts[count] |= counts[count - 1] & mask
    return counts[need]


def scenarios(
    laid: Circuit, told: Sequence[Status], times: int
) -> tuple[int, list[int], list[int]]:
    """Give a bit to every answer of the open mixed leaves, ``times`` over: all, met, not met."""
    tried = [leaf for leaf in laid.mixed if told[leaf] == "unknown"]
    if len(tried) > MIXED:
        tried = []
    ones = (1 << (times << len(tried))) - 1
    shown = [ones if status == "met" else 0 for status in told]
    denied = [ones if status == "not_met" else 0 for status in told]
    for place, leaf in enumerate(tried):
        denied[leaf] = ones // ((1 << (1 << place)) + 1)
        shown[leaf] = ones ^ denied[leaf]
    return ones, shown, denied


def _polarity(parts: Sequence[Part]) -> dict[int, int]:
    """Whether a leaf counts for (1), against (2) or both (3)."""
    found = [0] * len(parts)
    found[-1] = 1
    leaves: dict[int, int] = {}
    for part, how in _downward(parts, found):
        if not part.need:
            leaves[part.below[0]] = how
            continue
        swapped = (how & 1) << 1 | how >> 1
        for child in part.below:
            found[child] |= swapped if part.need < 0 else how
    return leaves


def _downward(parts: Sequence[Part], found: list[int]) -> Iterator[tuple[Part, int]]:
    for place in range(len(parts) - 1, -1, -1):
        yield parts[place], found[place]

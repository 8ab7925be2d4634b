"""How much each open answer would move the verdict: Birnbaum's importance, by Poisson-binomials.

Every open leaf is taken as equally likely met or not, whatever the patient: it is a count of the
ways in which things could turn out, no forecast. Exact where no part is repeated; a repeated part
is taken as met and as not met in turn, up to ``REPEATED`` of them (beyond that as if each place
were a question of its own).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from nodes.assessment import Status
from nodes.policy.logic import Circuit, Gate, Leaf, Not, Tree, circuit

REPEATED = 8
CHANCE: Mapping[Status, float] = {"met": 1.0, "not_met": 0.0, "unknown": 0.5}


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A tree in which parts that only repeat as a whole are leaves, with their own below."""

    laid: Circuit
    repeated: tuple[int, ...]
    modules: Mapping[str, "Spread"]


def importance(tree: Tree | Spread, answers: Mapping[str, Status]) -> dict[str, float]:
    """Say for each leaf: chance that the whole is met with it met, less that with it not met.

    Between -1 and 1; negative where its being met speaks against.
    """
    return _weights(tree if isinstance(tree, Spread) else spread(tree), answers)


def spread(tree: Tree) -> Spread:
    """Find what repeats: whole parts as one, and single leaves."""
    uses: dict[Tree, int] = {}
    _count(tree, uses)
    modules: dict[str, Spread] = {}
    laid = circuit(_cut(tree, uses, modules))
    places = [0] * len(laid.parts)
    places[-1] = 1
    repeated = set()
    for place in range(len(laid.parts) - 1, -1, -1):
        part = laid.parts[place]
        if part.need:
            for child in part.below:
                places[child] += places[place]
        elif places[place] > 1:
            repeated.add(part.below[0])
    return Spread(laid, tuple(sorted(repeated)), modules)


def _count(tree: Tree, uses: dict[Tree, int]) -> None:
    """Count in how many places each part stands."""
    uses[tree] = uses.get(tree, 0) + 1
    for child in _below(tree):
        _count(child, uses)


def _below(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, Gate):
        return tree.children
    return (tree.child,) if isinstance(tree, Not) else ()


def _cut(tree: Tree, uses: Mapping[Tree, int], modules: dict[str, Spread]) -> Tree:
    """Put a leaf in the place of each repeated part whose own parts stand nowhere else."""
    if isinstance(tree, Leaf):
        return tree
    if uses[tree] > 1 and _closed(tree, uses):
        name = f"{tree.id} as one"
        if name not in modules:
            modules[name] = spread(tree)
        return Leaf(name)
    if isinstance(tree, Not):
        return replace(tree, child=_cut(tree.child, uses, modules))
    return replace(tree, children=tuple(_cut(child, uses, modules) for child in tree.children))


def _closed(tree: Tree, uses: Mapping[Tree, int]) -> bool:
    inside: dict[Tree, int] = {}
    _count(tree, inside)
    return all(uses[part] == count * uses[tree] for part, count in inside.items())


def _weights(held: Spread, answers: Mapping[str, Status]) -> dict[str, float]:
    below = {name: _weights(one, answers) for name, one in held.modules.items()}
    chances = _chances(held, answers)
    own = _own(held, chances)
    found: dict[str, float] = {}
    for leaf, name in enumerate(held.laid.leaves):
        if name in below:
            found |= {inner: own[leaf] * weight for inner, weight in below[name].items()}
        else:
            found[name] = own[leaf]
    return found


def _chances(held: Spread, answers: Mapping[str, Status]) -> list[float]:
    return [
        _whole(held.modules[name], answers)
        if name in held.modules
        else CHANCE[answers.get(name, "unknown")]
        for name in held.laid.leaves
    ]


def _whole(held: Spread, answers: Mapping[str, Status]) -> float:
    chances, total = _chances(held, answers), 0.0
    for weight, fixed in _tried(held, chances):
        total += weight * _upward(held.laid, fixed)[-1]
    return total


def _own(held: Spread, chances: Sequence[float]) -> list[float]:
    """Sum over the answers of what repeats; for that itself met less not met."""
    repeated = held.repeated if len(held.repeated) <= REPEATED else ()
    if not repeated:
        return _downward(held.laid, _upward(held.laid, chances))
    found = [0.0] * len(chances)
    for values in product((0.0, 1.0), repeat=len(repeated)):
        fixed = list(chances)
        for leaf, value in zip(repeated, values, strict=True):
            fixed[leaf] = value
        odds = [chances[leaf] if fixed[leaf] else 1 - chances[leaf] for leaf in repeated]
        weights = [_product(odds[:place] + odds[place + 1 :]) for place in range(len(odds))]
        if any(weights):
            up = _upward(held.laid, fixed)
            slopes = _downward(held.laid, up)
            for leaf, slope in enumerate(slopes):
                found[leaf] += _product(odds) * slope * (leaf not in repeated)
            for leaf, weight in zip(repeated, weights, strict=True):
                found[leaf] += weight * up[-1] * (1 if fixed[leaf] else -1)
    return found


def _product(odds: Sequence[float]) -> float:
    weight = 1.0
    for chance in odds:
        weight *= chance
    return weight


def _tried(held: Spread, chances: Sequence[float]) -> list[tuple[float, list[float]]]:
    open_ = [leaf for leaf in held.repeated if 0 < chances[leaf] < 1]
    if len(open_) > REPEATED:
        open_ = []
    found = []
    for values in product((0.0, 1.0), repeat=len(open_)):
        fixed, weight = list(chances), 1.0
        for leaf, value in zip(open_, values, strict=True):
            fixed[leaf] = value
            weight *= chances[leaf] if value else 1 - chances[leaf]
        found.append((weight, fixed))
    return found


def _upward(laid: Circuit, chances: Sequence[float]) -> list[float]:
    """The chance of every part to be met."""
    found: list[float] = []
    for part in laid.parts:
        if part.need > 0:
            found.append(_at_least(part.need, [found[n] for n in part.below]))
        elif part.need:
            found.append(1 - found[part.below[0]])
        else:
            found.append(chances[part.below[0]])
    return found


def _downward(laid: Circuit, up: Sequence[float]) -> list[float]:
    """How the chance of the root changes with that of each leaf."""
    slopes = [0.0] * len(laid.parts)
    slopes[-1] = 1.0
    leaves = [0.0] * len(laid.leaves)
    for place in range(len(laid.parts) - 1, -1, -1):
        part, slope = laid.parts[place], slopes[place]
        if part.need == 0:
            leaves[part.below[0]] += slope
        elif part.need < 0:
            slopes[part.below[0]] -= slope
        elif slope:
            chances = [up[n] for n in part.below]
            for n, child in enumerate(part.below):
                others = chances[:n] + chances[n + 1 :]
                slopes[child] += slope * _exactly(part.need - 1, others)
    return leaves


def _at_least(need: int, chances: Sequence[float]) -> float:
    return _counts(need, chances)[need]


def _exactly(need: int, chances: Sequence[float]) -> float:
    """The chance that just so many are met."""
    if need == 0:
        return _product([1 - chance for chance in chances])
    if need == len(chances):
        return _product(chances)
    return _counts(need + 1, chances)[need]


def _counts(most: int, chances: Sequence[float]) -> list[float]:
    """The Poisson-binomial distribution; its last entry is that of ``most`` or more."""
    counts = [1.0] + [0.0] * most
    for chance in chances:
        counts[most] += counts[most - 1] * chance
        for count in range(most - 1, 0, -1):
            counts[count] += (counts[count - 1] - counts[count]) * chance
        counts[0] *= 1 - chance
    return counts

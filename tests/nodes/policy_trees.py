"""Random criteria trees, with questions asked twice and both ways, and their truth tables."""

from itertools import combinations, product
from random import Random

from nodes.policy.logic import Gate, Leaf, Not

STATUSES = ("met", "not_met", "unknown")


class Grower:
    """Grows a tree; with ``once`` no leaf stands at two places."""

    def __init__(self, random, most, once):
        self.random, self.once, self.count = random, once, iter(range(1000))
        self.names = [f"l{n}" for n in range(random.randint(1, most))]
        self.left = list(self.names)

    def leaf(self):
        if self.left and (self.once or self.random.random() < 0.75):
            return Leaf(self.left.pop())
        return None if self.once else Leaf(self.random.choice(self.names))

    def gate(self, level):
        tries = range(self.random.randint(1, 4))
        below = tuple(filter(None, (self.build(level - 1) for _ in tries)))
        if below and self.random.random() < 0.15 and not self.once:
            below += (self.random.choice(below),)
        need = self.random.randint(1, max(len(below), 1))
        return Gate(f"gate{next(self.count)}", need, below) if below else None

    def build(self, level):
        kind = self.random.random()
        if level == 0 or kind < 0.3:
            return self.leaf()
        if kind < 0.45:
            child = self.build(level - 1)
            return child and Not(f"not{next(self.count)}", child)
        return self.gate(level)


def grown(seed, most=7, once=False):
    """A tree with up to ``most`` leaves, some of them at several places, and answers for them."""
    random = Random(seed)
    tree = Grower(random, most, once).build(3)
    bias = random.choice((0.2, 0.5, 0.9))
    told = {
        name: "unknown" if random.random() < bias else random.choice(STATUSES)
        for name in sorted(set(leaves(tree)))
    }
    return tree, told


def leaves(tree):
    """The leaves of a tree in order, repeated ones again."""
    if isinstance(tree, Leaf):
        return [tree.id]
    below = [tree.child] if isinstance(tree, Not) else tree.children
    return [leaf for child in below for leaf in leaves(child)]


def truth(tree, known):
    """Whether a tree is met, all answers known."""
    if isinstance(tree, Leaf):
        return known[tree.id]
    if isinstance(tree, Not):
        return not truth(tree.child, known)
    return sum(truth(child, known) for child in tree.children) >= tree.need


class Table:
    """Every completion of a tree, tried one by one."""

    def __init__(self, tree):
        self.names = sorted(set(leaves(tree)))
        self.rows = {
            values: truth(tree, dict(zip(self.names, values, strict=True)))
            for values in product((False, True), repeat=len(self.names))
        }

    def outcomes(self, told):
        """What the whole turns out to be over all completions of what is told."""
        fixed = [None if told[n] == "unknown" else told[n] == "met" for n in self.names]
        return [
            met
            for values, met in self.rows.items()
            if all(f is None or f == v for f, v in zip(fixed, values, strict=True))
        ]

    def status(self, told):
        """Met or not met when every completion agrees."""
        found = set(self.outcomes(told))
        return "unknown" if len(found) == 2 else "met" if found == {True} else "not_met"

    def can_be_met(self, told, names):
        """Whether some answers to these alone make it met."""
        return any(
            self.status(told | dict(zip(names, values, strict=True))) == "met"
            for values in product(("met", "not_met"), repeat=len(names))
        )


def minimal(names, does):
    """The smallest subsets for which something holds; none contains another."""
    found = []
    for size in range(len(names) + 1):
        for chosen in combinations(sorted(names), size):
            if not any(one <= set(chosen) for one in found) and does(chosen):
                found.append(frozenset(chosen))
    return set(found)

"""Which parts of a tree can change its outcome at all, by all ways in which questions turn out."""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import and_, or_

from nodes.policy.logic import Gate, Leaf, Not, Tree

MOST, WORK = 14, 500_000


def needless(tree: Tree, keys: Mapping[str, str]) -> list[str]:
    """List the outermost parts that never matter; waivers by the name of the gate they make.

    ``keys`` says which questions are one and the same. Every way of answering is tried at once,
    as bits of one long number. With more than 14 different questions, or a tree whose counting
    takes too long, nothing is said: what stands beside each other is compared elsewhere.
    """
    names = sorted(set(keys.values()))
    if len(names) > MOST or (len(names) == len(keys) and not _waived(tree)):
        return []
    if _work(tree) * len(list(_parts(tree))) > WORK:
        return []
    table = _Table(names, keys)
    whole, found = table.value(tree, None, 0), list[str]()
    for part in _parts(tree):
        if any(name in found for name in part[1]):
            continue
        if _matters(table, tree, part[0], whole):
            continue
        found.append(part[0].id)
    return found


class _Table:
    """A number per question whose bits are its answer in every way of answering."""

    def __init__(self, names: list[str], keys: Mapping[str, str]) -> None:
        self.size = 1 << len(names)
        self.ones = (1 << self.size) - 1
        self.columns = {name: self._column(place) for place, name in enumerate(names)}
        self.keys = keys

    def _column(self, place: int) -> int:
        run = 1 << place
        column, length = ((1 << run) - 1) << run, run * 2
        while length < self.size:
            column |= column << length
            length *= 2
        return column

    def value(self, tree: Tree, fixed: Tree | None, to: int) -> int:
        """The outcomes of a tree, one part of it given; a waiver gate: as it is unwaived."""
        if tree is fixed:
            return to
        if isinstance(tree, Leaf):
            return self.columns[self.keys[tree.id]]
        if isinstance(tree, Not):
            return self.ones ^ self.value(tree.child, fixed, to)
        below = [self.value(child, fixed, to) for child in tree.children]
        if tree.need in (1, len(below)):
            return reduce(or_ if tree.need == 1 else and_, below)
        ways = [self.ones] + [0] * tree.need
        for told in below:
            for count in range(tree.need, 0, -1):
                ways[count] |= ways[count - 1] & told
        return ways[tree.need]


def _matters(table: _Table, tree: Tree, part: Tree, whole: int) -> bool:
    if part.id.endswith("+waiver") and isinstance(part, Gate):
        bare = table.value(part.children[0], None, 0)
        return table.value(tree, part, bare) != whole
    return table.value(tree, part, table.ones) != table.value(tree, part, 0)


def _parts(tree: Tree, above: tuple[str, ...] = ()) -> Iterator[tuple[Tree, tuple[str, ...]]]:
    """Every part below the root with the names above it, outermost first."""
    below = (
        tree.children if isinstance(tree, Gate) else (tree.child,) if isinstance(tree, Not) else ()
    )
    for child in below:
        yield child, (*above, tree.id)
        yield from _parts(child, (*above, tree.id))


def _work(tree: Tree) -> int:
    """Count the steps that one outcome takes."""
    gates = [one for one in (tree, *(part for part, _ in _parts(tree))) if isinstance(one, Gate)]
    counted = (one.need not in (1, len(one.children)) for one in gates)
    return sum(
        len(one.children) * (one.need if some else 1)
        for one, some in zip(gates, counted, strict=True)
    )


def _waived(tree: Tree) -> bool:
    return any(part.id.endswith("+waiver") for part, _ in _parts(tree))

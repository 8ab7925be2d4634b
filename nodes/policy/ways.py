"""The smallest sets of answers that would turn a tree: by algebra from the leaves up.

A set is a number whose bits are leaves, beside its cost; a family is a list of them, cheapest
first. Exact up to ``CAP`` sets at each part, ``TRIED`` leaves that count both for and against
(their answers are tried one by one) and ``PAIRS`` sets joined where parts share leaves; beyond
that what is given still turns the tree, but a smaller set may be missed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nodes.assessment import Status
from nodes.policy.logic import Circuit, statuses

CAP = 64
TRIED = 6
PAIRS, FEW = 200_000, 8
Sets = list[tuple[int, int]]
NEVER: Sets = []
FREE: Sets = [(0, 0)]


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be done about a leaf: leave it open, or have it met or not met at a price.

    ``met`` and ``unmet``: None when it cannot be so, 0 for free, else what the change costs.
    """

    met: int | None
    unmet: int | None
    open: bool = False


def missing(
    laid: Circuit, answers: Mapping[str, Status], costs: Mapping[str, int]
) -> list[frozenset[str]]:
    """List the smallest sets of unknown leaves which, shown, would make the whole met.

    Only leaves in ``costs`` are asked for; cheapest first. None when nothing can make it met;
    the empty set when it is met.
    """
    choices = []
    for name in laid.leaves:
        status, cost = answers.get(name, "unknown"), costs.get(name)
        if status == "unknown":
            choices.append(Choice(cost, cost, open=True))
        else:
            choices.append(_fixed(status))
    return _Search(laid, choices, True).found()


def to_met(
    laid: Circuit, answers: Mapping[str, Status], costs: Mapping[str, int]
) -> list[frozenset[str]]:
    """List the smallest sets of leaves, decided ones too, whose other answers would make it met.

    A decided leaf that counts both ways is left as it is where there are more than ``TRIED``.
    """
    choices = []
    kept = frozenset(laid.mixed if len(laid.mixed) > TRIED else ())
    for place, name in enumerate(laid.leaves):
        status, cost = answers.get(name, "unknown"), costs[name]
        if status == "unknown":
            choices.append(Choice(cost, cost, open=True))
        else:
            choices.append(_fixed(status, None if place in kept else cost))
    return _Search(laid, choices, True).found()


def from_met(laid: Circuit, answers: Mapping[str, Status]) -> list[frozenset[str]]:
    """List the smallest sets of decided leaves whose opposite answers would leave it no longer met.

    These are what carries the verdict: a set of one alone does.
    """
    choices = []
    for name in laid.leaves:
        status = answers.get(name, "unknown")
        choices.append(Choice(0, 0) if status == "unknown" else _fixed(status, 1))
    root, found = laid.parts[-1].id, _Search(laid, choices, False).found()
    if len(laid.mixed) <= TRIED:
        return found
    return [one for one in found if statuses(laid, reversed_(answers, one))[root] != "met"]


def reversed_(answers: Mapping[str, Status], names: Iterable[str]) -> dict[str, Status]:
    """Give answers with some decided ones turned into their opposites."""
    turned: dict[str, Status] = {
        name: "not_met" if answers[name] == "met" else "met" for name in names
    }
    return {**answers, **turned}


def _fixed(status: Status, change: int | None = None) -> Choice:
    return Choice(0, change) if status == "met" else Choice(change, 0)


class _Search:
    """One search: what is wanted of the root, and what may be done about each leaf."""

    def __init__(self, laid: Circuit, choices: Sequence[Choice], wanted: bool) -> None:
        self.laid, self.choices, self.wanted = laid, choices, wanted
        self.count = len(laid.leaves)
        self.low = (1 << self.count) - 1
        self.price = [max(one.met or 0, one.unmet or 0) for one in choices]
        self.table = [self._row(leaf) for leaf in range(self.count)]
        tried = [leaf for leaf in laid.mixed if self._undecided(choices[leaf])]
        tried.sort(key=lambda leaf: choices[leaf].open)
        self.tried = tried if len(tried) <= TRIED else []
        self.left = PAIRS
        self.memo: dict[tuple[int, bool], Sets] = {}

    def found(self) -> list[frozenset[str]]:
        sets = self._try(tuple(self.tried))
        if self.laid.mixed:
            sets = self._smallest([(0, (one | one >> self.count) & self.low) for _, one in sets])
        names = self.laid.leaves
        return [
            frozenset(names[n] for n in range(self.count) if one >> n & 1)
            for _, one in sorted(sets)
        ]

    def _undecided(self, choice: Choice) -> bool:
        return choice.open or (choice.met is not None and choice.unmet is not None)

    def _bit(self, leaf: int, value: bool) -> int:
        """A leaf that counts both ways has a bit for each answer, when it may stay open."""
        both = self.choices[leaf].open and leaf in self.laid.mixed and not value
        return 1 << (leaf + self.count if both else leaf)

    def _row(self, leaf: int) -> tuple[Sets, Sets]:
        """Families that have a leaf not met, and met."""
        choice = self.choices[leaf]
        return (
            self._paid(choice.unmet, self._bit(leaf, False)),
            self._paid(choice.met, self._bit(leaf, True)),
        )

    def _paid(self, cost: int | None, bit: int) -> Sets:
        if cost is None:
            return NEVER
        return [(cost, bit)] if cost else FREE

    def _try(self, rest: tuple[int, ...]) -> Sets:
        """Try the answers of leaves that count both ways, and leaving them open."""
        if not rest:
            self.memo = {}
            return self._family(len(self.laid.parts) - 1, self.wanted)
        leaf, *others = rest
        row = self.table[leaf]
        self.table[leaf] = (FREE, NEVER)
        unmet = self._try(tuple(others)) if row[0] or self.choices[leaf].open else NEVER
        self.table[leaf] = (NEVER, FREE)
        met = self._try(tuple(others)) if row[1] or self.choices[leaf].open else NEVER
        self.table[leaf] = row
        found = [*self._joined(row[0], unmet), *self._joined(row[1], met)]
        if self.choices[leaf].open:
            found += self._joined(unmet, met)
        return self._smallest(found)

    def _family(self, place: int, wanted: bool) -> Sets:
        part = self.laid.parts[place]
        if part.need == 0:
            return self.table[part.below[0]][wanted]
        if part.need < 0:
            return self._family(part.below[0], not wanted)
        known = self.memo.get((place, wanted))
        if known is None:
            known = self.memo[place, wanted] = self._gate(
                part.need if wanted else len(part.below) - part.need + 1,
                [self._family(child, wanted) for child in part.below],
                part.overlapping,
            )
        return known

    def _gate(self, need: int, families: list[Sets], overlapping: bool) -> Sets:
        """Choose enough of the families in every way; those that are free first."""
        paid = [one for one in families if one and one[0][1]]
        need -= sum(1 for one in families if one and not one[0][1])
        if need <= 0:
            return FREE
        if len(paid) < need:
            return NEVER
        if need == 1:
            every = [one for family in paid for one in family]
            return self._smallest(every) if overlapping else sorted(every)[:CAP]
        ways: list[Sets] = [FREE] + [NEVER] * need
        for place, family in enumerate(paid):
            least = max(need - (len(paid) - place - 1), 1)
            for count in range(need, least - 1, -1):
                if overlapping:
                    joined = self._joined(ways[count - 1], family)
                    ways[count] = self._smallest([*ways[count], *joined])
                else:
                    joined = _apart(ways[count - 1], family)
                    ways[count] = sorted([*ways[count], *joined])[:CAP]
        return ways[need]

    def _joined(self, one: Sets, other: Sets) -> Sets:
        """Take a set of each; both answers of one leaf at once are no way."""
        count, low = self.count, self.low
        if len(one) * len(other) > self.left:
            one, other = one[:FEW], other[:FEW]
        self.left -= len(one) * len(other)
        masks = {a | b for _, a in one for _, b in other}
        return [(0, both) for both in masks if not both & (both >> count) & low]

    def _smallest(self, sets: Sets) -> Sets:
        """Drop every set that contains another one."""
        kept: Sets = []
        for cost, one in sorted({(self._cost(one), one) for _, one in sets}):
            if not any(other & one == other for _, other in kept):
                kept.append((cost, one))
                if len(kept) == CAP:
                    break
        return kept

    def _cost(self, one: int) -> int:
        one = (one | one >> self.count) & self.low
        total = 0
        while one:
            first = one & -one
            total += self.price[first.bit_length() - 1]
            one ^= first
        return total


def _apart(one: Sets, other: Sets) -> Sets:
    """Join families that share no leaf: the cheapest ``CAP`` pairs are among these."""
    found = []
    for place, (cost, mask) in enumerate(one):
        for more, bits in other[: CAP // (place + 1)]:
            found.append((cost + more, mask | bits))
    found.sort()
    return found[:CAP]

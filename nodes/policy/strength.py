"""Whether a change of a policy makes it stricter or looser, decided from its structure.

Two things are followed for every part: the charts on which it is met, and those on which it is
not met. A change makes each of them the same, fewer, more, or unclear. ``all`` loses met charts
with one more child and ``any`` gains; ``not`` swaps the two; an exclusion is a ``not`` at the
root, and a waived criterion is "itself or the waiver". What can only lose met charts at the root
tightens; all else can loosen. What the question is called, cites or asks for does not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from nodes.policy.fields import Move, Shift, both, leaf_shift
from nodes.policy.leaf import LeafBase
from nodes.policy.model import Policy
from nodes.policy.parts import All, AnyNode, AnyOf, AtLeast, Negated, Same, children, walk

STRICTER, LOOSER = Shift("fewer", "more"), Shift("more", "fewer")
SAME, UNCLEAR = Shift("same", "same"), Shift("unclear", "unclear")


@dataclass(frozen=True)
class Strength:
    """How a policy changed: as a whole, and part by part."""

    whole: Shift
    parts: Mapping[str, Shift]

    @property
    def tightens(self) -> bool:
        """Nothing that was not met before can be met now."""
        return self.whole.met in ("same", "fewer")


def compare(old: Policy, new: Policy) -> Strength:
    """Compare two versions; parts are the same part when they have the same id."""
    both_ways = _Both(old, new)
    found = both_ways.grown(old.criteria, new.criteria)
    before = {one.id: one for one in old.exclusions}
    after = {one.id: one for one in new.exclusions}
    for name in before.keys() | after.keys():
        if name in before and name in after:
            shift = both_ways.grown(before[name], after[name])
            found = both(found, Shift(shift.not_met, shift.met))
        else:
            found = both(found, STRICTER if name in after else LOOSER)
    return Strength(found, both_ways.seen)


class _Both:
    """The parts of both versions by id, and the shift of every part compared so far."""

    def __init__(self, old: Policy, new: Policy) -> None:
        self.policies = old, new
        self.before, self.after = (
            {part.id: part for root in one.roots for part in walk(root)} for one in (old, new)
        )
        self.seen: dict[str, Shift] = {}

    def grown(self, old: AnyNode, new: AnyNode) -> Shift:
        """Compare a part together with what waives it."""
        before, after = (self.waivers(one, part.id) for one, part in ((0, old), (1, new)))
        found = self.bare(old, new)
        for name in before.keys() | after.keys():
            if name in before and name in after:
                found = both(found, self.bare(before[name], after[name]))
            else:
                found = both(found, LOOSER if name in after else STRICTER)
        return found

    def waivers(self, which: int, name: str) -> dict[str, AnyNode]:
        """List what waives a part, by the id of the exception."""
        exceptions = self.policies[which].exceptions
        return {one.criterion.id: one.criterion for one in exceptions if name in one.waives}

    def bare(self, old: AnyNode, new: AnyNode) -> Shift:
        """Compare a part without what waives it."""
        found = self.kind(old, new)
        if old.id == new.id:
            self.seen[new.id] = found
        return found

    def kind(self, old: AnyNode, new: AnyNode) -> Shift:
        if isinstance(old, LeafBase) and isinstance(new, LeafBase):
            return leaf_shift(old, new, *self.policies)
        if isinstance(old, Same) and isinstance(new, Same):
            if old.same_as != new.same_as:
                return UNCLEAR
            return self.bare(self.before[old.same_as], self.after[new.same_as])
        if isinstance(old, Negated) and isinstance(new, Negated):
            below = self.below(old, new)
            return Shift(below.not_met, below.met)
        return self.gates(old, new)

    def gates(self, old: AnyNode, new: AnyNode) -> Shift:
        """Compare two gates; the same way of counting, or the same parts counted otherwise."""
        if not (isinstance(old, All | AnyOf | AtLeast) and isinstance(new, All | AnyOf | AtLeast)):
            return self.wrapped(old, new)
        if type(old) is not type(new):
            names = {one.id for one in children(old)} ^ {one.id for one in children(new)}
            if names:
                return UNCLEAR
        counted: Move = "same"
        before, after = _need(old), _need(new)
        if type(old) is not type(new) or isinstance(new, AtLeast):
            counted = "same" if before == after else "fewer" if after > before else "more"
        return both(Shift(counted, _opposite(counted)), self.below(old, new))

    def wrapped(self, old: AnyNode, new: AnyNode) -> Shift:
        """Compare a part with a gate that now holds it, or that held it before."""
        inside = {one.id: one for one in children(new)}
        if old.id in inside and isinstance(new, All | AnyOf):
            around = SAME if len(inside) == 1 else STRICTER if isinstance(new, All) else LOOSER
            return both(around, self.grown(old, inside[old.id]))
        held = {one.id: one for one in children(old)}
        if new.id in held and isinstance(old, All | AnyOf):
            around = SAME if len(held) == 1 else LOOSER if isinstance(old, All) else STRICTER
            return both(around, self.grown(held[new.id], new))
        return UNCLEAR

    def below(self, old: AnyNode, new: AnyNode) -> Shift:
        """Compare the children; one more makes ``all`` stricter and any other gate looser."""
        before = {one.id: one for one in children(old)}
        after = {one.id: one for one in children(new)}
        if isinstance(new, Negated) and before.keys() != after.keys():
            return UNCLEAR
        more = STRICTER if isinstance(new, All) else LOOSER
        less = LOOSER if isinstance(new, All) else STRICTER
        shifts = [more for name in after if name not in before]
        shifts += [less for name in before if name not in after]
        shifts += [self.grown(before[name], after[name]) for name in before if name in after]
        return reduce(both, shifts, SAME)


def _need(gate: AnyNode) -> int:
    if isinstance(gate, AtLeast):
        return gate.at_least
    return len(children(gate)) if isinstance(gate, All) else 1


def _opposite(move: Move) -> Move:
    moves: dict[Move, Move] = {"fewer": "more", "more": "fewer"}
    return moves.get(move, move)

"""Which parts of a tree imply each other, and which can never both be met."""

from collections.abc import Mapping
from typing import Any

from nodes.audit import canonical
from nodes.policy.fields import SAID_ONLY, leaf_shift
from nodes.policy.leaf import LeafBase
from nodes.policy.leaves import ObservationLatest, VisitAfter
from nodes.policy.leaves_people import Age, PatientSex
from nodes.policy.model import Policy
from nodes.policy.parts import All, AnyNode, AnyOf, Negated, Same, children, walk

RANGED = {"cmp", "value"}


def parts_by_id(policy: Policy) -> Mapping[str, AnyNode]:
    """All parts of the criteria, exclusions and exceptions."""
    return {part.id: part for root in policy.roots for part in walk(root)}


def settled(leaf: LeafBase, policy: Policy, without: frozenset[str] = frozenset()) -> str:
    """Write what a question asks one way only, whatever it is called."""
    told = leaf.model_dump(mode="json", by_alias=True)
    kept = {name: told[name] for name in told if name not in SAID_ONLY | without}
    return canonical(kept).decode()


class Implied:
    """What follows from what in one policy; every pair of parts is looked at once."""

    def __init__(self, policy: Policy) -> None:
        """Look at a policy."""
        self.policy, self.parts = policy, parts_by_id(policy)
        self._known: dict[tuple[str, str], bool] = {}

    def implies(self, one: AnyNode, other: AnyNode) -> bool:
        """Say whether the other is surely met whenever the one is."""
        pair = (one.id, other.id)
        if pair not in self._known:
            self._known[pair] = self._follows(self._plain(one), self._plain(other))
        return self._known[pair]

    def contradict(self, one: AnyNode, other: AnyNode) -> bool:
        """Say whether two parts can surely never both be met."""
        one, other = self._plain(one), self._plain(other)
        if isinstance(one, Negated):
            return self.implies(other, one.negated)
        if isinstance(other, Negated):
            return self.implies(one, other.negated)
        if not (isinstance(one, LeafBase) and isinstance(other, LeafBase)):
            return False
        if isinstance(one, PatientSex) and isinstance(other, PatientSex):
            return one.is_ != other.is_
        low, high = _range(one, self.policy), _range(other, self.policy)
        if low is None or high is None or low[0] != high[0]:
            return False
        return _below(low[1], high[1]) or _below(high[1], low[1])

    def _follows(self, one: AnyNode, other: AnyNode) -> bool:
        if isinstance(one, LeafBase) and isinstance(other, LeafBase):
            shift = leaf_shift(one, other, self.policy, self.policy)
            return shift.met in ("same", "more")
        if isinstance(other, All):
            return all(self.implies(one, part) for part in other.all)
        if isinstance(one, AnyOf):
            return all(self.implies(part, other) for part in one.any)
        if isinstance(one, All) and any(self.implies(part, other) for part in one.all):
            return True
        if isinstance(other, AnyOf):
            return any(self.implies(one, part) for part in other.any)
        return False

    Range = tuple[str, tuple[Any, bool, Any, bool]]

    def _plain(self, part: AnyNode) -> AnyNode:
        """A gate of one part is that part; a repetition is the part that it repeats."""
        while True:
            below = children(part)
            if isinstance(part, Same):
                part = self.parts[part.same_as]
            elif isinstance(part, All | AnyOf) and len(below) == 1:
                part = below[0]
            else:
                return part


def impossible(leaf: LeafBase) -> str | None:
    """Say why a question can never be answered met."""
    if isinstance(leaf, Age) and (leaf.at_least or 0) > _or(leaf.at_most, 999):
        return "its least age is above its greatest"
    if isinstance(leaf, Age) and leaf.at_least is None and leaf.at_most is None:
        return "it sets no age"
    if isinstance(leaf, VisitAfter) and leaf.first_day > _or(leaf.last_day, 9999):
        return "its first day is after its last"
    return None


def _or(value: int | None, other: int) -> int:
    return other if value is None else value


Range = tuple[str, tuple[Any, bool, Any, bool]]


def _range(leaf: LeafBase, policy: Policy) -> Range | None:
    """What is measured, and between which limits: low, whether it counts, high, whether it counts.

    Only one value is meant by the latest; of visits and ages each is one as well.
    """
    told: Any = leaf
    if isinstance(leaf, Age):
        return "age", (_or(leaf.at_least, 0), True, _or(leaf.at_most, 999), True)
    if isinstance(leaf, VisitAfter):
        return None
    if isinstance(leaf, ObservationLatest) or getattr(leaf, "op", "") == "derived":
        name = settled(leaf, policy, frozenset({*RANGED, "window", "when_absent"}))
        if told.cmp[0] == ">":
            return name, (told.value, told.cmp == ">=", None, True)
        return name, (None, True, told.value, told.cmp == "<=")
    return None


def _below(one: tuple[Any, bool, Any, bool], other: tuple[Any, bool, Any, bool]) -> bool:
    """Say whether all of one lies below the other."""
    top, top_counts, bottom, bottom_counts = one[2], one[3], other[0], other[1]
    if top is None or bottom is None:
        return False
    return bool(top < bottom or (top == bottom and not (top_counts and bottom_counts)))

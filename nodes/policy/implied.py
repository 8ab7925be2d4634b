"""Which parts of a tree imply each other, and which can never both be met."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from nodes.audit import canonical
from nodes.policy.fields import SAID_ONLY, leaf_shift
from nodes.policy.leaf import LeafBase
from nodes.policy.leaves import ObservationLatest, VisitAfter
from nodes.policy.leaves_people import Age, PatientSex
from nodes.policy.model import Policy
from nodes.policy.parts import All, AnyNode, AnyOf, Negated, Same, children, walk

LEAST = timedelta(0)
RANGED = {"cmp", "value"}


def parts_by_id(policy: Policy) -> Mapping[str, AnyNode]:
    """All parts of the criteria, exclusions and exceptions."""
    return {part.id: part for root in policy.roots for part in walk(root)}


def settled(leaf: LeafBase, policy: Policy, without: frozenset[str] = frozenset()) -> str:
    """Write what a question asks one way only, whatever it is called."""
    told = leaf.model_dump(mode="json", by_alias=True)
    kept = {name: told[name] for name in told if name not in SAID_ONLY | without}
    return canonical(kept).decode()


def implies(one: AnyNode, other: AnyNode, policy: Policy) -> bool:
    """Say whether the other is surely met whenever the one is."""
    one, other = _plain(one, policy), _plain(other, policy)
    if isinstance(one, LeafBase) and isinstance(other, LeafBase):
        shift = leaf_shift(one, other, policy, policy)
        return shift.met in ("same", "more")
    if isinstance(other, All):
        return all(implies(one, part, policy) for part in other.all)
    if isinstance(one, AnyOf):
        return all(implies(part, other, policy) for part in one.any)
    if isinstance(one, All) and any(implies(part, other, policy) for part in one.all):
        return True
    if isinstance(other, AnyOf):
        return any(implies(one, part, policy) for part in other.any)
    return False


def contradict(one: AnyNode, other: AnyNode, policy: Policy) -> bool:
    """Say whether two parts can surely never both be met."""
    one, other = _plain(one, policy), _plain(other, policy)
    if isinstance(one, Negated):
        return implies(other, one.negated, policy)
    if isinstance(other, Negated):
        return implies(one, other.negated, policy)
    if not (isinstance(one, LeafBase) and isinstance(other, LeafBase)) or type(one) is not type(
        other
    ):
        return False
    if isinstance(one, PatientSex) and isinstance(other, PatientSex):
        return one.is_ != other.is_
    low, high = _range(one, policy), _range(other, policy)
    return low is not None and high is not None and low[0] == high[0] and _apart(low[1], high[1])


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


def _plain(part: AnyNode, policy: Policy) -> AnyNode:
    """A gate of one part is that part; a repetition is the part that it repeats."""
    while True:
        below = children(part)
        if isinstance(part, Same):
            part = parts_by_id(policy)[part.same_as]
        elif isinstance(part, All | AnyOf) and len(below) == 1:
            part = below[0]
        else:
            return part


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


def _apart(one: tuple[Any, bool, Any, bool], other: tuple[Any, bool, Any, bool]) -> bool:
    return _below(one, other) or _below(other, one)


def _below(one: tuple[Any, bool, Any, bool], other: tuple[Any, bool, Any, bool]) -> bool:
    """Say whether all of one lies below the other."""
    top, top_counts, bottom, bottom_counts = one[2], one[3], other[0], other[1]
    if top is None or bottom is None:
        return False
    return bool(top < bottom or (top == bottom and not (top_counts and bottom_counts)))

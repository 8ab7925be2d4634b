"""What each change of an overlay does to a policy; LookupError says why it cannot be done."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from nodes.policy.leaf import LeafBase
from nodes.policy.model import Policy, Waiver
from nodes.policy.overlay import (
    Add,
    Adjust,
    Drop,
    Exclude,
    Extend,
    Narrow,
    Replace,
    Require,
    SetParameter,
    Waive,
)
from nodes.policy.parts import All, AnyNode, AnyOf, AtLeast, Negated, children, walk
from nodes.policy.value_set import Member

WHOLE = "base_and_more"


def made(policy: Policy, **fields: Any) -> Policy:
    """A policy with other fields, checked as any."""
    told = {name: getattr(policy, name) for name in Policy.model_fields}
    return Policy.model_validate(told | fields)


def _edited(part: AnyNode, name: str, edit: Callable[[AnyNode], AnyNode | None]) -> AnyNode | None:
    """A part with one below it edited; None where the edit takes it away."""
    if part.id == name:
        return edit(part)
    if isinstance(part, Negated):
        inner = _edited(part.negated, name, edit)
        return None if inner is None else part.model_copy(update={"negated": inner})
    below = [_edited(child, name, edit) for child in children(part)]
    kept = tuple(one for one in below if one is not None)
    if not below or list(children(part)) == list(kept):
        return part
    return _gate_of(part, kept)


def _gate_of(part: AnyNode, below: tuple[AnyNode, ...]) -> AnyNode | None:
    """A gate with other children; one without any goes too."""
    if not below:
        return None
    if isinstance(part, AtLeast):
        if part.at_least > len(below):
            raise LookupError("fewer parts would be left than must be met")
        return part.model_copy(update={"of": below})
    return part.model_copy(update={"all" if isinstance(part, All) else "any": below})


def _edit(policy: Policy, name: str, edit: Callable[[AnyNode], AnyNode | None]) -> Policy:
    """A policy with one part edited, wherever it stands."""
    if name not in {part.id for root in policy.roots for part in walk(root)}:
        raise LookupError("there is no criterion of this id")
    criteria = _edited(policy.criteria, name, edit)
    if criteria is None:
        raise LookupError("no criteria would be left")
    exclusions = tuple(
        one for root in policy.exclusions if (one := _edited(root, name, edit)) is not None
    )
    waivers = tuple(
        waiver.model_copy(update={"criterion": one})
        for waiver in policy.exceptions
        if (one := _edited(waiver.criterion, name, edit)) is not None
    )
    return _rewaived(_with(policy, criteria, exclusions, waivers), policy)


def _with(policy: Policy, criteria: Any, exclusions: Any, waivers: Any) -> dict[str, Any]:
    return {"criteria": criteria, "exclusions": exclusions, "exceptions": waivers}


def _rewaived(fields: dict[str, Any], policy: Policy) -> Policy:
    """Let waivers forget criteria that are gone; one that waives nothing goes too."""
    roots = (fields["criteria"], *fields["exclusions"])
    roots += tuple(one.criterion for one in fields["exceptions"])
    left = {part.id for root in roots for part in walk(root)}
    kept = (
        one.model_copy(update={"waives": tuple(name for name in one.waives if name in left)})
        for one in fields["exceptions"]
    )
    return made(policy, **fields | {"exceptions": tuple(one for one in kept if one.waives)})


def _require(policy: Policy, change: Require) -> Policy:
    if change.under:
        return _grow(policy, change.under, change.require, All)
    root = policy.criteria
    if isinstance(root, All):
        return _grow(policy, root.id, change.require, All)
    whole = All(
        id=WHOLE, text="The base's criteria, and what is asked besides", all=(root, change.require)
    )
    return made(policy, criteria=whole)


def _grow(policy: Policy, gate: str, child: AnyNode, wanted: Any = All | AnyOf | AtLeast) -> Policy:
    def grown(part: AnyNode) -> AnyNode | None:
        if isinstance(part, wanted):
            return _gate_of(part, (*children(part), child))
        raise LookupError("a criterion is added under a gate of this kind only")

    return _edit(policy, gate, grown)


def _exclude(policy: Policy, change: Exclude) -> Policy:
    return made(policy, exclusions=(*policy.exclusions, change.exclude))


def _add(policy: Policy, change: Add) -> Policy:
    return _grow(policy, change.to, change.add)


def _set(policy: Policy, change: SetParameter) -> Policy:
    if change.set not in policy.parameters:
        raise LookupError("there is no parameter of this name")
    old = policy.parameters[change.set]
    told = {"value": change.value, "unit": change.unit or old.unit, "cite": change.cite}
    return made(policy, parameters=policy.parameters | {change.set: old.model_copy(update=told)})


def _adjust(policy: Policy, change: Adjust) -> Policy:
    def adjusted(part: AnyNode) -> AnyNode:
        wrong = change.to.keys() & {"id", "op"}
        if not isinstance(part, LeafBase):
            wrong = change.to.keys() - {"at_least", "text"}
        if wrong:
            raise LookupError("adjust changes fields of a question; use replace for this")
        told = part.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return type(part).model_validate_json(json.dumps(told | change.to))

    return _edit(policy, change.adjust, adjusted)


def _replace(policy: Policy, change: Replace) -> Policy:
    found = _edit_waived(policy, change.replace, change.by.id)
    return _edit(found, change.replace, lambda _: change.by)


def _edit_waived(policy: Policy, old: str, new: str) -> Policy:
    """Waivers of a replaced criterion waive the one in its place."""
    exceptions = tuple(
        Waiver(
            criterion=one.criterion,
            waives=tuple(new if name == old else name for name in one.waives),
        )
        for one in policy.exceptions
    )
    return policy.model_copy(update={"exceptions": exceptions})


def _drop(policy: Policy, change: Drop) -> Policy:
    return _edit(policy, change.drop, lambda _: None)


def _extend(policy: Policy, change: Extend) -> Policy:
    if change.extend in policy.value_sets and change.members:
        members = (*policy.value_sets[change.extend], *change.members)
        return made(policy, value_sets=policy.value_sets | {change.extend: members})
    if change.extend in policy.concepts and change.words:
        old = policy.concepts[change.extend]
        told = old.model_copy(update={"words": (*old.words, *change.words)})
        return made(policy, concepts=policy.concepts | {change.extend: told})
    raise LookupError("names no value set with `members`, and no concept of the file with `words`")


def _narrow(policy: Policy, change: Narrow) -> Policy:
    if change.narrow in policy.value_sets and change.codes:
        members = tuple(_without(policy.value_sets[change.narrow], set(change.codes)))
        return made(policy, value_sets=policy.value_sets | {change.narrow: members})
    if change.narrow in policy.concepts and change.words:
        old = policy.concepts[change.narrow]
        left = tuple(one for one in old.words if one not in change.words)
        if len(left) + len(change.words) != len(old.words) or not left:
            raise LookupError("a word to take away is not there, or none would be left")
        told = old.model_copy(update={"words": left})
        return made(policy, concepts=policy.concepts | {change.narrow: told})
    raise LookupError("names no value set with `codes`, and no concept of the file with `words`")


def _without(members: tuple[Member, ...], codes: set[str]) -> Iterator[Member]:
    if not codes <= {code for one in members for code in one.codes}:
        raise LookupError("a code to take away is not in the value set")
    kept = [
        one.model_copy(update={"codes": tuple(c for c in one.codes if c not in codes)})
        for one in members
    ]
    left = [one for one in kept if one.codes]
    if not left:
        raise LookupError("no code would be left in the value set")
    yield from left


def _waive(policy: Policy, change: Waive) -> Policy:
    waiver = Waiver(criterion=change.when, waives=change.waive)
    return made(policy, exceptions=(*policy.exceptions, waiver))


CHANGES: dict[str, Callable[[Policy, Any], Policy]] = {
    "require": _require,
    "exclude": _exclude,
    "add": _add,
    "set": _set,
    "adjust": _adjust,
    "replace": _replace,
    "drop": _drop,
    "extend": _extend,
    "narrow": _narrow,
    "waive": _waive,
}

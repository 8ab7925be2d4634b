"""A policy's criteria made ready for deciding: logic tree, and the list people read."""

from collections.abc import Mapping
from dataclasses import dataclass

from nodes.policy.leaves import LeafBase
from nodes.policy.logic import Gate, Leaf, Not, Tree
from nodes.policy.model import All, AnyNode, AnyOf, AtLeast, Negated, Policy, children, walk

EFFORT = {"addendum": 1, "record": 2, "test": 3, "visit": 4, "treatment": 5}


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as listed: where it stands and what it says."""

    id: str
    depth: int
    operator: str
    text: str
    cite: str | None
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """The tree, its lines in reading order, its leaves, and what is worth asking for."""

    tree: Tree
    lines: tuple[Line, ...]
    leaves: Mapping[str, LeafBase]
    askable: frozenset[str]


def compile_policy(policy: Policy) -> Compiled:
    """Join criteria, exclusions and exceptions into one tree.

    The root asks for the criteria and for no exclusion. A waived criterion becomes "itself or
    the exception"; the exception is listed once, after the criteria.
    """
    waivers: dict[str, list[AnyNode]] = {}
    for waiver in policy.exceptions:
        for name in waiver.waives:
            waivers.setdefault(name, []).append(waiver.criterion)
    tops = [_logic(policy.criteria, waivers)]
    lines = [*_lines(policy.criteria, 0)]
    if policy.exclusions or policy.exceptions:
        lines = [*_lines(policy.criteria, 1)]
    for exclusion in policy.exclusions:
        name = f"not.{exclusion.id}"
        tops.append(Not(name, _logic(exclusion, waivers)))
        text = f"Not excluded: {exclusion.text}"[:500]
        lines += [Line(name, 1, "not", text, None, (exclusion.id,)), *_lines(exclusion, 2)]
    for waiver in policy.exceptions:
        lines += _lines(waiver.criterion, 1)
    if len(lines) > 1 and lines[0].depth:
        below = tuple(line.id for line in lines if line.depth == 1)
        lines.insert(0, Line("policy", 0, "all", policy.title, None, below))
    leaves = {
        part.id: part for root in policy.roots for part in walk(root) if isinstance(part, LeafBase)
    }
    tree = (
        tops[0]
        if len(tops) == 1 and not policy.exceptions
        else Gate("policy", len(tops), tuple(tops))
    )
    askable = frozenset(name for name, leaf in leaves.items() if leaf.ask)
    return Compiled(tree, tuple(lines), leaves, askable)


def _logic(part: AnyNode, waivers: Mapping[str, list[AnyNode]]) -> Tree:
    tree = _bare(part, waivers)
    exceptions = waivers.get(part.id)
    if not exceptions:
        return tree
    return Gate(f"{part.id}+waiver", 1, (tree, *(_bare(one, {}) for one in exceptions)))


def _bare(part: AnyNode, waivers: Mapping[str, list[AnyNode]]) -> Tree:
    if isinstance(part, Negated):
        return Not(part.id, _logic(part.negated, waivers))
    below = tuple(_logic(child, waivers) for child in children(part))
    if isinstance(part, All):
        return Gate(part.id, len(below), below)
    if isinstance(part, AnyOf):
        return Gate(part.id, 1, below)
    if isinstance(part, AtLeast):
        return Gate(part.id, part.at_least, below)
    return Leaf(part.id)


def _operator(part: AnyNode) -> str:
    if isinstance(part, AtLeast):
        return f"at_least {part.at_least}"
    names = {All: "all", AnyOf: "any", Negated: "not"}
    return names.get(type(part)) or str(getattr(part, "op", ""))


def _lines(part: AnyNode, depth: int) -> list[Line]:
    below = children(part)
    own = Line(
        part.id, depth, _operator(part), part.text, part.cite, tuple(child.id for child in below)
    )
    return [own, *(line for child in below for line in _lines(child, depth + 1))]

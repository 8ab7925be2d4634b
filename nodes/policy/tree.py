"""A policy's criteria made ready for deciding: logic tree, and the list people read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nodes.policy.concepts import CONCEPTS
from nodes.policy.importance import Spread, spread
from nodes.policy.leaf import Cite, LeafBase, Verification
from nodes.policy.logic import Circuit, Gate, Leaf, Not, Tree, circuit
from nodes.policy.model import Policy
from nodes.policy.parts import (
    All,
    AnyNode,
    AnyOf,
    AtLeast,
    Negated,
    Same,
    children,
    walk,
)
from nodes.policy.phrases import words
from nodes.policy.wording import Words

EFFORT = {"addendum": 1, "record": 2, "test": 3, "visit": 4, "treatment": 5}
UNASKED = 6
AGAINST = 5
WEAKEST: tuple[Verification, ...] = ("unverified", "secondary", "read")


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as listed: where it stands, what it says, and on how good a text it rests."""

    id: str
    depth: int
    operator: str
    text: str
    cite: str | None
    below: tuple[str, ...] = ()
    verification: Verification | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """The tree, its lines and leaves in reading order, and what asking for a leaf costs.

    ``costs`` are of the leaves that may be asked for; ``changes`` of every leaf, what is asked
    for before what a patient has or has not.
    """

    tree: Tree
    circuit: Circuit
    spread: Spread
    lines: tuple[Line, ...]
    leaves: Mapping[str, LeafBase]
    order: Mapping[str, int]
    costs: Mapping[str, int]
    changes: Mapping[str, int]
    words: Mapping[str, Words]


def compile_policy(policy: Policy) -> Compiled:
    """Join criteria, exclusions and exceptions into one tree.

    The root asks for the criteria and for no exclusion. A waived criterion becomes "itself or
    the exception"; the exception is listed once, after the criteria.
    """
    waivers: dict[str, list[AnyNode]] = {}
    for waiver in policy.exceptions:
        for name in waiver.waives:
            waivers.setdefault(name, []).append(waiver.criterion)
    parts = {part.id: part for root in policy.roots for part in walk(root)}
    grow = _Grower(parts, waivers)
    tops = [grow.logic(policy.criteria)]
    lines = [*_lines(policy, policy.criteria, 0)]
    if policy.exclusions or policy.exceptions:
        lines = [*_lines(policy, policy.criteria, 1)]
    for exclusion in policy.exclusions:
        name = f"not.{exclusion.id}"
        tops.append(Not(name, grow.logic(exclusion)))
        text = f"Not excluded: {exclusion.text}"[:500]
        lines += [Line(name, 1, "not", text, None, (exclusion.id,)), *_lines(policy, exclusion, 2)]
    for waiver in policy.exceptions:
        lines += _lines(policy, waiver.criterion, 1)
    if len(lines) > 1 and lines[0].depth:
        below = tuple(line.id for line in lines if line.depth == 1)
        lines.insert(0, Line("policy", 0, "all", policy.title, None, below))
    leaves = {name: part for name, part in parts.items() if isinstance(part, LeafBase)}
    tree = (
        tops[0]
        if len(tops) == 1 and not policy.exceptions
        else Gate("policy", len(tops), tuple(tops))
    )
    said = {name: words(told) for name, told in policy.concepts.items()}
    return Compiled(
        tree=tree,
        circuit=circuit(tree),
        spread=spread(tree),
        lines=tuple(lines),
        leaves=leaves,
        order={line.id: place for place, line in enumerate(lines)},
        costs={name: EFFORT[leaf.effort] for name, leaf in leaves.items() if leaf.ask},
        changes={
            name: EFFORT[leaf.effort] if leaf.ask else UNASKED for name, leaf in leaves.items()
        },
        words=CONCEPTS | said,
    )


@dataclass(frozen=True, slots=True)
class _Grower:
    """Makes logic of parts: a repetition stands for the part it names, a waiver beside its own."""

    parts: Mapping[str, AnyNode]
    waivers: Mapping[str, list[AnyNode]]

    def logic(self, part: AnyNode) -> Tree:
        tree = self.bare(part)
        exceptions = self.waivers.get(part.id)
        if not exceptions:
            return tree
        return Gate(f"{part.id}+waiver", 1, (tree, *(self.bare(one) for one in exceptions)))

    def bare(self, part: AnyNode) -> Tree:
        if isinstance(part, Same):
            return Gate(part.id, 1, (self.bare(self.parts[part.same_as]),))
        if isinstance(part, Negated):
            return Not(part.id, self.logic(part.negated))
        below = tuple(self.logic(child) for child in children(part))
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
    names = {All: "all", AnyOf: "any", Negated: "not", Same: "same_as"}
    return names.get(type(part)) or str(getattr(part, "op", ""))


def _lines(policy: Policy, part: AnyNode, depth: int) -> list[Line]:
    parts = children(part)
    below = (part.same_as,) if isinstance(part, Same) else tuple(child.id for child in parts)
    own = Line(
        id=part.id,
        depth=depth,
        operator=_operator(part),
        text=part.text,
        cite=cited(policy, part.cite),
        below=below,
        verification=_weakest(policy, part.cite),
        review_by=min((one.review_by or policy.review_by for one in part.cite), default=None),
    )
    return [own, *(line for child in parts for line in _lines(policy, child, depth + 1))]


def _weakest(policy: Policy, cites: tuple[Cite, ...]) -> Verification | None:
    marks = {one.id: one.verification for one in policy.sources}
    found = {cite.verification or marks[cite.source] for cite in cites}
    return next((mark for mark in WEAKEST if mark in found), None)


def cited(policy: Policy, cites: tuple[Cite, ...]) -> str | None:
    """Name the texts a criterion rests on, with the place in each; one not read says so."""
    sources = {one.id: one for one in policy.sources}
    told = []
    for cite in cites:
        source = sources[cite.source]
        mark = cite.verification or source.verification
        place = f"{source.id}, {cite.at}" if cite.at else f"{source.id}, {source.locator}"
        told.append(place if mark == "read" else f"{place} ({mark})")
    return "; ".join(told) or None

"""The criteria tree, rebuilt from its flat list: which leaves carry the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nodes.assessment import Criterion


@dataclass
class Branch:
    """A criterion and what stands under it."""

    criterion: Criterion
    under: list["Branch"] = field(default_factory=list)


def rebuild(criteria: Sequence[Criterion]) -> list[Branch]:
    """Hang each criterion under the last one before it that is less deep."""
    roots: list[Branch] = []
    path: list[Branch] = []
    for criterion in criteria:
        branch = Branch(criterion)
        while path and path[-1].criterion.depth >= criterion.depth:
            path.pop()
        (path[-1].under if path else roots).append(branch)
        path.append(branch)
    return roots


def carrying(criteria: Sequence[Criterion]) -> list[Criterion]:
    """List the leaves that carry the verdict, in the policy's order.

    Of alternatives only those met count once one is met; a negation counts as one criterion,
    because what stands under it speaks against the request when it is met. A question asked again
    is left out where the first one stands in the list already.
    """
    leaves = [leaf for root in rebuild(criteria) for leaf in _carrying(root)]
    once = {leaf.id: leaf for leaf in leaves}
    said = {(leaf.reason, leaf.evidence) for leaf in once.values() if leaf.operator != "same_as"}
    return [
        leaf
        for leaf in once.values()
        if leaf.operator != "same_as" or (leaf.reason, leaf.evidence) not in said
    ]


def unmet(criteria: Sequence[Criterion], told: frozenset[str]) -> list[Criterion]:
    """List the required parts not met, but for those in which one of ``told`` stands.

    Of alternatives none of which is met the common criterion is given, not each of them.
    """
    return [part for root in rebuild(criteria) for part in _unmet(root, told)]


def _unmet(branch: Branch, told: frozenset[str]) -> list[Criterion]:
    if branch.criterion.status == "met":
        return []
    if branch.criterion.operator == "all" and branch.under:
        return [part for child in branch.under for part in _unmet(child, told)]
    return [] if told & _ids(branch) else [branch.criterion]


def _ids(branch: Branch) -> frozenset[str]:
    return frozenset({branch.criterion.id}).union(*(_ids(child) for child in branch.under))


def _carrying(branch: Branch) -> list[Criterion]:
    operator = branch.criterion.operator
    if operator == "not" and branch.under:
        return [_negation(branch)]
    if not branch.under:
        return [branch.criterion]
    under = branch.under
    if operator.startswith(("any", "at_least")) and branch.criterion.status == "met":
        under = [child for child in under if child.criterion.status == "met"]
    return [leaf for child in under for leaf in _carrying(child)]


def _negation(branch: Branch) -> Criterion:
    """Give a negation the reasons and the evidence of the leaves that decide it."""
    criterion = branch.criterion
    decisive = [leaf for child in branch.under for leaf in _deciding(child)]
    if not decisive:
        return criterion
    evidence = [
        item.model_copy(update={"speaks": "for"})
        for leaf in decisive
        for item in leaf.evidence
        if (item.speaks == "for") == (leaf.status == "met")
    ]
    reason = " ".join(dict.fromkeys(leaf.reason for leaf in decisive))[:1000]
    return criterion.model_copy(update={"evidence": tuple(evidence), "reason": reason})


def _deciding(branch: Branch) -> list[Criterion]:
    """List the leaves that make a part what it is; none decides what is unknown."""
    criterion = branch.criterion
    if criterion.status == "unknown":
        return []
    if not branch.under:
        return [criterion]
    flipped = criterion.operator == "not"
    under = [c for c in branch.under if flipped or c.criterion.status == criterion.status]
    return [leaf for child in under for leaf in _deciding(child)]

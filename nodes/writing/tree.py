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
    because what stands under it speaks against the request when it is met.
    """
    leaves = [leaf for root in rebuild(criteria) for leaf in _carrying(root)]
    return list({leaf.id: leaf for leaf in leaves}.values())


def _carrying(branch: Branch) -> list[Criterion]:
    if not branch.under or branch.criterion.operator == "not":
        return [_with_evidence(branch)]
    under = branch.under
    operator = branch.criterion.operator
    if operator.startswith(("any", "at_least")) and branch.criterion.status == "met":
        under = [child for child in under if child.criterion.status == "met"]
    return [leaf for child in under for leaf in _carrying(child)]


def _with_evidence(branch: Branch) -> Criterion:
    """Give a negation the evidence found under it."""
    if not branch.under or branch.criterion.evidence:
        return branch.criterion
    below = tuple(e for child in branch.under for e in _with_evidence(child).evidence)
    return branch.criterion.model_copy(update={"evidence": below})

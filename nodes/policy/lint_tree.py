"""A policy's tree: parts that decide nothing, parts that contradict each other, missing asks."""

from itertools import combinations

from nodes.assessment import Status
from nodes.policy.implied import Implied, impossible, parts_by_id, settled
from nodes.policy.leaf import LeafBase
from nodes.policy.logic import Gate, Leaf, Not, Tree, statuses
from nodes.policy.model import Policy
from nodes.policy.parts import All, AnyNode, AnyOf, children, walk
from nodes.policy.reading import Held
from nodes.policy.remark import Remarks
from nodes.policy.truth import needless

NEVER_OPEN = {"age", "ordered"}


def tree(held: Held, remarks: Remarks) -> None:
    """Check the whole tree."""
    policy = held.policy
    known = Implied(policy)
    for root in policy.roots:
        for part in walk(root):
            _leaf(part, policy, remarks)
            _siblings(part, known, remarks)
    _together(known, remarks)
    for name in needless(held.compiled.tree, keys(policy)):
        own = name.removesuffix("+waiver").removeprefix("not.")
        waived = name.endswith("+waiver")
        told = "the exception waives nothing that is needed" if waived else "it decides nothing"
        remarks.error(
            own, "exception-needless" if waived else "branch-needless", told,
            "whatever it answers, the whole is the same: take it out, or put it where it counts",
        )  # fmt: skip
    _asks(held, remarks)


def keys(policy: Policy) -> dict[str, str]:
    """Say for every question by which id it is known: those that ask the same share one."""
    found: dict[str, str] = {}
    seen: dict[str, str] = {}
    for name, part in parts_by_id(policy).items():
        if isinstance(part, LeafBase):
            found[name] = seen.setdefault(settled(part, policy), name)
    return found


def _leaf(part: AnyNode, policy: Policy, remarks: Remarks) -> None:
    if isinstance(part, LeafBase) and (why := impossible(part)):
        remarks.error(part.id, "never-met", why, "mend the limits")


def _siblings(part: AnyNode, known: Implied, remarks: Remarks) -> None:
    """Find children that a sibling makes needless."""
    if not isinstance(part, All | AnyOf):
        return
    for one, other in combinations(children(part), 2):
        for first, second in ((one, other), (other, one)):
            if known.implies(first, second):
                needless_one = second if isinstance(part, All) else first
                if _said_only(needless_one):
                    break
                remarks.warning(
                    needless_one.id, "implied",
                    f"{first.id} is met only when {second.id} is: under `{_kind(part)}`"
                    f" {needless_one.id} changes nothing",
                    "take it out, or mend the limits",
                )  # fmt: skip
                break


def _said_only(part: AnyNode) -> bool:
    """The order itself as evidence: always met, listed for the reader."""
    return getattr(part, "op", "") == "ordered" and getattr(part, "value_set", None) is None


def _kind(part: AnyNode) -> str:
    return "all" if isinstance(part, All) else "any"


def _together(known: Implied, remarks: Remarks) -> None:
    """Find what is asked for together and excludes each other."""
    policy = known.policy
    for root in policy.roots:
        for part in walk(root):
            if isinstance(part, All):
                _contradictions(part.id, asked_together(part), known, remarks)
    for exclusion in policy.exclusions:
        for asked in asked_together(policy.criteria):
            if known.implies(asked, exclusion):
                remarks.error(
                    exclusion.id, "excludes-required",
                    f"it excludes what {asked.id} asks for: the policy can never be met",
                    "mend one of the two",
                )  # fmt: skip


def _contradictions(gate: str, parts: list[AnyNode], known: Implied, remarks: Remarks) -> None:
    for one, other in combinations(parts, 2):
        if known.contradict(one, other):
            remarks.error(
                gate, "contradiction", f"{one.id} and {other.id} can never both be met",
                "mend the limits, or put them under `any`",
            )  # fmt: skip


def asked_together(part: AnyNode) -> list[AnyNode]:
    """List what must be met when a part is: itself, and through every `all` below."""
    if not isinstance(part, All):
        return [part]
    return [part, *(one for child in part.all for one in asked_together(child))][1:]


def _asks(held: Held, remarks: Remarks) -> None:
    """Find questions that can stay open, hold the whole up alone, and are never asked."""
    favourable = _favourable(held.compiled.tree, True)
    for name, leaf in held.compiled.leaves.items():
        op = str(getattr(leaf, "op", ""))
        if leaf.ask or leaf.when_absent == "not_met" or op in NEVER_OPEN or name not in favourable:
            continue
        answers = {key: status for key, status in favourable.items() if key != name}
        if statuses(held.compiled.tree, answers)[held.compiled.tree.id] != "met":
            remarks.error(
                name, "ask-missing", "it can stay open, holds the whole up, and asks for nothing",
                "write in `ask` what to send, and in `of` whom to ask",
            )  # fmt: skip


def _favourable(part: Tree, wanted: bool) -> dict[str, Status]:
    """Answer every question so that it helps."""
    if isinstance(part, Leaf):
        return {part.id: "met" if wanted else "not_met"}
    if isinstance(part, Not):
        return _favourable(part.child, not wanted)
    assert isinstance(part, Gate)
    return {
        name: said for child in part.children for name, said in _favourable(child, wanted).items()
    }

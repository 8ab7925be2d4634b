"""The way through a tree that is closest to met: what of it holds, lacks and is contradicted."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from nodes.assessment import Status
from nodes.policy.logic import Circuit, Leaf, Not, Tree

Way = tuple[tuple[int, int, int], tuple[tuple[int, bool], ...]]


@dataclass(frozen=True, slots=True)
class Path:
    """The leaves of a way, each once; ``lacking`` counts all that are not as the way wants them.

    ``against`` and ``open`` name these: answered the other way, and not answered.
    """

    contrary: int
    lacking: int
    length: int
    leaves: tuple[str, ...]
    against: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is not as the way wants it, in the order of the leaves."""
        return tuple(name for name in self.leaves if name in {*self.against, *self.open})


def closest(
    laid: Circuit, answers: Mapping[str, Status], never: Container[str] = frozenset()
) -> Path:
    """Choose, at every gate, the children that are closest to the wanted answer.

    Least contradicted first; then least of what is never asked for (``never``: a patient has it
    or not), so that a disease nobody has is no way; then least lacking.
    """
    told = [answers.get(name, "unknown") for name in laid.leaves]
    given = [name in never for name in laid.leaves]
    _, steps = _way(laid, told, given, len(laid.parts) - 1, True)
    wanted = dict(steps)
    names = laid.leaves
    open_ = tuple(names[leaf] for leaf in sorted(wanted) if told[leaf] == "unknown")
    against = tuple(
        names[leaf]
        for leaf, value in sorted(wanted.items())
        if told[leaf] == ("not_met" if value else "met")
    )
    return Path(
        contrary=len(against),
        lacking=len(against) + len(open_),
        length=len(wanted),
        leaves=tuple(names[leaf] for leaf in sorted(wanted)),
        against=against,
        open=open_,
    )


def unsettled(tree: Tree, parts: Mapping[str, Status], wanted: bool = True) -> dict[str, bool]:
    """Map each leaf that is not as its place wants it to what is wanted, under open parts only.

    What stands under a part that is as wanted already is left out: nothing hangs on it.
    """
    if parts[tree.id] == ("met" if wanted else "not_met"):
        return {}
    if isinstance(tree, Leaf):
        return {tree.id: wanted}
    if isinstance(tree, Not):
        return unsettled(tree.child, parts, not wanted)
    found: dict[str, bool] = {}
    for child in tree.children:
        found = unsettled(child, parts, wanted) | found
    return found


def _way(laid: Circuit, told: list[Status], given: list[bool], place: int, wanted: bool) -> Way:
    part = laid.parts[place]
    if part.need == 0:
        leaf = part.below[0]
        status = told[leaf]
        hit = status == ("met" if wanted else "not_met")
        contrary = not hit and status != "unknown"
        return (contrary, contrary and given[leaf], not hit), ((leaf, wanted),)
    if part.need < 0:
        return _way(laid, told, given, part.below[0], not wanted)
    need = part.need if wanted else len(part.below) - part.need + 1
    ways = [_way(laid, told, given, child, wanted) for child in part.below]
    if need < len(ways):
        order = sorted(range(len(ways)), key=lambda n: (ways[n][0], n))
        ways = [ways[n] for n in order[:need]]
    contrary, never, lacking = (
        sum(counts) for counts in zip(*(way[0] for way in ways), strict=True)
    )
    return (contrary, never, lacking), tuple(step for way in ways for step in way[1])

"""What is wrong with a 278 although every segment fits its table."""

from collections.abc import Iterator, Sequence

from nodes.x12.finding import Finding
from nodes.x12.guide import Guide
from nodes.x12.loops import Placed
from nodes.x12.validating.rules import decision, diagnoses, event, people, services, structure
from nodes.x12.validating.rules.scene import Rule, scene, tried

TREE: tuple[Rule, ...] = (*structure.TREE, *event.TREE, *services.TREE, *decision.TREE)
"""Rules about what hangs under what."""
RULES: tuple[Rule, ...] = (
    *structure.RULES,
    *people.RULES,
    *event.RULES,
    *diagnoses.RULES,
    *services.RULES,
    *decision.RULES,
)


def rules(guide: Guide, placed: Sequence[Placed]) -> Iterator[Finding]:
    """Try every rule on one 278; nothing for other transactions.

    ``placed`` is the whole set, ST to SE, as ``locate`` gives it. Places are those of the set;
    interchange, group and transaction are the caller's to add. Rules no public source confirms
    are warnings. Where the levels make no tree, what hangs under what is not judged: a note says
    so. Sources: facts published for 005010X217 in the PAS guide, open-source grammars.
    """
    if guide.transaction == "278":
        yield from tried(scene(guide, placed), RULES, TREE)

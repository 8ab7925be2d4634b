"""The argument of an appeal by a model: what in the record answers the reason the payer gave."""

from dataclasses import dataclass, field

from nodes.audit import Used
from nodes.chart import Fact
from nodes.decision import Decision
from nodes.prose import Omission, Writer, Writing
from nodes.writing import claude
from nodes.writing.claude import Cite
from nodes.writing.criteria import quoted
from nodes.writing.draft import Line, Material
from nodes.writing.model_about import criteria, denied, requested
from nodes.writing.model_prose import Order, untold, write
from nodes.writing.tree import carrying


@dataclass(frozen=True)
class Argued:
    """The sentences that answer the reason given, whoever wrote them; all of them hold."""

    lines: tuple[Line, ...]
    writing: Writing = field(default_factory=Writing)
    omissions: tuple[Omission, ...] = ()
    used: tuple[Used, ...] = ()


def argue(
    material: Material,
    denial: Decision,
    *,
    writer: Writer,
    own: tuple[Line, ...] = (),
    reason: tuple[str, ...] = (),
    ask: Cite = claude.cite,
) -> Argued:
    """Answer the payer's reason with facts of the chart; it never fails.

    ``own`` are the deterministic sentences of the chart that stand there without a model: those
    come back where none is asked or none of its sentences holds, and else those of them whose
    facts no sentence of the model tells. ``reason``: the payer's words where the decision itself
    does not hold them, as in a letter that was read.
    """
    about = {
        "request": requested(material.case),
        "denial": denied(denial, reason),
        "policy": criteria(material.assessment),
    }
    order = Order("argue-appeal", _asked(material, own), about)
    prose = write(order, material, writer=writer, ask=ask)
    if not prose.lines:
        return Argued(own, prose.writing, prose.omissions, prose.used)
    restored = untold(own, prose.lines)
    return Argued(
        lines=(*(line for _, line in prose.lines), *restored),
        writing=prose.writing.model_copy(update={"restored": len(restored)}),
        omissions=prose.omissions,
        used=prose.used,
    )


def _asked(material: Material, own: tuple[Line, ...]) -> tuple[Fact, ...]:
    """Give the facts of the deterministic sentences, and those that the criteria met rest on."""
    held = material.assessment.criteria if material.assessment else ()
    first = quoted(own)
    rest = {
        item.fact
        for leaf in carrying(held)
        if leaf.status == "met"
        for item in leaf.evidence
        if item.speaks == "for"
    }
    wanted = [fact for fact in material.facts if fact.id in first | rest]
    return tuple(sorted(wanted, key=lambda fact: fact.id not in first))

"""The answer to the reason given, by the rules, with a model's argument where one is asked."""

from nodes.prose import Writer
from nodes.writing.answers import answers
from nodes.writing.claude import Cite
from nodes.writing.dispute import Dispute
from nodes.writing.draft import Line, Material
from nodes.writing.model_appeal import Argued, argue


def answered(
    material: Material, dispute: Dispute, *, writer: Writer, ask: Cite
) -> tuple[tuple[Line, ...], Argued]:
    """Give the lines that answer the reason, and what came of asking a model.

    The criteria, the request's own words and what cannot be said stay the rules'; a model may
    tell the facts of the chart, each sentence held like any other. A reason that is not clinical is
    the rules' alone: no chart is sent to a model for it.
    """
    lines = answers(material, dispute)
    own = tuple(line for line in lines if line.basis == "chart")
    words = tuple(word for ground in dispute.grounds for word in ground.words)
    if dispute.administrative:
        return lines, Argued(lines)
    told = argue(material, dispute.decision, writer=writer, own=own, reason=words, ask=ask)
    if told.writing.writer == "deterministic":
        return lines, told
    first = [line for line in lines if line.basis == "case"]
    rest = [line for line in lines if line.basis not in {"case", "chart"}]
    return (*first, *told.lines, *rest), told

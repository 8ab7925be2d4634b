"""The summary: the sections a payer reads, from one material."""

from nodes.prose import Section, Summary
from nodes.writing.administrative import request_lines
from nodes.writing.criteria import met_lines, missing_lines, policy_line, verdict_line
from nodes.writing.draft import Line, Material, Part, hold, number
from nodes.writing.select import Selection, select


def write_summary(material: Material, selection: Selection | None = None) -> Summary:
    """Write the summary by rule; every sentence passes the same check a model's would.

    ``selection`` takes the place of the facts the rules choose and how they say them.
    """
    selection = selection or select(material)
    sections, dropped = hold(_numbered(material, selection), material)
    return Summary(
        writer="deterministic", sections=sections, omissions=(*selection.omissions, *dropped)
    )


def _numbered(material: Material, selection: Selection) -> tuple[Section, ...]:
    parts = (
        Part("Request", request_lines(material.case)),
        Part("Clinical history", selection.lines["history"]),
        Part("Prior treatment", selection.lines["treatment"]),
        Part("Findings", selection.lines["findings"]),
        Part("Medical necessity", _necessity(material)),
        Part("What is missing", missing_lines(material)),
    )
    return number([part for part in parts if part.lines])


def _necessity(material: Material) -> tuple[Line, ...]:
    if material.assessment is None:
        return ()
    held = material.assessment
    return (policy_line(held), verdict_line(held), *met_lines(material))

"""One criterion answered with the record's words, and the open ones said to be open."""

import re
from collections.abc import Iterable

from nodes.assessment import Assessment, Criterion
from nodes.prose import Citation
from nodes.writing.criteria import LACK, grounds, quoted, titled
from nodes.writing.draft import Line, Material
from nodes.writing.text import clean
from nodes.writing.tree import unmet

SHOWN = re.compile(
    r"\b(\d{1,4}(?:\.\d)?) (days|weeks|months|years|visits|sessions) of [\w -]{1,60}? (?:is|are)"
    r" shown; (\d{1,4}) (?:is|are) asked\."
)
NUMBERED = re.compile(r"[\w.-]*\d[\w.-]*\w|\d")


def criterion_line(criterion: Criterion, material: Material, before: Iterable[Line]) -> Line:
    """Answer one criterion with the record's words, those not quoted before by preference."""
    because, citations = grounds(criterion, material, quoted(before), "The record shows")
    clause = own_clause(criterion, material.assessment)
    because = _counted(because, citations)
    return Line(f"{titled(criterion)}{clause}. {because}", "policy", citations)


def _counted(because: str, citations: Iterable[Citation]) -> str:
    """Leave out a number of the rules that the words quoted do not show; what is asked stays."""
    found = SHOWN.search(because)
    if found is None:
        return because
    quotes = " ; ".join(citation.quote for citation in citations)
    if re.search(rf"(?<![\d.]){found[1]}[ -]{found[2][:-1]}", quotes, re.IGNORECASE):
        return because
    asked = f"{found[3]} {found[2]} are asked."
    return because.replace(found[0], asked)


def own_clause(criterion: Criterion, assessment: Assessment | None) -> str:
    """Give the clauses of the policy itself: a letter cites no other text beside it.

    A criterion's citation may name several texts, separated by semicolons; kept are those whose
    number stands in the policy's source.
    """
    if assessment is None or criterion.citation is None:
        return ""
    source = set(NUMBERED.findall(clean(assessment.policy.source)))
    clauses = [part.strip() for part in clean(criterion.citation).split(";")]
    own = [c for c in clauses if (named := NUMBERED.search(c)) and named[0] in source]
    return f" ({'; '.join(own)})" if own else ""


def open_criteria(assessment: Assessment | None) -> list[tuple[Criterion, str]]:
    """List the criteria that the record leaves open, and in what way."""
    if assessment is None or assessment.status == "met":
        return []
    by_id = {c.id: c for c in assessment.criteria}
    found = {gap.criterion: LACK[gap.kind] for gap in assessment.gaps if gap.criterion in by_id}
    for part in unmet(assessment.criteria, frozenset(found)):
        found[part.id] = LACK["contrary" if part.status == "not_met" else "absent"]
    return [(by_id[name], lack) for name, lack in found.items()]


def open_lines(assessment: Assessment | None) -> tuple[Line, ...]:
    """Say of each open criterion that it is not claimed."""
    return tuple(
        Line(f"{titled(c)}: {lack}; we do not claim it.", "policy")
        for c, lack in open_criteria(assessment)
    )

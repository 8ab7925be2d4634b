"""The appeal: what the payer decided and why, what answers it, and what is not claimed."""

import re
from collections.abc import Iterable

from nodes.assessment import Assessment, Criterion
from nodes.case import ServiceLine
from nodes.decision import Decision, Reason
from nodes.writing.administrative import person, quantity, service
from nodes.writing.criteria import LACK, grounds, policy_line, quoted, titled
from nodes.writing.draft import Line, Material, Part
from nodes.writing.phrase import by_source, said
from nodes.writing.select import select
from nodes.writing.stated_reason import answering, speaking
from nodes.writing.text import clean, ended, listed
from nodes.writing.tree import carrying, unmet

UNITS = {"MN": "month", "DY": "day", "VS": "visit", "HS": "hour", "FL": "unit", "UN": "unit"}
NUMBERED = re.compile(r"[\w.-]*\d[\w.-]*\w|\d")
ASKS = (
    "If you uphold the decision, please name the clause of the policy it rests on and the"
    " documentation that would change it.",
    "We ask that a physician of the ordering specialty review this appeal, and for a peer-to-peer"
    " conversation before it is upheld.",
)


def appeal_parts(
    material: Material, denial: Decision, lines: tuple[ServiceLine, ...]
) -> tuple[Part, ...]:
    """Put the letter's sections together, in the order a medical director reads them."""
    held = material.assessment
    criteria = held.criteria if held else ()
    first = answering(denial, criteria)
    others = [c for c in carrying(criteria) if c.status == "met" and c not in first]
    answer = _answer(material, denial, first)
    shown = list(answer)
    for criterion in others:
        shown.append(criterion_line(criterion, material, shown))
    parts = (
        Part("Appeal", (_opening(material, denial, lines),)),
        Part("Your decision", _decision(denial)),
        Part("Answer to the reason given", answer),
        Part("The policy, criterion by criterion", _policy(held, shown[len(answer) :])),
        Part("Further clinical record", _further(material, shown)),
        Part("What this letter does not claim", open_lines(held)),
        Part("What we ask", _asks(material, denial, lines)),
    )
    return tuple(part for part in parts if part.lines)


def criterion_line(criterion: Criterion, material: Material, before: Iterable[Line]) -> Line:
    """Answer one criterion with the record's words, those not quoted before by preference."""
    because, citations = grounds(criterion, material, quoted(before), "The record shows")
    clause = own_clause(criterion, material.assessment)
    return Line(f"{titled(criterion)}{clause}. {because}", "policy", citations)


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


def said_services(lines: tuple[ServiceLine, ...], material: Material) -> str:
    """Name the services in a sentence."""
    return listed([service(line, material.case) for line in lines])


def _opening(material: Material, denial: Decision, lines: tuple[ServiceLine, ...]) -> Line:
    patient = person(material.case.patient.name)
    asked = said_services(lines, material)
    when = f" of {denial.issued.isoformat()}" if denial.issued else ""
    what = "this service" if len(lines) == 1 else "these services"
    if denial.outcome == "denied":
        text = f"We appeal your decision{when} to deny {patient} {what}: {asked}."
    else:
        text = (
            f"We appeal your decision{when} to certify only in part {what} for {patient}:"
            f" {asked}.{_certified(denial, lines)}"
        )
    return Line(text, "decision")


def _certified(denial: Decision, lines: tuple[ServiceLine, ...]) -> str:
    if denial.quantity is None or len(lines) != 1:
        return ""
    unit = UNITS.get(denial.unit or "", denial.unit or "")
    count = format(denial.quantity.normalize(), "f")
    certified = f"{count} {unit}{'s' if unit and count != '1' else ''}".strip()
    return f" You certified {certified}; {quantity(lines[0])} were requested."


def _decision(denial: Decision) -> tuple[Line, ...]:
    lines = [Line(_reason(reason), "decision") for reason in denial.reasons]
    lines += [Line(f'In your words: "{ended(clean(m))}"', "decision") for m in denial.messages]
    if not lines:
        text = "Your notice states no reason; please state it, and the clause it rests on."
        lines.append(Line(text, "decision"))
    return tuple(lines)


def _reason(reason: Reason) -> str:
    words = f" ({clean(reason.words)})" if reason.words else ""
    return f"Your notice gives reason code {reason.code}{words}."


def _answer(material: Material, denial: Decision, first: list[Criterion]) -> tuple[Line, ...]:
    """Answer the reason given: the order's reason, the criteria and the facts it speaks of."""
    lines = []
    reason = material.case.order.reason
    if reason and reason not in {d.display for d in material.case.diagnoses}:
        lines.append(Line(f'The order gives this reason: "{ended(clean(reason))}"', "case"))
    for criterion in first:
        lines.append(criterion_line(criterion, material, lines))
    notes = by_source(material.chart.notes)
    facts = [f for f in material.facts if f.id != material.case.order.reference]
    lines += [said(f, notes) for f in speaking(denial, facts) if f.id not in quoted(lines)]
    if not first and (denial.messages or denial.reasons) and material.assessment:
        lines.append(
            Line(
                "None of the criteria answered below corresponds to this reason. Please name the"
                " clause it rests on.",
                "decision",
            )
        )
    return tuple(lines)


def _policy(assessment: Assessment | None, answered: list[Line]) -> tuple[Line, ...]:
    return (policy_line(assessment), *answered) if assessment else ()


def _further(material: Material, shown: list[Line]) -> tuple[Line, ...]:
    """Add what the summary would say and no sentence before has quoted."""
    facts = quoted(shown)
    lines = select(material).lines
    every = (*lines["history"], *lines["treatment"], *lines["findings"])
    return tuple(line for line in every if facts.isdisjoint(c.fact for c in line.citations))


def _asks(material: Material, denial: Decision, lines: tuple[ServiceLine, ...]) -> tuple[Line, ...]:
    whole = "" if denial.outcome == "denied" else " in full"
    what = listed([f"{line.system} {line.code} ({quantity(line)})" for line in lines])
    asks = [f"Please reverse the decision and certify {what}{whole}.", *ASKS]
    phone = material.case.requester.phone
    if phone:
        asks.append(f"The requesting clinician can be reached at {clean(phone)}.")
    return tuple(Line(text, "decision") for text in asks)

"""The appeal: what the payer decided and why, what answers it, and what is not claimed."""

from datetime import date

from nodes.assessment import Assessment, Criterion
from nodes.case import ServiceLine
from nodes.decision import Decision, Reason
from nodes.prose import Citation
from nodes.writing.administrative import person, quantity, service
from nodes.writing.criteria import LACK, evidence, policy_line
from nodes.writing.draft import Line, Material, Part
from nodes.writing.phrase import by_source, said
from nodes.writing.select import select
from nodes.writing.stated_reason import answering, speaking
from nodes.writing.text import clean, ended, listed
from nodes.writing.tree import carrying

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
    shown = (*answer, *(criterion_line(c, material) for c in others))
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


def criterion_line(criterion: Criterion, material: Material) -> Line:
    """Answer one criterion with the record's words."""
    quotes, citations = evidence(criterion.evidence, material)
    clause = f" ({clean(criterion.citation)})" if criterion.citation else ""
    head = f"{clean(criterion.text).rstrip('.:')}{clause}."
    if not quotes:
        return Line(f"{head} {ended(clean(criterion.reason))}", "policy")
    return Line(f"{head} The record shows: {'; '.join(quotes)}.", "policy", citations)


def open_criteria(assessment: Assessment | None) -> list[tuple[Criterion, str]]:
    """List the criteria that the record leaves open, and in what way."""
    if assessment is None or assessment.status == "met":
        return []
    by_id = {c.id: c for c in assessment.criteria}
    gaps = {gap.criterion: LACK[gap.kind] for gap in assessment.gaps if gap.criterion in by_id}
    for leaf in carrying(assessment.criteria):
        if leaf.status == "not_met" and leaf.id not in gaps:
            gaps[leaf.id] = LACK["contrary"]
    return [(by_id.get(name, assessment.criteria[0]), lack) for name, lack in gaps.items()]


def open_lines(assessment: Assessment | None) -> tuple[Line, ...]:
    """Say of each open criterion that it is not claimed."""
    return tuple(
        Line(f"{clean(c.text).rstrip('.:')}: {lack}; we do not claim it.", "policy")
        for c, lack in open_criteria(assessment)
    )


def said_services(lines: tuple[ServiceLine, ...], material: Material) -> str:
    """Name the services in a sentence."""
    return listed([service(line, material.case) for line in lines])


def _opening(material: Material, denial: Decision, lines: tuple[ServiceLine, ...]) -> Line:
    patient = person(material.case.patient.name)
    asked = said_services(lines, material)
    when = f" of {denial.issued.isoformat()}" if denial.issued else ""
    if denial.outcome == "denied":
        text = f"We appeal your decision{when} to deny {asked}, for {patient}."
    else:
        text = (
            f"We appeal the part of your decision{when} that does not certify {asked}, in full for"
            f" {patient}.{_certified(denial, lines)}"
        )
    return Line(text, "decision")


def _certified(denial: Decision, lines: tuple[ServiceLine, ...]) -> str:
    if denial.quantity is None or len(lines) != 1:
        return ""
    unit = {"MO": "months", "DA": "days", "VS": "visits", "UN": "units"}.get(denial.unit or "", "")
    certified = f"{format(denial.quantity.normalize(), 'f')} {unit or denial.unit or ''}".strip()
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
    if reason := material.case.order.reason:
        lines.append(Line(f'The order gives this reason: "{ended(clean(reason))}"', "case"))
    lines += [criterion_line(criterion, material) for criterion in first]
    notes = by_source(material.chart.notes)
    quoted = {c.fact for line in lines for c in line.citations}
    facts = [f for f in material.facts if f.id != material.case.order.reference]
    lines += [said(f, notes) for f in speaking(denial, facts) if f.id not in quoted]
    if not first and (denial.messages or denial.reasons) and material.assessment:
        lines.append(
            Line(
                "None of the criteria answered below corresponds to this reason. Please name the"
                " clause it rests on.",
                "decision",
            )
        )
    return tuple(lines)


def _policy(assessment: Assessment | None, answered: tuple[Line, ...]) -> tuple[Line, ...]:
    return (policy_line(assessment), *answered) if assessment else ()


def _further(material: Material, shown: tuple[Line, ...]) -> tuple[Line, ...]:
    """Add what the summary would say and no sentence before has quoted."""
    quoted: set[Citation] = {c for line in shown for c in line.citations}
    facts = {c.fact for c in quoted}
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


def before_sending(
    material: Material, denial: Decision, as_of: date, deadline: date | None
) -> tuple[str, ...]:
    """List what a person has to check or add before the letter goes out."""
    steps = [_deadline(as_of, deadline)]
    steps.append("Add the payer's address or fax number for appeals from the notice.")
    steps.append("Attach the enclosures, and a copy of the notice.")
    steps += _policy_steps(material.assessment, as_of)
    if not (denial.reasons or denial.messages):
        steps.append("Read the notice for the specific reason: the answer received states none.")
    if material.case.urgency != "standard":
        steps.append("The order is urgent: decide whether to ask for an expedited appeal.")
    steps += [
        f"Open criterion: {clean(c.text).rstrip('.')}: {lack}. Obtain it, or say why not needed."
        for c, lack in open_criteria(material.assessment)
    ]
    return (*steps, "Read, change and sign: the signature is left blank.")


def _deadline(as_of: date, deadline: date | None) -> str:
    if deadline is None:
        return "Check the notice for the deadline of the appeal: it is not known here."
    if deadline < as_of:
        return f"The deadline of {deadline.isoformat()} has passed: check whether it can be sent."
    return f"Send by {deadline.isoformat()} ({(deadline - as_of).days} days left)."


def _policy_steps(assessment: Assessment | None, as_of: date) -> list[str]:
    if assessment is None:
        return []
    policy, steps = assessment.policy, []
    if policy.verification != "read":
        steps.append(
            "Check the policy and its clauses in the payer's own text: they were written"
            " from a secondary source."
        )
    if policy.review_by < as_of:
        steps.append("The policy's rules are past their review date: check that they still hold.")
    return steps

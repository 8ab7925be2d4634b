"""What an appeal asks for, at each level."""

from nodes.case import ServiceLine
from nodes.writing.administrative import quantity
from nodes.writing.dispute import Dispute, Stage
from nodes.writing.draft import Line, Material
from nodes.writing.text import clean, listed

OF_PLAN = (
    "We ask that a physician of the ordering specialty, who took no part in the decision before,"
    " review this appeal.",
    "We ask for a peer-to-peer conversation before the decision is upheld.",
    "Please send a copy of the criteria the decision rests on, and of the reviewer's reasons.",
    "If you uphold the decision, please name the clause of the policy it rests on and the"
    " documentation that would change it.",
)
OF_REVIEWER = (
    "We ask the reviewer to decide independently of the plan's decisions, on the record, the"
    " plan's criteria and what is generally accepted in the specialty.",
    "We ask that the reviewer be a physician who treats this condition and has no tie to the plan.",
    "A signed authorization of the patient to release records and to be represented goes with"
    " this request where your rules ask for one: ______________________.",
    "If the decision is upheld, please name the criterion it rests on and the record relied on.",
)
LEVEL_ASKS: dict[Stage, tuple[str, ...]] = {
    "first": OF_PLAN,
    "second": (
        OF_PLAN[0].replace("in the decision before", "in the decisions before"),
        *OF_PLAN[1:],
    ),
    "external": OF_REVIEWER,
}


def asks(material: Material, dispute: Dispute, lines: tuple[ServiceLine, ...]) -> tuple[Line, ...]:
    """Ask for the reversal first, then for how the appeal is to be decided."""
    whole = "" if dispute.decision.outcome == "denied" else " in full"
    what = listed([f"{line.system} {line.code} ({quantity(line)})" for line in lines])
    asked = [
        f"Please reverse the plan's decision on {what}."
        if dispute.stage == "external"
        else f"Please reverse the decision and certify {what}{whole}."
    ]
    if material.case.urgency != "standard":
        asked.append(
            f"The request is marked {material.case.urgency}: please decide it on the expedited"
            " clock, or say why it does not apply."
        )
    asked += LEVEL_ASKS[dispute.stage]
    phone = material.case.requester.phone
    if phone:
        asked.append(f"The requesting clinician can be reached at {clean(phone)}.")
    return tuple(Line(text, "decision") for text in asked)

"""What an appeal asks for, at each level."""

from nodes.case import ServiceLine
from nodes.notice import Category
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
OF_OFFICE: dict[Category, str] = {
    "eligibility": "Please check the member's coverage on the date of service and correct the"
    " entry where it is wrong.",
    "duplicate": "Please name the request this one is taken for: its number, service, date and"
    " decision.",
    "coordination_of_benefits": "Please name the other coverage in your files, since when it is"
    " there, and which plan you take for the primary one.",
    "provider": "Please name the provider, the requirement that is not met, and how it can be"
    " mended.",
    "timeliness": "Please state the day you received the request and the time your rule gives, and"
    " whether good cause is considered.",
    "coding": "Please name the code in question and the rule it breaks, and whether a corrected"
    " request may be sent.",
    "authorization_missing": "Please search for an authorization by the numbers above, and say"
    " whether a retrospective review is open.",
}
OF_RULE = (
    "Please send the rule or provision that the decision rests on, and the entry it was applied"
    " to.",
    "If you uphold the decision, please say what would change it, and by when.",
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
    if dispute.administrative:
        asked += dict.fromkeys(OF_OFFICE[ground.category] for ground in dispute.grounds)
        asked += OF_RULE if dispute.stage != "external" else LEVEL_ASKS["external"][2:]
    else:
        asked += LEVEL_ASKS[dispute.stage]
    phone = material.case.requester.phone
    if phone:
        asked.append(f"The requesting clinician can be reached at {clean(phone)}.")
    return tuple(Line(text, "decision") for text in asked)

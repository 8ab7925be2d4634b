"""What a person checks or adds before an appeal goes out."""

from datetime import date

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.notice import Category
from nodes.writing.criteria import titled
from nodes.writing.dispute import Dispute
from nodes.writing.draft import Material
from nodes.writing.other_terms import other_intervals, other_texts
from nodes.writing.rebuttal import open_criteria
from nodes.writing.text import fold
from nodes.writing.tree import carrying

OF_OFFICE: dict[Category, str] = {
    "eligibility": "Attach the eligibility response (271) for the date of service, where there is"
    " one.",
    "duplicate": "Look up the request it is taken for: if it is the same one, withdraw this.",
    "coordination_of_benefits": "Ask the patient which coverage there is; the plan may want its"
    " form.",
    "provider": "Check the NPI, the enrolment and the network of each provider with the plan.",
    "timeliness": "Attach the proof of submission, such as the acknowledgment with its day.",
    "coding": "Check code, modifier and diagnosis: a corrected request may be quicker.",
    "authorization_missing": "Attach the authorization, or ask for a retrospective review.",
}


def before_sending(material: Material, dispute: Dispute, as_of: date) -> tuple[str, ...]:
    """List what a person has to check or add before the letter goes out."""
    steps = [_deadline(as_of, dispute.due), *_way(dispute)]
    steps.append("Attach the enclosures, and a copy of the notice.")
    steps += [] if dispute.administrative else _policy_steps(material, as_of)
    steps += differing(material, dispute)
    steps += [OF_OFFICE[ground.category] for ground in dispute.grounds if dispute.administrative]
    if not dispute.grounds:
        steps.append("Read the notice for the specific reason: the answer received states none.")
    if material.case.urgency != "standard":
        steps.append("The order is urgent: decide whether to ask for an expedited appeal.")
    steps += [
        f"Open criterion: {titled(c)}: {lack}. Obtain it, or say why not needed."
        for c, lack in open_criteria(material.assessment)
        if not dispute.administrative
    ]
    return (*dict.fromkeys(steps), "Read, change and sign: the signature is left blank.")


def differing(material: Material, dispute: Dispute) -> list[str]:
    """Say which text or interval of the reason is not that of the policy applied."""
    held = material.assessment
    if held is None or dispute.administrative:
        return []
    told = [
        f'The notice cites "{name}", not the policy applied here: get it, and compare its criteria.'
        for name in other_texts(dispute, held)
    ]
    if strange := other_intervals(dispute, held):
        told.append(
            f'The reason speaks of "{" and ".join(strange)}", the policy applied here of another'
            " interval: see which one holds."
        )
    return told


def names_payer(assessment: Assessment, case: Case) -> bool:
    """Say whether the policy applied is one that names the plan."""
    policy = assessment.policy
    return fold(case.coverage.payer.name) in fold(f"{policy.title} {policy.source}")


def _way(dispute: Dispute) -> list[str]:
    """Say where the letter goes, how sure its deadline is, and what the stage needs."""
    steps = []
    purpose = "external_review" if dispute.stage == "external" else "appeal"
    contact = dispute.contact(purpose)
    if twice := dispute.several(purpose):
        steps.append(
            f"The notice gives more than one {' and '.join(twice)} for this: it was left out,"
            " choose the right one from the notice."
        )
    elif contact is None or not (contact.lines or contact.fax or contact.portal):
        whose = "the reviewing body's" if dispute.stage == "external" else "the payer's"
        steps.append(f"Add {whose} address or fax number for appeals from the notice.")
    step = dispute.step
    if step and step.due and not step.stated and step.verified != "verified":
        steps.append(f"Check the deadline in the notice: it follows from {dispute.rule}.")
    if dispute.stage == "external":
        steps.append("Have the patient sign the authorization that the reviewer's rules ask for.")
    if dispute.stage != "first" and not dispute.earlier:
        steps.append("Add what was decided before, and why: it was not given here.")
    return steps


def _deadline(as_of: date, deadline: date | None) -> str:
    if deadline is None:
        return "Check the notice for the deadline of the appeal: it is not known here."
    if deadline < as_of:
        return f"The deadline of {deadline.isoformat()} has passed: check whether it can be sent."
    return f"Send by {deadline.isoformat()} ({(deadline - as_of).days} days left)."


def _policy_steps(material: Material, as_of: date) -> list[str]:
    if material.assessment is None:
        return []
    policy, steps = material.assessment.policy, []
    if not names_payer(material.assessment, material.case):
        steps.append(
            "The policy cited does not name this payer: check that the payer applies it, or cite"
            " the payer's own."
        )
    if policy.verification != "read":
        steps.append(
            "Check the policy and its clauses in the payer's own text: they were written"
            " from a secondary source."
        )
    marked = [
        c for c in carrying(material.assessment.criteria) if "unverified" in (c.citation or "")
    ]
    steps += [f"A clause is marked unverified, check it: {titled(c)}." for c in marked]
    steps += [
        f"The records disagree, read both before you claim it: {titled(c)}."
        for c in material.assessment.criteria
        if c.conflict and c.evidence
    ]
    if policy.review_by < as_of:
        steps.append("The policy's rules are past their review date: check that they still hold.")
    return steps

"""A FHIR R4 Task draft for each gap: nobody is asked until a workflow or a person files it."""

from datetime import date

from pydantic import JsonValue

from nodes.assessment import Assessment, Gap
from nodes.case import Case
from nodes.ehr.writing.matter import WHOM

SYSTEM = "urn:prior-auth-nodes:gap"
OF = "urn:prior-auth-nodes:of"
TITLE = "Prior authorization needs information"
PRIORITY = {"standard": "routine", "urgent": "urgent", "emergency": "stat"}
Json = dict[str, JsonValue]


def tasks(case: Case, assessment: Assessment) -> tuple[Json, ...]:
    """Draft one task for each gap, in the order of the gaps.

    Status ``draft``, intent ``proposal``; the identifier is of case, policy and criterion, so
    that the same gap is the same task. ``input`` holds the ask and the statement to complete.
    """
    texts = {one.id: one.text for one in assessment.criteria}
    return tuple(
        _task(case, assessment.policy.id, gap, texts[gap.criterion], assessment.as_of)
        for gap in assessment.gaps
    )


def _task(case: Case, policy: str, gap: Gap, text: str, as_of: date) -> Json:
    of: Json = {"coding": [{"system": OF, "code": gap.of}], "text": WHOM[gap.of]}
    asked: list[JsonValue] = [{"type": {"text": "missing"}, "valueString": gap.ask}]
    if gap.addendum:
        asked.append({"type": {"text": "addendum"}, "valueString": gap.addendum})
    return {
        "resourceType": "Task",
        "identifier": [{"system": SYSTEM, "value": f"{case.id}/{policy}/{gap.criterion}"}],
        "status": "draft",
        "intent": "proposal",
        "priority": PRIORITY[case.urgency],
        "code": {"text": TITLE},
        "description": gap.ask,
        "focus": {"reference": case.order.reference},
        "for": {"reference": case.patient.id},
        "authoredOn": as_of.isoformat(),
        "performerType": [of],
        "owner": _owner(case, gap),
        "reasonCode": {"text": text},
        "input": asked,
    }


def _owner(case: Case, gap: Gap) -> Json:
    """Who is asked: the EHR's own reference is known of the patient only."""
    if gap.of == "patient":
        return {"reference": case.patient.id}
    if gap.of == "payer":
        return {"display": case.coverage.payer.name}
    if gap.of == "ordering_clinician":
        return {"display": case.requester.display or WHOM[gap.of]}
    return {"display": WHOM[gap.of]}

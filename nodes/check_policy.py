"""Does the chart show what the payer's policy asks?"""

from collections.abc import Callable
from datetime import date

from pydantic import Field, JsonValue

from nodes.assessment import Assessment
from nodes.audit import Used
from nodes.case import Case
from nodes.chart import Chart
from nodes.errors import Complaint, IncompleteCase
from nodes.node import Request, Response
from nodes.policy.assess import assess
from nodes.policy.library import Library, installed
from nodes.policy.tasks import tasks


class CheckPolicyRequest(Request):
    """The case, the chart, and the day the question is asked."""

    case: Case
    chart: Chart
    as_of: date
    policy: str | None = Field(
        default=None, max_length=100, description="Policy id; none: chosen by service and coverage"
    )


class CheckPolicyResponse(Response):
    """The verdict, criterion by criterion."""

    assessment: Assessment
    tasks: tuple[dict[str, JsonValue], ...] = Field(
        default=(), description="FHIR R4 Task drafts, one for each gap, ready for write-back"
    )


def check_policy(
    request: CheckPolicyRequest, *, library: Callable[[], Library] = installed
) -> CheckPolicyResponse:
    """Say, criterion by criterion, whether a chart meets the payer's policy, and what is missing.

    The policy is the one in force on the date of service for the service, payer and line of
    business, or the one named. Criteria are decided by rules over facts and over statements found
    in notes, each quoted; what was found and does not count is listed with the reason
    (``considered``); nothing recorded is unknown, not unmet. Facts later than ``as_of`` are not
    seen, so that an old case can be judged again as of its day. Where the chart says both, the
    criterion is unknown and ``conflict`` is set: a person has to look, whatever the status.
    Gaps stand in the order worth asking, each with a statement in blanks for the clinician and a
    FHIR Task draft; ``missing_sets`` are the smallest sets of answers that would make it met,
    ``flips`` what would turn the verdict, ``readiness`` counts the closest way. No policy:
    ``unknown-name``; several: ``ambiguous-policy``; a chart of another patient:
    ``incomplete-case``.
    """
    if request.chart.patient != request.case.patient.id:
        place = Complaint("/chart/patient", "give the chart of the case's patient")
        raise IncompleteCase("the chart is not of the patient of the case", [place])
    held = library().choose(request.case, request.policy)
    policy = held.policy
    found = assess(held, request.case, request.chart, request.as_of)
    return CheckPolicyResponse(
        assessment=found,
        tasks=tasks(request.case, found),
        used=(Used(kind="policy", id=policy.id, version=policy.version, sha256=held.sha256),),
    )

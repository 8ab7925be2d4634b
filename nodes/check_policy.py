"""Does the chart show what the payer's policy asks?"""

from datetime import date

from pydantic import Field

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.chart import Chart
from nodes.node import Request, Response


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


def check_policy(request: CheckPolicyRequest) -> CheckPolicyResponse:
    """Say, criterion by criterion, whether a chart meets the payer's policy, and what is missing.

    Stub.
    """
    raise NotImplementedError

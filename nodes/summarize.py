"""Write the clinical summary a payer reads."""

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.chart import Chart
from nodes.node import Request, Response
from nodes.prose import Summary


class SummarizeRequest(Request):
    """The case, the chart and, when known, the policy's verdict."""

    case: Case
    chart: Chart
    assessment: Assessment | None = None


class SummarizeResponse(Response):
    """The summary, sentence by sentence."""

    summary: Summary


def summarize(request: SummarizeRequest) -> SummarizeResponse:
    """Write a payer-focused summary in which every sentence cites the chart.

    Stub.
    """
    raise NotImplementedError

"""Draft the appeal of a denial."""

from datetime import date

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.chart import Chart
from nodes.decision import Decision
from nodes.node import Request, Response
from nodes.prose import Letter


class DraftAppealRequest(Request):
    """The denial, and what answers it."""

    case: Case
    chart: Chart
    assessment: Assessment
    denial: Decision
    as_of: date


class DraftAppealResponse(Response):
    """The letter, for a person to read, change and sign."""

    letter: Letter


def draft_appeal(request: DraftAppealRequest) -> DraftAppealResponse:
    """Draft an appeal letter that answers the stated reason with facts of the chart.

    Stub.
    """
    raise NotImplementedError

"""Read from an EHR what one order's prior authorization needs."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Case, PersonName, Reference, Sex
from nodes.chart import Chart, HardStop
from nodes.node import Request, Response


class ExpectedPatient(Model):
    """Who the order's sender says the patient is; whatever is given is compared."""

    id: Reference | None = None
    name: PersonName | None = None
    birth_date: date | None = None
    sex: Sex | None = None


class FetchChartRequest(Request):
    """Which order, in which EHR."""

    ehr: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_\-]{0,63}$")] = Field(
        description="Name of a configured EHR; addresses are never taken from requests"
    )
    order: Reference = Field(examples=["ServiceRequest/sr-lopez-mri"])
    case_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,60}$")]
    as_of: date = Field(description="The day the question is asked")
    look_back_months: int = Field(default=12, ge=1, le=120)
    patient: ExpectedPatient | None = None


class FetchChartResponse(Response):
    """The case and the chart, and what must stop the request."""

    case: Case
    chart: Chart
    hard_stops: tuple[HardStop, ...] = ()


def fetch_chart(request: FetchChartRequest) -> FetchChartResponse:
    """Fetch an order, its patient and the part of the chart that its authorization needs.

    Stub.
    """
    raise NotImplementedError

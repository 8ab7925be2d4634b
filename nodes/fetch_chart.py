"""Read from an EHR what one order's prior authorization needs."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from nodes import http
from nodes.case import Case
from nodes.chart import Chart, HardStop
from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import UnknownName
from nodes.fhir import charts, relevance
from nodes.fhir.cases import Intake
from nodes.fhir.client import Client
from nodes.fhir.expected import ExpectedClinician, ExpectedPatient, StatedOrder, Wanted
from nodes.fhir.need import Need
from nodes.node import Day, Request, Response
from nodes.principal import Principal
from nodes.reference import Reference
from nodes.settings import settings


class FetchChartRequest(Request):
    """Which order, in which EHR; or, where the EHR has none, whose and what it asks for."""

    ehr: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_\-]{0,63}$")] = Field(
        description="Name of a configured EHR; addresses are never taken from requests"
    )
    order: Reference | None = Field(
        default=None,
        examples=["ServiceRequest/sr-lopez-mri"],
        description="Without one, patient.id and stated.services are needed",
    )
    case_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,60}$")]
    as_of: Day = Field(description="The day the question is asked")
    look_back_months: int | None = Field(
        default=None, ge=1, le=120, description="12, or longer where the service's rules say so"
    )
    patient: ExpectedPatient | None = None
    clinician: ExpectedClinician | None = None
    stated: StatedOrder | None = None

    @model_validator(mode="after")
    def _enough(self) -> Self:
        told = self.patient and self.patient.id and self.stated and self.stated.services
        if self.order is None and not told:
            raise ValueError("name an order, or patient.id and stated.services")
        return self


utc_now = partial(datetime.now, UTC)


class FetchChartResponse(Response):
    """The case and the chart, and what must stop the request."""

    case: Case
    chart: Chart
    hard_stops: tuple[HardStop, ...] = Field(default=(), description="Those of the chart")


def fetch_chart(
    request: FetchChartRequest,
    *,
    principal: Principal | None = None,
    ehrs: Mapping[str, Ehr] | None = None,
    call: http.Call = http.call,
    now: Callable[[], datetime] = utc_now,
    pause: Callable[[float], None] = time.sleep,
) -> FetchChartResponse:
    """Fetch an order, its patient and the part of the chart that its authorization needs.

    Only what the requested service needs is asked for and kept (45 CFR 164.502(b)); the manifest
    says what was asked, read, kept, left out and lost, and each fact why. When the order's patient
    is not the one expected, the answer carries hard stops and no chart is read. A resource that
    cannot be read is left out and told; an order without the essentials of a case is an
    IncompleteCase, or Refused with the hard stop alone where it is not the expected patient's.
    """
    configured = settings().ehrs if ehrs is None else ehrs
    if request.ehr not in configured:
        raise UnknownName("no EHR of this name is configured")
    client = Client(Connection(configured[request.ehr], call=call, pause=pause))
    table, used = relevance.shipped()
    found = Intake(_wanted(request), client, table)
    need = Need(table, found.family, request.as_of, request.look_back_months, found.clinicians())
    chart = charts.chart(found, need, request.ehr, now, principal.subject if principal else None)
    return FetchChartResponse(
        used=(used,), case=found.case, chart=chart, hard_stops=chart.hard_stops
    )


def _wanted(request: FetchChartRequest) -> Wanted:
    return Wanted(
        request.case_id,
        request.as_of,
        request.order,
        request.patient or ExpectedPatient(),
        request.clinician,
        request.stated or StatedOrder(),
    )

"""Read from an EHR what one order's prior authorization needs."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated

from pydantic import Field, StringConstraints

from nodes import http
from nodes.audit import Model
from nodes.case import Case, PersonName, Reference, Sex
from nodes.chart import Chart, HardStop, Manifest
from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import UnknownName
from nodes.fhir import cases, gate, relevance, retrieval
from nodes.fhir.cases import Intake
from nodes.fhir.client import Client
from nodes.fhir.retrieval import Retrieval
from nodes.node import Request, Response
from nodes.settings import settings


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


utc_now = partial(datetime.now, UTC)
TRUNCATED = "the EHR did not give the whole chart: see the manifest's warnings, mend, fetch again"


class FetchChartResponse(Response):
    """The case and the chart, and what must stop the request."""

    case: Case
    chart: Chart
    hard_stops: tuple[HardStop, ...] = Field(default=(), description="Those of the chart")


def fetch_chart(
    request: FetchChartRequest,
    *,
    ehrs: Mapping[str, Ehr] | None = None,
    call: http.Call = http.call,
    now: Callable[[], datetime] = utc_now,
    pause: Callable[[float], None] = time.sleep,
) -> FetchChartResponse:
    """Fetch an order, its patient and the part of the chart that its authorization needs.

    Only what the requested service needs is asked for and kept (45 CFR 164.502(b)); the manifest
    says what was asked, read and kept, and each fact why. When the order's patient is not the one
    expected, the answer carries hard stops and no chart is read. A resource that cannot be read is
    a warning; an order without the essentials of a case is an IncompleteCase.
    """
    configured = settings().ehrs if ehrs is None else ehrs
    if request.ehr not in configured:
        raise UnknownName("no EHR of this name is configured")
    client = Client(Connection(configured[request.ehr], call=call, pause=pause))
    table, used = relevance.shipped()
    found = cases.intake(request.order, request.case_id, request.as_of, client, table)
    stops = [*_identity(request, found), *found.stops()]
    chart = Retrieval(
        client,
        found.reference,
        table,
        found.family,
        since=retrieval.look_back(request.as_of, request.look_back_months),
        as_of=request.as_of,
        needed=found.needed(),
        warnings=found.warnings,
    )
    if gate.WRONG.isdisjoint(stop.code for stop in stops):
        chart.start([found.order, *found.siblings, *found.conditions.values()])
        chart.run()
    else:
        chart.warnings.append("the chart was not read: it may be another patient's")
    if chart.truncated:
        stops.append(HardStop(code="truncated_chart", detail=TRUNCATED))
    return FetchChartResponse(
        used=(used,),
        case=found.case,
        chart=Chart(
            patient=found.reference,
            facts=chart.sorted_facts(),
            notes=chart.sorted_notes(),
            manifest=Manifest(
                ehr=request.ehr,
                at=now(),
                since=chart.since,
                searches=client.account(),
                warnings=tuple(chart.warnings),
            ),
            hard_stops=tuple(stops),
        ),
        hard_stops=tuple(stops),
    )


def _identity(request: FetchChartRequest, found: Intake) -> list[HardStop]:
    expected = request.patient or ExpectedPatient()
    return list(
        gate.identity(
            found.patient,
            found.reference,
            id_=expected.id,
            name=expected.name,
            birth_date=expected.birth_date,
            sex=expected.sex,
        )
    )

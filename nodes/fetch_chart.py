"""Read from an EHR what one order's prior authorization needs."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from nodes import http
from nodes.case import Case, Reference
from nodes.chart import Chart, HardStop, Skipped
from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.ehr.drchrono.chart import Beside
from nodes.ehr.drchrono.needed import beside
from nodes.errors import UnknownName
from nodes.fhir import gate, headers, relevance, sides, stops
from nodes.fhir.cases import Intake, Wanted
from nodes.fhir.client import Client
from nodes.fhir.expected import ExpectedClinician, ExpectedPatient, StatedOrder
from nodes.fhir.need import Need
from nodes.fhir.retrieval import Retrieval
from nodes.node import Request, Response
from nodes.principal import Principal
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
    as_of: date = Field(description="The day the question is asked")
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
TRUNCATED = "the EHR did not give the whole chart: see the manifest's warnings, mend, fetch again"
UNREAD = "the chart was not read: it may be another patient's"


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
    IncompleteCase.
    """
    configured = settings().ehrs if ehrs is None else ehrs
    if request.ehr not in configured:
        raise UnknownName("no EHR of this name is configured")
    client = Client(Connection(configured[request.ehr], call=call, pause=pause))
    table, used = relevance.shipped()
    found = Intake(_wanted(request), client, table)
    need = Need(table, found.family, request.as_of, request.look_back_months)
    chart = _chart(found, need, request.ehr, now, principal)
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


def _chart(
    found: Intake,
    need: Need,
    ehr: str,
    now: Callable[[], datetime],
    principal: Principal | None,
) -> Chart:
    """Read the chart, unless it may be another patient's, and leave out strangers' documents."""
    stopped = stops.before(found)
    retrieval = Retrieval(found.client, found.reference, need, found.needed())
    warnings = [*found.warnings, *gate.doubts(found.patient, found.reference, found.wanted.patient)]
    more = Beside()
    if gate.WRONG.isdisjoint(stop.code for stop in stopped):
        retrieval.start(found.read())
        retrieval.run()
        services = frozenset(line.code for line in found.lines)
        more = beside(found.client.connection, found.case.patient, need, services)
    else:
        warnings.append(UNREAD)
    read = (*retrieval.notes(), *more.notes)
    strange = {note.id for note in headers.strangers(read, found.patient)}
    facts = tuple(f for f in (*retrieval.facts(), *more.facts) if f.source not in strange)
    notes = tuple(note for note in read if note.id not in strange)
    stopped += headers.stops(strange)
    stopped += sides.against_chart(found.lines, found.about(), facts, notes, need.as_of)
    if not (retrieval.complete and more.complete):
        stopped.append(
            HardStop(code="truncated_chart", detail=TRUNCATED, pointer="/chart/manifest/searches")
        )
    manifest = retrieval.manifest(
        ehr, now(), principal.subject if principal else None, (*warnings, *more.warnings)
    )
    told = {
        "complete": manifest.complete and more.complete,
        "searches": (*manifest.searches, *more.searches),
    }
    skipped = [
        Skipped(what=name, reason="another_patient", detail=headers.WORDS)
        for name in sorted(strange)
    ]
    return Chart(
        patient=found.reference,
        order=found.case.order.reference,
        coverage=found.coverage,
        facts=facts,
        notes=notes,
        manifest=manifest.model_copy(
            update=told | {"skipped": (*manifest.skipped, *more.skipped, *skipped)}
        ),
        hard_stops=tuple(stopped),
    )

"""Ask an EHR for new orders, where nothing announces them."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Literal, Self

from pydantic import Field, model_validator

from nodes import http
from nodes.chart import Search
from nodes.ehr import vendors
from nodes.ehr.account import Ehr
from nodes.ehr.arriving import known
from nodes.ehr.arriving.asking import Asking
from nodes.ehr.arriving.order import (
    EhrName,
    KnownOrder,
    Moment,
    NewDocument,
    OrderReference,
    PatientReference,
    Service,
)
from nodes.ehr.connection import Connection
from nodes.errors import Complaint, UnknownName, UnreadableDocument, UpstreamFailed
from nodes.fhir.client import Client
from nodes.node import Request, Response
from nodes.reference import Reference
from nodes.settings import settings

Kind = Literal["ServiceRequest", "DeviceRequest", "MedicationRequest"]
NOBODY = (
    "this EHR lets nobody search orders across patients: name the patients, or have its orders"
    " posted to receive-order"
)
KINDS: tuple[Kind, ...] = ("ServiceRequest", "DeviceRequest", "MedicationRequest")


class FindOrdersRequest(Request):
    """Which EHR, since when; or which orders to read by id."""

    ehr: EhrName
    since: Moment = Field(description="What the last answer gave as next_since")
    until: Moment = Field(description="Now, by the caller's clock")
    overlap_minutes: int = Field(
        default=60,
        ge=0,
        le=10_080,
        description="Asked for again before since: for orders indexed late, and clocks that differ",
    )
    patients: tuple[PatientReference, ...] = Field(
        default=(), max_length=100, description="Only orders of these; empty: of all"
    )
    read: tuple[Reference, ...] = Field(
        default=(), max_length=100, description="Read these orders; then nothing is searched"
    )
    kinds: tuple[Kind, ...] = Field(default=KINDS, min_length=1)
    services: tuple[Service, ...] = Field(
        default=(), max_length=1000, description="Only orders of these, such as CPT 72148"
    )
    documents_of: tuple[PatientReference, ...] = Field(
        default=(), max_length=100, description="Patients of open cases: their new documents"
    )
    known: tuple[KnownOrder, ...] = Field(default=(), max_length=10_000)
    window_days: int = Field(default=30, ge=0, le=366)

    @model_validator(mode="after")
    def forward(self) -> Self:
        """Refuse an interval that ends before it begins."""
        if self.since > self.until:
            raise ValueError("until must not be before since")
        return self


class FindOrdersResponse(Response):
    """What was found, and from when to ask the next time."""

    orders: tuple[OrderReference, ...] = ()
    documents: tuple[NewDocument, ...] = ()
    missing: tuple[Reference, ...] = Field(default=(), description="To be read, and not there")
    complete: bool = Field(description="False: there may be more; next_since has not moved on")
    next_since: Moment
    searches: tuple[Search, ...] = Field(description="What was asked of the EHR")
    warnings: tuple[str, ...] = ()


def find_orders(
    request: FindOrdersRequest,
    *,
    ehrs: Mapping[str, Ehr] | None = None,
    call: http.Call = http.call,
    pause: Callable[[float], None] = time.sleep,
) -> FindOrdersResponse:
    """Find orders that were written or changed since, and documents added to open cases' charts.

    Orders come by the time of their last change where the EHR searches by it, else by the day
    they were written. Without ``patients`` they are of many patients, each with its own. What is
    found again within the overlap is a duplicate by its key. ``next_since`` only moves on over
    time that was read whole, so that nothing is lost between two calls. An EHR that refuses every
    search for orders is UpstreamFailed; one known to have none across patients is not asked for a
    whole practice's orders, and an UnreadableDocument without ``patients``. Searched by the day
    they were written, orders written earlier and signed now are not seen: a warning says so.
    """
    configured = settings().ehrs if ehrs is None else ehrs
    if request.ehr not in configured:
        raise UnknownName("no EHR of this name is configured")
    ehr = configured[request.ehr]
    _, used = vendors.entry(ehr.vendor)
    client = Client(Connection(ehr, call=call, pause=pause))
    since = request.since - timedelta(minutes=request.overlap_minutes)
    asking = Asking(client, request.ehr, since, request.since, request.until)
    _ask(request, asking)
    window = timedelta(days=request.window_days)
    told = known.judged(asking.orders.values(), request.known, request.until, window)
    asking.warnings += [f"{one.order}: {one.why}" for one in told if one.verdict == "unknown"]
    return FindOrdersResponse(
        used=(used,),
        orders=tuple(order for order in told if _wanted(order, request)),
        documents=tuple(asking.documents.values()),
        missing=tuple(asking.missing),
        complete=asking.complete,
        next_since=asking.reached,
        searches=client.account(),
        warnings=tuple(dict.fromkeys(asking.warnings)),
    )


def _ask(request: FindOrdersRequest, asking: Asking) -> None:
    """Ask what was requested; all searches refused is a failure."""
    asking.by_id(request.read)
    if not request.read:
        for patient in request.patients or (None,):
            asking.new_orders(request.kinds, patient)
        if not asking.asked:
            raise UnreadableDocument(NOBODY, [Complaint("/patients", "whose orders to ask for")])
        if asking.asked == asking.refused:
            raise UpstreamFailed(
                "the EHR refused every search for orders like this one, here or across patients"
            )
    asking.new_documents(request.documents_of)


def _wanted(order: OrderReference, request: FindOrdersRequest) -> bool:
    """Leave out services not asked for, and ends and plans of orders nobody took in."""
    asked = set(request.services)
    billable = bool(order.services) and order.services[0].startswith(("CPT ", "HCPCS "))
    other = bool(asked) and billable and asked.isdisjoint(order.services)
    over = order.verdict in {"cancelled", "superseded", "not_yet"} and order.earlier is None
    return not other and (not over or bool(request.read))

"""Make order references of whatever announces an order, each with a key it is known by."""

from collections.abc import Mapping
from datetime import timedelta

from pydantic import Field, JsonValue

from nodes.audit import Sha256
from nodes.case import Text
from nodes.ehr.account import Ehr
from nodes.ehr.arriving import known, reading
from nodes.ehr.arriving.drchrono import DrChronoDelivery
from nodes.ehr.arriving.order import (
    EhrName,
    KnownOrder,
    Lookup,
    Moment,
    NewDocument,
    OrderReference,
)
from nodes.ehr.arriving.origin import Origin
from nodes.errors import UnknownName
from nodes.node import Request, Response
from nodes.settings import settings


class ReceiveOrderRequest(Request):
    """What was announced, by which EHR, and what is known already."""

    ehr: EhrName = Field(description="Name of a configured EHR: it is whom the announcement is of")
    event: dict[str, JsonValue] | None = Field(
        default=None,
        description="The announcement's JSON body as it came: a FHIR order or a Bundle of orders,"
        " a subscription notification, a CDS Hooks order-sign or order-select call, a DrChrono"
        " webhook, or {case_id?, order, patient?, clinician?, codes?, occurred?}",
    )
    drchrono: DrChronoDelivery | None = Field(
        default=None, description="Of a DrChrono webhook: what its headers or address say"
    )
    at: Moment = Field(description="When it came")
    known: tuple[KnownOrder, ...] = Field(default=(), max_length=10_000)
    window_days: int = Field(
        default=30, ge=0, le=366, description="The same service again within it is a re-order"
    )


class ReceiveOrderResponse(Response):
    """The orders announced, what has to be looked up, and what the sender wants to hear."""

    orders: tuple[OrderReference, ...] = ()
    lookups: tuple[Lookup, ...] = Field(default=(), description="For find-orders")
    read: tuple[Text, ...] = Field(
        default=(), description="References of the orders that find-orders has to read by id"
    )
    documents: tuple[NewDocument, ...] = ()
    nothing: Text | None = Field(default=None, description="Why there is nothing to do")
    hook: Text | None = Field(default=None, description="A CDS Hooks call: answer with cards")
    secret_token: Sha256 | None = Field(
        default=None, description="What DrChrono expects back when it verifies the address"
    )
    warnings: tuple[Text, ...] = ()


def receive_order(
    request: ReceiveOrderRequest, *, ehrs: Mapping[str, Ehr] | None = None
) -> ReceiveOrderResponse:
    """Read an announcement of orders and say of each whether it is new.

    The same order has the same key, whatever announces it and however often. A re-order is
    another order of a service that the same patient was ordered within the window, or one that
    replaces a known order. Drafts of a CDS Hooks call are not in the EHR yet: they have no
    reference, and nothing can be fetched for them. An address of another server is Refused; what
    an announcement lacks is an UnreadableDocument with a pointer for each place. Of several orders
    one that cannot be read is a warning with its pointer: the others go on.
    """
    configured = settings().ehrs if ehrs is None else ehrs
    if request.ehr not in configured:
        raise UnknownName("no EHR of this name is configured")
    ehr = configured[request.ehr]
    came = reading.read(
        request.event, request.drchrono, Origin(ehr.base_url), request.ehr, ehr.webhook_secret
    )
    window = timedelta(days=request.window_days)
    orders = known.judged(came.orders, request.known, request.at, window)
    doubtful = [f"{one.order}: {one.why}" for one in orders if one.verdict == "unknown"]
    return ReceiveOrderResponse(
        orders=orders,
        lookups=tuple(came.lookups),
        read=tuple(one.order for one in orders if one.order and not one.complete),
        documents=tuple(came.documents),
        nothing=came.nothing,
        hook=came.hook,
        secret_token=came.secret_token,
        warnings=tuple(dict.fromkeys([*came.warnings, *doubtful])),
    )

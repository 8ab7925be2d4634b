"""Orders being signed in the sandbox EHR, and how it would tell others about them."""

from copy import deepcopy
from datetime import UTC, datetime
from itertools import count
from typing import Any

from flask import Blueprint, Response, request

from server.sandbox.ehr import fhir, outcome, records

TOPIC = "urn:prior-auth-nodes:sandbox:order-signed"
PROFILE = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-"
numbers = count(1)

blueprint = Blueprint("sandbox_ordering", __name__, url_prefix="/sandbox/ehr")


@blueprint.post("/sign")
def sign() -> Response:
    """Sign an order like one in the charts: ``{"like": "ServiceRequest/sr-lopez-mri"}``.

    ``id`` names the new order; ``set`` replaces fields of it. With the id of an order that is
    there already, that order is changed.
    """
    sent = request.get_json(force=True, silent=True)
    wish = sent if isinstance(sent, dict) else {}
    kind, _, id_ = str(wish.get("like")).partition("/")
    model = records.read(kind, id_)
    if model is None:
        return outcome(404, "not-found", "no such order")
    now = datetime.now(UTC)
    signed = deepcopy(model) | {
        "id": str(wish.get("id") or f"{id_}-{next(numbers)}"),
        "authoredOn": now.date().isoformat(),
        "meta": {"lastUpdated": now.strftime("%Y-%m-%dT%H:%M:%SZ")},
    }
    signed |= wish.get("set") or {}
    records.put(signed)
    return fhir(signed, 201)


@blueprint.get("/notification")
def notification() -> Response:
    """Write a subscription's notification (R4 backport): ``?type=``, ``order=``, ``payload=``.

    ``type`` is event-notification, handshake or heartbeat; ``payload`` is full-resource, id-only
    or empty.
    """
    kind = request.args.get("type", "event-notification")
    payload = request.args.get("payload", "id-only")
    names = request.args.getlist("order")
    base = f"{request.root_url}sandbox/ehr/fhir"
    entries = [] if payload == "empty" else [entry(base, name, payload) for name in names]
    shown = [] if payload == "empty" else names
    return fhir(
        {
            "resourceType": "Bundle",
            "meta": {"profile": [f"{PROFILE}subscription-notification-r4"]},
            "type": "history",
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "entry": [{"resource": status(base, kind, shown)}, *entries],
        }
    )


def status(base: str, kind: str, names: list[str]) -> dict[str, Any]:
    """Write the status that comes first in a notification."""
    events = [
        {
            "name": "notification-event",
            "part": [
                {"name": "event-number", "valueString": str(at)},
                {"name": "focus", "valueReference": {"reference": f"{base}/{name}"}},
            ],
        }
        for at, name in enumerate(names, 1)
    ]
    parameters = [
        {"name": "subscription", "valueReference": {"reference": f"{base}/Subscription/orders"}},
        {"name": "topic", "valueCanonical": TOPIC},
        {"name": "status", "valueCode": "active"},
        {"name": "type", "valueCode": kind},
        {"name": "events-since-subscription-start", "valueString": str(len(names))},
        *(events if kind == "event-notification" else []),
    ]
    return {
        "resourceType": "Parameters",
        "meta": {"profile": [f"{PROFILE}subscription-status-r4"]},
        "parameter": parameters,
    }


def entry(base: str, name: str, payload: str) -> dict[str, Any]:
    """Write one resource of a notification, or only its id."""
    kind, _, id_ = name.partition("/")
    told: dict[str, Any] = {
        "fullUrl": f"{base}/{name}",
        "request": {"method": "POST", "url": kind},
        "response": {"status": "201"},
    }
    resource = records.read(kind, id_)
    return told | {"resource": resource} if payload == "full-resource" and resource else told

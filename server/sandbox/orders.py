"""The sandbox EHR's orders that scenes are made of, and who their senders say the patient is."""

import json
from typing import Any

from flask import Blueprint, Response, request

from server.sandbox.ehr import records
from server.sandbox.staging import loading, ordering
from server.sandbox.staging.scene import Person, Variant

SIGNED = "2026-11-16"

blueprint = Blueprint("sandbox_orders", __name__, url_prefix="/sandbox/ehr")


@blueprint.get("/orders")
def orders() -> Response:
    """List orders with the patient as announced; ``?service=`` and ``?variant=`` narrow them.

    ``event`` can be posted to receive-order or n8n's order webhook as it stands; its ``order`` and
    ``patient`` are those of a fetch-chart request. ``tells`` says in words what the chart has and
    lacks, ``expects`` what should come of it.
    """
    wanted = {name: request.args[name] for name in ("service", "variant") if name in request.args}
    found = [
        said
        for variant in loading.variants()
        if (said := told(variant)) and all(said[name] == value for name, value in wanted.items())
    ]
    return Response(json.dumps(found, ensure_ascii=False), mimetype="application/json")


def told(variant: Variant) -> dict[str, Any]:
    """Say of one variant what is ordered, for whom it is announced, and what to expect."""
    return {
        "service": variant.service,
        "variant": variant.variant,
        "title": variant.title,
        "tells": variant.tells,
        "event": {
            "order": reference(variant),
            "patient": variant.event or announced(variant),
            "occurred": f"{SIGNED}T16:20:00Z",
        },
        "expects": variant.expects.model_dump(mode="json"),
    }


def reference(variant: Variant) -> str:
    """Name the order."""
    if variant.person and variant.order:
        return ordering.reference(variant.order, variant.person)
    return variant.existing or ""


def announced(variant: Variant) -> dict[str, Any]:
    """Say who the order's own patient is, as an event would."""
    if variant.person:
        return _named(variant.person)
    kind, _, id_ = reference(variant).partition("/")
    order = records.read(kind, id_) or {}
    whose = order["subject"]["reference"]
    patient = records.read(*whose.split("/")) or {}
    name = patient["name"][0]
    return {
        "id": whose,
        "mrn": patient["identifier"][0]["value"],
        "name": {"family": name["family"], "given": name["given"][0]},
        "birth_date": patient["birthDate"],
        "sex": patient["gender"],
    }


def _named(person: Person) -> dict[str, Any]:
    return {
        "id": f"Patient/pt-{person.key}",
        "mrn": person.mrn,
        "name": {"family": person.family, "given": person.given[0]},
        "birth_date": str(person.born),
        "sex": person.sex,
    }

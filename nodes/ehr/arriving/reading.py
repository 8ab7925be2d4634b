"""Which kind of announcement this is, and its reading."""

from collections.abc import Iterable

from pydantic import SecretStr

from nodes.ehr.arriving import drchrono, hook, notification, plain, resources
from nodes.ehr.arriving.arrival import Arrival, lacking
from nodes.ehr.arriving.drchrono import DrChronoDelivery
from nodes.ehr.arriving.order import OrderReference
from nodes.ehr.arriving.origin import Origin
from nodes.errors import Complaint, UnreadableDocument
from nodes.fhir import tree
from nodes.fhir.tree import Resource

SHAPES = (
    "a FHIR order or Bundle of orders, a subscription notification, a CDS Hooks call,"
    " or {order, patient, ...}"
)


def read(
    event: Resource | None,
    delivery: DrChronoDelivery | None,
    origin: Origin,
    ehr: str,
    secret: SecretStr | None,
) -> Arrival:
    """Read an announcement by its own shape; an UnreadableDocument says which shapes there are."""
    if delivery is not None:
        return drchrono.read(delivery, event, secret)
    if not event:
        raise lacking([Complaint("/event", SHAPES)])
    if tree.string(event, "hook") is not None:
        return hook.read(event, origin, ehr)
    if notification.is_one(event):
        return notification.read(event, origin, ehr)
    if event.get("resourceType") == "Bundle":
        return _bundle(event, origin, ehr)
    if event.get("resourceType") in resources.KINDS:
        arrival = Arrival()
        arrival.orders.append(_resource(event, origin, ehr, "/event", arrival))
        return arrival
    if "order" in event:
        return plain.read(event, origin, ehr)
    raise UnreadableDocument("this announces no order", [Complaint("/event", SHAPES)])


def _bundle(event: Resource, origin: Origin, ehr: str) -> Arrival:
    """Read every order of a Bundle; the Patient resources in it say who is meant."""
    entries = list(enumerate(tree.items(event, "entry")))
    held = [one for _, entry in entries if isinstance(one := entry.get("resource"), dict)]
    patients = [one for one in held if one.get("resourceType") == "Patient"]
    arrival = Arrival()
    for at, entry in entries:
        place = f"/event/entry/{at}"
        with arrival.apart():
            origin.reference(tree.string(entry, "fullUrl"), f"{place}/fullUrl")
            if tree.string(entry, "resource", "resourceType") in resources.KINDS:
                arrival.orders.append(
                    _resource(
                        entry["resource"], origin, ehr, f"{place}/resource", arrival, patients
                    )
                )
    if not (arrival.orders or arrival.bad):
        raise lacking([Complaint("/event/entry", "an order among the Bundle's entries")])
    return arrival.settled()


def _resource(
    one: Resource,
    origin: Origin,
    ehr: str,
    place: str,
    arrival: Arrival,
    patients: Iterable[Resource] = (),
) -> OrderReference:
    return resources.order(
        one, origin, ehr, "resource", place, patients=patients, warnings=arrival.warnings
    )

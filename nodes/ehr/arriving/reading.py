"""Which kind of announcement this is, and its reading."""

from pydantic import SecretStr

from nodes.ehr.arriving import drchrono, hook, notification, plain, resources
from nodes.ehr.arriving.arrival import Arrival, lacking
from nodes.ehr.arriving.drchrono import DrChronoDelivery
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
        return Arrival(orders=[resources.order(event, origin, ehr, "resource", "/event")])
    if "order" in event:
        return plain.read(event, origin, ehr)
    raise UnreadableDocument("this announces no order", [Complaint("/event", SHAPES)])


def _bundle(event: Resource, origin: Origin, ehr: str) -> Arrival:
    """Read every order of a Bundle; the Patient resources in it say who is meant."""
    entries = list(enumerate(tree.items(event, "entry")))
    for at, entry in entries:
        origin.reference(tree.string(entry, "fullUrl"), f"/event/entry/{at}/fullUrl")
    held = [(at, one) for at, entry in entries if isinstance(one := entry.get("resource"), dict)]
    patients = [one for _, one in held if one.get("resourceType") == "Patient"]
    orders = [
        resources.order(
            one, origin, ehr, "resource", f"/event/entry/{at}/resource", patients=patients
        )
        for at, one in held
        if one.get("resourceType") in resources.KINDS
    ]
    if not orders:
        raise lacking([Complaint("/event/entry", "an order among the Bundle's entries")])
    return Arrival(orders=orders)

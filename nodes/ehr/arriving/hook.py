"""A CDS Hooks call at ordering: order-select while choosing, order-sign when signing.

Source: CDS Hooks 2.0 and its hooks order-select 1.0 and order-sign 1.1. The draft orders have no
id of the EHR: their own ids only hold inside the call. The signed order comes later, by another
way; that it may be asked for stands in ``lookups``.
"""

from nodes.ehr.arriving import resources
from nodes.ehr.arriving.arrival import Arrival, lacking
from nodes.ehr.arriving.order import Lookup
from nodes.ehr.arriving.origin import Origin
from nodes.errors import Complaint, Refused
from nodes.fhir import tree
from nodes.fhir.tree import Resource

HOOKS = ("order-sign", "order-select")
LATER = "drafts are being signed: ask for the patient's new orders a little later"


def read(event: Resource, origin: Origin, ehr: str) -> Arrival:
    """Read a hook's draft orders; of an order-select only those that are selected.

    Raises Refused when the call comes from another server, or a draft is another patient's.
    """
    hook = tree.string(event, "hook") or ""
    arrival = Arrival(hook=hook)
    if (server := tree.string(event, "fhirServer")) is not None:
        origin.must_own(server, "/event/fhirServer")
    if hook not in HOOKS:
        arrival.nothing = "a hook that is not about orders"
        return arrival
    patient, call = _context(event, origin)
    for at, draft in _drafts(event):
        pointer = f"/event/context/draftOrders/entry/{at}/resource"
        with arrival.apart():
            named = tree.string(draft, "subject", "reference")
            if origin.reference(named, f"{pointer}/subject") not in (None, patient):
                raise Refused(
                    "a draft order is for another patient than the hook's",
                    [Complaint(f"{pointer}/subject", "the patient of the hook's context")],
                )
            read_one = resources.order(
                draft | {"subject": {"reference": patient}},
                origin,
                ehr,
                "order-sign" if hook == "order-sign" else "order-select",
                pointer,
                hook=call,
                patients=tree.items(event, "prefetch", "patient"),
                warnings=arrival.warnings,
            )
            arrival.orders.append(
                read_one.model_copy(update={"clinician": _clinician(event, read_one.clinician)})
            )
    if hook == "order-sign" and arrival.orders:
        arrival.lookups.append(Lookup(patient=patient, why=LATER))
    if not arrival.orders:
        arrival.nothing = "the hook brings no order of a service, device or medication"
    return arrival.settled()


def _context(event: Resource, origin: Origin) -> tuple[str, str]:
    """Give the patient and the call's id."""
    said = tree.string(event, "context", "patientId")
    bare = f"Patient/{said}" if said and "/" not in said else said
    patient = origin.reference(bare, "/event/context/patientId")
    call = tree.string(event, "hookInstance")
    complaints = [
        Complaint(f"/event/{place}", words)
        for place, words, found in (
            ("context/patientId", "the patient's FHIR id", patient),
            ("hookInstance", "the id of this call", call),
        )
        if not found
    ]
    if complaints or patient is None or call is None:
        raise lacking(complaints)
    return patient, call


def _drafts(event: Resource) -> list[tuple[int, Resource]]:
    """List the draft orders with their places."""
    if not isinstance(tree.field(event, "context", "draftOrders"), dict):
        raise lacking([Complaint("/event/context/draftOrders", "a Bundle of draft orders")])
    selected = {
        one.partition("/")[2] or one for one in tree.strings(event, "context", "selections")
    }
    found = []
    for at, entry in enumerate(tree.items(event, "context", "draftOrders", "entry")):
        resource = entry.get("resource")
        if not isinstance(resource, dict) or resource.get("resourceType") not in resources.KINDS:
            continue
        if event.get("hook") == "order-select" and tree.string(resource, "id") not in selected:
            continue
        found.append((at, resource))
    return found


def _clinician(event: Resource, requester: str | None) -> str | None:
    """Say who ordered: the draft's requester, else the user, when the user is a clinician."""
    user = tree.string(event, "context", "userId") or ""
    kind = user.partition("/")[0]
    fits = kind in {"Practitioner", "PractitionerRole"} and user.count("/") == 1
    return requester or (user if fits else None)

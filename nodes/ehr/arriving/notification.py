"""A FHIR Subscription's notification: R4 backport (Parameters) and R4B/R5 (SubscriptionStatus).

Source: HL7 Subscriptions R5 Backport 1.1, notifications; FHIR R5 SubscriptionStatus. Payloads may
be empty, id-only or full-resource; a handshake and a heartbeat bring nothing to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nodes.ehr.arriving import resources
from nodes.ehr.arriving.arrival import Arrival
from nodes.ehr.arriving.order import (
    Lookup,
    NewDocument,
    OrderReference,
    case_of,
    key_of,
)
from nodes.ehr.arriving.origin import Origin
from nodes.fhir import tree
from nodes.fhir.tree import Resource

STATUS = {"Parameters", "SubscriptionStatus"}
QUIET = {
    "handshake": "a handshake: the subscription works",
    "heartbeat": "a heartbeat: nothing happened",
    "query-status": "the state of a subscription, no event",
}


@dataclass(frozen=True)
class Focus:
    """What one event is about."""

    reference: str | None
    pointer: str


def is_one(event: Resource) -> bool:
    """Whether an event is a notification: its status resource stands alone, or comes first."""
    first = event if event.get("resourceType") != "Bundle" else _first(event)
    kind = first.get("resourceType")
    if kind == "Parameters":
        return bool({"subscription", "notification-event"} & set(_named(first)))
    return kind == "SubscriptionStatus"


def read(event: Resource, origin: Origin, ehr: str) -> Arrival:
    """Read a notification's events."""
    arrival = Arrival()
    bundled = event.get("resourceType") == "Bundle"
    status = _first(event) if bundled else event
    place = "/event/entry/0/resource" if bundled else "/event"
    kind, subscription, focuses = _read_status(status, place)
    origin.reference(subscription, f"{place}/subscription")
    if kind in QUIET:
        arrival.nothing = QUIET[kind]
        return arrival
    if tree.string(status, "status") == "error" or _value(status, "status") == "error":
        arrival.warnings.append("the EHR says that the subscription has an error: look after it")
    entries = _entries(event, origin, arrival) if bundled else {}
    removed = _removed(event, origin, arrival) if bundled else set()
    patients = [one for one, _ in entries.values() if one and one.get("resourceType") == "Patient"]
    names = {name: pointer for name, (_, pointer) in entries.items()}
    if focuses:
        names = _focused(focuses, origin, arrival)
    for name, pointer in names.items():
        with arrival.apart():
            _take(arrival, name, pointer, entries, patients, removed, origin, ehr)
    if not (names or focuses or arrival.bad):
        arrival.lookups.append(Lookup(why="the notification does not say what changed"))
    elif not (arrival.orders or arrival.documents or arrival.lookups):
        arrival.nothing = "the notification is about no order"
    return arrival.settled()


def _focused(focuses: list[Focus], origin: Origin, arrival: Arrival) -> dict[str, str]:
    """Name what the events are about, each with its place; what is elsewhere is left out."""
    names = {}
    for one in focuses:
        with arrival.apart():
            if (name := origin.reference(one.reference, one.pointer)) is not None:
                names[name] = one.pointer
    return names


def _take(
    arrival: Arrival,
    name: str,
    pointer: str,
    entries: dict[str, tuple[Resource | None, str]],
    patients: list[Resource],
    removed: set[str],
    origin: Origin,
    ehr: str,
) -> None:
    """Take one focus in: whole where its resource came along, else by its id."""
    resource, place = entries.get(name, ({}, pointer))
    kind = name.partition("/")[0]
    if resource is None:
        return
    if kind == "DocumentReference":
        found = resources.document(resource, origin, place) if resource else None
        if not resource:
            found = NewDocument(document=name)
        arrival.documents += [found] if found and name not in removed else []
    elif kind in resources.KINDS:
        if resource and name not in removed:
            read_one = resources.order(
                resource,
                origin,
                ehr,
                "notification",
                place,
                patients=patients,
                warnings=arrival.warnings,
            )
        else:
            read_one = by_id(name, ehr, "deleted" if name in removed else None)
        arrival.orders.append(read_one)


def by_id(name: str, ehr: str, status: str | None = None) -> OrderReference:
    """Make the reference of an order of which only the id is known."""
    key = key_of(ehr, name)
    return OrderReference(
        ehr=ehr,
        key=key,
        case_id=case_of(ehr, key, None),
        order=name,
        complete=status is not None,
        order_status=status,
        announced="notification",
    )


def _read_status(status: Resource, place: str) -> tuple[str | None, str | None, list[Focus]]:
    """Give the kind of notification, its subscription, and what its events are about."""
    if status.get("resourceType") == "SubscriptionStatus":
        focuses = [
            Focus(said, f"{place}/notificationEvent/{at}/focus")
            for at, event in enumerate(tree.items(status, "notificationEvent"))
            if (said := tree.string(event, "focus", "reference"))
        ]
        return (
            tree.string(status, "type"),
            tree.string(status, "subscription", "reference"),
            focuses,
        )
    subscription = next(
        (
            tree.string(one, "valueReference", "reference")
            for one in _parameters(status, "subscription")
        ),
        None,
    )
    focuses = [
        Focus(said, f"{place}/parameter")
        for event in _parameters(status, "notification-event")
        for part in tree.items(event, "part")
        if part.get("name") == "focus"
        and (said := tree.string(part, "valueReference", "reference"))
    ]
    return _value(status, "type"), subscription, focuses


def _entries(
    event: Resource, origin: Origin, arrival: Arrival
) -> dict[str, tuple[Resource | None, str]]:
    """Give the resources that came along, by name, each with its place.

    None for one whose address is of another server: what is named so here is somebody else's.
    """
    found: dict[str, tuple[Resource | None, str]] = {}
    for at, entry in enumerate(tree.items(event, "entry")[1:], 1):
        place, resource = f"/event/entry/{at}", entry.get("resource")
        full = tree.string(entry, "fullUrl")
        known = len(arrival.bad)
        with arrival.apart():
            origin.reference(full, f"{place}/fullUrl")
        name = tree.name_of(resource) if isinstance(resource, dict) else None
        if len(arrival.bad) > known:
            found["/".join((full or "").split("/")[-2:])] = (None, place)
            resource = None
        if name and (isinstance(resource, dict) or len(arrival.bad) > known):
            found[name] = (resource, f"{place}/resource")
    return found


def _removed(event: Resource, origin: Origin, arrival: Arrival) -> set[str]:
    """Name the resources that an entry says were deleted."""
    names = set()
    for at, entry in enumerate(tree.items(event, "entry")):
        with arrival.apart():
            if tree.string(entry, "request", "method") == "DELETE":
                address = tree.string(entry, "request", "url")
                names.add(origin.reference(address, f"/event/entry/{at}/request/url"))
    return {one for one in names if one}


def _first(event: Resource) -> Resource:
    entries = tree.items(event, "entry")
    resource: Any = entries[0].get("resource") if entries else None
    return resource if isinstance(resource, dict) else {}


def _parameters(status: Resource, name: str) -> Iterator[Resource]:
    return (one for one in tree.items(status, "parameter") if one.get("name") == name)


def _named(status: Resource) -> list[str]:
    return [str(one.get("name")) for one in tree.items(status, "parameter")]


def _value(status: Resource, name: str) -> str | None:
    return next((tree.string(one, "valueCode") for one in _parameters(status, name)), None)

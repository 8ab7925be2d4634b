"""An order as the services it asks for, the diagnoses it gives, and how soon."""

import re
from datetime import date
from typing import Any, Literal

from nodes.case import ServiceLine
from nodes.fhir import codes, lateral, ordered, people, tree
from nodes.fhir.client import Client
from nodes.fhir.lateral import Side
from nodes.fhir.tree import Resource

KINDS = ("ServiceRequest", "DeviceRequest", "MedicationRequest")
ORDERING = {"order", "original-order", "reflex-order", "filler-order", "instance-order"}
URGENT = {"urgent", "asap", "stat"}
UNITS: dict[str, Literal["unit", "visit", "day", "month", "hour"]] = {
    "{visit}": "visit",
    "visit": "visit",
    "visits": "visit",
    "d": "day",
    "day": "day",
    "days": "day",
    "mo": "month",
    "month": "month",
    "months": "month",
    "h": "hour",
    "hour": "hour",
    "hours": "hour",
}
QUANTITY = "246205007"
PERIODS = (
    ("occurrencePeriod",),
    ("occurrenceTiming", "repeat", "boundsPeriod"),
    ("dispenseRequest", "validityPeriod"),
)
GROUPED = {"ServiceRequest": "requisition", "DeviceRequest": "group-identifier"}
ICD = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
MODIFIER = re.compile(r"[0-9A-Z]{2}")


def urgency(order: Resource) -> Literal["standard", "urgent"]:
    """Read the priority; an emergency needs no prior authorization and is never inferred."""
    return "urgent" if tree.string(order, "priority") in URGENT else "standard"


def siblings(order: Resource, patient: str, client: Client, warnings: list[str]) -> list[Resource]:
    """Find the active orders that were signed with this one, under the same group identifier.

    R4 has no search parameter for the group of a MedicationRequest: all of the patient's active
    ones are asked for, and those of the group kept.
    """
    kind = str(order.get("resourceType"))
    name = "requisition" if kind == "ServiceRequest" else "groupIdentifier"
    group = order.get(name)
    value = tree.string(group, "value")
    if value is None:
        return []
    token = f"{tree.string(group, 'system') or ''}|{value}"
    asked = (GROUPED[kind], token) if kind in GROUPED else ("status", "active")
    found = client.search(kind, [asked], patient)
    warnings += found.warnings
    return [
        ordered.whole(other, client, warnings)
        for other in found.resources.values()
        if tree.name_of(other) != tree.name_of(order)
        and tree.string(other, name, "value") == value
        and tree.string(other, name, "system") == tree.string(group, "system")
        and other.get("status") == "active"
    ]


def line(order: Resource, diagnoses: int) -> ServiceLine | None:
    """Read one order as a service line; None without a code a payer takes: CPT, HCPCS, NDC."""
    asked = ordered.concept(order)
    code = next(iter(ordered.billable(asked)), None)
    if code is None:
        return None
    quantity, unit = amount(order)
    start, end = period(order)
    said = codes.words(asked)
    return ServiceLine(
        system="NDC" if code.system == "NDC" else "CPT" if code.system == "CPT" else "HCPCS",
        code=code.code,
        modifiers=modifiers(order),
        display=said[:500] if said else None,
        quantity=quantity,
        unit=unit,
        start=start,
        end=end,
        laterality=laterality(order),
        diagnoses=tuple(range(1, diagnoses + 1)) or (1,),
    )


def amount(order: Resource) -> tuple[int, Literal["unit", "visit", "day", "month", "hour"]]:
    """Read how much is ordered; one unit where nothing whole and positive is said."""
    candidates = [order.get("quantityQuantity")]
    for parameter in tree.items(order, "parameter"):
        asked = parameter.get("code")
        if codes.token(asked) == QUANTITY or (codes.words(asked) or "").lower() == "quantity":
            candidates.append(parameter.get("valueQuantity"))
    candidates.append(tree.field(order, "dispenseRequest", "quantity"))
    for candidate in candidates:
        value = tree.number(candidate, "value")
        if value is not None and 1 <= value <= 99_999 and value == int(value):
            said = tree.string(candidate, "code") or tree.string(candidate, "unit") or ""
            return int(value), UNITS.get(said.lower(), "unit")
    count = tree.number(order, "occurrenceTiming", "repeat", "count")
    return (int(count), "visit") if count is not None and 1 <= count <= 999 else (1, "unit")


def performing(order: Resource) -> Resource:
    """Give the part of an order that names its performer: of a drug, who dispenses it."""
    dispense = tree.field(order, "dispenseRequest")
    return dispense if isinstance(dispense, dict) and "performer" in dispense else order


def place(order: Resource, client: Client) -> str | None:
    """Give the CMS place of service code of where it is to be done, if the order says so."""
    there = people.pointed(order, "locationReference", client)
    concepts = [*tree.items(order, "locationCode"), *tree.items(there, "type")]
    for concept in concepts:
        for coding in tree.items(concept, "coding"):
            code, system = tree.string(coding, "code"), tree.string(coding, "system") or ""
            named = "place-of-service" in system.lower() or "place_of_service" in system.lower()
            if named and code and len(code) == 2 and code.isascii() and code.isdigit():
                return code
    return None


def period(order: Resource) -> tuple[date | None, date | None]:
    """Read when the service is wanted."""
    day = tree.day(order, "occurrenceDateTime")
    if day is not None:
        return day, None
    for place in PERIODS:
        start, end = tree.day(order, *place, "start"), tree.day(order, *place, "end")
        if start is not None:
            return start, end if end is not None and end >= start else None
    return None, None


def modifiers(order: Resource) -> tuple[str, ...]:
    """Read billing modifiers from the order's details."""
    found = codes.codings(order.get("orderDetail"))
    return tuple(
        c.code for c in found if c.system in {"CPT", "HCPCS"} and MODIFIER.fullmatch(c.code)
    )[:4]


def laterality(order: Resource) -> Side | None:
    """Read the side the order states: in its body site, else its words, modifiers and details."""
    words = codes.words(ordered.concept(order)) or ""
    told = [lateral.of(order.get("bodySite")), lateral.side(words)]
    told += [lateral.side(" ".join(modifiers(order))), lateral.of(order.get("orderDetail"))]
    return next((one for one in told if one), None)


def icd(reason: Any) -> str | None:
    """Give a reason's ICD-10-CM code."""
    code = codes.code(reason, "ICD-10-CM")
    return code if code and ICD.fullmatch(code) else None

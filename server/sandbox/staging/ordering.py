"""The order of a scene as FHIR: one resource for each line, signed together."""

from collections.abc import Iterator

from server.sandbox.staging.scene import Asked, Ordered, Person, Practice
from server.sandbox.staging.shapes import Json, concept, filled, moment, pointer, quantity

PREFIXES = {"ServiceRequest": "sr", "DeviceRequest": "dr", "MedicationRequest": "mr"}
SIDES = {"right": "SNOMED 24028007", "left": "SNOMED 7771000"}
IMAGING = {"system": "http://snomed.info/sct", "code": "363679005", "display": "Imaging"}
PLACES = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"


def reference(order: Ordered, person: Person) -> str:
    """Name the first line's order."""
    return f"{order.type}/{_id(order, order.lines[0], person)}"


def orders(order: Ordered, person: Person, practice: Practice) -> Iterator[Json]:
    """Write the orders."""
    for line in order.lines:
        make = {"ServiceRequest": _service, "DeviceRequest": _device, "MedicationRequest": _drug}
        shared = _shared(order, line, person, practice)
        yield filled(shared | make[order.type](order, line, practice))


def _id(order: Ordered, line: Asked, person: Person) -> str:
    return f"{PREFIXES[order.type]}-{person.key}-{line.name}"


def _shared(order: Ordered, line: Asked, person: Person, practice: Practice) -> Json:
    display = f"{person.given[0]} {person.family}"
    reasons = [concept((code,), words) for code, words in order.reasons.items()]
    visit = order.visit or ""
    other = visit if "/" in visit else f"{person.key}/{visit}"
    group = {
        "system": "https://ehr.riverbend.example/requisitions",
        "value": f"REQ-{person.key.upper()}-{order.day:%m%d}",
    }
    together = "requisition" if order.type == "ServiceRequest" else "groupIdentifier"
    return {
        "resourceType": order.type,
        "id": _id(order, line, person),
        "status": "active",
        "intent": "order",
        "priority": "routine",
        together: group,
        "subject": pointer(f"Patient/pt-{person.key}", display),
        "encounter": pointer(f"Encounter/enc-{other.replace('/', '-')}") if visit else None,
        "authoredOn": moment(order.day, "11:20:00"),
        "requester": pointer(
            f"PractitionerRole/role-{order.by}", practice.clinicians[order.by].display
        ),
        "reasonCode": reasons,
        "reasonReference": [
            pointer(f"Condition/cond-{person.key}-{key}") for key in order.conditions
        ],
        "insurance": [pointer(f"Coverage/cov-{person.key}")],
        "note": [{"text": order.note}] if order.note else None,
    }


def _service(order: Ordered, line: Asked, practice: Practice) -> Json:
    imaging = line.code[0].startswith("CPT 7")
    side = order.side and concept((SIDES[order.side],), f"{order.side.capitalize()}")
    site = concept((), order.site) if order.site else side
    place = {"system": PLACES, "code": order.place}
    return {
        "category": [{"coding": [IMAGING], "text": "Imaging"}] if imaging else None,
        "code": concept(line.code, line.say),
        "quantityQuantity": {"value": line.quantity},
        "occurrenceDateTime": str(order.start),
        "performer": [_house(order, practice)],
        "bodySite": [site] if site else None,
        "locationCode": [{"coding": [place]}] if order.place else None,
    }


def _device(order: Ordered, line: Asked, practice: Practice) -> Json:
    amount = {
        "code": concept(("SNOMED 246205007",), "Quantity"),
        "valueQuantity": quantity(line.quantity, "unit") | {"code": "1"},
    }
    return {
        "codeCodeableConcept": concept(line.code, line.say),
        "parameter": [amount],
        "occurrenceDateTime": str(order.start),
        "performer": _house(order, practice),
    }


def _drug(order: Ordered, line: Asked, practice: Practice) -> Json:
    return {
        "medicationCodeableConcept": concept(line.code, line.say),
        "dosageInstruction": [{"text": order.dose}] if order.dose else None,
        "dispenseRequest": {
            "validityPeriod": {"start": str(order.start)},
            "numberOfRepeatsAllowed": 5,
            "quantity": quantity(line.quantity, "{pen}"),
            "expectedSupplyDuration": quantity(28, "d"),
            "performer": _house(order, practice),
        },
    }


def _house(order: Ordered, practice: Practice) -> Json:
    return pointer(f"Organization/org-{order.at}", practice.houses[order.at].name)

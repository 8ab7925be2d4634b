"""One order in an EHR as a case: patient, coverage, providers, diagnoses, services."""

from dataclasses import dataclass
from datetime import date

from nodes.case import Case, Coverage, Order, Patient, Provider, ServiceLine
from nodes.chart import HardStop
from nodes.errors import Complaint, IncompleteCase
from nodes.fhir import asked, codes, coverage, gate, orders, people, tree
from nodes.fhir.client import Client
from nodes.fhir.relevance import Family, Relevance
from nodes.fhir.tree import Resource


@dataclass
class Intake:
    """An order with what was read for it, before its chart is."""

    order: Resource
    patient: Resource
    reference: str
    siblings: list[Resource]
    conditions: dict[str, Resource]
    case: Case
    family: Family
    warnings: list[str]

    def needed(self) -> dict[str, str]:
        """Name the resources that the order itself points at, and why they are kept."""
        named = {name: "the order's reason" for name in self.conditions}
        for order in (self.order, *self.siblings):
            named[tree.name_of(order) or ""] = "the order itself"
        return named

    def stops(self) -> list[HardStop]:
        """Check order and reason."""
        orders_ = (self.order, *self.siblings)
        return [
            *gate.living(self.order),
            *(stop for order in orders_ for stop in gate.sides(order, self.conditions.values())),
        ]


def intake(reference: str, case_id: str, as_of: date, client: Client, table: Relevance) -> Intake:
    """Read an order and everything its case needs.

    Raises IncompleteCase with a complaint for each thing the EHR does not have; their pointers
    are places in the case.
    """
    order = client.read(reference) if reference.startswith(orders.KINDS) else None
    if order is None:
        raise IncompleteCase(
            "the EHR has no such order",
            [Complaint("/order", "a ServiceRequest, DeviceRequest or MedicationRequest is needed")],
        )
    subject = tree.reference(order, client.base_url, "subject") or ""
    patient = client.read(subject) if subject.startswith("Patient/") else None
    if patient is None:
        raise IncompleteCase(
            "the order's patient cannot be read", [Complaint("/patient", "name a patient")]
        )
    complaints: list[Complaint] = []
    warnings: list[str] = []
    siblings = orders.siblings(order, subject, client, warnings)
    diagnoses, conditions = orders.diagnoses(order, subject, client, complaints)
    lines = _lines([order, *siblings], len(diagnoses), complaints)
    person = _patient(patient, subject, complaints)
    cover = _coverage(order, subject, client, as_of, complaints)
    requester = _requester(order, client, complaints, warnings)
    authored = tree.day(order, "authoredOn")
    if authored is None:
        complaints.append(Complaint("/order/authored_on", f"{reference}: it has no date"))
    if complaints or not (person and cover and requester and authored):
        raise IncompleteCase("the EHR lacks what a case needs", complaints)
    family = asked.family(table, lines, diagnoses, _note(order))
    case = Case(
        id=case_id,
        urgency=orders.urgency(order),
        service_type=family.service_type,
        place_of_service=_place(order),
        patient=person,
        coverage=cover,
        requester=requester,
        performer=_performer(order, client, warnings),
        diagnoses=diagnoses,
        service_lines=lines,
        order=Order(reference=reference, authored_on=authored, reason=_note(order)),
    )
    return Intake(order, patient, subject, siblings, conditions, case, family, warnings)


def _lines(
    found: list[Resource], diagnoses: int, complaints: list[Complaint]
) -> tuple[ServiceLine, ...]:
    lines = []
    for place, order in enumerate(found):
        line = orders.line(order, diagnoses)
        if line is None:
            name = tree.name_of(order)
            complaints.append(
                Complaint(f"/service_lines/{place}/code", f"{name}: no CPT or HCPCS code")
            )
        else:
            lines.append(line)
    return tuple(lines)


def _patient(resource: Resource, name: str, complaints: list[Complaint]) -> Patient | None:
    found = people.patient(resource, name)
    if found is None:
        complaints.append(Complaint("/patient", f"{name}: its name or birth date is missing"))
    return found


def _coverage(
    order: Resource, patient: str, client: Client, as_of: date, complaints: list[Complaint]
) -> Coverage | None:
    chosen = coverage.choose(order, patient, client, as_of, complaints)
    return coverage.read(chosen, client, complaints) if chosen else None


def _requester(
    order: Resource, client: Client, complaints: list[Complaint], warnings: list[str]
) -> Provider | None:
    reference = tree.reference(order, client.base_url, "requester")
    found = people.provider(reference, client, warnings)
    if found is None:
        complaints.append(Complaint("/requester", "the order's requester is missing or unnamed"))
    return found


def _performer(order: Resource, client: Client, warnings: list[str]) -> Provider | None:
    reference = tree.reference(order, client.base_url, "performer")
    return people.provider(reference, client, warnings)


def _place(order: Resource) -> str | None:
    """Give the CMS place of service code, if the order has one."""
    for location in tree.items(order, "locationCode"):
        for coding in tree.items(location, "coding"):
            code, system = tree.string(coding, "code"), tree.string(coding, "system") or ""
            named = "place-of-service" in system.lower()
            if named and code and len(code) == 2 and code.isascii() and code.isdigit():
                return code
    return None


def _note(order: Resource) -> str | None:
    """Give the order's own reason in words: its note, else its first coded reason."""
    said = tree.string(order, "note", "text") or codes.words(order.get("reasonCode"))
    return said[:500] if said else None

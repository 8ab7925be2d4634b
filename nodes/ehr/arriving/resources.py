"""A FHIR order resource as an order reference, and a Patient as who is meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nodes.case import Sex
from nodes.chart import Coding
from nodes.ehr.arriving.arrival import lacking
from nodes.ehr.arriving.order import (
    Announced,
    AnnouncedPatient,
    NewDocument,
    OrderReference,
    case_of,
    key_of,
    key_of_draft,
    services_of,
)
from nodes.ehr.arriving.origin import REFERENCE, Origin
from nodes.errors import Complaint, Refused
from nodes.fhir import codes, people, tree
from nodes.fhir.tree import Resource

KINDS = ("ServiceRequest", "DeviceRequest", "MedicationRequest")
CONCEPTS = ("code", "codeCodeableConcept", "medicationCodeableConcept")
PRIORITIES = {"routine", "urgent", "asap", "stat"}


@dataclass(frozen=True)
class Elsewhere:
    """References of one order that it can do without."""

    origin: Origin
    place: str
    warnings: list[str] | None

    def reference(self, value: Any, field: str) -> str | None:
        """Read a reference; one to another server is left out, and said so."""
        try:
            return self.origin.reference(tree.string(value, "reference"), field)
        except Refused:
            if self.warnings is not None:
                self.warnings.append(f"{self.place}: {field} is of another server; left out")
            return None


def order(
    resource: Resource,
    origin: Origin,
    ehr: str,
    announced: Announced,
    pointer: str,
    *,
    hook: str | None = None,
    patients: Iterable[Resource] = (),
    warnings: list[str] | None = None,
) -> OrderReference:
    """Read one order. ``hook`` is the id of the hook call that a draft was sent in.

    Who ordered and what it replaces are left out, with a warning, where they are of another server.
    Raises UnreadableDocument for an order without id or patient.
    """
    name = tree.name_of(resource) or ""
    subject = origin.reference(tree.string(resource, "subject", "reference"), f"{pointer}/subject")
    complaints = [
        Complaint(f"{pointer}/{place}", words)
        for place, words, fits in (
            ("id", "the order's id", REFERENCE.fullmatch(name)),
            ("subject", "a reference to a Patient", (subject or "").startswith("Patient/")),
        )
        if not fits
    ]
    if complaints or subject is None:
        raise lacking(complaints)
    key = key_of_draft(ehr, hook, name) if hook else key_of(ehr, name)
    coded = ordered(resource)
    elsewhere = Elsewhere(origin, name, warnings)
    return OrderReference(
        ehr=ehr,
        key=key,
        case_id=case_of(ehr, key, group(resource, subject)),
        order=None if hook else name,
        draft=bool(hook),
        patient=patient(subject, patients),
        clinician=elsewhere.reference(tree.field(resource, "requester"), "requester"),
        codes=coded,
        services=services_of(coded),
        authored=tree.day(resource, "authoredOn"),
        priority=_priority(resource),
        order_status=(standing(resource) or "")[:100] or None,
        replaces=_replaces(resource, elsewhere),
        announced=announced,
    )


def ordered(resource: Resource) -> tuple[Coding, ...]:
    """Give the codes of what is ordered, whatever the resource type calls them.

    A medication that is its own resource inside the order counts.
    """
    found = [concept for name in CONCEPTS for concept in tree.items(resource, name)]
    medication = tree.string(resource, "medicationReference", "reference") or ""
    inside = [
        one.get("code")
        for one in tree.items(resource, "contained")
        if medication.startswith("#") and tree.string(one, "id") == medication[1:]
    ]
    return codes.codings([*found, *inside])[:50]


def standing(resource: Resource) -> str | None:
    """Say how an order stands: its status, unless it is no order that is to be carried out."""
    intent = tree.string(resource, "intent")
    if resource.get("doNotPerform") is True:
        return "do-not-perform"
    if intent in {"proposal", "plan", "option", "directive"}:
        return intent
    odd = resource.get("status") is not None and tree.string(resource, "status") is None
    return "unknown" if odd else tree.string(resource, "status")


def is_order(name: str) -> bool:
    """Whether ``Type/id`` names an order."""
    return name.partition("/")[0] in KINDS


def group(resource: Resource, patient: str) -> tuple[str, ...] | None:
    """Give the identifier of the group an order was signed in: its cases are one."""
    name = "requisition" if resource.get("resourceType") == "ServiceRequest" else "groupIdentifier"
    value = tree.string(resource, name, "value")
    if value is None:
        return None
    kind = str(resource.get("resourceType"))
    return kind, patient, tree.string(resource, name, "system") or "", value


def patient(reference: str, candidates: Iterable[Resource] = ()) -> AnnouncedPatient:
    """Say who the patient is, as far as the announcement's own Patient resources do."""
    found: Any = next((one for one in candidates if tree.name_of(one) == reference), None)
    sex = tree.string(found, "gender")
    said: Sex | None = "female" if sex == "female" else "male" if sex == "male" else None
    return AnnouncedPatient(
        id=reference,
        mrn=(people.identifier(found, "MR") or "")[:100] or None,
        name=people.person_name(found.get("name")) if found else None,
        birth_date=tree.day(found, "birthDate"),
        sex=said,
    )


def document(resource: Resource, origin: Origin, pointer: str) -> NewDocument | None:
    """Read a DocumentReference; None for one that was withdrawn or has no id."""
    name = tree.name_of(resource) or ""
    withdrawn = tree.string(resource, "status") in {"entered-in-error", "superseded"}
    if withdrawn or not REFERENCE.fullmatch(name):
        return None
    subject = tree.string(resource, "subject", "reference")
    return NewDocument(
        document=name,
        patient=origin.reference(subject, f"{pointer}/subject"),
        written=tree.day(resource, "date"),
        codes=codes.codings(resource.get("type"))[:20],
    )


def _priority(resource: Resource) -> Any:
    said = tree.string(resource, "priority")
    return said if said in PRIORITIES else None


def _replaces(resource: Resource, elsewhere: Elsewhere) -> tuple[str, ...]:
    found = (
        elsewhere.reference(one, "replaces")
        for name in ("replaces", "priorRequest", "priorPrescription")
        for one in tree.items(resource, name)
    )
    return tuple(one for one in found if one)[:20]

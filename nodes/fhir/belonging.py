"""Whose a resource is: which element of each type names the patient (FHIR R4 4.0.1)."""

from typing import Literal

from nodes.fhir import tree
from nodes.fhir.tree import Resource

NAMED_BY = {
    "AllergyIntolerance": "patient",
    "CarePlan": "subject",
    "Claim": "patient",
    "ClaimResponse": "patient",
    "ClinicalImpression": "subject",
    "Communication": "subject",
    "Condition": "subject",
    "Coverage": "beneficiary",
    "Device": "patient",
    "DeviceRequest": "subject",
    "DiagnosticReport": "subject",
    "DocumentReference": "subject",
    "Encounter": "subject",
    "ExplanationOfBenefit": "patient",
    "FamilyMemberHistory": "patient",
    "Flag": "subject",
    "Goal": "subject",
    "ImagingStudy": "subject",
    "Immunization": "patient",
    "MedicationAdministration": "subject",
    "MedicationDispense": "subject",
    "MedicationRequest": "subject",
    "MedicationStatement": "subject",
    "NutritionOrder": "patient",
    "Observation": "subject",
    "Procedure": "subject",
    "QuestionnaireResponse": "subject",
    "RelatedPerson": "patient",
    "ServiceRequest": "subject",
    "Specimen": "subject",
    "Task": "for",
}
ELEMENTS = ("subject", "patient", "beneficiary", "for")
Mismatch = Literal["another_patient", "no_patient"]


def mismatch(resource: Resource, patient: str, base_url: str) -> Mismatch | None:
    """Say why a resource is not this patient's (``Patient/id``); None: it is.

    It must name the patient in the element of its type (in any of them where its own is absent)
    by a reference within this EHR; a logical (identifier only), bundle-local (``urn:uuid``) or
    contained reference names nobody that can be checked. Whatever patient it names besides,
    contained resources too, must be the same one; so must whoever an observation is really about
    (its focus): a fetus, a donor or a parent is somebody else.
    """
    kind = resource.get("resourceType")
    if kind == "Patient":
        return None if tree.name_of(resource) == patient else "another_patient"
    own = NAMED_BY.get(kind) if isinstance(kind, str) else None
    wanted = (own,) if own in resource else ELEMENTS
    mine = any(
        tree.reference(said, base_url) == patient
        for element in wanted
        for said in _said(resource, element)
    )
    if _others(resource, patient, base_url) or _focused(resource, patient, base_url):
        return "another_patient"
    return None if mine else "no_patient"


def abroad(resource: Resource, base_url: str) -> bool:
    """Whether it names its patient at an address that is not this EHR's: perhaps an alias."""
    return any(foreign(said, base_url) for element in ELEMENTS for said in _said(resource, element))


def foreign(pointer: Resource, base_url: str) -> bool:
    """Whether a reference leads to another address than this EHR's."""
    named = tree.string(pointer, "reference") or ""
    return named.startswith(("http:", "https:")) and tree.reference(pointer, base_url) is None


def plain(resource: Resource, patient: str) -> bool:
    """Whether it is this patient's at first sight: the usual case, told cheaply."""
    subject = resource.get("subject")
    return (
        type(subject) is dict
        and subject.get("reference") == patient
        and "contained" not in resource
        and "patient" not in resource
        and "beneficiary" not in resource
        and "for" not in resource
        and "focus" not in resource
        and NAMED_BY.get(resource["resourceType"]) == "subject"
    )


def guarded(binary: Resource, patient: str, base_url: str) -> bool:
    """Whether a Binary's security context is another patient than this one."""
    return any(_another(said, patient, base_url) for said in tree.items(binary, "securityContext"))


def _focused(resource: Resource, patient: str, base_url: str) -> bool:
    """Whether a resource is really about another person: a patient, a relative, one within it."""
    if resource.get("resourceType") != "Observation":
        return any(_another(said, patient, base_url) for said in _said(resource, "focus"))
    inside = {
        f"#{one.get('id')}"
        for one in tree.items(resource, "contained")
        if one.get("resourceType") in {"Patient", "RelatedPerson"}
    }
    for said in _said(resource, "focus"):
        named = tree.string(said, "reference") or ""
        found = tree.reference(said, base_url) or ""
        if (
            named in inside
            or found.startswith("RelatedPerson/")
            or _another(said, patient, base_url)
        ):
            return True
    return False


def _said(resource: Resource, element: str | None) -> list[Resource]:
    return tree.items(resource.get(element)) if element in resource else []


def _others(resource: Resource, patient: str, base_url: str) -> bool:
    """Whether it, or a resource contained in it, names a patient who is not this one."""
    inside = tree.items(resource, "contained") if "contained" in resource else []
    return any(
        _another(said, patient, base_url)
        for one in (resource, *inside)
        for element in ELEMENTS
        for said in _said(one, element)
    )


def _another(said: Resource, patient: str, base_url: str) -> bool:
    found = tree.reference(said, base_url)
    if found is None:
        return foreign(said, base_url)
    return found != patient and found.startswith("Patient/")

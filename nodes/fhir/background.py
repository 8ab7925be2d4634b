"""What stands behind a patient: relatives' conditions, intolerances, vaccinations."""

from nodes.fhir import codes, tree
from nodes.fhir.reading import Reading, concept, period, reading
from nodes.fhir.tree import Resource, Unreadable


def family_history(resource: Resource) -> Reading:
    """Read a FamilyMemberHistory: the relative's conditions, never the patient's."""
    found = [codes.words(item.get("code")) for item in tree.items(resource, "condition")]
    relative = codes.words(resource.get("relationship")) or "relative"
    said = ", ".join(item for item in found if item)
    if not said:
        raise Unreadable("it names no condition")
    return reading(
        resource,
        "family_history",
        (f"{relative}: {said}", tree.moment(resource, "date")),
        status=tree.string(resource, "status"),
        lasting=True,
    )


def allergy(resource: Resource) -> Reading:
    """Read an AllergyIntolerance."""
    said, coded = concept(resource, "code")
    status = codes.token(resource.get("clinicalStatus"))
    when = tree.moment(resource, "recordedDate")
    return reading(
        resource,
        "allergy",
        (f"Allergy or intolerance: {said}", status, when),
        codes=coded,
        status=status,
        lasting=True,
    )


def immunization(resource: Resource) -> Reading:
    """Read an Immunization."""
    said, coded = concept(resource, "vaccineCode")
    when = period(resource, "occurrenceDateTime", "")
    status = tree.string(resource, "status")
    return reading(
        resource,
        "immunization",
        (said, status, when.words),
        codes=coded,
        status=status,
        start=when.first,
    )

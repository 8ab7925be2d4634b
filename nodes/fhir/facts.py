"""FHIR resources as facts: what each says, in its own words, with its codes, dates and values."""

from collections.abc import Callable

from nodes.fhir import background, care, codes, documents, medications, observations
from nodes.fhir.reading import (
    Reading,
    about,
    joined,
    labelled,
    named,
    remarks,
    site,
    unless_in,
)
from nodes.fhir.tree import Resource, Unreadable, string
from nodes.fhir.when import moment, period, told

WITHDRAWN = frozenset({"entered-in-error", "nullified"})
NOT_WRITTEN = ("entered-in-error", "cancelled")
EMPTY_IF_CANCELLED = frozenset({"Observation", "DiagnosticReport"})
CERTAIN = frozenset({None, "confirmed"})
LASTING = frozenset({None, "active", "recurrence", "relapse"})


def read(resource: Resource) -> Reading | None:
    """Read one resource as a whole; None when the EHR itself has withdrawn it.

    What was refuted, not done or not taken is read, and says so in its words and its status.
    Raises Unreadable when it does not say what it is about, or carries a modifier extension: that
    may turn its meaning round (FHIR R4, 2.4.0.2), and none is known here.
    """
    kind = resource.get("resourceType")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise Unreadable("this server does not read its type")
    if withdrawn(resource):
        return None
    if resource.get("modifierExtension"):
        raise Unreadable("an extension that is not known here modifies its meaning")
    return reader(resource)


def readings(resource: Resource) -> tuple[Reading, ...]:
    """Read one resource: first the whole, then each component that has a code and a value."""
    whole = read(resource)
    if whole is None:
        return ()
    if "component" not in resource or whole.kind != "observation":
        return (whole,)
    return (whole, *observations.components(resource, whole))


def withdrawn(resource: Resource) -> bool:
    """Whether the EHR itself has taken it back."""
    status = resource.get("status")
    if isinstance(status, str):
        if status in WITHDRAWN:
            return True
        if status == "cancelled" and resource["resourceType"] in EMPTY_IF_CANCELLED:
            return True
    if "verificationStatus" in resource:
        return codes.token(resource["verificationStatus"]) in WITHDRAWN
    if resource["resourceType"] == "DocumentReference":
        return status == "superseded" or resource.get("docStatus") in NOT_WRITTEN
    return False


def condition(resource: Resource) -> Reading:
    """Read a Condition; one that is not confirmed says so in its status."""
    said = about(resource)
    clinical = codes.token(resource.get("clinicalStatus"))
    certainty = codes.token(resource.get("verificationStatus"))
    status = clinical if certainty in CERTAIN else f"{clinical or 'unknown'} ({certainty})"
    status = certainty if certainty == "refuted" else status
    onset, over = told(resource, "onset"), told(resource, "abatement")
    when = onset._replace(last=over.last or over.first)

    def say() -> tuple[str | None, ...]:
        recorded, _ = moment(resource.get("recordedDate"))
        return (
            said,
            codes.code(resource.get("code"), "ICD-10-CM"),
            unless_in(said, codes.words(resource.get("severity"))),
            labelled("stage", joined(codes.every([s.get("summary") for s in _stages(resource)]))),
            labelled("site", unless_in(said, site(resource))),
            status,
            labelled("onset", onset.words),
            labelled("ended", over.words),
            None if onset.words else labelled("recorded", recorded),
            _concern(resource),
            *remarks(resource),
        )

    return Reading(
        named(resource),
        "condition",
        say,
        lambda: {
            "author": string(resource, "asserter", "display")
            or string(resource, "recorder", "display"),
            "body_site": site(resource),
        },
        concepts=resource.get("code"),
        status=status,
        when=when,
        lasting=clinical in LASTING and not over.words and status != "refuted",
    )


def _stages(resource: Resource) -> list[Resource]:
    found = resource.get("stage")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _concern(resource: Resource) -> str | None:
    """Tell a concern, such as a need of food or housing, from a diagnosis."""
    found = codes.pairs(resource.get("category"))
    return "a health concern" if any(c == "health-concern" for _, c in found) else None


def report(resource: Resource) -> Reading:
    """Read a DiagnosticReport with its conclusion."""
    said = about(resource)
    when = period(resource, "effective", "issued")
    status = string(resource, "status")

    def say() -> tuple[str | None, ...]:
        conclusion = string(resource, "conclusion")
        return (
            f"{said}: {conclusion}" if conclusion else said,
            joined(codes.every(resource.get("conclusionCode"))),
            observations.unsettled(status),
            when.words,
        )

    return Reading(
        named(resource),
        "report",
        say,
        lambda: {
            "author": string(resource, "resultsInterpreter", "display")
            or string(resource, "performer", "display"),
            "value_text": string(resource, "conclusion"),
        },
        concepts=resource.get("code"),
        status=status,
        when=when,
    )


READERS: dict[str, Callable[[Resource], Reading]] = {
    "Condition": condition,
    "MedicationRequest": medications.ordered,
    "MedicationStatement": medications.stated,
    "MedicationDispense": medications.dispensed,
    "MedicationAdministration": medications.administered,
    "Observation": observations.observation,
    "Procedure": care.procedure,
    "Encounter": care.encounter,
    "DiagnosticReport": report,
    "DocumentReference": documents.document,
    "FamilyMemberHistory": background.family_history,
    "AllergyIntolerance": background.allergy,
    "Immunization": background.immunization,
    "CarePlan": care.care_plan,
    "Device": care.device,
    "ServiceRequest": care.order,
    "DeviceRequest": care.order,
}

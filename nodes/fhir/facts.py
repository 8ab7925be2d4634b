"""FHIR resources as facts: what each says, in its own words, with its codes, dates and values."""

from collections.abc import Callable

from nodes.fhir import background, codes, tree
from nodes.fhir.reading import (
    Reading,
    concept,
    labelled,
    period,
    quantity,
    reading,
    reason,
    shown,
    value_words,
)
from nodes.fhir.tree import Resource, Unreadable

VALUE = 2000
WITHDRAWN = {"entered-in-error", "refuted", "cancelled"}
CERTAIN = {None, "confirmed"}


def read(resource: Resource) -> Reading | None:
    """Read one resource; None when the EHR itself has withdrawn it.

    Raises Unreadable when it does not say what it is about.
    """
    kind = tree.string(resource, "resourceType")
    if WITHDRAWN & {
        tree.string(resource, "status"),
        codes.token(resource.get("verificationStatus")),
    }:
        return None
    if kind not in READERS:
        raise Unreadable("this server does not read its type")
    return READERS[kind](resource)


def condition(resource: Resource) -> Reading:
    """Read a Condition; one that is not confirmed says so in its status."""
    said, coded = concept(resource, "code")
    clinical = codes.token(resource.get("clinicalStatus"))
    certainty = codes.token(resource.get("verificationStatus"))
    status = clinical if certainty in CERTAIN else f"{clinical or 'unknown'} ({certainty})"
    onset = period(resource, "onsetDateTime", "onsetPeriod")
    over = period(resource, "abatementDateTime", "abatementPeriod")
    return reading(
        resource,
        "condition",
        (
            said,
            codes.code(resource.get("code"), "ICD-10-CM"),
            status,
            labelled("onset", onset.words),
            labelled("ended", over.words),
            None if onset.words else labelled("recorded", tree.moment(resource, "recordedDate")),
        ),
        codes=coded,
        status=status,
        start=onset.first,
        end=over.last or over.first,
        lasting=clinical in {None, "active", "recurrence", "relapse"} and not over.words,
    )


def medication(resource: Resource) -> Reading:
    """Read a MedicationRequest or MedicationStatement; a reference was put in before."""
    said, coded = concept(resource, "medicationCodeableConcept")
    when = period(resource, "effectiveDateTime", "effectivePeriod", "authoredOn")
    status = tree.string(resource, "status")
    dosage = tree.string(resource, "dosageInstruction", "text") or tree.string(
        resource, "dosage", "text"
    )
    return reading(
        resource,
        "medication",
        (said, dosage, status, when.words, reason(resource)),
        codes=coded,
        status=status,
        start=when.first,
        end=when.last,
        author=tree.string(resource, "requester", "display"),
        lasting=status in {"active", "on-hold"},
    )


def observation(resource: Resource) -> Reading:
    """Read an Observation; a panel's components stand in its words, not in its value."""
    said, coded = concept(resource, "code")
    when = period(resource, "effectiveDateTime", "effectivePeriod", "effectiveInstant")
    value = quantity(resource.get("valueQuantity"))
    text = value_words(resource)
    parts = [
        f"{codes.words(part.get('code')) or 'part'} {shown(part)}"
        for part in tree.items(resource, "component")
        if shown(part)
    ]
    words = shown(resource) or ", ".join(parts) or "no value"
    return reading(
        resource,
        "observation",
        (
            f"{said}: {words}",
            labelled("interpretation", codes.words(resource.get("interpretation"))),
            when.words,
        ),
        codes=coded,
        status=tree.string(resource, "status"),
        start=when.first,
        end=when.last,
        value=value,
        value_text=(text or ", ".join(parts))[:VALUE] or None if not value else None,
        author=tree.string(resource, "performer", "display"),
    )


def procedure(resource: Resource) -> Reading:
    """Read a Procedure; its status tells whether it was done."""
    said, coded = concept(resource, "code")
    when = period(resource, "performedDateTime", "performedPeriod")
    status = tree.string(resource, "status")
    return reading(
        resource,
        "procedure",
        (
            said,
            status,
            when.words,
            reason(resource),
            codes.words(resource.get("outcome")),
            *tree.strings([note.get("text") for note in tree.items(resource, "note")]),
        ),
        codes=coded,
        status=status,
        start=when.first,
        end=when.last,
        author=tree.string(resource, "performer", "actor", "display"),
    )


def encounter(resource: Resource) -> Reading:
    """Read an Encounter: what kind of visit, why, when and with whom."""
    said = codes.words(resource.get("type")) or tree.string(resource, "class", "display")
    when = period(resource, "", "period")
    who = tree.string(resource, "participant", "individual", "display")
    why = reason(resource)
    return reading(
        resource,
        "encounter",
        (said or "Visit", why, tree.string(resource, "status"), when.words, who),
        codes=codes.codings(resource.get("type")),
        status=tree.string(resource, "status"),
        start=when.first,
        end=when.last,
        author=who,
        reason_said=why is not None,
    )


def report(resource: Resource) -> Reading:
    """Read a DiagnosticReport with its conclusion."""
    said, coded = concept(resource, "code")
    when = period(resource, "effectiveDateTime", "effectivePeriod", "issued")
    conclusion = tree.string(resource, "conclusion")
    return reading(
        resource,
        "report",
        (f"{said}: {conclusion}" if conclusion else said, when.words),
        codes=coded,
        status=tree.string(resource, "status"),
        start=when.first,
        end=when.last,
        value_text=conclusion[:VALUE] if conclusion else None,
        author=tree.string(resource, "performer", "display"),
    )


def document(resource: Resource) -> Reading:
    """Read a DocumentReference's cover: title, date and author; its words are a Note."""
    title = codes.words(resource.get("type")) or tree.string(resource, "description")
    when = period(resource, "date", "")
    author = tree.string(resource, "author", "display")
    return reading(
        resource,
        "document",
        (title or "Document", when.words, author),
        codes=codes.codings(resource.get("type")),
        status=tree.string(resource, "status"),
        start=when.first,
        author=author,
    )


def order(resource: Resource) -> Reading:
    """Read a ServiceRequest or DeviceRequest: asked for, which is not done."""
    field = "codeCodeableConcept" if "codeCodeableConcept" in resource else "code"
    said, coded = concept(resource, field)
    status = tree.string(resource, "status")
    when = tree.moment(resource, "authoredOn")
    return reading(
        resource,
        "order",
        (f"Ordered: {said}", status, when, reason(resource)),
        codes=coded,
        status=status,
        start=tree.day(resource, "authoredOn"),
        author=tree.string(resource, "requester", "display"),
    )


READERS: dict[str, Callable[[Resource], Reading]] = {
    "Condition": condition,
    "MedicationRequest": medication,
    "MedicationStatement": medication,
    "Observation": observation,
    "Procedure": procedure,
    "Encounter": encounter,
    "DiagnosticReport": report,
    "DocumentReference": document,
    "FamilyMemberHistory": background.family_history,
    "AllergyIntolerance": background.allergy,
    "Immunization": background.immunization,
    "ServiceRequest": order,
    "DeviceRequest": order,
}

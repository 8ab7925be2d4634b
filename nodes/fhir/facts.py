"""FHIR resources as facts: what each says, in its own words, with its codes, dates and values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nodes.chart import Coding, FactKind, Quantity
from nodes.fhir import codes, tree
from nodes.fhir.tree import Resource, Unreadable

QUOTE, VALUE = 2000, 2000
WITHDRAWN = {"entered-in-error", "refuted", "cancelled"}
CERTAIN = {None, "confirmed"}
COMPARATORS = {"<", "<=", ">=", ">"}


@dataclass(frozen=True)
class Reading:
    """What a resource says; a Fact as soon as there is a reason to keep it."""

    name: str
    kind: FactKind
    quote: str
    codes: tuple[Coding, ...] = ()
    status: str | None = None
    start: date | None = None
    end: date | None = None
    value: Quantity | None = None
    value_text: str | None = None
    author: str | None = None
    lasting: bool = False
    reason_said: bool = True


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
    said, coded = _concept(resource, "code")
    clinical = codes.token(resource.get("clinicalStatus"))
    certainty = codes.token(resource.get("verificationStatus"))
    status = clinical if certainty in CERTAIN else f"{clinical or 'unknown'} ({certainty})"
    onset = _period(resource, "onsetDateTime", "onsetPeriod")
    over = _period(resource, "abatementDateTime", "abatementPeriod")
    return _reading(
        resource,
        "condition",
        (
            said,
            codes.code(resource.get("code"), "ICD-10-CM"),
            status,
            _labelled("onset", onset.words),
            _labelled("ended", over.words),
            None if onset.words else _labelled("recorded", tree.moment(resource, "recordedDate")),
        ),
        codes=coded,
        status=status,
        start=onset.first,
        end=over.last or over.first,
        lasting=clinical in {None, "active", "recurrence", "relapse"} and not over.words,
    )


def medication(resource: Resource) -> Reading:
    """Read a MedicationRequest or MedicationStatement; a reference was put in before."""
    said, coded = _concept(resource, "medicationCodeableConcept")
    when = _period(resource, "effectiveDateTime", "effectivePeriod", "authoredOn")
    status = tree.string(resource, "status")
    dosage = tree.string(resource, "dosageInstruction", "text") or tree.string(
        resource, "dosage", "text"
    )
    return _reading(
        resource,
        "medication",
        (said, dosage, status, when.words, _reason(resource)),
        codes=coded,
        status=status,
        start=when.first,
        end=when.last,
        author=tree.string(resource, "requester", "display"),
        lasting=status in {"active", "on-hold"},
    )


def observation(resource: Resource) -> Reading:
    """Read an Observation; a panel's components stand in its words, not in its value."""
    said, coded = _concept(resource, "code")
    when = _period(resource, "effectiveDateTime", "effectivePeriod", "effectiveInstant")
    value = quantity(resource.get("valueQuantity"))
    text = value_words(resource)
    parts = [
        f"{codes.words(part.get('code')) or 'part'} {_shown(part)}"
        for part in tree.items(resource, "component")
        if _shown(part)
    ]
    shown = _shown(resource) or ", ".join(parts) or "no value"
    return _reading(
        resource,
        "observation",
        (
            f"{said}: {shown}",
            _labelled("interpretation", codes.words(resource.get("interpretation"))),
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
    said, coded = _concept(resource, "code")
    when = _period(resource, "performedDateTime", "performedPeriod")
    status = tree.string(resource, "status")
    return _reading(
        resource,
        "procedure",
        (
            said,
            status,
            when.words,
            _reason(resource),
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
    when = _period(resource, "", "period")
    who = tree.string(resource, "participant", "individual", "display")
    reason = _reason(resource)
    return _reading(
        resource,
        "encounter",
        (said or "Visit", reason, tree.string(resource, "status"), when.words, who),
        codes=codes.codings(resource.get("type")),
        status=tree.string(resource, "status"),
        start=when.first,
        end=when.last,
        author=who,
        reason_said=reason is not None,
    )


def report(resource: Resource) -> Reading:
    """Read a DiagnosticReport with its conclusion."""
    said, coded = _concept(resource, "code")
    when = _period(resource, "effectiveDateTime", "effectivePeriod", "issued")
    conclusion = tree.string(resource, "conclusion")
    return _reading(
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
    when = _period(resource, "date", "")
    author = tree.string(resource, "author", "display")
    return _reading(
        resource,
        "document",
        (title or "Document", when.words, author),
        codes=codes.codings(resource.get("type")),
        status=tree.string(resource, "status"),
        start=when.first,
        author=author,
    )


def family_history(resource: Resource) -> Reading:
    """Read a FamilyMemberHistory: the relative's conditions, never the patient's."""
    found = [codes.words(item.get("code")) for item in tree.items(resource, "condition")]
    relative = codes.words(resource.get("relationship")) or "relative"
    said = ", ".join(item for item in found if item)
    if not said:
        raise Unreadable("it names no condition")
    return _reading(
        resource,
        "family_history",
        (f"{relative}: {said}", tree.moment(resource, "date")),
        status=tree.string(resource, "status"),
        lasting=True,
    )


def allergy(resource: Resource) -> Reading:
    """Read an AllergyIntolerance."""
    said, coded = _concept(resource, "code")
    status = codes.token(resource.get("clinicalStatus"))
    when = tree.moment(resource, "recordedDate")
    return _reading(
        resource,
        "allergy",
        (f"Allergy or intolerance: {said}", status, when),
        codes=coded,
        status=status,
        lasting=True,
    )


def immunization(resource: Resource) -> Reading:
    """Read an Immunization."""
    said, coded = _concept(resource, "vaccineCode")
    when = _period(resource, "occurrenceDateTime", "")
    status = tree.string(resource, "status")
    return _reading(
        resource,
        "immunization",
        (said, status, when.words),
        codes=coded,
        status=status,
        start=when.first,
    )


def order(resource: Resource) -> Reading:
    """Read a ServiceRequest or DeviceRequest: asked for, which is not done."""
    field = "codeCodeableConcept" if "codeCodeableConcept" in resource else "code"
    said, coded = _concept(resource, field)
    status = tree.string(resource, "status")
    when = tree.moment(resource, "authoredOn")
    return _reading(
        resource,
        "order",
        (f"Ordered: {said}", status, when, _reason(resource)),
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
    "FamilyMemberHistory": family_history,
    "AllergyIntolerance": allergy,
    "Immunization": immunization,
    "ServiceRequest": order,
    "DeviceRequest": order,
}


def quantity(value: Any) -> Quantity | None:
    """Read a Quantity; its unit is the UCUM code where there is one."""
    amount = tree.number(value, "value")
    if amount is None:
        return None
    ucum = tree.string(value, "system") == "http://unitsofmeasure.org"
    unit = (tree.string(value, "code") if ucum else None) or tree.string(value, "unit")
    comparator: Any = tree.string(value, "comparator")
    return Quantity(
        value=amount,
        unit=unit[:50] if unit else None,
        comparator=comparator if comparator in COMPARATORS else None,
    )


def value_words(resource: Resource) -> str | None:
    """Say a value that is not a quantity."""
    concept = codes.words(resource.get("valueCodeableConcept"))
    plain = next(
        (
            resource[name]
            for name in ("valueString", "valueInteger", "valueBoolean", "valueDateTime")
            if isinstance(resource.get(name), str | int | Decimal)
        ),
        None,
    )
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    return concept or (str(plain) if plain is not None else None)


def _shown(resource: Resource) -> str | None:
    """Show a value as the EHR's user sees it: the unit's words, not its code."""
    amount = tree.number(resource, "valueQuantity", "value")
    if amount is None:
        return value_words(resource)
    said = tree.field(resource, "valueQuantity")
    unit = tree.string(said, "unit") or tree.string(said, "code") or ""
    return f"{tree.string(said, 'comparator') or ''}{amount} {unit}".strip()


@dataclass(frozen=True)
class _Period:
    words: str | None = None
    first: date | None = None
    last: date | None = None


def _period(resource: Resource, moment: str, period: str, otherwise: str = "") -> _Period:
    """Find a date or a period under one of its names."""
    for name in (moment, otherwise):
        if said := tree.moment(resource, name):
            return _Period(said, tree.day(resource, name))
    start, end = tree.moment(resource, period, "start"), tree.moment(resource, period, "end")
    said = f"{start} to {end}" if start and end and start != end else start or end
    first, last = tree.day(resource, period, "start"), tree.day(resource, period, "end")
    return _Period(said, first, last if end != start else first)


def _concept(resource: Resource, name: str) -> tuple[str, tuple[Coding, ...]]:
    said = codes.words(resource.get(name))
    if said is None:
        raise Unreadable("it does not say what it is about")
    return said, codes.codings(resource.get(name))


def _reason(resource: Resource) -> str | None:
    said = [codes.words(concept) for concept in tree.items(resource, "reasonCode")]
    return _labelled("for", ", ".join(item for item in said if item) or None)


def _labelled(label: str, words: str | None) -> str | None:
    return f"{label} {words}" if words else None


def _reading(
    resource: Resource, kind: FactKind, said: tuple[str | None, ...], **rest: Any
) -> Reading:
    name = tree.name_of(resource)
    if name is None:
        raise Unreadable("it has no id")
    quote = "; ".join(item for item in said if item)[:QUOTE].strip()
    if isinstance(rest.get("author"), str):
        rest["author"] = rest["author"][:500]
    return Reading(name, kind, quote, **rest)

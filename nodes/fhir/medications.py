"""Medications: ordered, stated to be taken, dispensed, administered; each says which."""

from datetime import date
from typing import Any, Literal

from nodes.chart import Course
from nodes.fhir import codes, dosage, tree
from nodes.fhir.reading import (
    Reading,
    joined,
    labelled,
    named,
    reason,
    remarks,
    status,
    unsure,
    why_not,
)
from nodes.fhir.tree import Resource, Unreadable
from nodes.fhir.values import amount, quantity
from nodes.fhir.when import Period, days, moment, period

Event = Literal["ordered", "stated", "dispensed", "administered"]
LASTING = frozenset({"active", "on-hold"})


def ordered(resource: Resource) -> Reading:
    """Read a MedicationRequest; one that only reports what the patient takes is a statement."""
    reported = resource.get("reportedBoolean") is True or "reportedReference" in resource
    supply = resource.get("dispenseRequest")
    when = period(resource, "effective", "authoredOn")
    return _medication(
        resource,
        "stated" if reported else "ordered",
        dosage.words(resource.get("dosageInstruction")),
        when,
        supply=(tree.field(supply, "expectedSupplyDuration"), tree.field(supply, "quantity")),
        refills=tree.field(supply, "numberOfRepeatsAllowed"),
        who="requester",
    )


def stated(resource: Resource) -> Reading:
    """Read a MedicationStatement: what is said to be taken, or not to be."""
    when = period(resource, "effective", "dateAsserted")
    return _medication(
        resource, "stated", dosage.words(resource.get("dosage")), when, who="informationSource"
    )


def dispensed(resource: Resource) -> Reading:
    """Read a MedicationDispense: what the pharmacy handed over, and for how many days."""
    when = period(resource, "whenHandedOver", "whenHandedOver", "whenPrepared")
    return _medication(
        resource,
        "dispensed",
        dosage.words(resource.get("dosageInstruction")),
        when,
        supply=(resource.get("daysSupply"), resource.get("quantity")),
        who="performer",
    )


def administered(resource: Resource) -> Reading:
    """Read a MedicationAdministration."""
    when = period(resource, "effective", "occurrenceDateTime")
    return _medication(
        resource,
        "administered",
        dosage.given(resource.get("dosage")),
        when,
        who="performer",
    )


LEAD: dict[Event, str] = {
    "ordered": "",
    "stated": "",
    "dispensed": "Dispensed: ",
    "administered": "Given: ",
}


def _medication(
    resource: Resource,
    event: Event,
    dose: dosage.Words,
    when: Period,
    *,
    supply: tuple[Any, Any] = (None, None),
    refills: Any = None,
    who: str,
) -> Reading:
    concept = _drug(resource)
    said = codes.words(concept)
    if said is None:
        raise Unreadable("it does not say which medication")
    state = unsure(status(resource), resource)

    def say() -> tuple[str | None, ...]:
        length, repeats = days(supply[0]), tree.number({"n": refills}, "n")
        done = state in {None, "completed", "in-progress"}
        return (
            f"{LEAD[event] if done else ''}{said}",
            dose(),
            state,
            when.words,
            labelled("quantity", amount(supply[1])),
            f"{length} days' supply" if length else None,
            f"{repeats} refills" if repeats else None,
            reason(resource),
            labelled("because", why_not(resource)),
            *remarks(resource),
        )

    return Reading(
        named(resource),
        "medication",
        say,
        lambda: {
            "author": _who(resource, who),
            "course": Course(
                event=event,
                dosage=(dose() or "")[:500].strip() or None,
                days_supply=days(supply[0]),
                quantity=quantity(supply[1]),
                refills=_refills(refills),
                stopped=(why_not(resource) or "")[:500].strip() or None,
            ),
        },
        concepts=concept,
        status=state,
        when=when,
        lasting=state in LASTING and event in ("ordered", "stated"),
        asserted=_asserted(resource),
    )


def _asserted(resource: Resource) -> date | None:
    """Find the day somebody last said it is taken, or until which an order may be filled."""
    until = tree.string(resource, "dispenseRequest", "validityPeriod", "end")
    return moment(resource.get("dateAsserted"))[1] or moment(until)[1]


def _drug(resource: Resource) -> Any:
    """Find the medication: coded here, contained, or named by its reference."""
    concept = resource.get("medicationCodeableConcept")
    if concept is not None:
        return concept
    pointer = resource.get("medicationReference")
    if not isinstance(pointer, dict):
        return tree.field(resource, "medication", "concept")
    wanted = pointer.get("reference")
    for item in tree.items(resource, "contained"):
        if wanted in (f"#{item.get('id')}", "#"):
            return medication(item)
    said = tree.string(pointer, "display")
    return {"text": said} if said else None


def medication(resource: Resource | None) -> Any:
    """Give a Medication as a concept: its code, else the names of its ingredients."""
    found = tree.field(resource, "code")
    if found is not None:
        return found
    parts = tree.items(resource, "ingredient")
    said = joined(codes.words(part.get("itemCodeableConcept")) for part in parts)
    return {"text": said} if said else None


def _who(resource: Resource, name: str) -> str | None:
    return tree.string(resource, name, "display") or tree.string(resource, name, "actor", "display")


def _refills(value: Any) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 999
    return value if whole else None

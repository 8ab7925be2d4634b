"""Care given, planned and ordered: visits, procedures, care plans, devices, orders."""

from typing import Any

from nodes.fhir import codes, tree
from nodes.fhir.reading import (
    Reading,
    Said,
    about,
    joined,
    labelled,
    named,
    reason,
    remarks,
    site,
    status,
    unless_in,
    unsure,
    why_not,
)
from nodes.fhir.tree import Resource, Unreadable
from nodes.fhir.values import amount
from nodes.fhir.when import bounds, moment, period

AMBULATORY = frozenset({"AMB", "ambulatory"})
PROPOSED = ("proposal", "option")


def procedure(resource: Resource) -> Reading:
    """Read a Procedure; its status tells whether it was done, and one not done says so first."""
    said = about(resource)
    when = period(resource, "performed", "performedString")
    when = when if when.words else period(resource, "occurrence")
    state = status(resource)
    return Reading(
        named(resource),
        "procedure",
        lambda: (
            said,
            labelled("site", unless_in(said, site(resource))),
            state,
            labelled("because", why_not(resource)),
            when.words or tree.string(resource, "performedString"),
            reason(resource),
            codes.words(resource.get("outcome")),
            labelled("complication", joined(codes.every(resource.get("complication")))),
            labelled("follow-up", joined(codes.every(resource.get("followUp")))),
            *remarks(resource),
        ),
        lambda: {
            "author": tree.string(resource, "performer", "actor", "display"),
            "body_site": site(resource),
        },
        concepts=resource.get("code"),
        status=state,
        when=when,
    )


def encounter(resource: Resource) -> Reading:
    """Read an Encounter: what kind of visit, why, when and with whom."""
    where, setting = _class(resource.get("class"))
    kind = codes.words(resource.get("type")) or codes.words(resource.get("serviceType"))
    said = kind or setting or "Visit"
    when = bounds(resource.get("period") or resource.get("actualPeriod"))
    why = purpose(resource)
    who = _participant(resource)
    state = status(resource)
    return Reading(
        named(resource),
        "encounter",
        lambda: (
            said,
            None if where in AMBULATORY else unless_in(said, setting),
            why,
            state,
            when.words,
            who,
        ),
        lambda: {"author": who},
        concepts=[*_list(resource.get("type")), *_list(resource.get("reasonCode"))],
        status=state,
        when=when,
        reason_said=why is not None,
    )


def purpose(resource: Resource) -> str | None:
    """Say what a visit was for, where that is recorded."""
    return reason(resource) or labelled("for", _diagnoses(resource))


def _class(value: Any) -> tuple[str | None, str | None]:
    """Read the class, a Coding: its code and its words."""
    found = value[0] if isinstance(value, list) and value else value
    if isinstance(found, dict) and "coding" in found:
        return codes.token(found), codes.words(found)
    code = tree.string(found, "code")
    return code, tree.string(found, "display") or CLASSES.get(code or "")


CLASSES = {
    "AMB": "ambulatory",
    "IMP": "inpatient encounter",
    "ACUTE": "inpatient acute",
    "NONAC": "inpatient non-acute",
    "EMER": "emergency",
    "OBSENC": "observation encounter",
    "HH": "home health",
    "VR": "virtual",
    "SS": "short stay",
    "PRENC": "pre-admission",
}


def _participant(resource: Resource) -> str | None:
    for item in tree.items(resource, "participant"):
        said = tree.string(item, "individual", "display") or tree.string(item, "actor", "display")
        if said:
            return said
    return None


def _diagnoses(resource: Resource) -> str | None:
    found = tree.items(resource, "diagnosis")
    return joined(tree.string(item, "condition", "display") for item in found)


def order(resource: Resource) -> Reading:
    """Read a ServiceRequest or DeviceRequest: asked for, which is not done."""
    concept = next((resource[name] for name in ORDERED if name in resource), None)
    said = codes.words(concept) or tree.string(resource, "codeReference", "display")
    if said is None:
        raise Unreadable("it does not say what is ordered")
    state = unsure(status(resource), resource)
    words, day = moment(resource.get("authoredOn"))
    lead = "Proposed" if resource.get("intent") in PROPOSED else "Ordered"
    lead = "Ordered not to be done" if state == "not-done" else lead
    return Reading(
        named(resource),
        "order",
        lambda: (
            f"{lead}: {said}",
            joined(codes.every(resource.get("orderDetail"))),
            labelled("site", unless_in(said, site(resource))),
            labelled("quantity", amount(resource.get("quantityQuantity"))),
            state,
            words,
            reason(resource),
            *remarks(resource),
        ),
        lambda: {
            "author": tree.string(resource, "requester", "display"),
            "body_site": site(resource),
        },
        concepts=concept,
        status=state,
        when=bounds({"start": words} if words and day else None),
    )


ORDERED = ("codeCodeableConcept", "code")


def care_plan(resource: Resource) -> Reading:
    """Read a CarePlan: its aim and its activities, each with its own status."""
    activities = [
        detail
        for item in tree.items(resource, "activity")
        if not item.get("modifierExtension")
        and (detail := item.get("detail"))
        and isinstance(detail, dict)
    ]
    state = unsure(status(resource), resource)
    when = bounds(resource.get("period"))
    when = when if when.words else period(resource, "created", "created")

    def say() -> Said:
        title = tree.string(resource, "title") or joined(
            word for word in codes.every(resource.get("category")) if word != "assess-plan"
        )
        return (
            labelled("Care plan:", title) or "Care plan",
            tree.string(resource, "description"),
            state,
            when.words,
            *(_activity(detail) for detail in activities),
            *remarks(resource),
        )

    concepts = [*_list(resource.get("category"))]
    concepts += [d.get("code") for d in activities if status(d) != "not-done"]
    return Reading(
        named(resource),
        "care_plan",
        say,
        lambda: {"author": tree.string(resource, "author", "display")},
        concepts=concepts,
        status=state,
        when=when,
        lasting=state == "active",
    )


def _activity(detail: Resource) -> str | None:
    said = codes.words(detail.get("code")) or tree.string(detail, "description")
    state = status(detail)
    if said and state in {"not-done", "cancelled"}:
        return f"not to be done: {said}" if state == "not-done" else f"cancelled: {said}"
    return f"{said} ({state})" if said and state else said


def device(resource: Resource) -> Reading:
    """Read a Device of the patient: its type and names; serial numbers are left out."""
    names = [tree.string(item, "name") for item in tree.items(resource, "deviceName")]
    said = codes.words(resource.get("type")) or joined(names)
    model = tree.string(resource, "modelNumber")
    state = tree.string(resource, "status")
    return Reading(
        named(resource),
        "device",
        lambda: (
            labelled("Device:", said) or "Device of a type not recorded",
            *(unless_in(said or "", name) for name in names[:3]),
            labelled("model", model),
            tree.string(resource, "manufacturer"),
            state,
            labelled("because", joined(codes.every(resource.get("statusReason")))),
        ),
        concepts=resource.get("type"),
        status=state,
        lasting=state in {None, "active"},
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

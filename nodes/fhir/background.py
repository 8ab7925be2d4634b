"""What stands behind a patient: relatives' conditions, intolerances, vaccinations."""

from typing import Any

from nodes.fhir import codes, tree
from nodes.fhir.reading import (
    Reading,
    about,
    joined,
    labelled,
    named,
    remarks,
    site,
    status,
    why_not,
)
from nodes.fhir.tree import Resource, Unreadable
from nodes.fhir.when import moment, period, told

UNCONFIRMED = frozenset({"unconfirmed", "presumed", "provisional"})


def family_history(resource: Resource) -> Reading:
    """Read a FamilyMemberHistory: the relative's conditions, never the patient's."""
    relative = codes.words(resource.get("relationship")) or "relative"
    conditions = [
        item
        for item in tree.items(resource, "condition")
        if not item.get("modifierExtension") and codes.words(item.get("code"))
    ]
    state = status(resource)
    words, day = moment(resource.get("date"))

    def say() -> tuple[str | None, ...]:
        told_ = joined([_illness(item) for item in conditions])
        about_ = joined([_living(resource), labelled("sex", codes.words(resource.get("sex")))])
        who = f"{relative} ({about_})" if about_ else relative
        none = codes.words(resource.get("dataAbsentReason"))
        return (
            f"{who}: {told_ or _none(state, none)}",
            joined(codes.every(resource.get("reasonCode"))),
            words,
            *remarks(resource),
        )

    return Reading(
        named(resource),
        "family_history",
        say,
        concepts=[item.get("code") for item in conditions],
        status=state,
        when=period({"date": words}, "", "date") if day else period({}, ""),
        lasting=True,
    )


def _illness(item: Resource) -> str:
    parts = (
        labelled("onset", told(item, "onset").words),
        codes.words(item.get("outcome")),
        "cause of death" if item.get("contributedToDeath") is True else None,
        *remarks(item),
    )
    more = ", ".join(part for part in parts if part)
    said = codes.words(item.get("code")) or ""
    return f"{said} ({more})" if more else said


def _living(resource: Resource) -> str | None:
    """Say whether the relative died, at what age, or how old he or she is."""
    died = told(resource, "deceased").words
    if died:
        return f"deceased {died}"
    if resource.get("deceasedBoolean") is True:
        return "deceased"
    return labelled("aged", (told(resource, "age").words or "").removeprefix("at age ") or None)


def _none(state: str | None, why: str | None) -> str:
    return why or ("health unknown" if state == "health-unknown" else "no condition recorded")


def allergy(resource: Resource) -> Reading:
    """Read an AllergyIntolerance with its reactions; one that was refuted says so."""
    concept = resource.get("code")
    reactions = tree.items(resource, "reaction")
    said = codes.words(concept) or joined(codes.words(r.get("substance")) for r in reactions)
    if said is None:
        raise Unreadable("it does not say what it is about")
    clinical = codes.token(resource.get("clinicalStatus"))
    certainty = codes.token(resource.get("verificationStatus"))
    state = f"{clinical or 'unknown'} ({certainty})" if certainty in UNCONFIRMED else clinical
    state = certainty if certainty == "refuted" else state
    onset = told(resource, "onset")

    def say() -> tuple[str | None, ...]:
        return (
            f"Allergy or intolerance: {said}",
            labelled("criticality", _critical(resource.get("criticality"))),
            *(_reaction(item) for item in reactions[:5]),
            state,
            labelled("onset", onset.words),
            moment(resource.get("recordedDate"))[0],
            *remarks(resource),
        )

    return Reading(
        named(resource),
        "allergy",
        say,
        lambda: {"author": tree.string(resource, "asserter", "display")},
        concepts=concept,
        status=state,
        when=onset,
        lasting=True,
    )


def _critical(value: Any) -> str | None:
    return value if value in ("low", "high") else None


def _reaction(item: Resource) -> str | None:
    signs = joined(codes.every(item.get("manifestation"))) or tree.string(item, "description")
    severity = tree.string(item, "severity")
    said = f"{signs} ({severity})" if signs and severity else signs
    return labelled("reaction", said)


def immunization(resource: Resource) -> Reading:
    """Read an Immunization; one that was not given says so."""
    said = about(resource, "vaccineCode")
    state = status(resource)
    when = period(resource, "occurrence")

    def say() -> tuple[str | None, ...]:
        return (
            said,
            state,
            labelled("because", why_not(resource)),
            when.words or tree.string(resource, "occurrenceString"),
            "a dose too small to count" if resource.get("isSubpotent") is True else None,
            joined(codes.every(resource.get("reasonCode"))),
            *remarks(resource),
        )

    return Reading(
        named(resource),
        "immunization",
        say,
        lambda: {"author": None, "body_site": site({"bodySite": resource.get("site")})},
        concepts=resource.get("vaccineCode"),
        status=state,
        when=when,
    )

"""Observations: a value, or a panel whose components each have their own code and value."""

from collections.abc import Iterator

from nodes.fhir import codes
from nodes.fhir.reading import Reading, about, joined, labelled, named, remarks, site, unless_in
from nodes.fhir.tree import Resource, items, string
from nodes.fhir.values import missing, quantity, reference_range, shown, value_words
from nodes.fhir.when import Period, period

SETTLED = frozenset({None, "final", "amended", "corrected", "appended"})
COMPONENTS = 100


def observation(resource: Resource) -> Reading:
    """Read an Observation; a panel's components stand in its words, not in its value.

    Unreadable when its value is a series of samples.
    """
    said = about(resource)
    status = string(resource, "status")
    when = period(resource, "effective", "issued")
    if "valueSampledData" in resource:
        shown(resource)

    def parts() -> str | None:
        return joined(
            f"{codes.words(part.get('code')) or 'part'} {value}"
            for _, part in _parts(resource)
            if (value := shown(part))
        )

    def say() -> tuple[str | None, ...]:
        words = shown(resource) or parts() or _absent(resource)
        return (
            f"{said}: {words}",
            labelled("interpretation", joined(codes.every(resource.get("interpretation")))),
            labelled("reference", reference_range(resource)),
            labelled("site", unless_in(said, site(resource))),
            labelled("by", unless_in(said, codes.words(resource.get("method")))),
            unsettled(status),
            when.words,
            *(remarks(resource) if "note" in resource else ()),
        )

    return Reading(
        named(resource),
        "observation",
        say,
        lambda: {
            "value": quantity(resource.get("valueQuantity")),
            "value_text": None
            if quantity(resource.get("valueQuantity"))
            else value_words(resource) or parts(),
            "author": string(resource, "performer", "display"),
            "body_site": site(resource),
        },
        concepts=resource.get("code"),
        status=status,
        when=when,
    )


def components(resource: Resource, whole: Reading) -> Iterator[Reading]:
    """Read each component that has a code and a value as a fact of its own."""
    said = about(resource)
    when = Period(period(resource, "effective", "issued").words, whole.start, whole.end)
    for place, part in _parts(resource):
        if codes.pairs(part.get("code")) and shown(part):
            yield _component(part, place, said, whole, when)


def _component(part: Resource, place: int, panel: str, whole: Reading, when: Period) -> Reading:
    said = codes.words(part.get("code")) or "part"
    value = quantity(part.get("valueQuantity"))
    return Reading(
        f"{whole.name}#component-{place + 1}",
        "observation",
        lambda: (
            f"{said}: {shown(part)}",
            labelled("interpretation", joined(codes.every(part.get("interpretation")))),
            labelled("reference", reference_range(part)),
            labelled("part of", unless_in(said, panel)),
            unsettled(whole.status),
            when.words,
        ),
        lambda: {
            "value": value,
            "value_text": None if value else value_words(part),
            "author": whole.author,
            "body_site": whole.more.get("body_site"),
        },
        concepts=part.get("code"),
        status=whole.status,
        when=when,
        path=f"Observation.component[{place}]",
    )


def unsettled(status: str | None) -> str | None:
    """Give the status of a result that is not the last word."""
    return None if status in SETTLED else status


def _parts(resource: Resource) -> list[tuple[int, Resource]]:
    """List the components whose meaning nothing unknown modifies and whose value can be held."""
    found = items(resource, "component")[:COMPONENTS] if "component" in resource else []
    return [
        (place, part)
        for place, part in enumerate(found)
        if not part.get("modifierExtension") and "valueSampledData" not in part
    ]


def _absent(resource: Resource) -> str:
    if "hasMember" in resource and "dataAbsentReason" not in resource:
        return "its results are recorded apart"
    return missing(resource)

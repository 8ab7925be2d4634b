"""An order against what surrounds it: its sender's word, its visit, its reasons, its coverage."""

from collections.abc import Iterable, Iterator, Sequence

from nodes.case import PersonName, ServiceLine
from nodes.chart import HardStop
from nodes.fhir import belonging, names, people, tree
from nodes.fhir.client import Client
from nodes.fhir.expected import ExpectedClinician
from nodes.fhir.gate import stop
from nodes.fhir.tree import Resource

CLINICIAN = "the clinician who ordered in the EHR is not the one the event names"


def elsewhere(order: Resource, patient: str, client: Client) -> Iterator[HardStop]:
    """Find where the order points into another patient's record."""
    pointed = (
        ("encounter", "wrong_patient", "/order", "the order was placed in another patient's visit"),
        (
            "reasonReference",
            "wrong_patient",
            "/diagnoses",
            "the order's reason is another patient's",
        ),
        (
            "insurance",
            "broken_reference",
            "/coverage",
            "the order names another patient's coverage",
        ),
    )
    for name, code, pointer, words in pointed:
        for found in tree.items(order, name):
            reference = tree.reference(found, client.base_url)
            resource = client.read(reference) if reference else None
            if resource and mismatched(resource, patient, client):
                yield stop(code, f"{words}: {reference}", pointer)
                break


def mismatched(resource: Resource, patient: str, client: Client) -> bool:
    """Whether a resource says it is about another patient."""
    return belonging.mismatch(resource, patient, client.base_url) == "another_patient"


def clinician(
    expected: ExpectedClinician | None, requester: Resource, others: Iterable[str | None]
) -> Iterator[HardStop]:
    """Compare who ordered with who the event says ordered.

    Numbers decide where both are known, else family names. An organization that ordered says
    nothing of a person; nor does ``others``: who entered or signed the order may be the event's.
    """
    if expected is None or requester.get("resourceType") not in {None, "Practitioner"}:
        return
    if expected.id is not None and expected.id in {tree.name_of(requester), *others}:
        return
    known = people.npis(requester)
    if expected.npi and known:
        differs = expected.npi not in known
    elif expected.name and "name" in requester:
        differs = not _named(expected.name, requester)
    else:
        differs = bool(expected.id) and tree.name_of(requester) is not None
    if differs:
        yield stop("clinician_mismatch", CLINICIAN, "/requester")


def _named(name: PersonName, requester: Resource) -> bool:
    said = tree.items(requester, "name")
    family = [one for found in said for one in tree.strings(found, "family")]
    given = [one for found in said for one in tree.strings(found, "given")]
    texts = [one for found in said for one in names.parts(tree.string(found, "text") or "")]
    return names.one_family(name.family, [*family, *texts]) and names.one_given(
        [name.given], [*given, *texts]
    )


def services(stated: Sequence[ServiceLine], ordered: Sequence[ServiceLine]) -> Iterator[HardStop]:
    """Compare the services the event names with those ordered, by code and side.

    More may be ordered than the event names; what it names must be ordered.
    """
    codes = {line.code: line for line in ordered}
    for line in stated:
        found = codes.get(line.code)
        if found is None:
            yield stop(
                "order_mismatch",
                "the event names a service that the order in the EHR does not ask for",
                "/service_lines",
            )
        elif {line.laterality, found.laterality} == {"left", "right"}:
            yield stop(
                "laterality_mismatch",
                "the event names one side, the order in the EHR the other",
                "/service_lines",
            )

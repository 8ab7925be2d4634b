"""What resources of each type are about: where their words and codes stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nodes.fhir import codes, tree
from nodes.fhir.tree import Resource

# One that holds any of these is read: people wrote words there, or it stands elsewhere.
FREE = frozenset(
    {"note", "conclusion", "valueString", "outcome", "bodySite", "onsetString", "abatementString"}
    | {"medicationReference", "medication"}
)
PANEL = frozenset(
    {"code", "valueQuantity", "valueCodeableConcept", "valueInteger", "valueBoolean"}
    | {"dataAbsentReason"}
)
DRUG = (
    *("medicationCodeableConcept", "status", "intent", "reasonCode", "reasonReference", "reason"),
    *("statusReason", "statusReasonCodeableConcept", "dosageInstruction", "dosage"),
    *("dispenseRequest", "quantity"),
)
UNUSUAL = object()


@dataclass(frozen=True)
class Sift:
    """How resources of one type are told apart.

    ``matter`` holds what it is about, ``more`` gives what is deeper in it. ``dates``: what is older
    than all rules is not read; without, it may outlast its date. ``told``: one that is withdrawn,
    withheld or unreadable is read whatever it is about, so that it is reported.
    """

    kind: str
    matter: tuple[str, ...]
    dates: tuple[str, ...] = ()
    more: Callable[[Resource], Any] | None = None
    told: bool = False


def _components(resource: Resource) -> Any:
    """What the components of a panel are about; UNUSUAL where people wrote words there."""
    if "component" not in resource:
        return None
    parts = resource["component"]
    if not isinstance(parts, list) or not all(
        isinstance(part, dict) and PANEL.issuperset(part) for part in parts
    ):
        return UNUSUAL
    units = [tree.string(part, "valueQuantity", "unit") for part in parts]
    return [units, [(part.get("code"), part.get("valueCodeableConcept")) for part in parts]]


def _people(resource: Resource) -> Any:
    return [
        (tree.string(item, "individual", "display"), tree.string(item, "actor", "display"))
        for item in tree.items(resource, "participant")
    ]


def _titles(resource: Resource) -> Any:
    return [tree.string(item, "attachment", "title") for item in tree.items(resource, "content")]


DRUGS = Sift("medication", DRUG, told=True)
SIFTS: dict[str, Sift] = {
    "Observation": Sift(
        "observation",
        ("code", "valueCodeableConcept"),
        ("effectiveDateTime", "effectivePeriod", "effectiveInstant"),
        _components,
    ),
    "Procedure": Sift(
        "procedure", ("code", "reasonCode"), ("performedDateTime", "performedPeriod")
    ),
    "Immunization": Sift("immunization", ("vaccineCode", "reasonCode"), ("occurrenceDateTime",)),
    "DiagnosticReport": Sift(
        "report", ("code",), ("effectiveDateTime", "effectivePeriod", "issued")
    ),
    "Encounter": Sift(
        "encounter",
        (
            *("type", "serviceType", "class", "status"),
            *("reasonCode", "reasonReference", "reason", "diagnosis"),
        ),
        ("period",),
        _people,
        told=True,
    ),
    "Condition": Sift(
        "condition",
        ("code", "clinicalStatus", "verificationStatus", "severity", "stage", "category"),
        told=True,
    ),
    "MedicationRequest": DRUGS,
    "MedicationStatement": DRUGS,
    "MedicationDispense": DRUGS,
    "MedicationAdministration": DRUGS,
    "DocumentReference": Sift(
        "document",
        ("type", "category", "description", "docStatus", "author", "authenticator"),
        more=_titles,
        told=True,
    ),
}


def said(sift: Sift, resource: Resource) -> list[Any] | None:
    """Give what a resource is about; None where there may be more to it."""
    if not FREE.isdisjoint(resource):
        return None
    found = [resource.get(name) for name in sift.matter]
    if sift.more:
        found.append(sift.more(resource))
        return None if found[-1] is UNUSUAL else found
    return found


def gather(value: Any, words: list[str], coded: list[str]) -> None:
    """Collect every string within but systems, and every code as ``SYSTEM code``."""
    if isinstance(value, str):
        words.append(tree.tidy(value))
    elif isinstance(value, list | tuple):
        for item in value:
            gather(item, words, coded)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "code" and isinstance(item, str):
                coded.append(f"{codes.system(tree.string(value, 'system'))} {tree.tidy(item)}")
                words.append(coded[-1])
            elif name != "system":
                gather(item, words, coded)

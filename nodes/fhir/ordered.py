"""What an order asks for, in its own coded words or those of the Medication or Device it names."""

import re
from typing import Any

from nodes.care import undashed
from nodes.chart import Coding
from nodes.fhir import codes, medications, people, tree
from nodes.fhir.client import Client
from nodes.fhir.tree import Resource

NAMES = ("code", "codeCodeableConcept", "medicationCodeableConcept")
# Where an order names another resource for it, and the concept that resource is read as.
POINTED = {
    "medicationReference": "medicationCodeableConcept",
    "codeReference": "codeCodeableConcept",
}
DRUG = re.compile(r"[0-9]{11}")
# HCPCS level I is CPT: five digits, or four and the letter of category II, III or a lab's own test.
CPT = re.compile(r"[0-9]{4}[0-9AFMTU]")
LEVEL_II = re.compile(r"[A-V][0-9]{4}")
UNMISTAKABLE = re.compile(r"[A-V][0-9]{4}|[0-9]{4}[TU]")


def whole(order: Resource, client: Client, warnings: list[str]) -> Resource:
    """Write into an order what the Medication or Device it names is, and which code is meant.

    The coding a person chose goes first. A code without a system counts where its shape is that
    of HCPCS level II or of a CPT code with a letter, and nothing else has a code: a warning says
    so, as it does where several codes could be the service.
    """
    said = concept(order)
    name = next((one for one in NAMES if one in order), None)
    for pointer, written in POINTED.items():
        if said is None and (found := _pointed(order, pointer, client)) is not None:
            said, name = found, written
    if not isinstance(said, dict) or name is None:
        return order
    chosen = sorted(tree.items(said, "coding"), key=lambda one: one.get("userSelected") is not True)
    said = {**said, "coding": chosen}
    about = tree.name_of(order) or "the order"
    if not billable(said):
        said = {**said, "coding": [_shaped(one) for one in chosen]}
        if billable(said):
            warnings.append(f"{about}: its code has no system; it is read by its shape: check it")
    elif _several(said):
        warnings.append(f"{about}: it has several codes a payer takes; the first is used: check it")
    return {**order, name: said}


def concept(order: Resource) -> Any:
    """Give what is ordered, under the name its resource type has for it."""
    return next((order[name] for name in NAMES if order.get(name) is not None), None)


def billable(said: Any) -> list[Coding]:
    """Give the codes a payer takes for a service, drugs by NDC last.

    CPT and HCPCS codes are told apart by their shape, whichever system they are under; an NDC has
    eleven digits (5-4-2).
    """
    found = [_known(one) for one in codes.codings(said)]
    return sorted((one for one in found if one), key=lambda one: one.system == "NDC")


def lacking(order: Resource) -> str:
    """Say why an order has no code a payer takes, and what to do."""
    said = codes.codings(concept(order))
    if any(one.system == "NDC" for one in said):
        why = "its NDC is not written with hyphens or with eleven digits, so it could be several"
    elif any(one.system == "RXNORM" for one in said):
        why = "its drug is coded in RxNorm only, which does not say the billed product and unit"
    elif any(one.system == "OTHER" and CPT.fullmatch(one.code) for one in said):
        why = "its code's system is missing or not known, and five digits can be anything"
    else:
        why = "no CPT, HCPCS or NDC code" if said else "no code; what it says in words is no code"
    return f"{why}: state the code in stated.services, or code the order in the EHR"


def _pointed(order: Resource, pointer: str, client: Client) -> Any:
    """Read a Medication or Device; another patient's device says nothing of this order."""
    if tree.field(order, pointer) is None:
        return None
    found = people.pointed(order, pointer, client)
    if found.get("resourceType") == "Device":
        whose = tree.reference(found, client.base_url, "patient")
        other = whose not in {None, tree.reference(order, client.base_url, "subject")}
        return None if other else found.get("type")
    display = tree.string(order, pointer, "display")
    return _medication(found, client) or ({"text": display} if display else None)


def _medication(found: Resource, client: Client) -> Any:
    """Give a Medication's code, else that of its one active ingredient, else their names."""
    if found.get("code") is not None:
        return found["code"]
    active = [one for one in tree.items(found, "ingredient") if one.get("isActive") is not False]
    if len(active) == 1:
        inside = {**active[0], "contained": found.get("contained")}
        return active[0].get("itemCodeableConcept") or tree.field(
            people.pointed(inside, "itemReference", client), "code"
        )
    return medications.medication({**found, "ingredient": active})


def _known(coding: Coding) -> Coding | None:
    code = str(undashed(coding.code)).upper()
    if coding.system == "NDC":
        return coding.model_copy(update={"code": code}) if DRUG.fullmatch(code) else None
    if coding.system not in {"CPT", "HCPCS"}:
        return None
    system = "CPT" if CPT.fullmatch(code) else "HCPCS" if LEVEL_II.fullmatch(code) else None
    return coding.model_copy(update={"system": system, "code": code}) if system else None


def _shaped(coding: Resource) -> Resource:
    """Give a code without a system the one its shape has."""
    code = (tree.string(coding, "code") or "").upper()
    if tree.string(coding, "system") or not UNMISTAKABLE.fullmatch(code):
        return coding
    return {**coding, "system": codes.CPT if CPT.fullmatch(code) else codes.HCPCS}


def _several(said: Any) -> bool:
    """Whether more than one code could be the service: a drug's NDC beside its HCPCS is one."""
    found = {(one.system == "NDC", one.code) for one in billable(said)}
    services = [code for drug, code in found if not drug]
    return len(services) > 1 or (not services and len(found) > 1)

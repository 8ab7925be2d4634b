"""Who pays: the payer's name and the id it has at the clearinghouse, wherever the EHR keeps it."""

import re
from typing import Any

from nodes.case import Payer
from nodes.fhir import people, tree
from nodes.fhir.client import Client
from nodes.fhir.tree import Resource

# The types, and words in a system's address, that say "this is the payer id", best first.
TYPED = ("NIIP", "PAYERID", "PAYORID", "XX", "NII")
ADDRESSED = re.compile(r"payer-?_?id|payor-?_?id|clearinghouse|availity|changehealth|x12", re.I)
NAIC = "urn:oid:2.16.840.1.113883.6.300"
NOT_ONE = {"TAX", "EN", "NPI", "NE", "LACSN"}


def payer(coverage: Resource, client: Client) -> Payer | None:
    """Read a Coverage's payer; None without a name and one id that is clearly the payer's."""
    found = people.pointed(coverage, "payor", client)
    pointer = tree.field(coverage, "payor")
    organization = found if found.get("resourceType") == "Organization" else {}
    name = tree.string(organization, "name") or tree.string(pointer, "display")
    identifiers = [
        *tree.items(organization, "identifier"),
        *tree.items(tree.field(pointer, "identifier")),
    ]
    number = payer_id(identifiers)
    return Payer(id=number[:500], name=name[:500]) if name and number else None


def payer_id(identifiers: list[Resource]) -> str | None:
    """Choose the payer id: by its type, by its system's address, else the only one there is."""
    known = [(one, value) for one in identifiers if (value := _value(one))]
    for code in TYPED:
        for one, value in known:
            if code in {found.upper() for found in people.types(one)}:
                return value
    for one, value in known:
        if ADDRESSED.search(f"{_said(one)} {tree.string(one, 'system') or ''}"):
            return value
    naic = [value for one, value in known if tree.string(one, "system") == NAIC]
    others = {value for one, value in known if not _another_kind(one)}
    found = naic or sorted(others)
    return found[0] if len(found) == 1 else None


def self_pay(coverage: Resource) -> bool:
    """Whether the patient or a relative pays: there is no payer to ask."""
    pointer = tree.string(coverage, "payor", "reference") or ""
    return "Patient/" in pointer or "RelatedPerson/" in pointer


def _value(identifier: Resource) -> str | None:
    return tree.string(identifier, "value") if identifier.get("use") != "old" else None


def _said(identifier: Any) -> str:
    return (tree.string(identifier, "type", "text") or "").replace(" ", "")


def _another_kind(identifier: Resource) -> bool:
    system = (tree.string(identifier, "system") or "").rstrip("/")
    return system in people.NPI_SYSTEMS or not people.types(identifier).isdisjoint(NOT_ONE)

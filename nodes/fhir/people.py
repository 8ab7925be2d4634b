"""Persons, places and numbers: names, addresses, telephones, identifiers, patients."""

import re
from typing import Any

from nodes.case import Address, Patient, PersonName, Sex
from nodes.fhir import codes, tree
from nodes.fhir.client import Client
from nodes.fhir.tree import Resource

NPI_SYSTEMS = {
    "http://hl7.org/fhir/sid/us-npi",
    "https://hl7.org/fhir/sid/us-npi",
    "urn:oid:2.16.840.1.113883.4.6",
}
USES = ("official", "usual", None, "temp", "nickname", "anonymous")
STATES = re.compile(r"[A-Z]{2}")
POSTAL = re.compile(r"[0-9]{5}(-?[0-9]{4})?")


def person_name(names: Any) -> PersonName | None:
    """Choose the name a person goes by today; None when family or given name is missing."""
    for use in USES:
        for name in tree.items(names):
            family, given = tree.string(name, "family"), tree.strings(name, "given")
            if (
                name.get("use") == use
                and family
                and given
                and not tree.string(name, "period", "end")
            ):
                return PersonName(
                    family=family[:500],
                    given=given[0][:500],
                    middle=" ".join(given[1:])[:500] or None,
                )
    return None


def address(addresses: Any) -> Address | None:
    """Choose the first complete US address that is not an old one."""
    for found in tree.items(addresses):
        lines = tree.strings(found, "line")
        city, state = tree.string(found, "city"), (tree.string(found, "state") or "").upper()
        postal = tree.string(found, "postalCode") or ""
        whole = lines and city and STATES.fullmatch(state) and POSTAL.fullmatch(postal)
        if whole and city and tree.string(found, "use") not in {"old", "temp"}:
            return Address(
                lines=tuple([lines[0][:500], ", ".join(lines[1:])[:500]][: len(lines[:2])]),
                city=city[:500],
                state=state,
                postal_code=postal,
            )
    return None


def telecom(resource: Any, system: str) -> str | None:
    """Choose the first telephone or fax number that is not an old one."""
    for found in tree.items(resource, "telecom"):
        if found.get("system") == system and found.get("use") != "old":
            return (tree.string(found, "value") or "")[:500] or None
    return None


def identifier(resource: Any, code: str) -> str | None:
    """Give the first identifier of a type (HL7 table 0203), such as MR or MB."""
    for found in tree.items(resource, "identifier"):
        if code in types(found) and found.get("use") != "old":
            return tree.string(found, "value")
    return None


def types(identifier: Resource) -> set[str]:
    """Give the type codes of an identifier."""
    return {code for _, code in codes.pairs(identifier.get("type"))}


def npis(resource: Any) -> set[str]:
    """Give every identifier that says it is an NPI, as written."""
    return {
        value
        for found in tree.items(resource, "identifier")
        if (tree.string(found, "system") or "").rstrip("/") in NPI_SYSTEMS or "NPI" in types(found)
        if (value := tree.string(found, "value"))
    }


def pointed(resource: Any, name: str, client: Client) -> Resource:
    """Read what a resource points at, inside it or in the EHR; nothing where that fails."""
    pointer = tree.field(resource, name)
    wanted = tree.string(pointer, "reference") or ""
    if wanted.startswith("#"):
        inside = tree.items(resource, "contained")
        return next((one for one in inside if f"#{one.get('id')}" == wanted), {})
    reference = tree.reference(pointer, client.base_url)
    return (client.read(reference) if reference else None) or {}


def sex(resource: Any) -> Sex:
    """Read the administrative gender; what is neither female nor male is unknown to payers."""
    found = tree.string(resource, "gender")
    return "female" if found == "female" else "male" if found == "male" else "unknown"


def patient(resource: Resource, reference: str) -> Patient | None:
    """Read a Patient; None without a name or a whole birth date."""
    name, born = person_name(resource.get("name")), tree.day(resource, "birthDate")
    if name is None or born is None:
        return None
    return Patient(
        id=reference,
        name=name,
        birth_date=born,
        sex=sex(resource),
        mrn=identifier(resource, "MR"),
        address=address(resource.get("address")),
        phone=telecom(resource, "phone"),
    )

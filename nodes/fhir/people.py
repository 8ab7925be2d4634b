"""Persons, places and numbers: names, addresses, telephones, providers, payers, patients."""

import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

from nodes.case import Address, Npi, Patient, Payer, PersonName, Provider, Sex
from nodes.fhir import codes, tree
from nodes.fhir.client import Client
from nodes.fhir.tree import Resource

NPI_SYSTEMS = {"http://hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.6"}
TAXONOMY = re.compile(r"[0-9]{3}[0-9A-Z]{6}X")
USES = ("official", "usual", None, "temp", "nickname", "anonymous")
STATES = re.compile(r"[A-Z]{2}")
POSTAL = re.compile(r"[0-9]{5}(-?[0-9]{4})?")
_npi: TypeAdapter[str] = TypeAdapter(Npi)


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
        if whole and city and found.get("use") not in {"old", "temp"}:
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
        coded = {coding.code for coding in codes.codings(found.get("type"))}
        if code in coded and found.get("use") != "old":
            return tree.string(found, "value")
    return None


def npi(resource: Any, warnings: list[str]) -> str | None:
    """Give a provider's NPI; one whose check digit is wrong is a warning and none."""
    for found in tree.items(resource, "identifier"):
        if tree.string(found, "system") in NPI_SYSTEMS:
            try:
                return _npi.validate_python(tree.string(found, "value"))
            except ValidationError:
                name = tree.name_of(resource) or "a provider"
                warnings.append(f"{name}: its NPI is not valid; left blank")
    return None


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


def provider(reference: str | None, client: Client, warnings: list[str]) -> Provider | None:
    """Read who asks or performs: an Organization, a Practitioner, or a role of one."""
    resource = client.read(reference) if reference else None
    if resource is None:
        return None
    kind = tree.string(resource, "resourceType")
    if kind == "Organization":
        return organization(resource, warnings)
    role = resource if kind == "PractitionerRole" else _role(reference, client)
    if kind == "PractitionerRole":
        resource = _at(role, "practitioner", client)
    person = person_name(resource.get("name"))
    if person is None:
        return None
    place = _at(role, "organization", client)
    return Provider(
        person=person,
        npi=npi(resource, warnings) or npi(role, warnings),
        taxonomy=taxonomy(role.get("specialty")) or taxonomy(resource.get("qualification")),
        address=address(resource.get("address")) or address(place.get("address")),
        phone=telecom(role, "phone") or telecom(resource, "phone") or telecom(place, "phone"),
        fax=telecom(role, "fax") or telecom(resource, "fax") or telecom(place, "fax"),
    )


def _role(reference: str | None, client: Client) -> Resource:
    """Find the role of a practitioner who has exactly one: more would be a guess."""
    found = client.search("PractitionerRole", [("practitioner", reference or "")], None)
    roles = [
        role
        for role in found.resources.values()
        if tree.reference(role, client.base_url, "practitioner") == reference
        and role.get("active") is not False
    ]
    return roles[0] if len(roles) == 1 else {}


def _at(resource: Resource, name: str, client: Client) -> Resource:
    reference = tree.reference(resource, client.base_url, name)
    return (client.read(reference) if reference else None) or {}


def organization(resource: Resource, warnings: list[str]) -> Provider | None:
    """Read an Organization that asks or performs."""
    name = tree.string(resource, "name")
    if name is None:
        return None
    return Provider(
        organization=name[:500],
        npi=npi(resource, warnings),
        taxonomy=taxonomy(resource.get("type")),
        address=address(resource.get("address")),
        phone=telecom(resource, "phone"),
        fax=telecom(resource, "fax"),
    )


def taxonomy(concepts: Any) -> str | None:
    """Give the first NUCC provider taxonomy code."""
    found = (coding.code for coding in codes.codings(concepts))
    return next((code for code in found if TAXONOMY.fullmatch(code)), None)


def payer(resource: Resource | None) -> Payer | None:
    """Read a payer's Organization; its electronic id is the national or the only other one."""
    name = tree.string(resource, "name")
    others = [
        tree.string(found, "value")
        for found in tree.items(resource, "identifier")
        if tree.string(found, "system") not in NPI_SYSTEMS
        and codes.token(found.get("type")) not in {"TAX", "NIIP"}
    ]
    id_ = identifier(resource, "NIIP") or (others[0] if len(others) == 1 else None)
    return Payer(id=id_[:500], name=name[:500]) if name and id_ else None

"""Who asks and who performs: a Practitioner, a role of one, an Organization, or a name alone."""

import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

from nodes.case import Npi, PersonName, Provider
from nodes.errors import Complaint
from nodes.fhir import codes, people, tree
from nodes.fhir.client import Client
from nodes.fhir.tree import Resource

NPI_SYSTEM = "http://hl7.org/fhir/sid/us-npi"
TAXONOMY = re.compile(r"[0-9]{3}[0-9A-Z]{6}X")
TITLES = frozenset({"dr", "dr.", "prof", "prof.", "mr", "mr.", "mrs", "mrs.", "ms", "ms."})
_npi: TypeAdapter[str] = TypeAdapter(Npi)


def provider(holder: Resource, name: str, client: Client, warnings: list[str]) -> Provider | None:
    """Read the provider a resource points at; None where it points at none that has a name.

    A reference that says only who (display, identifier) gives name and NPI.
    """
    resource = people.pointed(holder, name, client)
    kind = tree.string(resource, "resourceType")
    if kind == "Organization":
        return organization(resource, warnings)
    if kind in {"HealthcareService", "Location"}:
        place = people.pointed(resource, _keeper(kind), client)
        return organization(place or resource, warnings)
    if kind in {"Practitioner", "PractitionerRole"}:
        return _clinician(resource, client, warnings)
    pointer = tree.field(holder, name)
    if (known := _named(pointer, warnings)) is not None:
        return known
    found = _numbered(pointer, client)
    return _clinician(found, client, warnings) if found else None


def lacking(order: Resource) -> Complaint:
    """Say why nobody who asks could be read."""
    by_number = tree.field(order, "requester", "identifier") is not None
    why = (
        "the order names its requester by a number only, and the EHR has no one clinician of it"
        if by_number
        else "the order's requester is missing or unnamed"
    )
    return Complaint("/requester", f"{why}: name who orders in stated.requester")


def person(holder: Resource, name: str, client: Client) -> Resource:
    """Give the Practitioner a resource points at, through a role too; else what it points at."""
    resource = people.pointed(holder, name, client)
    if not resource:
        pointer = tree.field(holder, name)
        alone = {"identifier": tree.field(pointer, "identifier")}
        return _numbered(pointer, client) or (alone if people.npis(alone) else {})
    if resource.get("resourceType") != "PractitionerRole":
        return resource
    found = people.pointed(resource, "practitioner", client)
    numbers = [*tree.items(found, "identifier"), *tree.items(resource, "identifier")]
    return {**found, "identifier": numbers} if found else {}


def same(role: str | None, person: Resource, client: Client) -> bool:
    """Whether a role is one of this Practitioner's."""
    if role is None or not role.startswith("PractitionerRole/"):
        return False
    whose = tree.reference(client.read(role), client.base_url, "practitioner")
    return whose is not None and whose == tree.name_of(person)


def _keeper(kind: str) -> str:
    return "providedBy" if kind == "HealthcareService" else "managingOrganization"


def _clinician(resource: Resource, client: Client, warnings: list[str]) -> Provider | None:
    role, found = resource, resource
    if resource["resourceType"] == "PractitionerRole":
        found = people.pointed(resource, "practitioner", client)
    else:
        role = _role(tree.name_of(resource), client)
    name = people.person_name(found.get("name"))
    if name is None:
        pointer = tree.field(role, "practitioner")
        name = spoken(tree.string(found, "name", "text") or tree.string(pointer, "display"))
    if name is None:
        return None
    place = people.pointed(role, "organization", client)
    return Provider(
        person=name,
        npi=npi(found, warnings) or npi(role, warnings),
        taxonomy=taxonomy(role.get("specialty")) or taxonomy(found.get("qualification")),
        address=people.address(found.get("address")) or people.address(place.get("address")),
        phone=next((said for one in (role, found, place) if (said := phone(one))), None),
        fax=next((said for one in (role, found, place) if (said := phone(one, "fax"))), None),
    )


def phone(resource: Any, system: str = "phone") -> str | None:
    """Give a telephone or fax number."""
    return people.telecom(resource, system)


def _role(reference: str | None, client: Client) -> Resource:
    """Find the role of a practitioner who has exactly one: more would be a guess."""
    if reference is None:
        return {}
    found = client.search("PractitionerRole", [("practitioner", reference)], None)
    roles = [
        role
        for role in found.resources.values()
        if tree.reference(role, client.base_url, "practitioner") == reference
        and role.get("active") is not False
    ]
    return roles[0] if len(roles) == 1 else {}


def organization(resource: Resource, warnings: list[str]) -> Provider | None:
    """Read an Organization that asks or performs."""
    name = tree.string(resource, "name")
    if name is None:
        return None
    return Provider(
        organization=name[:500],
        npi=npi(resource, warnings),
        taxonomy=taxonomy(resource.get("type")),
        address=people.address(resource.get("address")),
        phone=people.telecom(resource, "phone"),
        fax=people.telecom(resource, "fax"),
    )


def _numbered(pointer: Any, client: Client) -> Resource:
    """Find the Practitioner whom a reference names by NPI, where the EHR has exactly one."""
    numbers = people.npis({"identifier": tree.field(pointer, "identifier")})
    if len(numbers) != 1 or tree.string(pointer, "reference"):
        return {}
    (number,) = numbers
    asked = [("identifier", f"{NPI_SYSTEM}|{number}")]
    search = client.search("Practitioner", asked, None)
    found = [one for one in search.resources.values() if number in people.npis(one)]
    return found[0] if len(found) == 1 else {}


def _named(pointer: Any, warnings: list[str]) -> Provider | None:
    """Read a provider from a reference that leads nowhere but says who."""
    name = spoken(tree.string(pointer, "display"))
    number = npi({"identifier": tree.field(pointer, "identifier")}, warnings)
    if name is None or number is None:
        return None
    warnings.append("a provider is known by name and NPI of the reference only")
    return Provider(person=name, npi=number)


def spoken(words: str | None) -> PersonName | None:
    """Read a clinician's name as displayed: ``Dr. Jane A. Osei, MD`` or ``Osei, Jane``."""
    first, comma, rest = (words or "").partition(",")
    parts = [word for word in first.split() if word.casefold() not in TITLES]
    after = [word for word in rest.split() if not word.isupper() and word.isalpha()]
    if len(parts) == 1 and comma and after:
        return PersonName(family=parts[0], given=after[0], middle=" ".join(after[1:]) or None)
    if len(parts) < 2:
        return None
    return PersonName(family=parts[-1], given=parts[0], middle=" ".join(parts[1:-1]) or None)


def npi(resource: Any, warnings: list[str]) -> str | None:
    """Give a provider's NPI; one whose check digit is wrong is a warning and none."""
    for value in sorted(people.npis(resource)):
        try:
            return _npi.validate_python(value)
        except ValidationError:
            name = tree.name_of(resource) or "a provider"
            warnings.append(f"{name}: its NPI is not valid; left blank")
    return None


def taxonomy(concepts: Any) -> str | None:
    """Give the first NUCC provider taxonomy code; a qualification has its own inside."""
    inside = [one.get("code") for one in tree.items(concepts) if "coding" not in one]
    found = (code for _, code in codes.pairs([*tree.items(concepts), *tree.items(inside)]))
    return next((code for code in found if TAXONOMY.fullmatch(code)), None)

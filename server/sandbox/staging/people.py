"""Who is in a scene as FHIR: patients and their coverage, clinicians and organizations."""

from collections.abc import Iterator

from server.sandbox.staging.scene import Clinician, House, Person, Practice
from server.sandbox.staging.shapes import US_CORE, Json, filled, pointer, token

NPI = "http://hl7.org/fhir/sid/us-npi"
NUCC = "http://nucc.org/provider-taxonomy"
PAYER = pointer("Organization/org-sbxhp", "Sandbox Health Plan")
PLANS: dict[str, tuple[str, Json, str, str]] = {
    "commercial": (
        "Commercial PPO",
        {
            "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
            "code": "HIP",
            "display": "Health insurance plan policy",
        },
        "G-2210",
        "Sandbox PPO",
    ),
    "medicare": (
        "Medicare Advantage PPO",
        {
            "system": "https://nahdo.org/sopt",
            "code": "112",
            "display": "Medicare Managed Care PPO",
        },
        "MA-0400",
        "Sandbox Medicare Advantage PPO",
    ),
}


def patient(person: Person) -> Json:
    """Write a Patient."""
    line, city, state, postal = person.address
    merged = f"Patient/pt-{person.merged_into}" if person.merged_into else None
    return filled(
        {
            "resourceType": "Patient",
            "id": f"pt-{person.key}",
            "meta": {"profile": [f"{US_CORE}patient"]},
            "active": True,
            "identifier": [
                {
                    "use": "usual",
                    "type": token("v2-0203", "MR", "Medical record number")
                    | {"text": "Medical record number"},
                    "system": "urn:oid:2.16.840.1.113883.19.5.1",
                    "value": person.mrn,
                }
            ],
            "name": [{"use": "official", "family": person.family, "given": list(person.given)}],
            "telecom": [{"system": "phone", "value": person.phone, "use": "home"}],
            "gender": person.sex,
            "birthDate": str(person.born),
            "address": [
                {
                    "use": "home",
                    "line": [line],
                    "city": city,
                    "state": state,
                    "postalCode": postal,
                    "country": "US",
                }
            ],
            "link": [{"other": pointer(merged), "type": "replaced-by"}] if merged else None,
        }
    )


def coverage(person: Person) -> Json:
    """Write the patient's Coverage."""
    words, coding, group, plan = PLANS[person.plan]
    member = f"SBX{person.key.upper().replace('-', '')}01"
    return {
        "resourceType": "Coverage",
        "id": f"cov-{person.key}",
        "status": "active",
        "type": {"coding": [coding], "text": words},
        "subscriberId": member,
        "identifier": [
            {
                "type": token("v2-0203", "MB", "Member number") | {"text": "Member number"},
                "system": "https://sandbox-health-plan.example/members",
                "value": member,
            }
        ],
        "beneficiary": pointer(f"Patient/pt-{person.key}"),
        "subscriber": pointer(f"Patient/pt-{person.key}"),
        "relationship": token("subscriber-relationship", "self"),
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
        "payor": [PAYER],
        "class": [
            {"type": token("coverage-class", "group"), "value": group},
            {"type": token("coverage-class", "plan"), "value": "P1", "name": plan},
        ],
    }


def everybody(practice: Practice) -> Iterator[Json]:
    """Write the clinicians and organizations that ``charts/`` does not have."""
    for key, clinician in practice.clinicians.items():
        if not clinician.charted:
            yield from _clinician(key, clinician)
    for key, house in practice.houses.items():
        if not house.charted:
            yield _house(key, house)


def _clinician(key: str, one: Clinician) -> Iterator[Json]:
    specialty = {"system": NUCC, "code": one.specialty, "display": one.says}
    yield {
        "resourceType": "Practitioner",
        "id": f"pr-{key}",
        "meta": {"profile": [f"{US_CORE}practitioner"]},
        "active": True,
        "identifier": [{"system": NPI, "value": one.npi}],
        "name": [
            {
                "use": "official",
                "family": one.family,
                "given": [one.given],
                "suffix": one.title.split(", "),
            }
        ],
    }
    yield {
        "resourceType": "PractitionerRole",
        "id": f"role-{key}",
        "active": True,
        "practitioner": pointer(f"Practitioner/pr-{key}", one.display),
        "organization": pointer("Organization/org-riverbend", "Riverbend Spine and Primary Care"),
        "specialty": [{"coding": [specialty], "text": one.says}],
        "telecom": [
            {"system": "phone", "value": "937-555-0110"},
            {"system": "fax", "value": "937-555-0119"},
        ],
    }


def _house(key: str, one: House) -> Json:
    line, city, state, postal = one.address
    taxonomy = {"system": NUCC, "code": one.taxonomy, "display": one.says}
    return {
        "resourceType": "Organization",
        "id": f"org-{key}",
        "meta": {"profile": [f"{US_CORE}organization"]},
        "active": True,
        "identifier": [{"system": NPI, "value": one.npi}],
        "type": [
            token("organization-type", "prov", "Healthcare Provider")
            | {"text": "Healthcare Provider"},
            {"coding": [taxonomy], "text": one.says},
        ],
        "name": one.name,
        "telecom": [{"system": "phone", "value": one.phone}],
        "address": [{"line": [line], "city": city, "state": state, "postalCode": postal}],
    }

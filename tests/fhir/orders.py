"""What a practice's EHR has and Synthea does not make: orders, plans with ids, clinicians."""

from typing import Any

from tests.fhir.charts import Chart, Json, name

CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
NPI = "http://hl7.org/fhir/sid/us-npi"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
V2 = "http://terminology.hl7.org/CodeSystem/v2-0203"
NPIS = ("9000000007", "9000000015", "9000000023", "9000000031")

# Key, type, code system and code, words, reason: one for each service the tests ask about.
# "meniscus" has no rule of its own: all that is recent is wanted for it.
ORDERED = (
    ("spine", "ServiceRequest", CPT, "72148", "MRI lumbar spine", "M54.16"),
    ("meniscus", "ServiceRequest", CPT, "29881", "Knee arthroscopy", "M23.205"),
    ("cpap", "DeviceRequest", HCPCS, "E0601", "CPAP device", "G47.33"),
    ("oxygen", "DeviceRequest", HCPCS, "E1390", "Oxygen concentrator", "J44.9"),
    ("adalimumab", "MedicationRequest", HCPCS, "J0139", "Adalimumab injection", "M06.9"),
)


def ordered(chart: Chart, place: int) -> Chart:
    """The chart with a plan, a practice and one order of each kind, signed on its last day."""
    key = f"p{place}"
    shared = [payer(), practice(), clinician(place), role(place)]
    orders = {word: order(chart, key, *row) for word, *row in ORDERED}
    every = [*chart.resources, *shared, coverage(chart.patient, key), *orders.values()]
    return Chart(every, {word: name(order) for word, order in orders.items()})


def order(
    chart: Chart, key: str, kind: str, system: str, code: str, said: str, reason: str
) -> Json:
    """One active order."""
    concept = {"coding": [{"system": system, "code": code, "display": said}], "text": said}
    called = {
        "ServiceRequest": "code",
        "DeviceRequest": "codeCodeableConcept",
        "MedicationRequest": "medicationCodeableConcept",
    }
    return {
        "resourceType": kind,
        "id": f"{key}-{code.lower()}",
        "status": "active",
        "intent": "order",
        called[kind]: concept,
        "subject": {"reference": chart.patient},
        "authoredOn": chart.last.isoformat(),
        "requester": {"reference": f"Practitioner/{key}-clinician"},
        "reasonCode": [{"coding": [{"system": ICD, "code": reason}]}],
        "insurance": [{"reference": f"Coverage/{key}-plan"}],
    }


def coverage(patient: str, key: str) -> Json:
    """The patient's plan, with a member id."""
    return {
        "resourceType": "Coverage",
        "id": f"{key}-plan",
        "status": "active",
        "identifier": [{"type": typed("MB"), "value": f"MBR{key.upper()}0001"}],
        "subscriberId": f"MBR{key.upper()}0001",
        "beneficiary": {"reference": patient},
        "relationship": {"coding": [{"code": "self"}]},
        "payor": [{"reference": "Organization/test-plan"}],
    }


def payer() -> Json:
    """The health plan, with its electronic payer id."""
    return {
        "resourceType": "Organization",
        "id": "test-plan",
        "name": "Sandbox Health Plan",
        "identifier": [{"type": typed("NIIP"), "value": "SBXHP01"}],
    }


def practice() -> Json:
    """Where the clinicians work."""
    return {
        "resourceType": "Organization",
        "id": "test-practice",
        "name": "Riverbend Spine and Primary Care",
        "telecom": [{"system": "phone", "value": "6175550100"}],
        "address": [
            {"line": ["1 Mill Road"], "city": "Boston", "state": "MA", "postalCode": "02110"}
        ],
    }


def clinician(place: int) -> Json:
    """Who orders, with an NPI."""
    return {
        "resourceType": "Practitioner",
        "id": f"p{place}-clinician",
        "name": [{"use": "official", "family": "Raman", "given": ["Asha"]}],
        "identifier": [{"system": NPI, "value": NPIS[place % len(NPIS)]}],
    }


def role(place: int) -> Json:
    """The clinician's role at the practice."""
    return {
        "resourceType": "PractitionerRole",
        "id": f"p{place}-role",
        "active": True,
        "practitioner": {"reference": f"Practitioner/p{place}-clinician"},
        "organization": {"reference": "Organization/test-practice"},
    }


def typed(code: str) -> dict[str, Any]:
    """An identifier's type (HL7 table 0203)."""
    return {"coding": [{"system": V2, "code": code}]}

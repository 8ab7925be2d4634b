"""The small shapes of FHIR R4 that every resource is made of: concepts, references, quantities."""

from datetime import date
from typing import Any

Json = dict[str, Any]

SYSTEMS = {
    "ICD": "http://hl7.org/fhir/sid/icd-10-cm",
    "SNOMED": "http://snomed.info/sct",
    "LOINC": "http://loinc.org",
    "RX": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "NDC": "http://hl7.org/fhir/sid/ndc",
    "CPT": "http://www.ama-assn.org/go/cpt",
    "HCPCS": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "CVX": "http://hl7.org/fhir/sid/cvx",
}
HL7 = "http://terminology.hl7.org/CodeSystem/"
UCUM = "http://unitsofmeasure.org"
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
# What people write, and its UCUM code.
UNITS = {
    "events/h": "/h",
    "events": "{events}",
    "score": "{score}",
    "degrees": "deg",
    "lb": "[lb_av]",
    "in": "[in_i]",
    "m": "m",
    "L/min": "L/min",
    "meters": "m",
    "minutes": "min",
}


def concept(codes: tuple[str, ...], say: str) -> Json:
    """Write a CodeableConcept: codes as ``SYSTEM code``, and the words."""
    codings = []
    for one in codes:
        system, _, code = one.partition(" ")
        codings.append({"system": SYSTEMS[system], "code": code, "display": say})
    return {"coding": codings, "text": say} if codings else {"text": say}


def token(system: str, code: str, display: str | None = None) -> Json:
    """Write a CodeableConcept of HL7's own code systems."""
    coding = {"system": f"{HL7}{system}", "code": code}
    return {"coding": [coding | ({"display": display} if display else {})]}


def pointer(reference: str, display: str | None = None) -> Json:
    """Write a Reference."""
    return {"reference": reference} | ({"display": display} if display else {})


def quantity(value: float, unit: str) -> Json:
    """Write a Quantity in UCUM."""
    return {"value": value, "unit": unit, "system": UCUM, "code": UNITS.get(unit, unit)}


def age(years: int) -> Json:
    """Write an Age."""
    return {"value": years, "unit": "years", "system": UCUM, "code": "a"}


def moment(day: date, clock: str = "10:00:00") -> str:
    """Write an instant of a day, at the practice's time."""
    return f"{day}T{clock}-05:00"


def period(start: date | None, end: date | None) -> Json:
    """Write a Period of days."""
    return filled({"start": start and str(start), "end": end and str(end)})


def filled(resource: Json) -> Json:
    """Leave out what has no value."""
    return {key: value for key, value in resource.items() if value not in (None, [], {}, ())}

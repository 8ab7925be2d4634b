"""One rule on one chart, for every engine: diabetes, and insulin or two lows, and a visit in time.

The chart is a bundle of FHIR resources: about a quarter glucose values, the rest what charts hold.
"""

from datetime import date, timedelta

ORDERED = date(2026, 11, 16)
SINCE = date(2026, 5, 16)
LOW = 54
DRUG = "274783"


def bundle(size: int) -> list[dict]:
    """Make the resources of a chart."""
    return [_resource(count) for count in range(size)]


def without(resources: list[dict], *types: str) -> list[dict]:
    """Leave out what shows a part of the rule: the visit, the insulin."""
    return [one for one in resources if one["resourceType"] not in types]


def no_diabetes(resources: list[dict]) -> list[dict]:
    """Have the diabetes refuted."""
    refuted = {"verificationStatus": {"coding": [{"code": "refuted"}]}}
    return [one | (refuted if one["id"] == "c0" else {}) for one in resources]


def _resource(count: int) -> dict:
    day = (ORDERED - timedelta(days=3 * count % 700 + 1)).isoformat()
    kind = count % 8
    if kind == 0:
        code = "E11.65" if count == 0 else f"J{count % 90:02d}.1"
        coding = {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}
        return {
            "resourceType": "Condition",
            "id": f"c{count}",
            "clinicalStatus": {"coding": [{"code": "active"}]},
            "verificationStatus": {"coding": [{"code": "confirmed"}]},
            "code": {"coding": [coding], "text": f"Problem {count}"},
            "subject": {"reference": "Patient/p1"},
            "onsetDateTime": day,
        }
    if kind in (1, 2, 3, 7):
        low = count in (1, 9, 17)
        code = "2345-7" if kind == 1 else "8480-6"
        return {
            "resourceType": "Observation",
            "id": f"o{count}",
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "subject": {"reference": "Patient/p1"},
            "effectiveDateTime": day,
            "valueQuantity": {
                "value": 48 if low else 90 + count % 60,
                "unit": "mg/dL" if kind == 1 else "mm[Hg]",
            },
        }
    if kind == 4:
        drug = DRUG if count == 4 else str(1000 + count)
        coding = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": drug}
        return {
            "resourceType": "MedicationRequest",
            "id": f"m{count}",
            "status": "active",
            "intent": "order",
            "medicationCodeableConcept": {"coding": [coding], "text": f"Drug {drug}"},
            "subject": {"reference": "Patient/p1"},
            "authoredOn": day,
        }
    if kind == 5:
        return {
            "resourceType": "Procedure",
            "id": f"p{count}",
            "status": "completed",
            "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "97110"}]},
            "subject": {"reference": "Patient/p1"},
            "performedDateTime": day,
        }
    return {
        "resourceType": "Encounter",
        "id": f"e{count}",
        "status": "finished",
        "class": {"code": "AMB"},
        "subject": {"reference": "Patient/p1"},
        "period": {"start": day, "end": day},
        "reasonCode": [{"text": "Diabetes"}],
    }

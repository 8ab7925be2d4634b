"""Facts beside the plain ones: what a rule keeps at any date, and what it does not keep at all."""

from datetime import date

import pytest

from nodes.case import Diagnosis, ServiceLine
from nodes.fhir import asked, facts
from nodes.fhir.need import Need
from nodes.fhir.relevance import shipped

TABLE, _ = shipped()
TODAY = date(2026, 11, 20)
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
LOINC = "http://loinc.org"
CPT = "http://www.ama-assn.org/go/cpt"
DAY = {"Observation": "effectiveDateTime", "Procedure": "performedDateTime"}
DAY |= {"MedicationRequest": "authoredOn", "Condition": "onsetDateTime", "CarePlan": "created"}
SPINE, OXYGEN, KNEE = (
    ("CPT", "72148", "M54.16"),
    ("HCPCS", "E1390", "J44.9"),
    ("CPT", "27447", "M17.11"),
)
BIOLOGIC, CHAIR = ("HCPCS", "J0139", "M05.79"), ("HCPCS", "K0823", "G35")
GENES, UNKNOWN = ("CPT", "81162", "Z80.3"), ("CPT", "99199", "M17.11")


def resource(kind, words, code=None, system=None, day="2026-10-01", **more):
    coding = [{"system": system, "code": code, "display": words}] if code else []
    concept = {"coding": coding, "text": words}
    name = {"MedicationRequest": "medicationCodeableConcept", "Device": "type"}.get(kind, "code")
    status = "completed" if kind == "Procedure" else "active"
    if kind == "Observation":
        status = "final"
    found = {"resourceType": kind, "id": "1", "status": status, name: concept}
    return found | ({DAY[kind]: day} if kind in DAY else {}) | more


def why(service, one):
    system, code, diagnosis = service
    line = ServiceLine(system=system, code=code)
    need = Need(TABLE, asked.family(TABLE, [line], [Diagnosis(code=diagnosis)]), TODAY)
    if not need.worth(one):
        return None
    return next((said for r in facts.readings(one) if (said := need.why(r))), None)


@pytest.mark.parametrize(
    ("service", "one"),
    [
        (OXYGEN, resource("Observation", "PaCO2", "2019-8", LOINC)),
        (OXYGEN, resource("Condition", "Localized edema", "R60.0", ICD)),
        (BIOLOGIC, resource("Observation", "TB gamma interferon", "46217-6", LOINC)),
        (BIOLOGIC, resource("Observation", "QuantiFERON-TB Gold Plus")),
        (BIOLOGIC, resource("Observation", "ALT", "1742-6", LOINC)),
        (BIOLOGIC, resource("MedicationRequest", "hydroxychloroquine 200 MG", day="2016-02-01")),
        (KNEE, resource("Procedure", "Arthroscopy", "29881", CPT, "2012-01-01")),
        (SPINE, resource("Procedure", "Lumbar fusion", "22612", CPT, "2009-05-05")),
        (SPINE, resource("Observation", "Body temperature", "8310-5", LOINC)),
        (CHAIR, resource("Device", "Walking frame")),
        (GENES, resource("FamilyMemberHistory", "x", condition=[{"code": {"text": "Breast ca"}}])),
    ],
)
def test_what_policies_ask_for_is_kept(service, one):
    assert why(service, one)


@pytest.mark.parametrize(
    ("service", "one"),
    [
        (SPINE, resource("MedicationRequest", "acetaminophen 325 MG", day="1985-01-01")),
        (SPINE, resource("CarePlan", "x", title="Respiratory therapy: breathing exercise")),
        (SPINE, resource("CarePlan", "x", title="Diabetes self management: exercise")),
        (KNEE, resource("Condition", "Diabetic retinopathy", "E11.319", ICD)),
        (KNEE, resource("Condition", "Retinopathy due to diabetes mellitus")),
        (BIOLOGIC, resource("Condition", "Elective termination of pregnancy", "Z33.2", ICD)),
        (BIOLOGIC, resource("Procedure", "Colonoscopy", "45378", CPT)),
        (UNKNOWN, resource("MedicationRequest", "sertraline 50 MG")),
        (
            GENES,
            resource("FamilyMemberHistory", "x", condition=[{"code": {"text": "Heart attack"}}]),
        ),
    ],
)
def test_what_has_nothing_to_do_with_it_is_not(service, one):
    assert why(service, one) is None


def test_a_colonoscopy_is_kept_for_a_disease_of_the_bowel():
    assert why(("HCPCS", "J0139", "K50.90"), resource("Procedure", "Colonoscopy", "45378", CPT))


def test_a_medication_ordered_within_two_years_counts_as_taken():
    assert why(SPINE, resource("MedicationRequest", "naproxen 500 MG", day="2025-01-01"))


def test_a_medication_of_old_that_is_said_to_be_taken_still_counts():
    since = {"effectivePeriod": {"start": "1999-01-01"}, "dateAsserted": "2026-10-01"}
    concept = {"text": "naproxen 500 MG"}
    one = {"resourceType": "MedicationStatement", "id": "1", "status": "active"}
    assert why(SPINE, one | since | {"medicationCodeableConcept": concept})
    since["dateAsserted"] = "2001-01-01"
    assert why(SPINE, one | since | {"medicationCodeableConcept": concept}) is None

"""Ten whole charts of others: every resource becomes the facts it holds, and cheaply."""

import gzip
import json
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from nodes.fhir import facts, notes, tree

CASES = os.environ.get("PRIOR_AUTH_CASES")
CHARTS = sorted(Path(CASES, "charts").glob("*.json.gz")) if CASES else []
charts = pytest.mark.skipif(not CHARTS, reason="PRIOR_AUTH_CASES names no folder with charts")
KINDS = {
    "AllergyIntolerance": "allergy",
    "CarePlan": "care_plan",
    "Condition": "condition",
    "Device": "device",
    "DiagnosticReport": "report",
    "DocumentReference": "document",
    "Encounter": "encounter",
    "Immunization": "immunization",
    "MedicationAdministration": "medication",
    "MedicationRequest": "medication",
    "Observation": "observation",
    "Procedure": "procedure",
}


class Nothing:
    base_url = "http://ehr.test/fhir"

    def read(self, reference, /):
        raise AssertionError(f"{reference} is asked for")


def body(path):
    return gzip.decompress(path.read_bytes())


def resources(path):
    found = [entry["resource"] for entry in tree.loads(body(path))["entry"]]
    return [resource for resource in found if resource["resourceType"] in facts.READERS]


@charts
@pytest.mark.parametrize("path", CHARTS, ids=lambda path: path.stem)
def test_every_resource_is_a_fact_and_every_component_one_more(path):
    read, there = Counter(), Counter()
    for resource in resources(path):
        there[KINDS[resource["resourceType"]]] += 1
        there["component"] += len(resource.get("component", ()))
        for one in facts.readings(resource):
            fact = one.fact("a test")
            read["component" if fact.path else fact.kind] += 1
            assert fact.source == f"{resource['resourceType']}/{resource['id']}"
            assert fact.quote
            if fact.kind not in ("device", "care_plan", "allergy"):
                assert fact.start, "every one of these is dated in these charts"
    assert read == there


@charts
@pytest.mark.parametrize("path", CHARTS[:3], ids=lambda path: path.stem)
def test_every_document_is_a_note(path):
    documents = [r for r in resources(path) if r["resourceType"] == "DocumentReference"]
    warnings = []
    for resource in documents:
        cover = facts.read(resource)
        assert cover
        note = notes.of(resource, cover, Nothing(), warnings)
        assert note
        assert "Assessment and Plan" in note.text
    assert len(documents) > 50
    assert warnings == []


@charts
def test_facts_read_by_hand():
    found = {
        fact.id: fact
        for resource in resources(CHARTS[0])
        for fact in (one.fact("w") for one in facts.readings(resource))
    }
    pressure = "Observation/336c0a25-1e79-4e13-9d7c-fd043a773c3f"
    systolic = found[f"{pressure}#component-1"]
    assert found[pressure].value is None
    assert (str(systolic.value.value), systolic.value.unit) == ("115.1", "mm[Hg]")
    assert systolic.quote == (
        "Systolic blood pressure: 115.1 mm[Hg]; "
        "part of Blood pressure panel with all children optional; 1974-01-18"
    )
    drug = found["MedicationRequest/0bf050d6-5ff1-4a1c-a5b7-e4161797ae5a"]
    assert drug.quote == "Acetaminophen 160 MG Chewable Tablet; as needed; stopped; 1974-12-20"
    assert (drug.codes[0].system, drug.codes[0].code) == ("RXNORM", "313820")
    given = found["MedicationAdministration/041ede44-e730-447e-b4fc-8ed2d286f909"]
    assert given.course.event == "administered"
    assert given.quote == "Given: sodium fluoride 0.0272 MG/MG Oral Gel; completed; 1987-01-30"
    plan = found["CarePlan/f9148289-753f-4801-80ee-306138e09d75"]
    assert plan.quote == (
        "Care plan: Physiotherapy care plan (record artifact); completed; "
        "1974-12-20 to 1975-02-01; "
        "Rest, ice, compression and elevation treatment program (regime/therapy) (completed); "
        "Stretching exercises (regime/therapy) (completed)"
    )


@charts
def test_reading_costs_less_than_parsing():
    raw = body(max(CHARTS, key=lambda path: path.stat().st_size))
    found = [entry["resource"] for entry in json.loads(raw)["entry"]]
    parsing, reading = [], []
    for _ in range(5):
        start = time.process_time()
        json.loads(raw)
        parsing.append(time.process_time() - start)
        start = time.process_time()
        read = sum(len(facts.readings(r)) for r in found if r["resourceType"] in facts.READERS)
        reading.append(time.process_time() - start)
        assert read > 3000
    assert min(reading) < 1.2 * min(parsing)

"""Whose is a resource? What is really about somebody else, or secured as theirs, is left out."""

import base64
from copy import deepcopy

import pytest

from nodes.fetch_chart import fetch_chart
from nodes.fhir import belonging
from nodes.fhir.client import _resource
from nodes.http import Answer
from server.sandbox import ehr as sandbox
from tests.ehr import for_fetch_chart, request_for

BASE = "https://ehr.example/fhir"
SUBJECT = {"reference": "Patient/p1"}


@pytest.fixture
def records():
    yield sandbox.records
    sandbox.reset()


@pytest.mark.parametrize(
    "focus",
    [
        {"reference": "Patient/p2"},
        {"reference": f"{BASE}/Patient/p2"},
        {"reference": "RelatedPerson/mother"},
        {"reference": "#baby"},
    ],
)
def test_an_observation_whose_focus_is_somebody_else(focus):
    said = {
        "resourceType": "Observation",
        "subject": SUBJECT,
        "focus": [focus],
        "contained": [{"resourceType": "RelatedPerson", "id": "baby"}],
    }
    assert not belonging.plain(said, "Patient/p1")
    assert belonging.mismatch(said, "Patient/p1", BASE) == "another_patient"


@pytest.mark.parametrize(
    "focus",
    [
        {"reference": "Patient/p1"},
        {"reference": "Device/pump"},
        {"reference": "#tooth"},
        {"display": "implant"},
    ],
)
def test_an_observation_whose_focus_is_the_patients_own(focus):
    said = {"resourceType": "Observation", "subject": SUBJECT, "focus": [focus]}
    assert belonging.mismatch(said, "Patient/p1", BASE) is None
    task = {"resourceType": "Task", "for": SUBJECT, "focus": {"reference": "ServiceRequest/1"}}
    assert belonging.mismatch(task, "Patient/p1", BASE) is None


def document_elsewhere(records, context):
    found = records.read("DocumentReference", "doc-lopez-pt")
    words = b"Low back pain, physical therapy for 8 weeks."
    records.put(
        {
            "resourceType": "Binary",
            "id": "secured",
            "contentType": "text/plain",
            "data": base64.b64encode(words).decode(),
            "securityContext": {"reference": context},
        }
    )
    url = "Binary/secured"
    found["content"] = [{"attachment": {"contentType": "text/plain", "url": url}}]
    return fetch_chart(request_for("lopez"), **for_fetch_chart())


def test_content_that_is_secured_as_another_patients_is_left_out(records):
    answer = document_elsewhere(records, "Patient/pt-berg")
    skipped = [(one.what, one.reason) for one in answer.chart.manifest.skipped]
    assert ("DocumentReference/doc-lopez-pt", "another_patient") in skipped
    kept = {fact.source for fact in answer.chart.facts} | {note.id for note in answer.chart.notes}
    assert "DocumentReference/doc-lopez-pt" not in kept
    assert answer.chart.manifest.complete


@pytest.mark.parametrize("context", ["Patient/pt-lopez", "DocumentReference/doc-lopez-pt"])
def test_content_that_is_secured_as_the_patients_is_read(records, context):
    answer = document_elsewhere(records, context)
    assert "DocumentReference/doc-lopez-pt" in {note.id for note in answer.chart.notes}


def test_plain_bytes_tell_whose_they_are_in_a_header():
    headers = {"content-type": "text/plain", "x-security-context": "Patient/p2"}
    found = _resource("Binary/b1", Answer(200, headers, b"Back pain"))
    assert belonging.guarded(found, "Patient/p1", BASE)
    assert not belonging.guarded(found, "Patient/p2", BASE)
    bare = _resource("Binary/b1", Answer(200, {"content-type": "text/plain"}, b"Back pain"))
    assert not belonging.guarded(bare, "Patient/p1", BASE)


def test_a_measure_of_another_person_is_left_out_and_told(records):
    wanted = fetch_chart(request_for("lopez"), **for_fetch_chart())
    name = next(fact.source for fact in wanted.chart.facts if fact.kind == "observation")
    records.put(deepcopy(records.read(*name.split("/"))) | {"focus": [{"reference": "Patient/x"}]})
    answer = fetch_chart(request_for("lopez"), **for_fetch_chart())
    assert name not in {fact.source for fact in answer.chart.facts}
    assert (name, "another_patient") in {(s.what, s.reason) for s in answer.chart.manifest.skipped}

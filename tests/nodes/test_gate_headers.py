"""A document in the wrong chart, by the header it prints of itself."""

import base64
from datetime import date

import pytest

from nodes.fetch_chart import fetch_chart
from nodes.fhir.headers import Known, another, read_date
from server.sandbox import ehr as sandbox
from tests.ehr import for_fetch_chart, request_for

KNOWN = Known(("Lopez", "Vega"), ("Maria", "Elena"), date(1971, 4, 9))


@pytest.mark.parametrize(
    "text",
    [
        "Patient: Karl Berg\nDOB: 04/09/1971\nBack pain",
        "Patient Name: Berg, Karl   MRN: 17\nBack pain",
        "PATIENT: LOPEZ, MARIA\nDOB: 05/10/1980",
        "| Patient: Maria Lopez | Date of Birth: May 10, 1980 |",
        "Patient: Lopez, Daniel\nKnee pain",
        "Riverbend Imaging\n\nPt Name: Susan Park DOB 1/2/1990\nMRI",
    ],
)
def test_another_patients_document(text):
    assert another(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Patient: Maria Lopez\nDOB: 04/09/1971",
        "Patient: LOPEZ, MARIA E.  DOB: 4/9/71",
        "Patient Name: María López-García, DOB: 1971-04-09",
        "Patient: Maria Vega\nDOB: Apr 9, 1971",
        "Patient: M. Lopez",
        "Patient: Mary Lopez\nDOB: 09/04/1971",
        "Patient: Ms. Lopez reports back pain",
        "Patient: 55 year old woman with back pain",
        "Patient: reports severe back pain",
        "Provider: Karl Berg, MD\nPatient: Maria Lopez",
        "Back pain for 3 months. Emergency contact: Karl Berg, DOB 1/2/1970",
        "Patient: Maria Smith\nDOB: 04/09/1971",
        "DOB: 01/01/1999",
        "Patient: Lopez",
    ],
)
def test_the_patients_own_document(text):
    assert not another(text, KNOWN)


@pytest.mark.parametrize(
    ("said", "first"),
    [(said, date(1971, 4, 9)) for said in ("04/09/1971", "1971-04-09", "4/9/71", "April 9, 1971")],
)
def test_birth_dates_as_people_write_them(said, first):
    assert first in read_date(said)


def test_no_date_where_there_is_none():
    assert read_date("13/32/1971") == read_date("99") == frozenset()


@pytest.fixture
def document():
    yield sandbox.records.read("DocumentReference", "doc-lopez-pt")
    sandbox.reset()


CDA = """<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Visit</title>
<recordTarget><patientRole><patient><name><given>{given}</given><family>{family}</family></name>
<birthTime value="{born}"/></patient></patientRole></recordTarget>
<component><structuredBody><component><section><title>Plan</title>
<text>Low back pain, physical therapy for 8 weeks.</text></section></component></structuredBody>
</component></ClinicalDocument>"""


@pytest.mark.parametrize(
    ("given", "family", "born", "stops"),
    [
        ("Maria", "Lopez", "19710409", []),
        ("Mary", "Vega-Lopez", "19710409120000", []),
        ("Karl", "Berg", "19600102", ["wrong_patient"]),
        ("Maria", "Lopez", "19800510", ["wrong_patient"]),
    ],
)
def test_whose_a_clinical_document_is_by_its_record_target(document, given, family, born, stops):
    said = CDA.format(given=given, family=family, born=born).encode()
    attachment = {"contentType": "application/xml", "data": base64.b64encode(said).decode()}
    document["content"] = [{"attachment": attachment}]
    answer = fetch_chart(request_for("lopez"), **for_fetch_chart())
    assert [stop.code for stop in answer.hard_stops] == stops
    assert ("DocumentReference/doc-lopez-pt" in {note.id for note in answer.chart.notes}) == (
        not stops
    )


def test_a_strangers_document_stops_and_leaves_the_chart(document):
    text = "Patient: Karl Berg\nDOB: 01/02/1960\nLow back pain, physical therapy for 8 weeks."
    document["content"] = [
        {
            "attachment": {
                "contentType": "text/plain",
                "data": base64.b64encode(text.encode()).decode(),
            }
        }
    ]
    answer = fetch_chart(request_for("lopez"), **for_fetch_chart())
    assert [stop.code for stop in answer.hard_stops] == ["wrong_patient"]
    assert "DocumentReference/doc-lopez-pt" in answer.hard_stops[0].detail
    assert "Berg" not in answer.model_dump_json()
    skipped = [(one.what, one.reason) for one in answer.chart.manifest.skipped]
    assert ("DocumentReference/doc-lopez-pt", "another_patient") in skipped
    assert len(answer.chart.notes) == 2
    assert "DocumentReference/doc-lopez-pt" not in {fact.source for fact in answer.chart.facts}

"""A document in the wrong chart, by the header it prints of itself."""

import base64
import re
from datetime import date

import pytest

from nodes.chart import Note
from nodes.fetch_chart import fetch_chart
from nodes.fhir.banners import read_date
from nodes.fhir.headers import Known, another, doubts
from server.sandbox import ehr as sandbox
from tests.ehr import for_fetch_chart, request_for

KNOWN = Known(("Lopez", "Vega"), ("Maria", "Elena"), date(1971, 4, 9), frozenset({"rb104417"}))
FAR = "Lumbar pain, no change.\n" * 200
OWN = "Patient: Maria Lopez DOB: 04/09/1971\n"


@pytest.mark.parametrize(
    "text",
    [
        "Patient: Karl Berg\nDOB: 04/09/1971\nBack pain",
        "Patient Name: Berg, Karl   MRN: 17\nBack pain",
        "PATIENT: LOPEZ, MARIA\nDOB: 05/10/1980",
        "| Patient: Maria Lopez | Date of Birth: May 10, 1980 |",
        "Patient: Lopez, Daniel\nKnee pain",
        "Riverbend Imaging\n\nPt Name: Susan Park DOB 1/2/1990\nMRI",
        "DOB: 01/01/1950\nlumbar radiculopathy",
        "Riverbend Family Medicine\nDOB: 01/01/1950",
        "MRN: 99999 DOB: 01/01/1950 Age: 76 Sex: M\nlumbar radiculopathy",
        "RE: John Smith, DOB: 01/01/1950\nDear Dr. Osei, lumbar pain",
        "Re: John Smith\nDOB: 01/01/1950\nMember ID: 55",
        "Name: John Smith DOB: 01/01/1950\nlumbar pain",
        "Name: John Smith\nDOB: 01/01/1950\nProvider: Karl Berg\nInsurance: none",
        "NAME: JOHN SMITH\nMRN: 555\nlumbar radiculopathy for 9 weeks",
        "Patient John Smith (DOB 1/1/1950)\nlumbar pain",
        "Patient Name John Smith DOB 1-Jan-1950",
        "Patient:\nJohn Smith\nDOB: 1/1/1950",
        "Patient: Lopez DOB: 1/1/1950",
        "Patient: John M Smith",
        "Patient: John Smith  Provider: Karl Berg  DOB: 1/1/1950",
        OWN + FAR + "Patient Name: John Smith DOB: 01/01/1950\nlumbar",
        OWN + FAR + "Patient: John Smith DOB: 01/01/1950 MRN 999\nlumbar stenosis",
        OWN + FAR + "Patient Name: John Smith",
        OWN + FAR + "MRN: 99999 DOB: 01/01/1950 Age: 76 Sex: M",
        "Patient: Marta Lopez DOB: 04/09/1971",
        "Patient: Lopez, Marta E. DOB: 04/09/1971",
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
        "Patient: Lopez",
        "Patient: Maria A Lopez\nMRN: 55\nVisit note",
        "Patient: Lopez, Marta DOB: 04/09/1971 MRN: RB-104417",
        "Patient: Maria Lopez DOB: 04/09/1972 MRN: RB-104417",
        "Patient: Babygirl Lopez DOB: 04/09/1971",
        "RE: Prior authorization\nPatient: Maria Lopez DOB 04/09/1971",
        "RE: Prior Authorization Request\nDOB: 04/09/1971\nMember: Maria Lopez",
        "RE: Medical Necessity\nMRN: 77",
        "Mother: Ann Smith DOB 01/01/1940",
        "Mother: Ann Smith\nDOB: 01/01/1940",
        "Father's DOB: 01/01/1940",
        "Referring: John Smith MD\nName: John Smith",
        "Referring Physician\nName: John Smith\nMRN: 555",
        "Emergency contact\nName: John Smith\nDOB: 01/01/1950",
        "Emergency contact:\nPhone: 555-0110\n\nName: John Smith\nDOB: 01/01/1950",
        "Subscriber: Juan Lopez DOB: 01/02/1969",
        "Subscriber: Juan Lopez\nID: 55\nDOB: 01/02/1969",
        "Name: Juan Lopez\nRelationship: spouse\nDOB: 01/02/1969",
        OWN + "Spouse: Juan Lopez DOB: 01/02/1969\nlumbar pain",
        "Patient: Maria Lopez\nSpouse: Juan Lopez\nPhone: 5\nDOB: 01/02/1969",
        "Delivery summary\nDOB: 05/05/2026\nTOB: 14:32\nApgars 8/9",
        "Newborn\nName: Girl Lopez\nDOB: 05/05/2026",
        "Baby's DOB: 05/05/2026",
        OWN + FAR + "DOB: 05/05/2026",
        OWN + FAR + "Patient: Tolerated Procedure Well",
        OWN + FAR + "Patient Education: Knee Exercises",
        "Patient Maria Lopez (DOB 4/9/1971)",
        "Patient: Ann Mary Lopez\nMRN: 17",
        "Name: Lumbar radiculopathy note\nPatient name: on file\nlumbar pain",
        "Patient's mother: Ann Smith DOB: 01/01/1940",
    ],
)
def test_the_patients_own_document(text):
    assert not another(text, KNOWN)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        (said, date(1971, 4, 9))
        for said in ("04/09/1971", "1971-04-09", "4/9/71", "April 9, 1971", "9-Apr-1971")
    ],
)
def test_birth_dates_as_people_write_them(said, first):
    assert first in read_date(said)


def test_another_record_number_alone_is_a_doubt():
    patient = sandbox.records.read("Patient", "pt-lopez")
    told = [("a", "99"), ("b", "RB-104417"), ("c", "RB 104417")]
    notes = tuple(
        Note(id=f"DocumentReference/{id_}", title="Visit", written=date(2026, 11, 1), text=text)
        for id_, number in told
        if (text := f"Patient: Maria Lopez  MRN: {number}")
    )
    assert not another(notes[0].text, Known.of(patient))
    assert [said.partition(":")[0] for said in doubts(notes, patient)] == ["DocumentReference/a"]


def test_a_long_text_is_read_in_no_time():
    for words in ("Patient: ", "Patient: A\n", "Name: A ", "DOB: 1\n", " ", "Patient\t", "\n"):
        assert not another(words * (400_000 // len(words)), KNOWN)


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


SECOND = """</recordTarget><recordTarget><patientRole><patient><name><given>Karl</given>
<family>Berg</family></name><birthTime value="19600102"/></patient></patientRole></recordTarget>"""
BODY = re.compile(r"<component>.*</component>", re.DOTALL)


def seen(document, said, kind="application/xml"):
    data = base64.b64encode(said.encode()).decode()
    document["content"] = [{"attachment": {"contentType": kind, "data": data}}]
    answer = fetch_chart(request_for("lopez"), **for_fetch_chart())
    return [stop.code for stop in answer.hard_stops]


def test_a_clinical_document_with_a_second_record_target(document):
    said = CDA.format(given="Maria", family="Lopez", born="19710409")
    assert seen(document, said) == []
    assert seen(document, said.replace("</recordTarget>", SECOND)) == ["wrong_patient"]


def test_whose_a_document_is_that_a_clinical_document_wraps(document):
    inside = base64.b64encode(b"Low back pain, physical therapy for 8 weeks.").decode()
    body = f'<component><nonXMLBody><text mediaType="text/plain" representation="B64">{inside}'
    said = BODY.sub(f"{body}</text></nonXMLBody></component>", CDA)
    assert seen(document, said.format(given="Maria", family="Lopez", born="19710409")) == []
    wrong = said.format(given="Karl", family="Berg", born="19600102")
    assert seen(document, wrong) == ["wrong_patient"]


def test_a_page_break_begins_a_line(document):
    pages = "Low back pain.\fPatient: Karl Berg DOB: 01/02/1960\nLow back pain"
    assert seen(document, pages, "text/plain") == ["wrong_patient"]


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

"""Documents put into Tebra by SOAP, over a double that holds envelopes against the WSDL's order."""

import base64
from datetime import date, timedelta

import pytest
from werkzeug.wrappers import Response

from nodes.case import Patient, PersonName
from nodes.ehr.filing import File, Filing
from nodes.ehr.tebra.patients import birth, match, throttles
from nodes.ehr.tebra.soap import Service
from nodes.ehr.tebra.writing import file
from nodes.errors import Refused, UpstreamBusy, UpstreamFailed
from tests.nodes.tebra import SECRET, Tebra, connected, fault, patient, result

PATIENT = Patient(
    id="Patient/pt-lopez",
    name=PersonName(family="López", given="Ana"),
    birth_date=date(1971, 4, 9),
    sex="female",
)
PDF = base64.b64encode(b"%PDF-1.7 \x00").decode()
DOCUMENT = Filing(
    kind="document",
    identifier="PA-1-1-letter",
    patient="Patient/pt-lopez",
    title="Letter <b>& more</b> ]]>",
    words="Ana\x0b says: 'no'",
    file=File(name="letter", content_type="application/pdf", data=PDF),
    code="letter",
    on=date(2026, 11, 20),
)
NAMING = "López Lopez 1971 Ana"


@pytest.fixture
def app():
    return Tebra()


def filed(app, filing=DOCUMENT, who=PATIENT, **connection):
    with connected(app, **connection) as (to, account):
        return file(filing, to, who, account)


def test_a_document_is_created_with_all_it_says_escaped(app):
    answer = filed(app)
    assert (answer.outcome, answer.reference) == ("created", "Document/701")
    assert app.documents == [
        {
            "DocumentDate": "2026-11-20",
            "DocumentNotes": "[PA-1-1-letter] Ana says: 'no'",
            "FileContent": PDF,
            "FileName": "letter.pdf",
            "Label": "PatientAuthorizationOrReferral",
            "Name": "Letter <b>& more</b> ]]> [PA-1-1-letter]",
            "PatientId": "501",
            "PracticeId": "12",
            "Status": "New",
        }
    ]
    assert app.asked == ["GetPatients", "GetPatients", "CreateDocument"]


def test_the_double_notices_an_element_out_of_order(app):
    with connected(app) as (to, account):
        service = Service(to, account)
        assert service.call("GetThrottles", ()).element is not None
        wrong = (("Filter", (("LastName", "Lopez"), ("FirstName", "Ana"))), ("Fields", ()))
        assert service.call("GetPatients", wrong).doubt


def test_a_task_and_what_is_no_pdf_are_refused_without_a_call(app):
    text = File(name="a.json", content_type="application/json", data="e30=")
    for other in ({"kind": "task"}, {"file": None}, {"file": text}):
        assert filed(app, DOCUMENT.model_copy(update=other)).outcome == "refused"
    assert app.asked == []


def test_a_number_of_fhir_is_taken_only_if_the_person_agrees(app):
    app.patients = [patient("501"), patient("502", LastName="Okafor"), patient("503")]
    who = PATIENT.model_copy(update={"id": "Patient/503"})
    assert filed(app, who=who).outcome == "created" and app.asked[0] == "GetPatient"
    assert app.documents[0]["PatientId"] == "503"
    app.patients = [patient("501"), patient("502", LastName="Okafor")]
    filed(app, who=PATIENT.model_copy(update={"id": "Patient/502"}))
    assert app.documents[1]["PatientId"] == "501"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([], "no patient"),
        ([patient("1", DOB="4/10/1971")], "no patient"),
        ([patient("1", FirstName="Carla")], "no patient"),
        ([patient("1", PracticeId="13", PracticeName="Hillside")], "no patient"),
        ([patient("1"), patient("2")], "several"),
    ],
)
def test_whoever_cannot_be_told_apart_is_refused(app, others, said):
    app.patients = others
    answer = filed(app)
    assert answer.outcome == "refused" and said in answer.detail and not app.documents
    assert not any(word in answer.detail for word in NAMING.split())


def test_the_record_number_tells_two_of_one_name_apart(app):
    app.patients = [patient("1", MedicalRecordNumber="A"), patient("2", MedicalRecordNumber="B")]
    filed(app, who=PATIENT.model_copy(update={"mrn": "B"}))
    assert app.documents[0]["PatientId"] == "2"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("4/9/1971 12:00:00 AM", date(1971, 4, 9)),
        ("04/09/1971", date(1971, 4, 9)),
        ("1971-04-09T00:00:00", date(1971, 4, 9)),
        ("13/13/1971", None),
        ("9 April", None),
        (None, None),
    ],
)
def test_birth_dates(said, day):
    assert birth(said) == day


def html(_=None):
    return Response("<html>López</html>", 502, content_type="text/html")


BOMB = '<!DOCTYPE a [<!ENTITY b "López">]><a>&b;</a>'
DENIED = {"ErrorMessage": "López is not yours", "IsError": "true"}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (lambda: result("CreateDocument", error=DENIED), "refused"),
        (lambda: fault("s:Client", "López"), "refused"),
        (lambda: fault("a:DeserializationFailed", "López"), "refused"),
        (lambda: fault("s:Server", "López"), "unknown"),
        (html, "unknown"),
        (lambda: Response(BOMB, content_type="text/xml"), "unknown"),
        (lambda: Response("<soap", content_type="text/xml"), "unknown"),
        (lambda: Response(b"", content_type="text/xml"), "unknown"),
        (lambda: result("CreateDocument"), "unknown"),
        (lambda: result("CreateDocument", DocumentId="0"), "unknown"),
        (lambda: Response(iter([b"<"]), headers={"Content-Length": "9"}), "unknown"),
    ],
)
def test_an_answer_that_is_no_success_is_judged_without_its_words(app, answer, outcome):
    app.broken["CreateDocument"] = answer()
    filing = filed(app)
    assert (filing.outcome, filing.reference) == (outcome, None)
    assert filing.detail and not any(word in filing.detail for word in NAMING.split())


@pytest.mark.parametrize("security", [{"Authenticated": "false"}, {"Authorized": "false"}])
@pytest.mark.parametrize("operation", ["GetPatients", "CreateDocument"])
def test_who_is_not_let_in_is_an_error(app, security, operation):
    app.broken[operation] = result(operation, security=security)
    with pytest.raises(UpstreamFailed, match="Tebra") as caught:
        filed(app)
    assert SECRET not in str(caught.value) and "riverbend" not in str(caught.value)


def test_a_wrong_password_is_an_error(app):
    with pytest.raises(UpstreamFailed, match="refused the customer key"):
        filed(app, password="other")


@pytest.mark.parametrize("broken", [html, lambda: fault("s:Server", "x")], ids=["html", "fault"])
def test_looking_that_fails_is_an_error_and_nothing_is_sent(app, broken):
    app.broken["GetPatients"] = broken()
    with pytest.raises(UpstreamFailed):
        filed(app)
    assert "CreateDocument" not in app.asked


def test_throttling_says_how_long_to_wait(app):
    app.broken["CreateDocument"] = fault("s:Server", "Request was throttled")
    with pytest.raises(UpstreamBusy) as caught:
        filed(app)
    assert caught.value.retry_after == 3


def test_the_throttles_are_read(app):
    with connected(app) as (to, account):
        told = throttles(Service(to, account))
    assert told == {"CreateDocument": timedelta(milliseconds=2500)}


def test_a_patient_of_no_practice_is_matched_by_person(app):
    app.patients = [patient("501", PracticeId="", PracticeName="")]
    with connected(app) as (to, account):
        found = match(Service(to, account), PATIENT)
    assert (found.id, found.practice) == ("501", None)
    app.patients = []
    with connected(app) as (to, account), pytest.raises(Refused):
        match(Service(to, account), PATIENT)

"""What goes where, for every vendor there is a file for, and for those with an API of their own."""

import base64
import io
from contextlib import contextmanager

import pytest
from pypdf import PdfReader
from werkzeug.wrappers import Response

from nodes.ehr import vendors
from nodes.ehr.account import Ehr, Soap
from nodes.ehr.writing import offered
from nodes.errors import Refused
from nodes.write_back import write_back
from tests import gates
from tests.loopback import serving
from tests.nodes.drchrono import TOKEN, DrChrono
from tests.nodes.tebra import SECRET, Tebra
from tests.nodes.test_write_back import PARTS, request
from tests.record import Record

DOCUMENTS = len(PARTS) - 1
ANA = {
    "id": "Patient/pt-lopez",
    "name": {"family": "Lopez", "given": "Ana"},
    "birth_date": "1971-04-09",
    "sex": "female",
    "mrn": "LOAN000001",
}
PERSON = {
    "resourceType": "Patient",
    "id": "pt-lopez",
    "name": [{"family": "Lopez", "given": ["Ana"]}],
    "birthDate": "1971-04-09",
    "gender": "female",
}
# What each EHR's statement offers to create; where documents go, and where tasks go.
WHERE = {
    "advancedmd": ((), "person", "person"),
    "athenahealth": (("QuestionnaireResponse",), "person", "person"),
    "carecloud": (("DocumentReference",), "fhir", "person"),
    "drchrono": ((), "drchrono", "drchrono"),
    "eclinicalworks": (("QuestionnaireResponse",), "person", "person"),
    "epic": (("DocumentReference", "Communication"), "fhir", "person"),
    "generic": (("DocumentReference", "Task"), "fhir", "fhir"),
    "oracle-health": (("DocumentReference",), "fhir", "person"),
    "tebra": ((), "tebra", "person"),
}


class Practice:
    """One EHR with a FHIR server, and the APIs that DrChrono and Tebra have beside it."""

    def __init__(self, creates=()):
        self.fhir = Record({kind: ["create", "search-type"] for kind in ("Patient", *creates)})
        self.fhir.put(PERSON)
        self.rest, self.soap = DrChrono(), Tebra()

    def __call__(self, environ, start_response):
        place = environ["PATH_INFO"].split("/")[1]
        one = {"fhir": self.fhir, "api": self.rest, "services": self.soap}[place]
        return one(environ, start_response)


@contextmanager
def told(practice, vendor, **settings):
    """Serve a practice whose EHR is of this vendor, and give what writes back to it."""
    offered.forget()
    with serving(practice) as base:
        account = Soap.model_validate(
            {
                "url": f"{base}/services/soap/2.1/KareoServices.svc",
                "customer_key": "key",
                "user": "user@riverbend.example",
                "password": SECRET,
                "practice": "12",
            }
        )
        rest = {"base_url": f"{base}/api", "credential": {"kind": "bearer", "token": TOKEN}}
        parts = {"soap": account, "rest": rest} | settings
        ehr = Ehr(base_url=f"{base}/fhir", vendor=vendor, timeout=20, **parts)

        def run(**changes):
            asked = request(**{"registered": ANA, "patient": ANA["id"]} | changes)
            return write_back(asked, ehrs={"e": ehr}, pause=lambda _: None, now=gates.now)

        yield run


def ways(answer):
    documents = {one.way for one in answer.filed if not one.identifier.endswith(".task")}
    (task,) = (one for one in answer.filed if one.identifier.endswith(".task"))
    assert len(documents) == 1
    return documents.pop(), task.way


def test_every_vendor_is_here():
    assert set(WHERE) == set(vendors.shipped())


@pytest.mark.parametrize("vendor", WHERE)
def test_each_thing_goes_where_this_vendor_takes_it(vendor):
    creates, documents, tasks = WHERE[vendor]
    with told(Practice(creates), vendor) as run:
        answer = run()
    assert ways(answer) == (documents, tasks)
    by_hand = vendors.named(vendor).write_back.instructions
    for one in answer.filed:
        task = one.identifier.endswith(".task")
        assert one.outcome == ("for_a_person" if one.way == "person" else "created")
        assert bool(one.reference) == (one.way != "person")
        if one.way == "person":
            assert one.instructions.startswith("Tell the") if task else one.instructions == by_hand
            assert bool(one.file) is not task
    assert answer.standing == ("person" if "person" in (documents, tasks) else "done")


@pytest.mark.parametrize("vendor", [name for name in WHERE if name not in ("drchrono", "tebra")])
def test_without_a_statement_the_vendor_file_says_what_is_tried(vendor):
    practice = Practice()
    practice.fhir.offers = None
    with told(practice, vendor) as run:
        answer = run()
    fhir, (documents, tasks) = vendors.named(vendor).fhir, ways(answer)
    listed = "fhir" in vendors.named(vendor).write_back.documents
    tried = listed and (not fhir.creates or "DocumentReference" in fhir.creates)
    assert documents == ("fhir" if tried else "person")
    assert tasks == ("fhir" if vendor in ("generic", "carecloud") else "person")


def test_drchrono_gets_everything_as_pdf_once():
    practice = Practice()
    with told(practice, "drchrono") as run:
        first, second = run(), run()
    uploads = practice.rest.lists["documents"]
    assert len(uploads) == DOCUMENTS and len(practice.rest.lists["tasks"]) == 1
    assert {one.outcome for one in first.filed} == {"created"}
    assert {one.outcome for one in second.filed} == {"already_there"}
    posted = [r for r in practice.rest.asked if r.method == "POST" and "documents" in r.path]
    assert all(b"%PDF-" in r.get_data() for r in posted) and len(posted) == DOCUMENTS
    assert practice.fhir.sent("POST") == []


def test_drchronos_lists_are_read_once_for_all_parts():
    practice = Practice()
    with told(practice, "drchrono") as run:
        run(tasks=[{"title": str(n), "words": "w"} for n in range(3)])
    asked = [r.full_path for r in practice.rest.asked if r.method == "GET"]
    assert len(asked) == len(set(asked))


def test_who_the_patient_is_is_read_where_nobody_says():
    practice = Practice()
    with told(practice, "drchrono") as run:
        answer = run(registered=None)
    assert {one.outcome for one in answer.filed} == {"created"}
    assert practice.fhir.sent("GET") == ["Patient/pt-lopez"]


@pytest.mark.parametrize("vendor", ["drchrono", "tebra"])
@pytest.mark.parametrize(
    "other",
    [
        {"id": "Patient/other"},
        {"birth_date": "1999-01-01"},
        {"name": {"family": "Berg", "given": "Ana"}},
        {"name": {"family": "Lopez", "given": "Marta"}},
    ],
    ids=["id", "birth date", "family name", "given name"],
)
def test_who_is_registered_must_be_whose_record_it_is(vendor, other):
    practice = Practice()
    with told(practice, vendor) as run, pytest.raises(Refused):
        run(registered=ANA | other)
    assert not practice.rest.lists.get("documents") and not practice.soap.asked


def test_another_registered_id_is_refused_over_fhir_too():
    practice = Practice(("DocumentReference", "Task"))
    with told(practice, "generic") as run, pytest.raises(Refused):
        run(registered=ANA | {"id": "Patient/other"})
    assert practice.fhir.sent("POST") == []


def test_who_cannot_be_read_is_for_a_person_though_registered():
    practice = Practice()
    practice.fhir.held.clear()
    with told(practice, "drchrono") as run:
        answer = run()
    assert {one.detail for one in answer.filed} == {
        "who the patient is could not be read from the EHR"
    }
    assert {one.outcome for one in answer.filed} == {"for_a_person"} and not practice.rest.asked


def test_a_chart_id_of_somebody_else_goes_to_a_person():
    practice = Practice()
    practice.rest.lists["patients"][0]["date_of_birth"] = "1999-01-01"
    with told(practice, "drchrono") as run:
        answer = run()
    said = "the patient's chart id belongs to somebody else in DrChrono's REST API"
    assert {one.detail for one in answer.filed} == {said}


def test_without_settings_for_drchrono_it_goes_to_a_person():
    with told(Practice(), "drchrono", rest=None) as run:
        answer = run()
    assert {one.outcome for one in answer.filed} == {"for_a_person"}
    assert {one.detail for one in answer.filed} == {"the EHR's settings have no part for drchrono"}
    assert answer.filed[0].file.content_type == "text/plain"


def test_a_task_about_nobody_is_for_a_person_where_the_api_needs_a_patient():
    only = {"form_pdf": None, "letter": None, "summary": None, "audit": [], "patient": None}
    with told(Practice(), "drchrono") as run:
        (task,) = run(**only, registered=None, outcome={"status": "stopped"}).filed
    assert (task.outcome, task.detail) == (
        "for_a_person",
        "the EHR's API files nothing without a patient",
    )


def test_tebra_is_never_sent_twice_what_an_earlier_answer_names():
    practice = Practice()
    with told(practice, "tebra") as run:
        first = run()
        second = run(filed=[one.model_dump(mode="json") for one in first.filed])
    assert len(practice.soap.documents) == DOCUMENTS
    assert second.filed == first.filed


def test_what_tebra_did_not_answer_is_for_a_person_to_look_for():
    practice = Practice()
    practice.soap.broken["CreateDocument"] = Response("<html>", 502)
    with told(practice, "tebra") as run:
        first = run()
        second = run(filed=[one.model_dump(mode="json") for one in first.filed])
    assert first.standing == second.standing == "person"
    document = first.filed[0]
    assert (document.way, document.outcome) == ("tebra", "unknown")
    assert document.file and document.instructions.startswith("Sent and not answered: look first")
    assert practice.soap.asked.count("CreateDocument") == DOCUMENTS


def test_a_pdf_of_text_says_what_the_text_says():
    practice = Practice()
    with told(practice, "tebra") as run:
        run()
    named = {one["Name"]: one for one in practice.soap.documents}
    (letter,) = (one for name, one in named.items() if name.startswith("Appeal letter"))
    assert "Dear payer" in printed(letter)
    assert "Prior authorization PA-1001: pended" in printed(letter)
    (audit,) = (one for name, one in named.items() if "audit trail" in name)
    assert "request_sha256" in printed(audit)


def printed(document: dict[str, str]) -> str:
    reader = PdfReader(io.BytesIO(base64.b64decode(document["FileContent"])))
    return "\n".join(page.extract_text() for page in reader.pages)

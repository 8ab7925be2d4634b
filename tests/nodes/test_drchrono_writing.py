"""Documents and tasks put into DrChrono, over a loopback server that keeps what it gets."""

import base64
import json
from datetime import date

import pytest
from werkzeug.wrappers import Response

from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.ehr.drchrono.rest import Rest
from nodes.ehr.drchrono.writing import file
from nodes.ehr.filing import File, Filing
from nodes.errors import UpstreamBusy, UpstreamFailed
from tests.loopback import serving
from tests.nodes.drchrono import PATIENT, TOKEN, DrChrono, connected, person, reply

PDF = b"%PDF-1.7\r\n--prior-auth-\r\n\x00\xff"
DOCUMENT = Filing(
    kind="document",
    identifier="PA-1-1-summary",
    patient="Patient/pt-lopez",
    title='Summary "MRI"\r\nX-Injected: 1',
    file=File(
        name="summary.pdf",
        content_type="application/pdf",
        data=base64.b64encode(PDF).decode(),
    ),
    code="summary",
    on=date(2026, 11, 20),
)
TASK = Filing(
    kind="task",
    identifier="PA-1-1-task",
    patient="Patient/pt-lopez",
    title="Payer wants the therapy notes",
    words="Fax them.",
    due=date(2026, 11, 24),
    on=date(2026, 11, 20),
)


@pytest.fixture
def app():
    return DrChrono()


def filed(app, filing, **connection):
    with connected(app, **connection) as to:
        return file(filing, Rest(to), PATIENT)


def test_a_document_is_uploaded_whole(app):
    answer = filed(app, DOCUMENT)
    (kept,) = app.lists["documents"]
    assert (answer.outcome, answer.reference) == ("created", "documents/101")
    assert bytes.fromhex(kept["bytes"]) == PDF
    assert (kept["patient"], kept["doctor"], kept["date"]) == (41, "7", "2026-11-20")
    assert kept["description"] == 'Summary "MRI" X-Injected: 1 [' + DOCUMENT.version + "]"
    assert json.loads(kept["metatags"]) == ["Prior Authorization", DOCUMENT.version]
    assert kept["document"].endswith("/summary.pdf")


def test_the_same_document_again_is_there(app):
    first, second = filed(app, DOCUMENT), filed(app, DOCUMENT)
    assert (second.outcome, second.reference) == ("already_there", first.reference)
    assert app.count("POST", "documents") == 1


@pytest.mark.parametrize("said", [json.dumps([DOCUMENT.version]), [DOCUMENT.version]])
def test_it_is_known_by_its_tag_alone_on_a_later_page(app, said):
    others = [{"id": n, "patient": 41, "metatags": "not json"} for n in range(3)]
    found = {"id": 9, "patient": 41, "metatags": said}
    app.lists["documents"], app.page_size = [*others, found], 2
    assert filed(app, DOCUMENT).reference == "documents/9"


@pytest.mark.parametrize("other", [{"patient": 42}, {"id": None}, {"metatags": 7}])
def test_one_of_another_patient_or_without_a_name_is_not_it(app, other):
    tagged = {"id": 9, "patient": 41, "metatags": [DOCUMENT.version]}
    app.lists["documents"] = [tagged | other]
    assert filed(app, DOCUMENT).outcome == "created"


def test_a_task_is_created_for_the_patients_doctor(app):
    app.lists["task_categories"].append({"id": 10, "name": "Prior Authorizations"})
    app.lists["task_statuses"].append(
        {"id": 4, "name": "To do", "status_category": "O", "task_category": 10}
    )
    answer = filed(app, TASK)
    (kept,) = app.lists["tasks"]
    assert (answer.outcome, answer.reference) == ("created", "tasks/101")
    assert kept == {
        "id": 101, "title": f"Payer wants the therapy notes [{TASK.version}]", "status": 4,
        "category": 10, "associated_items": [{"type": "Patient", "value": 41}],
        "notes": [{"text": "Fax them."}], "due_date": {"time": "2026-11-24T17:00:00"},
        "assignee_user": "6",
    }  # fmt: skip


def test_without_a_category_the_first_open_status_is_taken(app):
    filed(app, TASK)
    (kept,) = app.lists["tasks"]
    assert kept["status"] == 3 and "category" not in kept


def test_a_task_that_is_there_is_left_as_people_have_it(app):
    filed(app, TASK)
    app.lists["tasks"][0] |= {"due_date": {"time": "2026-12-24T17:00:00"}, "status": 1}
    before = dict(app.lists["tasks"][0])
    assert filed(app, TASK).outcome == "already_there"
    later = TASK.model_copy(update={"due": date(2026, 12, 1)})
    answer = filed(app, later)
    assert (answer.outcome, answer.reference) == ("created", "tasks/102")
    assert filed(app, later).outcome == "already_there"
    assert app.lists["tasks"][0] == before and app.count("POST", "tasks") == 2


def test_changed_content_is_another_document(app):
    filed(app, DOCUMENT)
    other = DOCUMENT.model_copy(update={"status": "denied"})
    assert [filed(app, other).outcome for _ in "12"] == ["created", "already_there"]
    assert app.count("POST", "documents") == 2


@pytest.mark.parametrize(("filing", "path"), [(DOCUMENT, "documents"), (TASK, "tasks")])
def test_what_somebody_archived_is_not_filed_again(app, filing, path):
    filed(app, filing)
    app.lists[path][0]["archived"] = True
    answer = filed(app, filing)
    assert (answer.outcome, answer.reference) == ("refused", f"{path}/101")
    assert "withdrew" in answer.detail and app.count("POST", path) == 1


@pytest.mark.parametrize(("filing", "path"), [(DOCUMENT, "documents"), (TASK, "tasks")])
@pytest.mark.parametrize("answer", [(202, '{"id": 7}'), (201, "<html>"), (200, "{}")])
@pytest.mark.parametrize("kept", [True, False])
def test_an_answer_that_names_nothing_is_looked_after(app, filing, path, answer, kept):
    def vague(request):
        if kept:
            app.write(request, path)
        return Response(answer[1], answer[0])

    app.broken["POST", path] = vague
    told = filed(app, filing)
    expected = ("created", f"{path}/101") if kept else ("unknown", None)
    assert (told.outcome, told.reference) == expected


def test_a_task_tied_to_another_patient_is_not_ours(app):
    filed(app, TASK)
    app.lists["tasks"][0]["associated_items"][0]["value"] = 42
    assert filed(app, TASK).reference == "tasks/102"


def test_a_practice_without_an_open_status_gets_no_task(app):
    app.lists["task_statuses"] = []
    answer = filed(app, TASK)
    assert answer.outcome == "refused" and "no open task status" in answer.detail


@pytest.mark.parametrize(
    ("filing", "path"), [(DOCUMENT, "documents"), (TASK, "tasks")], ids=["document", "task"]
)
@pytest.mark.parametrize(
    ("status", "outcome"), [(400, "refused"), (403, "refused"), (500, "unknown"), (302, "unknown")]
)
def test_what_is_not_created_is_judged(app, filing, path, status, outcome):
    app.broken["POST", path] = status
    answer = filed(app, filing)
    assert (answer.outcome, answer.reference) == (outcome, None)
    assert str(status) in answer.detail and "therapy" not in answer.detail


def test_no_answer_is_looked_for_and_found(app):
    def lost(request):
        app.write(request, "documents")
        return Response(late(), headers={"Content-Length": "999"})

    app.broken["POST", "documents"] = lost
    answer = filed(app, DOCUMENT)
    assert (answer.outcome, answer.reference) == ("created", "documents/101")
    assert filed(app, DOCUMENT).outcome == "already_there"
    assert app.count("POST", "documents") == 1


def test_no_answer_that_is_not_found_is_unknown_and_found_later(app):
    def later(request):
        app.broken["GET", "documents"] = lambda _: reply({"data": []})
        app.write(request, "documents")
        return Response(late(), headers={"Content-Length": "999"})

    app.broken["POST", "documents"] = later
    assert filed(app, DOCUMENT).outcome == "unknown"
    app.broken.clear()
    assert filed(app, DOCUMENT).outcome == "already_there"


def late():
    yield b"{"  # ends before the length it promised


def test_a_busy_api_is_an_error_to_try_again(app):
    app.broken["POST", "documents"] = 429
    with pytest.raises(UpstreamBusy):
        filed(app, DOCUMENT)
    assert "documents" not in app.lists or not app.lists["documents"]


def test_an_api_that_is_down_may_have_acted(app):
    app.broken["POST", "documents"] = 503
    assert filed(app, DOCUMENT).outcome == "unknown"


def test_it_is_reached_beside_fhir_by_the_settings_of_the_ehr(app):
    with serving(app) as base:
        held = {"kind": "bearer", "token": TOKEN}
        told = {"base_url": f"{base}/api", "credential": held}
        ehr = {"base_url": f"{base}/fhir", "vendor": "drchrono", "rest": told}
        fhir = Connection(Ehr.model_validate(ehr))
        assert file(DOCUMENT, Rest(fhir.beside("rest")), PATIENT).outcome == "created"
    assert {one.path.split("/")[1] for one in app.asked} == {"api"}


@pytest.mark.parametrize("path", ["patients", "documents"])
def test_nothing_is_written_where_looking_failed(app, path):
    app.broken["GET", path] = 500
    with pytest.raises(UpstreamFailed):
        filed(app, DOCUMENT)
    assert app.count("POST", "documents") == 0


@pytest.mark.parametrize(
    ("patients", "said"),
    [([], "no patient"), ([person(41, doctor=None)], "no doctor")],
)
def test_a_patient_who_cannot_be_told_or_has_no_doctor_is_refused(app, patients, said):
    app.lists["patients"] = patients
    answer = filed(app, DOCUMENT)
    assert answer.outcome == "refused" and said in answer.detail


@pytest.mark.parametrize(
    "kept",
    [
        None,
        File(name="a.txt", content_type="text/plain", data="YQ=="),
        File(name="a.pdf", content_type="application/pdf", data="%%%"),
    ],
)
def test_what_is_no_pdf_is_refused(app, kept):
    answer = filed(app, DOCUMENT.model_copy(update={"file": kept}))
    assert answer.outcome == "refused" and app.count("POST", "documents") == 0

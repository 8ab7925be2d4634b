"""What came of a case goes into the record, once, whatever the EHR does."""

import base64
import json
from contextlib import contextmanager

import pytest
from pydantic import ValidationError
from werkzeug.wrappers import Response

from nodes.ehr.account import Ehr
from nodes.ehr.writing import offered
from nodes.errors import UnknownName, UpstreamBusy, UpstreamFailed
from nodes.write_back import WriteBackRequest, write_back
from tests import gates
from tests.loopback import serving
from tests.record import SYSTEM, Record, entry, outcome

PDF = base64.b64encode(b"%PDF-1.4\n%%EOF\n").decode()
BOTH = {"DocumentReference": ["create", "search-type"], "Task": ["create", "search-type"]}
UPDATES = {kind: [*codes, "update"] for kind, codes in BOTH.items()}
CANARY = "Zebulon-Canary"
TASK = {"title": "Prior authorization pended", "words": f"Call about {CANARY}.", "asks": ["An MRI"]}
TOLD = {
    "ehr": "e",
    "case_id": "PA-1001",
    "attempt": "pended.231",
    "patient": "Patient/p1",
    "order": "ServiceRequest/o1",
    "as_of": "2026-11-20",
    "outcome": {"status": "pended", "words": "The payer wants more.", "valid_to": "2027-02-01"},
    "form_pdf": PDF,
    "letter": "Dear payer",
    "tasks": [TASK],
}
SUMMARY = {
    "writer": "deterministic",
    "sections": [
        {"title": "Request", "sentences": [{"id": "s1", "text": "An MRI.", "basis": "case"}]}
    ],
}
PARTS = ("decision", "form", "summary", "letter", "task", "audit")


def request(**changes):
    whole = {"summary": SUMMARY, **TOLD}
    whole["audit"] = [entry().model_dump(mode="json")]
    return WriteBackRequest.model_validate_json(json.dumps(whole | changes))


@contextmanager
def told(record, vendor="generic", **settings):
    """Serve a record, and give what writes back to it."""
    offered.forget()
    with serving(record) as base:
        ehr = Ehr(base_url=f"{base}/fhir", vendor=vendor, **{"timeout": 5, **settings})

        def run(**changes):
            return write_back(
                request(**changes), ehrs={"e": ehr}, pause=lambda _: None, now=gates.now
            )

        yield run


def outcomes(answer):
    return {one.identifier.rpartition(".")[2]: one.outcome for one in answer.filed}


def test_every_part_is_filed_under_its_own_identifier():
    record = Record(BOTH)
    with told(record) as run:
        answer = run()
    assert (answer.standing, outcomes(answer)) == ("done", dict.fromkeys(PARTS, "created"))
    assert {one.reference for one in answer.filed} == set(record.held)
    for one in answer.filed:
        [held] = record.of(one.reference.partition("/")[0], one.identifier)
        assert {"system": SYSTEM, "value": one.identifier} in held["identifier"]
    assert answer.used[0].kind == "vendor"


def test_a_document_says_what_it_is():
    record = Record(BOTH)
    number = {"status": "certified", "authorization_number": "A-77", "valid_from": "2026-11-20"}
    with told(record) as run:
        run(outcome=number, encounter="Encounter/e1", author="Practitioner/d1")
    [form] = record.of("DocumentReference", ".form")
    assert form["subject"] == {"reference": "Patient/p1"}
    assert form["context"]["related"] == [{"reference": "ServiceRequest/o1"}]
    assert form["context"]["encounter"] == [{"reference": "Encounter/e1"}]
    assert form["author"] == [{"reference": "Practitioner/d1"}]
    assert (form["docStatus"], form["date"]) == ("final", "2026-11-20T15:04:05Z")
    assert form["content"][0]["attachment"]["data"] == PDF
    assert "A-77" in form["description"] and form["identifier"][2]["value"] == "A-77"
    [decision] = record.of("DocumentReference", ".decision")
    text = base64.b64decode(decision["content"][0]["attachment"]["data"]).decode()
    assert text.startswith("PRIOR AUTHORIZATION DECISION\nCase PA-1001\n")
    assert "Authorization number: A-77\nValid from: 2026-11-20" in text
    [letter] = record.of("DocumentReference", ".letter")
    assert letter["docStatus"] == "preliminary"
    [audit] = record.of("DocumentReference", ".audit")
    chain = json.loads(base64.b64decode(audit["content"][0]["attachment"]["data"]))
    assert chain == [entry().model_dump(mode="json")]


def test_a_task_says_who_does_what_by_when():
    record = Record(BOTH)
    task = TASK | {"of": "ordering_clinician", "owner": "Practitioner/d1", "due": "2026-11-25"}
    with told(record) as run:
        run(tasks=[task, TASK | {"title": "Another"}], urgent=True)
    first, second = record.of("Task")
    assert (first["status"], first["intent"], first["priority"]) == ("requested", "order", "urgent")
    assert first["focus"] == {"reference": "ServiceRequest/o1"}
    assert first["for"] == {"reference": "Patient/p1"}
    assert first["owner"] == {"reference": "Practitioner/d1"}
    assert first["restriction"] == {"period": {"end": "2026-11-25"}}
    assert first["description"] == f"Call about {CANARY}.\n- An MRI"
    assert first["input"][0]["valueString"] == "An MRI"
    assert first["performerType"] == [{"text": "the ordering provider"}]
    assert second["code"] == {"text": "Another"}


def test_told_twice_it_stands_there_once():
    record = Record(BOTH)
    with told(record) as run:
        first, second = run(), run()
    assert outcomes(second) == dict.fromkeys(PARTS, "already_there")
    assert [one.reference for one in second.filed] == [one.reference for one in first.filed]
    assert len(record.held) == len(PARTS)


def test_it_looks_again_only_where_nothing_was_found_and_reads_the_statement_once():
    record = Record(BOTH)
    with told(record) as run:
        run()
        first = len(record.sent("GET"))
        run()
    assert record.sent("GET").count("metadata") == 1
    assert first == 1 + 2 + len(PARTS)
    assert len(record.sent("GET")) == first + 2
    assert len(record.sent("POST")) == len(PARTS)


def test_an_ehr_that_knows_no_list_of_identifiers_gets_nothing_twice():
    record = Record(BOTH, lists=False)
    with told(record) as run:
        run()
        again = run()
    assert set(outcomes(again).values()) == {"already_there"}
    assert len(record.held) == len(PARTS)


def test_an_ehr_that_keeps_no_identifiers_is_known_by_the_words():
    record = Record(BOTH, forgets=("identifier",), knows=("date",))
    with told(record, vendor="oracle-health") as run:
        run()
        again = run()
    assert record.sent("GET").count("DocumentReference") == 2
    documents = [one for one in again.filed if one.way == "fhir"]
    assert {one.outcome for one in documents} == {"already_there"} and len(documents) == 5


def test_changed_content_replaces_what_stands_there():
    record = Record(UPDATES)
    with told(record) as run:
        run()
        answer = run(letter="Dear payer, again", tasks=[TASK | {"due": "2026-12-01"}])
    assert outcomes(answer) == dict.fromkeys(PARTS, "already_there") | {
        "letter": "updated",
        "task": "updated",
    }
    [letter] = record.of("DocumentReference", ".letter")
    text = base64.b64decode(letter["content"][0]["attachment"]["data"]).decode()
    assert text.endswith("Dear payer, again") and letter["meta"]["versionId"] == "2"


@pytest.mark.parametrize("offers", [BOTH, None])
def test_without_updates_changed_content_is_filed_beside_it(offers):
    record = Record(offers)
    with told(record) as run:
        run()
        answer = run(letter="Dear payer, again")
        same = run(letter="Dear payer, again")
    assert outcomes(answer)["letter"] == "created"
    assert set(outcomes(same).values()) == {"already_there"}
    first, second = record.of("DocumentReference", ".letter")
    target = {"reference": f"DocumentReference/{first['id']}"}
    assert second["relatesTo"] == [{"code": "replaces", "target": target}]


def test_what_people_changed_is_never_written_over():
    record = Record(UPDATES)
    with told(record) as run:
        run()
        [letter] = record.of("DocumentReference", ".letter")
        letter["content"][0]["attachment"]["data"] = base64.b64encode(b"Signed").decode()
        [task] = record.of("Task")
        task["status"] = "completed"
        run(letter="Dear payer, again", tasks=[TASK | {"words": "Call twice."}])
    edited, _ = record.of("DocumentReference", ".letter")
    assert base64.b64decode(edited["content"][0]["attachment"]["data"]) == b"Signed"
    done, further = record.of("Task")
    assert (done["status"], further["description"]) == ("completed", "Call twice.\n- An MRI")
    assert record.sent("PUT") == []


@pytest.mark.parametrize(
    "edit",
    [
        {"description": "Edited by a nurse"},
        {"docStatus": "final"},
        {"authenticator": {"reference": "Practitioner/d1"}},
        {"category": [{"text": "Reviewed"}]},
        {"type": {"text": "Reviewed"}},
        {"securityLabel": [{"text": "R"}]},
        {"status": "entered-in-error"},
        {"content": []},
    ],
    ids=lambda edit: next(iter(edit)),
)
@pytest.mark.parametrize("kind", ["DocumentReference", "Task"])
def test_nothing_of_what_people_edited_signed_or_withdrew_is_replaced(kind, edit):
    record = Record(UPDATES)
    part = ".letter" if kind == "DocumentReference" else ".task"
    with told(record) as run:
        run()
        [held] = record.of(kind, part)
        held |= edit
        before = dict(held)
        answer = run(letter="Dear payer, again", tasks=[TASK | {"words": "Call twice."}])
    assert outcomes(answer)[part[1:]] == "created" and len(record.of(kind, part)) == 2
    assert record.held[f"{kind}/{held['id']}"] == before


def test_a_second_content_stops_a_replacement():
    record = Record(UPDATES)
    with told(record) as run:
        run()
        [letter] = record.of("DocumentReference", ".letter")
        letter["content"].append({"attachment": {"title": "Scan"}})
        run(letter="Dear payer, again")
    assert record.sent("PUT") == [] and len(record.of("DocumentReference", ".letter")) == 2


@pytest.mark.parametrize(
    ("part", "kind", "status"),
    [
        (".letter", "DocumentReference", "entered-in-error"),
        (".letter", "DocumentReference", "superseded"),
        (".task", "Task", "cancelled"),
        (".task", "Task", "entered-in-error"),
    ],
)
def test_what_somebody_withdrew_is_for_a_person(part, kind, status):
    record = Record(UPDATES)
    with told(record) as run:
        run()
        [held] = record.of(kind, part)
        held["status"] = status
        answer = run()
    one = next(one for one in answer.filed if one.identifier.endswith(part))
    assert (one.outcome, one.reference) == ("for_a_person", f"{kind}/{held['id']}")
    assert one.detail == "somebody withdrew it in the EHR: it was not filed again"
    assert one.instructions.startswith(f"Somebody withdrew {kind}/{held['id']}")
    assert answer.standing == "person" and len(record.held) == len(PARTS)


@pytest.mark.parametrize("habits", [{"lists": False}, {"knows": ("date",)}])
def test_changed_content_is_filed_where_each_is_looked_for_by_itself(habits):
    record = Record(BOTH, **habits)
    with told(record) as run:
        run()
        answer = run(letter="Dear payer, again")
        same = run(letter="Dear payer, again")
    assert outcomes(answer) == dict.fromkeys(PARTS, "already_there") | {"letter": "created"}
    assert set(outcomes(same).values()) == {"already_there"}


def test_changed_content_is_filed_where_only_words_are_kept():
    record = Record(BOTH, forgets=("identifier", "content"), knows=("date",))
    with told(record, vendor="oracle-health") as run:
        run()
        answer = run(letter="Dear payer, again")
        same = run(letter="Dear payer, again")
    assert outcomes(answer)["letter"] == "created"
    assert outcomes(answer)["form"] == outcomes(same)["letter"] == "already_there"


def test_no_two_cases_and_attempts_have_one_identifier():
    record, pairs = Record(BOTH), [("a.b", "c"), ("a", "b.c"), (".a", "b.c"), (".3.a.b", "c")]
    with told(record) as run:
        answers = [run(case_id=case, attempt=attempt) for case, attempt in pairs]
    names = {one.identifier for answer in answers for one in answer.filed}
    assert len(names) == len(record.held) == len(PARTS) * len(pairs)


def test_what_was_changed_meanwhile_is_read_again():
    record = Record(UPDATES)

    def meanwhile(req):
        if req.method == "PUT" and not record.sent("PUT")[1:]:
            [letter] = record.of("DocumentReference", ".letter")
            letter["meta"]["versionId"] = "7"
        return None

    with told(record) as run:
        run()
        record.before = meanwhile
        answer = run(letter="Dear payer, again")
    assert outcomes(answer)["letter"] == "updated"
    assert len(record.sent("PUT")) == 2


def test_what_the_ehr_does_not_offer_goes_to_a_person():
    record = Record({"DocumentReference": ["create", "search-type"], "Task": ["read"]})
    with told(record) as run:
        answer = run()
    task = answer.filed[4]
    assert answer.standing == "person"
    assert (task.way, task.outcome) == ("person", "for_a_person")
    assert task.instructions.startswith("Tell the care team: Prior authorization pended. Call")
    assert task.detail == "the EHR does not let others create it"
    assert "Task" not in record.sent("POST")


def test_one_refused_part_harms_no_other():
    def no_letters(req):
        return outcome(422) if req.method == "POST" and b".letter" in req.data else None

    with told(Record(BOTH, before=no_letters)) as run:
        answer = run()
    letter = next(one for one in answer.filed if one.identifier.endswith(".letter"))
    assert letter.outcome == "for_a_person" and letter.detail == "the EHR refused it (422)"
    assert base64.b64decode(letter.file.data).endswith(b"Dear payer")
    assert sum(one.outcome == "created" for one in answer.filed) == len(PARTS) - 1


def test_what_the_ehrs_policy_denies_goes_to_a_person():
    cap = {
        "resourceType": "OperationOutcome",
        "issue": [{"details": {"coding": [{"code": "4135"}]}}],
    }
    denied = Response(json.dumps(cap), 400, mimetype="application/fhir+json")
    full = Record(BOTH, before=lambda req: denied if req.method == "POST" else None)
    with told(full, vendor="epic") as run:
        answer = run()
    assert set(outcomes(answer).values()) == {"for_a_person"}
    assert "policy denies" in answer.filed[0].detail and len(full.sent("POST")) == 5


def test_an_ehr_that_may_not_be_searched_gets_nothing():
    def no_search(req):
        looked = req.method == "GET" and not req.path.endswith("metadata")
        return outcome(403) if looked else None

    record = Record(BOTH, before=no_search)
    with told(record) as run:
        answer = run()
    assert set(outcomes(answer).values()) == {"for_a_person"} and record.held == {}
    assert answer.filed[0].detail == "the EHR does not let this server look for it first"


@pytest.mark.parametrize("kept", [True, False])
def test_a_post_that_was_not_answered_is_looked_for(kept):
    def slow(req):
        if req.method != "POST" or b".form" not in req.data or record.sent("POST")[2:]:
            return None
        if kept:
            record.answer(req)
        return outcome(502)

    record = Record(BOTH, before=slow)
    with told(record) as run:
        first = run()
        second = run(filed=[one.model_dump(mode="json") for one in first.filed])
    assert outcomes(first)["form"] == ("created" if kept else "unknown")
    assert first.standing == ("done" if kept else "again")
    assert second.standing == "done" and len(record.of("DocumentReference", ".form")) == 1


def test_a_busy_ehr_is_an_error_before_anything_is_filed():
    busy = Response("", 503, {"Retry-After": "7"})
    with told(Record(BOTH, before=lambda req: busy)) as run, pytest.raises(UpstreamBusy) as caught:
        run()
    assert caught.value.retry_after == 7


def test_an_ehr_out_of_reach_is_an_error():
    offered.forget()
    ehr = Ehr(base_url="http://127.0.0.1:9/fhir", timeout=2)
    with pytest.raises(UpstreamFailed):
        write_back(request(), ehrs={"e": ehr}, pause=lambda _: None, now=gates.now)


def test_at_last_all_that_did_not_get_there_is_for_a_person():
    record = Record(BOTH, before=lambda req: Response("", 503, {"Retry-After": "7"}))
    with told(record) as run:
        nothing = run(final=True)
    record = Record(BOTH, before=lambda req: outcome(502) if b".decision" in req.data else None)
    with told(record) as run:
        unsure = run(final=True)
    assert nothing.standing == unsure.standing == "person"
    assert set(outcomes(nothing).values()) == {"for_a_person"}
    assert outcomes(unsure) == dict.fromkeys(PARTS, "created") | {"decision": "unknown"}
    for one in (*nothing.filed, unsure.filed[0]):
        assert one.instructions and bool(one.file) is not one.identifier.endswith(".task")
    assert unsure.filed[0].instructions.startswith("Sent and not answered: look first whether")


def test_what_was_filed_before_the_ehr_became_busy_is_not_lost():
    def busy_after_two(req):
        late = req.method == "POST" and len(record.sent("POST")) > 2
        return Response("", 503, {"Retry-After": "9"}) if late else None

    record = Record(BOTH, before=busy_after_two)
    with told(record) as run:
        first = run()
        assert (first.standing, first.retry_after) == ("again", 9)
        assert list(outcomes(first).values()) == ["created"] * 2 + ["not_yet"] * 4
        record.before = None
        second = run(filed=[one.model_dump(mode="json") for one in first.filed])
    assert second.standing == "done" and len(record.held) == len(PARTS)


def test_what_is_known_to_be_filed_is_not_looked_for():
    record = Record(BOTH)
    with told(record) as run:
        first = run()
        asked = len(record.asked)
        second = run(filed=[one.model_dump(mode="json") for one in first.filed])
    assert len(record.asked) == asked and second.filed == first.filed


def test_without_a_patient_only_tasks_about_the_order_are_filed():
    record = Record(BOTH)
    only = {"form_pdf": None, "letter": None, "summary": None, "audit": [], "patient": None}
    stopped = {"status": "stopped"}
    with told(record) as run:
        answer = run(**only, outcome=stopped)
    [task] = record.of("Task")
    assert "for" not in task and answer.standing == "done"
    for wrong in (
        {"patient": None},
        only | {"outcome": {"status": "stopped"}, "order": None},
        only | {"outcome": {"status": "certified", "authorization_number": "1"}},
    ):
        with pytest.raises(ValidationError):
            request(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"form_pdf": "%PDF"},
        {"form_pdf": ""},
        {"form_pdf": base64.b64encode(b"<html>").decode()},
        {"patient": "Practitioner/1"},
        {"patient": "Patient/1#3-4"},
        {"order": "Patient/2"},
        {"order": "DocumentReference/2"},
        {"encounter": "Patient/2"},
        {"author": "Medication/2"},
        {"tasks": [TASK | {"owner": "Medication/1"}]},
        {"outcome": {"status": "denied", "valid_from": "2027-01-02", "valid_to": "2027-01-01"}},
    ],
)
def test_what_is_not_what_it_should_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        request(**wrong)


def test_an_ehr_nobody_configured_is_unknown():
    with pytest.raises(UnknownName):
        write_back(request(), ehrs={})


def test_no_detail_error_or_instruction_for_documents_holds_a_value(caplog):
    def bad(req):
        return Response(json.dumps({"issue": [{"diagnostics": CANARY}]}), 400)

    with told(Record(BOTH, before=lambda req: bad(req) if req.method == "POST" else None)) as run:
        answer = run(letter=CANARY)
    assert CANARY not in caplog.text
    for one in answer.filed:
        assert CANARY not in (one.detail or "")
        assert one.identifier.endswith(".task") or CANARY not in (one.instructions or "")

"""Defects that real EHRs show, each over a real connection."""

import json
from contextlib import contextmanager

import pytest
from werkzeug.wrappers import Response

from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout
from nodes.fhir import client as module
from nodes.fhir.client import Client
from tests.loopback import Scripted, serving

CANARY = "Zebulon-Canary"
PATIENT = "Patient/p1"


def resource(id_, patient="Patient/p1", kind="Observation", **more):
    return {
        "resourceType": kind,
        "id": id_,
        "subject": {"reference": patient},
        "note": [{"text": CANARY}],
        **more,
    }


def page(*resources, following=None):
    links = [{"relation": "next", "url": following}] if following else []
    entries = [{"resource": one} for one in resources]
    return answer({"resourceType": "Bundle", "link": links, "entry": entries})


def answer(value, status=200, **headers):
    return Response(json.dumps(value), status, headers, mimetype="application/fhir+json")


@contextmanager
def ehr(answers, timeout=5, pauses=None):
    """A client of an EHR that answers as scripted; pauses are noted instead of waited for."""
    app = Scripted(answers)
    with serving(app) as base:
        settings = Ehr(base_url=f"{base}/fhir", timeout=timeout)
        pause = (lambda seconds: pauses.append(seconds)) if pauses is not None else None
        yield Client(Connection(settings, **({"pause": pause} if pause else {}))), app


def search(answers, **options):
    with ehr(answers, **options) as (client, app):
        return client.search("Observation", [("date", "ge2025-11-20")], PATIENT), app


def test_pages_are_followed_by_the_link_as_given():
    found, app = search(
        {
            "/fhir/Observation": page(resource("a"), following="/fhir/next?token=a%2Fb&x=1"),
            "/fhir/next": page(resource("b")),
        }
    )
    assert (list(found.resources), found.pages) == (["Observation/a", "Observation/b"], 2)
    assert (found.truncated, found.warnings) == (False, [])
    assert app.asked[0].args["patient"] == PATIENT
    assert app.asked[0].headers["Prefer"] == "handling=strict"
    assert app.asked[1].query_string == b"token=a%2Fb&x=1"


def test_a_resource_on_two_pages_counts_once():
    found, _ = search(
        {
            "/fhir/Observation": page(resource("a"), following="/fhir/next"),
            "/fhir/next": page(resource("a"), resource("b")),
        }
    )
    assert (list(found.resources), found.received) == (["Observation/a", "Observation/b"], 3)


@pytest.mark.parametrize(
    "foreign",
    ["http://127.0.0.2:1/fhir/next", "https://evil.test/", "//evil.test/x", "file:///etc"],
)
def test_a_next_page_at_another_address_is_not_asked(foreign):
    found, app = search({"/fhir/Observation": page(resource("a"), following=foreign)})
    assert found.truncated
    assert found.warnings == [
        "Observation: the next page is at another address; the rest was not read"
    ]
    assert len(app.asked) == 1


def test_pages_in_a_circle_end():
    found, app = search(
        {
            "/fhir/Observation": page(resource("a"), following="/fhir/two"),
            "/fhir/two": page(resource("b"), following="/fhir/three"),
            "/fhir/three": page(resource("c"), following="/fhir/two"),
        }
    )
    assert found.truncated
    assert "circle" in found.warnings[0]
    assert (len(found.resources), len(app.asked)) == (3, 3)


def test_endless_pages_end(monkeypatch):
    monkeypatch.setattr(module, "MAX_PAGES", 4)
    answers = {"/fhir/Observation": page(resource("a"), following="/fhir/page/0")}
    for number in range(9):
        answers[f"/fhir/page/{number}"] = page(following=f"/fhir/page/{number + 1}")
    found, app = search(answers)
    assert found.truncated
    assert (found.pages, len(app.asked)) == (4, 4)


def test_too_many_bytes_end(monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    found, _ = search({"/fhir/Observation": page(resource("a"), following="/fhir/two")})
    assert (found.truncated, found.pages) == (True, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"reference": "Patient/p2"},
        {"reference": "#p1"},
        {"reference": "https://elsewhere.test/fhir/Patient/p1"},
        {"identifier": {"value": "p1"}},
        {},
        "Patient/p1",
        None,
    ],
)
def test_what_is_not_said_to_be_the_patients_is_left_out(other):
    found, _ = search(
        {"/fhir/Observation": page(resource("mine"), resource("other", subject=other))}
    )
    assert list(found.resources) == ["Observation/mine"]
    assert found.warnings == ["Observation/other: names another patient or none; left out"]


def test_a_resource_of_two_patients_is_left_out():
    both = resource("x", patient="Patient/p1", beneficiary={"reference": "Patient/p2"})
    found, _ = search({"/fhir/Observation": page(both)})
    assert not found.resources


def test_absolute_and_versioned_references_to_the_patient_count():
    with ehr({}) as (client, _):
        mine = [f"{client.base_url}/Patient/p1", "Patient/p1/_history/3"]
        assert all(client.belongs(resource("a", patient=said), PATIENT) for said in mine)


@pytest.mark.parametrize(
    "bad", [None, 7, [], {}, {"resourceType": "Observation"}, resource("x", kind="Condition")]
)
def test_a_bad_entry_is_a_warning(bad):
    found, _ = search({"/fhir/Observation": page(resource("a"), bad, resource("b"))})
    assert list(found.resources) == ["Observation/a", "Observation/b"]
    assert found.warnings == ["Observation: entry 2 of page 1 is unreadable"]


def test_a_remark_among_the_results_is_reported_without_its_words():
    remark = {"resourceType": "OperationOutcome", "issue": [{"diagnostics": CANARY}]}
    found, _ = search({"/fhir/Observation": page(resource("a"), remark)})
    assert found.warnings == ["Observation: the EHR remarked on the search"]


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_type_the_ehr_does_not_give_is_reported_as_cut_short(status):
    found, _ = search({"/fhir/Observation": answer({}, status)})
    assert found.truncated
    assert found.warnings == [f"Observation: the EHR refused the search ({status})"]


def test_a_parameter_the_ehr_does_not_know_is_left_away():
    def strict(request):
        return answer({}, 400) if "date" in request.args else page(resource("a"))

    found, app = search({"/fhir/Observation": strict})
    assert list(found.resources) == ["Observation/a"]
    assert app.asked[1].args["patient"] == PATIENT


def test_the_ehr_is_left_alone_as_long_as_it_asks():
    pauses = []
    busy = answer({}, 429, **{"Retry-After": "2"})
    found, app = search(
        {"/fhir/Observation": [busy, answer({}, 503), page(resource("a"))]}, pauses=pauses
    )
    assert list(found.resources) == ["Observation/a"]
    assert (pauses, len(app.asked)) == ([2, 2], 3)


def test_an_ehr_that_stays_busy_is_given_up():
    pauses = []
    with pytest.raises(UpstreamBusy) as caught:
        search({"/fhir/Observation": answer({}, 503, **{"Retry-After": "1"})}, pauses=pauses)
    assert (caught.value.retry_after, pauses) == (1, [1, 1])


def test_a_wait_beyond_the_deadline_is_handed_to_the_caller_at_once():
    pauses = []
    with pytest.raises(UpstreamBusy) as caught:
        search({"/fhir/Observation": answer({}, 429, **{"Retry-After": "3600"})}, pauses=pauses)
    assert (caught.value.retry_after, pauses) == (3600, [])


@pytest.mark.parametrize(
    "broken",
    [
        answer({"canary": CANARY}, 500),
        answer({}, 401),
        answer({}, 302, Location="http://evil.test/"),
        Response(f'{{"resourceType": "Bundle", "entry": [{{"resource": "{CANARY}', 200),
        Response(f"<html><body>Error {CANARY}</body></html>", 200, mimetype="text/html"),
        Response(b"\xff\xfe\x00", 200),
        Response("[" * 100_000, 200),
        Response('{"resourceType": "Bundle", "total": NaN}', 200),
        answer([1, 2]),
        answer({"resourceType": "Patient", "id": CANARY}),
    ],
    ids=["500", "401", "302", "cut", "html", "bytes", "deep", "nan", "list", "other"],
)
def test_an_unusable_answer_is_upstream_failed_and_says_nothing_of_it(broken):
    with pytest.raises(UpstreamFailed) as caught:
        search({"/fhir/Observation": broken})
    assert type(caught.value) is UpstreamFailed
    assert CANARY not in str(caught.value)
    assert PATIENT not in str(caught.value)


def test_the_deadline_is_for_the_whole_chart():
    ticks = iter([0.0, 1.0, 2.0, 6.0])
    app = Scripted({"/fhir/Observation": page(following="/fhir/two"), "/fhir/two": page()})
    with serving(app) as base:
        settings = Ehr(base_url=f"{base}/fhir", timeout=2)
        client = Client(Connection(settings, clock=lambda: next(ticks)))
        with pytest.raises(UpstreamTimeout):
            client.search("Observation", (), PATIENT)
    assert len(app.asked) == 1


def test_a_read_that_answers_something_else_is_refused():
    answers = {"/fhir/Patient/p1": answer(resource("p2", kind="Patient"))}
    with ehr(answers) as (client, _), pytest.raises(UpstreamFailed, match="different"):
        client.read(PATIENT)


@pytest.mark.parametrize(
    "name", ["Patient/..", "Patient/.", "Patient/a/../b", "Patient/a?b", "Patient/a\n", ""]
)
def test_a_reference_that_is_a_path_is_not_asked(name):
    with ehr({}) as (client, app):
        assert client.read(name) is None
    assert not app.asked

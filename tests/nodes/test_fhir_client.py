"""Defects that real EHRs show, each over a real connection."""

import json
from contextlib import contextmanager

import pytest
from werkzeug.wrappers import Response

from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout
from nodes.fhir import paging as module
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
    assert found.lost == "the next page is at another address: the rest was not read"
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
    assert "circle" in found.lost
    assert (len(found.resources), len(app.asked)) == (3, 3)


def test_endless_pages_end(monkeypatch):
    monkeypatch.setattr(module, "MAX_PAGES", 4)
    answers = {"/fhir/Observation": page(resource("a"), following="/fhir/page/0")}
    for number in range(9):
        following = f"/fhir/page/{number + 1}"
        answers[f"/fhir/page/{number}"] = page(resource(f"n{number}"), following=following)
    found, app = search(answers)
    assert found.truncated
    assert (found.pages, len(app.asked)) == (4, 4)


@pytest.mark.parametrize("again", [(), (resource("a"),)], ids=["empty", "repeated"])
def test_pages_that_bring_nothing_new_end(again):
    answers = {"/fhir/Observation": page(resource("a"), following="/fhir/page/0")}
    for number in range(9):
        answers[f"/fhir/page/{number}"] = page(*again, following=f"/fhir/page/{number + 1}")
    found, app = search(answers)
    assert found.lost == "its pages bring nothing new: the rest was not read"
    assert (list(found.resources), len(app.asked)) == (["Observation/a"], 3)


def test_too_many_bytes_end(monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    found, _ = search({"/fhir/Observation": page(resource("a"), following="/fhir/two")})
    assert (found.truncated, found.pages) == (True, 1)


def skipped(found):
    return [(one.what, one.reason) for one in found.skipped]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"reference": "Patient/p2"}, "another_patient"),
        ({"reference": "https://elsewhere.test/fhir/Patient/p1"}, "another_patient"),
        ([{"reference": "Patient/p1"}, {"reference": "Patient/p2"}], "another_patient"),
        ({"reference": "Group/p1"}, "no_patient"),
        ({"reference": "#p1"}, "no_patient"),
        ({"reference": "urn:uuid:8d8b3a5e-0000-4000-8000-000000000000"}, "no_patient"),
        ({"identifier": {"value": "p1"}}, "no_patient"),
        ({}, "no_patient"),
        ("Patient/p1", "no_patient"),
        (None, "no_patient"),
    ],
)
def test_what_is_not_said_to_be_the_patients_is_left_out(other, reason):
    found, _ = search(
        {"/fhir/Observation": page(resource("mine"), resource("other", subject=other))}
    )
    assert list(found.resources) == ["Observation/mine"]
    assert skipped(found) == [("Observation/other", reason)]


def test_a_contained_resource_of_another_patient_counts_against_the_whole():
    inside = resource("in", patient="Patient/p2")
    found, _ = search({"/fhir/Observation": page(resource("a", contained=[inside]))})
    assert skipped(found) == [("Observation/a", "another_patient")]


def test_what_is_included_along_is_not_taken_and_another_patients_is_reported():
    entries = [
        {"resource": resource("a"), "search": {"mode": "match"}},
        {"resource": {"resourceType": "Practitioner", "id": "x"}, "search": {"mode": "include"}},
        {"resource": resource("e", "Patient/p2", "Encounter"), "search": {"mode": "include"}},
    ]
    found, _ = search({"/fhir/Observation": answer({"resourceType": "Bundle", "entry": entries})})
    assert list(found.resources) == ["Observation/a"]
    assert skipped(found) == [("Encounter/e", "another_patient")]


@pytest.mark.parametrize(
    ("kind", "element"), [("Device", "patient"), ("Coverage", "beneficiary"), ("Task", "for")]
)
def test_each_type_names_its_patient_in_its_own_element(kind, element):
    with ehr({}) as (client, _):
        named = {"resourceType": kind, "id": "x", element: {"reference": PATIENT}}
        assert client.belongs(named, PATIENT)
        assert not client.belongs({**named, element: {"reference": "Patient/p2"}}, PATIENT)
        assert not client.belongs({"resourceType": kind, "id": "x"}, PATIENT)


def ignoring(*resources, following=None):
    links = [{"relation": "self", "url": "/fhir/Observation?_count=200"}]
    links += [{"relation": "next", "url": following}] if following else []
    entries = [{"resource": one} for one in resources]
    return answer({"resourceType": "Bundle", "link": links, "entry": entries})


def test_an_ehr_that_ignores_the_patient_is_noticed_and_not_read_on():
    found, app = search(
        {
            "/fhir/Observation": ignoring(
                resource("a"), resource("b", "Patient/p2"), following="/fhir/two"
            )
        }
    )
    assert found.warnings == ["Observation: the EHR ignored the patient in the search"]
    assert found.lost == "the EHR does not search it by patient: only one page was read"
    assert (list(found.resources), len(app.asked)) == (["Observation/a"], 1)


def test_an_ehr_that_ignores_the_patient_on_its_only_page_loses_nothing():
    found, _ = search({"/fhir/Observation": ignoring(resource("a"), resource("b", "Patient/p2"))})
    assert (found.lost, skipped(found)) == (None, [("Observation/b", "another_patient")])
    assert "ignored" in found.warnings[0]


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
    assert [one.reason for one in found.skipped] == ["unreadable"]
    assert found.skipped[0].what in {"Observation, page 1, entry 2", "Condition/x"}


def test_a_remark_among_the_results_is_reported_without_its_words():
    remark = {"resourceType": "OperationOutcome", "issue": [{"diagnostics": CANARY}]}
    found, _ = search({"/fhir/Observation": page(resource("a"), remark)})
    assert found.warnings == ["Observation: the EHR remarked on the search"]


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_type_the_ehr_does_not_give_is_reported_as_cut_short(status):
    found, _ = search({"/fhir/Observation": answer({}, status)})
    assert found.truncated
    assert (found.lost, found.status) == (f"the EHR refused the search ({status})", status)


def test_a_parameter_the_ehr_does_not_know_is_left_away():
    def strict(request):
        return answer({}, 400) if "date" in request.args else page(resource("a"))

    found, app = search({"/fhir/Observation": strict})
    assert list(found.resources) == ["Observation/a"]
    assert app.asked[1].args["patient"] == PATIENT


def test_an_ehr_that_takes_no_page_size_or_strictness_is_asked_without_from_then_on():
    def plain(request):
        refused = "_count" in request.args or "Prefer" in request.headers
        return answer({}, 400) if refused else page(resource("a"))

    with ehr({"/fhir/Observation": plain}) as (client, app):
        found = [client.search("Observation", [("date", "ge2025-11-20")], PATIENT) for _ in "12"]
    assert [list(one.resources) for one in found] == [["Observation/a"]] * 2
    assert all(request.args["patient"] == PATIENT for request in app.asked)
    assert (dict(app.asked[-1].args), "Prefer" in app.asked[-1].headers) == (
        {"patient": PATIENT, "date": "ge2025-11-20"},
        False,
    )


def test_a_search_for_nobodys_resources_is_never_widened():
    with ehr({"/fhir/PractitionerRole": answer({}, 400)}) as (client, app):
        found = client.search("PractitionerRole", [("practitioner", "x")], None)
    assert found.status == 400
    assert all("practitioner" in request.args for request in app.asked)


def test_the_ehr_is_left_alone_as_long_as_it_asks():
    pauses = []
    busy = answer({}, 429, **{"Retry-After": "2"})
    found, app = search(
        {"/fhir/Observation": [busy, answer({}, 503), page(resource("a"))]}, pauses=pauses
    )
    assert list(found.resources) == ["Observation/a"]
    assert (pauses[0], len(app.asked)) == (2, 3)
    assert 1 <= pauses[1] <= 2


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
    ticks = iter([0.0, 1.0, 1.5, 6.0])
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

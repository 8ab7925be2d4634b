import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from nodes import http
from nodes.ehr.account import Ehr
from nodes.errors import UpstreamBusy
from nodes.fetch_chart import fetch_chart
from server.sandbox.app import create_sandbox
from server.sandbox.ehr import records
from tests.ehr import NOW, fetched, request_for
from tests.loopback import serving

FHIR = "/sandbox/ehr/fhir"
NOTE = {
    "resourceType": "DocumentReference",
    "status": "current",
    "identifier": [{"system": "urn:test", "value": "PA-1"}],
    "subject": {"reference": "Patient/pt-lopez"},
}


@pytest.fixture
def app():
    app = create_sandbox()
    app.test_client().post("/sandbox/reset")
    yield app
    app.test_client().post("/sandbox/reset")


@pytest.fixture
def client(app):
    return app.test_client()


def ids(answer):
    return [entry["resource"]["id"] for entry in answer.json["entry"]]


@pytest.mark.parametrize(
    "path", ["/sandbox/", f"{FHIR}/metadata", f"{FHIR}/Patient/none", "/sandbox/none"]
)
def test_every_answer_says_that_it_is_a_sandbox(client, path):
    assert client.get(path).headers["X-Sandbox"] == "true"


def test_the_page_says_that_everything_is_invented(client):
    page = client.get("/sandbox/").text
    assert "This is a sandbox" in page
    assert "invented" in page


@pytest.mark.parametrize("patient", ["Patient/pt-lopez", "pt-lopez"])
@pytest.mark.parametrize("name", ["patient", "subject"])
def test_a_search_by_patient_brings_only_theirs(client, name, patient):
    found = client.get(f"{FHIR}/Condition?{name}={patient}").json["entry"]
    assert len(found) == 4
    assert {e["resource"]["subject"]["reference"] for e in found} == {"Patient/pt-lopez"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Condition?patient=pt-lopez&clinical-status=active", ["radiculopathy", "lipids"]),
        ("Observation?patient=pt-lopez&code=http://loinc.org|13457-7", ["ldl"]),
        ("Observation?patient=pt-lopez&code=3016-3,13457-7", ["ldl", "tsh"]),
        ("Observation?patient=pt-lopez&category=vital-signs", ["bp"]),
        ("Observation?patient=pt-lopez&date=ge2026-11-05&date=le2026-11-11", ["odi-end"]),
        ("Procedure?patient=pt-lopez&date=ge2026-10-01", ["pt"]),
        ("Procedure?patient=pt-lopez&date=lt2026-05-01", ["nevus"]),
        ("Encounter?patient=pt-lopez&date=2026-11", ["1112"]),
    ],
)
def test_searches(client, query, expected):
    found = [id_.split("-", 2)[2] for id_ in ids(client.get(f"{FHIR}/{query}"))]
    assert found == expected


def test_pages_join_to_the_whole(client):
    url, found = f"{FHIR}/Observation?patient=pt-lopez&_count=3", []
    while url:
        answer = client.get(url)
        found += ids(answer)
        links = {link["relation"]: link["url"] for link in answer.json["link"]}
        url = links.get("next")
    assert len(found) == len(set(found)) == answer.json["total"] == 7


def test_an_unknown_parameter_is_refused_only_when_asked_to(client):
    url = f"{FHIR}/Condition?patient=pt-lopez&nonsense=1"
    assert client.get(url).status_code == 200
    assert client.get(url, headers={"Prefer": "handling=strict"}).status_code == 400


def test_notes_are_put_in_as_base64(client):
    document = client.get(f"{FHIR}/DocumentReference/doc-lopez-0908").json
    assert "@" not in document["content"][0]["attachment"]["data"]


def test_what_is_written_is_kept_until_the_reset(client):
    answer = client.post(f"{FHIR}/DocumentReference", json=NOTE)
    assert answer.status_code == 201
    assert client.get(answer.headers["Location"]).json["identifier"] == NOTE["identifier"]
    assert [r["id"] for r in client.get("/sandbox/ehr/written").json] == ["documentreference-1"]
    assert client.post("/sandbox/reset").status_code == 204
    assert client.get("/sandbox/ehr/written").json == []
    assert client.get(answer.headers["Location"]).status_code == 404


def test_the_same_document_is_written_once_however_many_ask(app):
    def write(_):
        headers = {"If-None-Exist": "identifier=urn:test%7CPA-1"}
        answer = app.test_client().post(f"{FHIR}/DocumentReference", json=NOTE, headers=headers)
        return answer.status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(write, range(16)))
    assert statuses == [200] * 15 + [201]
    assert len(records.written) == 1


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("Patient", {"resourceType": "Patient"}, 405),
        ("Task", {"resourceType": "Communication"}, 400),
        ("Task", [], 400),
        ("Task", {"resourceType": "Task"}, 201),
        ("Communication", {"resourceType": "Communication"}, 201),
    ],
)
def test_what_can_be_created(client, kind, body, status):
    assert client.post(f"{FHIR}/{kind}", json=body).status_code == status


def test_a_condition_it_does_not_know_creates_nothing(client):
    headers = {"If-None-Exist": "nonsense=1"}
    assert (
        client.post(f"{FHIR}/Task", json={"resourceType": "Task"}, headers=headers).status_code
        == 400
    )
    assert records.written == []


def test_it_fails_as_often_as_asked(client):
    client.post("/sandbox/ehr/faults", json={"down": 2, "status": 500})
    statuses = [client.get(f"{FHIR}/Patient/pt-lopez").status_code for _ in range(3)]
    assert statuses == [500, 500, 200]


def test_the_chart_over_the_network_is_the_chart_in_process(app):
    with serving(app) as base:
        ehrs = {"sandbox": Ehr(base_url=f"{base}{FHIR}")}
        answer = fetch_chart(request_for("lopez"), ehrs=ehrs, call=http.call, now=lambda: NOW)
    assert json.loads(answer.model_dump_json()) == json.loads(fetched("lopez").model_dump_json())


def test_an_ehr_that_is_down_for_a_moment_is_waited_for(app):
    pauses = []
    with serving(app) as base:
        http.post(
            f"{base}/sandbox/ehr/faults",
            body=b'{"down": 2, "status": 503, "retry_after": 1}',
            headers={},
            timeout=5,
            token=None,
        )
        ehrs = {"sandbox": Ehr(base_url=f"{base}{FHIR}")}
        answer = fetch_chart(request_for("lopez"), ehrs=ehrs, pause=pauses.append)
    assert answer.case == fetched("lopez").case
    assert pauses == [1, 1]


def test_an_ehr_that_stays_down_is_busy(app, client):
    client.post("/sandbox/ehr/faults", json={"down": 1000, "status": 503, "retry_after": 4})
    with serving(app) as base, pytest.raises(UpstreamBusy) as caught:
        ehrs = {"sandbox": Ehr(base_url=f"{base}{FHIR}")}
        fetch_chart(request_for("lopez"), ehrs=ehrs, pause=lambda seconds: None)
    assert caught.value.retry_after == 4

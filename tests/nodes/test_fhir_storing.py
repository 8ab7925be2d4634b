"""Writing over FHIR: once, whatever the EHR answers, over a real connection."""

import json
from contextlib import contextmanager
from urllib.parse import parse_qs

import pytest
from werkzeug.wrappers import Request, Response

from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import UpstreamFailed
from nodes.fhir.client import Client
from nodes.fhir.storing import Stored
from tests.loopback import serving

MINE = ("urn:example:filings", "PA-1.letter")
LETTER = {
    "resourceType": "DocumentReference",
    "identifier": [{"system": MINE[0], "value": MINE[1]}],
    "subject": {"reference": "Patient/p1"},
}
UNSURE = "the EHR did not say what became of it: look before sending again"


class Store:
    """A small EHR: it keeps what is posted, and answers a POST as it is told to."""

    def __init__(self, post=201, location=True, search=200, keeps=True):
        self.post, self.location, self.search, self.keeps = post, location, search, keeps
        self.held: list[dict] = []
        self.asked: list[Request] = []

    def __call__(self, environ, start_response):
        request = Request(environ)
        request.get_data()
        self.asked.append(request)
        answer = self.found() if request.method == "GET" else self.stored(request)
        return answer(environ, start_response)

    def found(self):
        entries = [{"resource": one} for one in self.held]
        return Response(json.dumps({"resourceType": "Bundle", "entry": entries}), self.search)

    def stored(self, request):
        if self.keeps:
            self.held.append({**json.loads(request.data), "id": f"d{len(self.held) + 1}"})
        headers = {"Location": "/fhir/DocumentReference/d1/_history/1"} if self.location else {}
        return Response("", self.post, headers)


@contextmanager
def ehr(app):
    with serving(app) as base:
        yield Client(Connection(Ehr(base_url=f"{base}/fhir", timeout=5), pause=lambda _: None))


def created(store, resource=LETTER):
    with ehr(store) as client:
        return client.create(resource, MINE)


def posts(store):
    return [request for request in store.asked if request.method == "POST"]


def test_it_is_looked_for_and_then_stored():
    store = Store()
    assert created(store) == Stored("created", "DocumentReference/d1")
    looked, sent = store.asked
    assert (looked.args["identifier"], looked.args["patient"]) == ("|".join(MINE), "Patient/p1")
    assert parse_qs(sent.headers["If-None-Exist"]) == {"identifier": ["|".join(MINE)]}
    assert json.loads(sent.data) == LETTER


def test_what_is_there_is_not_sent_again():
    store = Store()
    assert created(store).outcome == "created"
    assert created(store) == Stored("already_there", "DocumentReference/d1")
    assert len(posts(store)) == 1


def test_another_ones_document_is_not_taken_for_ours():
    store = Store()
    store.held = [{**LETTER, "id": "x", "identifier": [{"system": MINE[0], "value": "other"}]}]
    assert created(store).outcome == "created"


def test_the_reference_is_looked_for_when_the_ehr_does_not_say_it():
    assert created(Store(location=False)) == Stored("created", "DocumentReference/d1")


@pytest.mark.parametrize(
    ("status", "keeps", "outcome"),
    [
        (200, True, "already_there"),
        (200, False, "unknown"),
        (202, True, "created"),
        (202, False, "unknown"),
        (204, False, "unknown"),
        (302, False, "unknown"),
        (412, True, "already_there"),
        (412, False, "refused"),
        (409, True, "already_there"),
        (500, True, "created"),
        (502, False, "unknown"),
        (400, False, "refused"),
        (403, False, "refused"),
        (422, False, "refused"),
    ],
)
def test_every_answer_to_a_post_has_its_outcome(status, keeps, outcome):
    store = Store(post=status, keeps=keeps)
    assert created(store).outcome == outcome
    assert len(posts(store)) == 1


class Telling(Store):
    """An EHR that answers a POST with a body, or from another address."""

    def __init__(self, body, place="", **habits):
        super().__init__(**habits)
        self.body, self.place = body, place

    def stored(self, request):
        super().stored(request)
        headers = {"Location": self.place} if self.place else {}
        return Response(json.dumps(self.body), self.post, headers)


@pytest.mark.parametrize(
    ("post", "body", "outcome"),
    [
        (201, {**LETTER, "id": "d9", "subject": {"reference": "Patient/p2"}}, "unknown"),
        (200, {**LETTER, "id": "d9", "subject": {"reference": "Patient/p2"}}, "unknown"),
        (200, {**LETTER, "id": "d9", "identifier": []}, "unknown"),
        (200, {**LETTER, "id": "d9"}, "already_there"),
        (201, {**LETTER, "id": "d9"}, "created"),
        (201, {"resourceType": "Patient", "id": "d9"}, "unknown"),
    ],
)
def test_a_body_of_something_else_is_not_believed(post, body, outcome):
    assert created(Telling(body, post=post, keeps=False)).outcome == outcome


@pytest.mark.parametrize(
    "place", ["https://evil.example/fhir/DocumentReference/x", "//e.example/DocumentReference/x"]
)
def test_a_location_elsewhere_is_no_reference(place):
    assert created(Telling({}, place, keeps=False)).outcome == "unknown"
    assert created(Telling({}, place)) == Stored("created", "DocumentReference/d1")


@pytest.mark.parametrize(("keeps", "outcome"), [(True, "created"), (False, "unknown")])
def test_a_connection_that_breaks_after_the_post_is_looked_after_once(keeps, outcome):
    class Breaking(Store):
        def stored(self, request):
            answer = super().stored(request)
            answer.headers["Content-Length"] = "1000"
            return answer

    store = Breaking(keeps=keeps)
    stored = created(store)
    assert (stored.outcome, stored.detail) == (outcome, None if keeps else UNSURE)
    assert [request.method for request in store.asked] == ["GET", "POST", "GET"]


@pytest.mark.parametrize("status", [403, 404, 405])
def test_nothing_is_sent_where_nobody_may_look_first(status):
    store = Store(search=status)
    assert created(store).outcome == "refused"
    assert not posts(store)


def test_an_ehr_that_cannot_search_by_identifier_is_looked_through_by_patient():
    class Narrow(Store):
        def found(self):
            refused = "identifier" in self.asked[-1].args
            return Response("{}", 400) if refused else super().found()

    store = Narrow()
    assert [created(store).outcome for _ in "12"] == ["created", "already_there"]
    assert all("patient" in request.args for request in store.asked if request.method == "GET")


def test_nothing_is_sent_when_the_search_fails():
    store = Store(search=500)
    with pytest.raises(UpstreamFailed):
        created(store)
    assert not posts(store)


class Versioned:
    """An EHR with one task in version 3; ``breaks`` after it took the update."""

    def __init__(self, status=200, breaks=False, takes=True):
        self.status, self.breaks, self.takes = status, breaks, takes
        self.task = {"resourceType": "Task", "id": "t", "meta": {"versionId": "3"}, "status": "x"}
        self.match = None

    def __call__(self, environ, start_response):
        request = Request(environ)
        request.get_data()
        if request.method == "PUT":
            self.match = request.headers.get("If-Match")
            self.task = json.loads(request.data) if self.takes else self.task
            answer = Response("", self.status)
            if self.breaks:
                answer.headers["Content-Length"] = "99"
        else:
            answer = Response(json.dumps({**self.task, "meta": {"versionId": "4"}}))
        return answer(environ, start_response)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"status": 200}, "updated"),
        ({"status": 412, "takes": False}, "refused"),
        ({"status": 409, "takes": False}, "refused"),
        ({"status": 403, "takes": False}, "refused"),
        ({"status": 500}, "updated"),
        ({"status": 500, "takes": False}, "unknown"),
        ({"breaks": True}, "updated"),
        ({"breaks": True, "takes": False}, "unknown"),
    ],
)
def test_an_update_is_of_the_version_that_was_read(answers, outcome):
    store = Versioned(**answers)
    with ehr(store) as client:
        stored = client.update({"resourceType": "Task", "id": "t", "status": "completed"}, "3")
    assert (stored.outcome, store.match) == (outcome, 'W/"3"')

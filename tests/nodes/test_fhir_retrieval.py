"""Whole charts over a real connection: many questions at once, lost ones, deadlines, memory."""

import base64
import io
import json
import os
import subprocess
import sys
import threading
import time
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from reportlab.pdfgen.canvas import Canvas
from werkzeug.wrappers import Request, Response

from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.fhir import relevance
from nodes.fhir.client import Client
from nodes.fhir.need import Need
from nodes.fhir.retrieval import Retrieval
from nodes.http import Answer
from tests.loopback import serving

PATIENT = {"reference": "Patient/p1"}
TODAY = date(2026, 11, 20)
NOTE = "Low back pain for eight weeks. Physical therapy did not help."
SERVED = ("Condition", "Observation", "DocumentReference", "MedicationDispense")


def observation(number):
    return {
        "resourceType": "Observation",
        "id": f"o{number}",
        "status": "final",
        "subject": PATIENT,
        "effectiveDateTime": f"2026-{number % 10 + 1:02d}-11",
        "code": {"text": f"Measure {number % 7}"},
        "valueQuantity": {"value": number, "unit": "mg", "code": "mg"},
        "identifier": [{"system": "urn:example:order", "value": f"{number:09}"} for _ in range(9)],
        "performer": [{"reference": "Practitioner/pr1", "display": "Amara Osei"}],
    }


def document(number, **attachment):
    return {
        "resourceType": "DocumentReference",
        "id": f"d{number}",
        "status": "current",
        "subject": PATIENT,
        "date": "2026-10-01T09:00:00Z",
        "type": {"text": "Progress note"},
        "content": [{"attachment": {"contentType": "text/plain", **attachment}}],
    }


class Chart:
    """An EHR with some resources in pages; ``spoil`` may answer a request in its own way."""

    def __init__(self, resources=(), spoil=None, served=SERVED, size=100):
        self.resources, self.spoil, self.served, self.size = resources, spoil, served, size
        self.asked: list[str] = []
        self.together, self.most, self.lock = 0, 0, threading.Lock()

    def __call__(self, environ, start_response):
        request = Request(environ)
        with self.lock:
            self.asked.append(request.full_path.rstrip("?"))
            self.together += 1
            self.most = max(self.most, self.together)
        try:
            answer = self.spoil(request) if self.spoil else None
            return (answer or self.answer(request))(environ, start_response)
        finally:
            with self.lock:
                self.together -= 1

    def answer(self, request):
        _, _, kind, *id_ = request.path.split("/")
        if kind == "metadata":
            offered = [{"type": t, "interaction": [{"code": "search-type"}]} for t in self.served]
            return said({"resourceType": "CapabilityStatement", "rest": [{"resource": offered}]})
        mine = [one for one in self.resources if one["resourceType"] == kind]
        if id_:
            found = [one for one in mine if one["id"] == id_[0]]
            return said(found[0]) if found else Response("", 404)
        first = int(request.args.get("from", 0))
        more = f"/fhir/{kind}?patient=Patient/p1&from={first + self.size}"
        following = [{"relation": "next", "url": more}] if first + self.size < len(mine) else []
        entries = [{"resource": one} for one in mine[first : first + self.size]]
        return said({"resourceType": "Bundle", "link": following, "entry": entries})


def said(value):
    return Response(json.dumps(value), mimetype="application/fhir+json")


def fetched(chart, timeout=20, months=12):
    """What a retrieval brings from an EHR that is served."""
    with serving(chart) as base:
        ehr = Ehr(base_url=f"{base}/fhir", timeout=timeout)
        return asking(Connection(ehr, pause=lambda _: time.sleep(0.001)), months)


def asking(connection, months):
    """What a retrieval brings for a service that no family knows: all that is recent."""
    table, _ = relevance.shipped()
    rules = tuple(
        rule.model_copy(update={"own": False, "active": False, "codes": (), "words": ()})
        for rule in table.default.rules
    )
    need = Need(table, table.default.model_copy(update={"rules": rules}), TODAY, months)
    retrieval = Retrieval(Client(connection), "Patient/p1", need, {})
    retrieval.run()
    return retrieval


def manifest(retrieval):
    return retrieval.manifest("there", datetime(2026, 11, 20, tzinfo=UTC))


def lost(retrieval):
    searches = manifest(retrieval).searches
    return {s.query.partition("?")[0]: s.lost for s in searches if s.lost}


def test_many_questions_are_under_way_at_once_and_never_more_than_allowed():
    barrier = threading.Barrier(4, timeout=10)

    def meeting(request):
        if "from" not in request.args and len(chart.asked) <= 4:
            barrier.wait()

    chart = Chart([observation(n) for n in range(250)], meeting)
    retrieval = fetched(chart)
    assert not barrier.broken
    assert chart.most == 4
    assert retrieval.complete


def test_the_same_chart_comes_in_the_same_order_whichever_answers_first():
    resources = [observation(n) for n in range(30)]
    resources += [document(n, url=f"Binary/b{n}") for n in range(5)]
    resources += [binary(n, f"{NOTE} Visit {n}.") for n in range(5)]
    wait = iter([0.03, 0.0, 0.02, 0.0, 0.05, 0.01] * 20)
    slow = Chart(resources, lambda request: time.sleep(next(wait)), size=7)
    first, second = fetched(Chart(resources, size=7)), fetched(slow)
    assert len(first.notes()) == 5
    assert (first.facts(), first.notes()) == (second.facts(), second.notes())
    assert manifest(first) == manifest(second)


def binary(number, text):
    data = base64.b64encode(text.encode()).decode()
    return {
        "resourceType": "Binary", "id": f"b{number}", "contentType": "text/plain", "data": data
    }  # fmt: skip


FAULTS = {
    "status": lambda: Response("{}", 500),
    "cut": lambda: Response('{"resourceType": "Bundle", "entry": ['),
    "page": lambda: Response("<html>Maintenance</html>", mimetype="text/html"),
    "forbidden": lambda: Response("{}", 403),
    "gone": lambda: Response("{}", 410),
}


def test_an_ehr_that_wants_to_be_left_alone_loses_what_was_not_there_yet():
    busy = Response("{}", 503, {"Retry-After": "9999"})
    chart = Chart(
        [observation(n) for n in range(30)],
        lambda request: busy if request.path.endswith("/Observation") else None,
    )
    retrieval = fetched(chart)
    assert lost(retrieval)["Observation"] == "the EHR is busy: all of it was not read"
    assert not manifest(retrieval).complete


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("page", ["first", "second"])
def test_one_search_that_fails_is_lost_and_said_and_the_others_are_kept(fault, page):
    def spoil(request):
        second = "from" in request.args
        wanted = request.path.endswith("/Observation") and second == (page == "second")
        return FAULTS[fault]() if wanted else None

    resources = [observation(n) for n in range(150)]
    resources.append(document(1, data=base64.b64encode(NOTE.encode()).decode()))
    retrieval = fetched(Chart(resources, spoil))
    assert list(lost(retrieval)) == ["Observation"]
    assert not manifest(retrieval).complete
    assert [note.text for note in retrieval.notes()] == [NOTE]
    assert bool([f for f in retrieval.facts() if f.kind == "observation"]) == (page == "second")


def test_a_type_the_ehr_does_not_offer_is_said_and_not_lost():
    refused = Chart(spoil=lambda r: Response("", 404) if r.path.endswith("/CarePlan") else None)
    retrieval = fetched(refused)
    queries = {search.query for search in manifest(retrieval).searches}
    assert "CarePlan: not offered" in queries
    assert "MedicationStatement: not offered" in queries
    assert not [path for path in refused.asked if "MedicationStatement" in path]
    assert retrieval.complete


def test_without_a_capability_statement_all_is_tried():
    chart = Chart(spoil=lambda r: Response("", 500) if "metadata" in r.path else None)
    assert fetched(chart).complete
    assert [path for path in chart.asked if "MedicationStatement" in path]


def test_nothing_hangs_past_the_deadline_and_what_is_not_there_is_said():
    release = threading.Event()
    hanging = Chart(
        [document(1, data=base64.b64encode(NOTE.encode()).decode())],
        lambda r: release.wait(20) and None if r.path.endswith("/Observation") else None,
    )
    began = time.monotonic()
    threading.Timer(4, release.set).start()
    retrieval = fetched(hanging, timeout=1)
    assert time.monotonic() - began < 10
    assert "Observation" in lost(retrieval)
    assert len(retrieval.notes()) == 1


@pytest.mark.parametrize(
    "spoilt",
    [Response("<html>Maintenance</html>", mimetype="text/html"), Response("{}", 500)],
    ids=["portal", "500"],
)
def test_a_documents_content_that_fails_is_lost(spoilt):
    resources = [document(n, url=f"Binary/b{n}") for n in range(2)]
    resources += [binary(n, NOTE) for n in range(2)]
    chart = Chart(resources, lambda r: spoilt if r.path.endswith("/Binary/b1") else None)
    retrieval = fetched(chart)
    assert [note.id for note in retrieval.notes()] == ["DocumentReference/d0"]
    assert "DocumentReference/d1" in lost(retrieval)["DocumentReference"]
    assert [one.what for one in manifest(retrieval).skipped] == ["DocumentReference/d1"]


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_documents_content_that_is_refused_is_lost(status):
    resources = [document(n, url=f"Binary/b{n}") for n in range(2)]
    resources.append(binary(0, NOTE))
    refusing = Chart(resources, lambda r: Response("", status) if "Binary/b1" in r.path else None)
    retrieval = fetched(refusing)
    assert [note.id for note in retrieval.notes()] == ["DocumentReference/d0"]
    assert lost(retrieval) == {
        "DocumentReference": "the text of DocumentReference/d1: the EHR does not give its content"
    }
    assert not manifest(retrieval).complete


def test_a_documents_content_that_is_too_large_is_not_asked_for_and_lost():
    chart = Chart([document(1, url="Binary/b1", size=31_000_000), binary(1, NOTE)])
    retrieval = fetched(chart)
    assert not [path for path in chart.asked if "Binary" in path]
    assert "larger than this server reads" in lost(retrieval)["DocumentReference"]
    assert not retrieval.complete


@pytest.mark.parametrize("kind", ["image/tiff", "audio/wav", "application/pdf"])
def test_a_document_that_is_no_text_wants_a_person_and_is_not_lost(kind):
    data = base64.b64encode(scan()).decode()
    retrieval = fetched(Chart([document(1, contentType=kind, data=data)]))
    said = manifest(retrieval)
    assert (said.complete, lost(retrieval)) == (True, {})
    assert [(one.what, one.reason) for one in said.skipped] == [
        ("DocumentReference/d1", "text_unreadable")
    ]
    told = "DocumentReference/d1: its text was not read, a person must look at it: "
    assert [one for one in said.warnings if one.startswith(told)]


def test_a_document_without_a_day_is_not_asked_for():
    undated = {**document(1, url="Binary/b1"), "date": "2026"}
    chart = Chart([undated, binary(1, NOTE)])
    retrieval = fetched(chart)
    assert not [path for path in chart.asked if "Binary" in path]
    assert [one.detail for one in manifest(retrieval).skipped] == ["its text has no date"]


def scan():
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.rect(10, 10, 50, 50)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def busy():
    """A small PDF that takes its reader minutes."""
    made = io.BytesIO()
    canvas = Canvas(made, pageCompression=1)
    for _ in range(50):
        text = canvas.beginText(72, 720)
        for _ in range(8000):
            text.textOut("lumbar")
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.mark.alone
def test_pdfs_that_keep_their_reader_busy_end_with_the_deadline_and_are_lost():
    content = base64.b64encode(busy()).decode()
    busy_ones = [document(n, contentType="application/pdf", data=content) for n in range(4)]
    began = time.monotonic()
    retrieval = fetched(Chart(busy_ones), timeout=2)
    assert time.monotonic() - began < 4
    skipped = manifest(retrieval).skipped
    assert {one.reason for one in skipped} == {"text_unreadable"}
    assert [one.what for one in skipped] == [f"DocumentReference/d{n}" for n in range(4)]
    assert "longer to read than" in lost(retrieval)["DocumentReference"]
    assert not retrieval.complete
    assert not readers_left()


def readers_left():
    """The processes this one has started that are still there."""
    return [
        status
        for status in Path("/proc").glob("[0-9]*/status")
        if f"PPid:\t{os.getpid()}\n" in status.read_text()
        and "extraction.py" in (status.parent / "cmdline").read_text()
    ]


def test_a_documents_plain_bytes_are_its_text():
    plain = Response(NOTE, mimetype="text/plain")
    chart = Chart([document(1, url="Binary/b1")], lambda r: plain if "/Binary/" in r.path else None)
    assert [note.text for note in fetched(chart).notes()] == [NOTE]


def many_notes(count):
    """Notes of many days, in no order, each with its text in a Binary."""
    days = [date(2026, 11, 19) - timedelta(days=n * 37 % count) for n in range(count)]
    covers = [
        {**document(n, url=f"Binary/b{n}"), "date": f"{day}T09:00:00Z"}
        for n, day in enumerate(days)
    ]
    newest = sorted(range(count), key=lambda n: days[n], reverse=True)
    return [*covers, *(binary(n, f"{NOTE} {n}") for n in range(count))], newest


def test_the_newest_notes_are_read_first_and_after_all_searches():
    resources, newest = many_notes(60)
    chart = Chart([*resources, *(observation(n) for n in range(350))])
    retrieval = fetched(chart)
    texts = [path.rpartition("/b")[2] for path in chart.asked if "Binary" in path]
    assert len(texts) == 60
    assert all(abs(newest.index(int(n)) - place) < 8 for place, n in enumerate(texts))
    first = next(n for n, path in enumerate(chart.asked) if "Binary" in path)
    late = [path for path in chart.asked[first:] if "patient=" in path and "from" not in path]
    assert len(late) < 4  # under way at the same time
    assert retrieval.complete


def test_notes_take_half_of_what_a_vendor_allows_and_the_others_are_lost():
    resources, newest = many_notes(260)
    chart = Chart(resources)
    with serving(chart) as base:
        ehr = Ehr(base_url=f"{base}/fhir", vendor="eclinicalworks", timeout=30)
        connection = Connection(ehr, pause=lambda _: None)
        assert connection.window == 250
        retrieval = asking(connection, 12)
    assert sum("/Binary/" in path for path in chart.asked) == 125
    read = {f"DocumentReference/d{n}" for n in newest[:125]}
    assert {note.id for note in retrieval.notes()} <= read
    skipped = {one.what for one in manifest(retrieval).skipped}
    assert skipped == {f"DocumentReference/d{n}" for n in newest[125:]}
    assert lost(retrieval)["DocumentReference"] == (
        f"the texts of 135 were not read, the newest DocumentReference/d{newest[125]}: half of"
        " what the EHR's vendor allows went to the texts of newer ones"
    )
    assert not retrieval.complete


@pytest.mark.alone
def test_notes_that_are_not_there_at_the_deadline_do_not_hold_it_up():
    release = threading.Event()
    resources, newest = many_notes(100)
    kept = newest[:4]

    def hang(request):
        number = request.path.rpartition("/b")[2]
        if "Binary" in request.path and int(number) not in kept:
            release.wait(20)

    threading.Timer(8, release.set).start()
    began = time.monotonic()
    with serving(Chart(resources, hang)) as base:
        ehr = Ehr(base_url=f"{base}/fhir", timeout=2)
        retrieval = asking(Connection(ehr), 12)
        took = time.monotonic() - began
        release.set()
    assert took < 5
    assert {note.id for note in retrieval.notes()} == {f"DocumentReference/d{n}" for n in kept}
    assert "not read" in lost(retrieval)["DocumentReference"]
    assert len(manifest(retrieval).skipped) == 96


def test_a_medication_that_stands_elsewhere_is_read_once_for_all():
    dispensed = [
        {
            "resourceType": "MedicationDispense",
            "id": f"m{n}",
            "status": "completed",
            "subject": PATIENT,
            "whenHandedOver": "2026-10-01",
            "medicationReference": {"reference": "Medication/naproxen"},
        }
        for n in range(3)
    ]
    drug = {"resourceType": "Medication", "id": "naproxen", "code": {"text": "Naproxen 500 mg"}}
    chart = Chart([*dispensed, drug])
    facts = fetched(chart).facts()
    assert facts
    assert all("Naproxen" in fact.quote for fact in facts)
    assert sum("/Medication/" in path for path in chart.asked) == 1


def test_memory_stays_within_three_times_the_charts_bytes():
    """In a process of its own: the test servers here hold ten megabytes each."""
    told = "from tests.nodes.test_fhir_retrieval import weighed; print(*weighed())"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    size, peak = map(int, done.stdout.split())
    assert size > 2_500_000
    assert peak < 3 * size


def weighed():
    """The bytes of a chart of 3,600 resources, and the most memory that its retrieval takes."""
    resources = [observation(n) for n in range(3600)]
    pages = {n: json.dumps(page_of(resources, n)).encode() for n in range(0, 3600, 500)}
    empty = json.dumps({"resourceType": "Bundle"}).encode()

    def call(method, url, **asked):
        first = int(parse_qs(urlsplit(url).query).get("from", ["0"])[0])
        return Answer(200, {}, pages[first] if "/Observation?" in url else empty)

    def fetch():
        retrieval = asking(Connection(Ehr(base_url="http://ehr.test/fhir"), call=call), 12)
        read = {
            search.query.partition("?")[0]: search.read for search in manifest(retrieval).searches
        }
        assert read["Observation"] == len(resources)

    fetch()
    tracemalloc.start()
    fetch()
    return sum(map(len, pages.values())), tracemalloc.get_traced_memory()[1]


def page_of(resources, first, size=500):
    more = f"/fhir/Observation?patient=Patient/p1&from={first + size}"
    following = [{"relation": "next", "url": more}] if first + size < len(resources) else []
    entries = [{"resource": one} for one in resources[first : first + size]]
    return {"resourceType": "Bundle", "link": following, "entry": entries}

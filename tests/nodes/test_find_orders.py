"""Polling an EHR: nothing is lost between two calls, and nothing is taken for another's."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from nodes.ehr.account import Ehr
from nodes.errors import UnknownName, UnreadableDocument, UpstreamFailed
from nodes.find_orders import FindOrdersRequest, find_orders
from nodes.http import Answer
from tests.ehr import call as sandbox
from tests.world import for_find_orders

BASE = "https://ehr.example/fhir"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def order(id_, at=NOW - HOUR, *, kind="ServiceRequest", patient="p1", **changes):
    return {
        "resourceType": kind,
        "id": id_,
        "meta": {"lastUpdated": at.isoformat()} if at else {},
        "status": "active",
        "intent": "order",
        "subject": {"reference": f"Patient/{patient}"},
        "authoredOn": (at or NOW).date().isoformat(),
        "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "72148"}]},
        **changes,
    }


class Server:
    """A FHIR server of these resources; ``refuses`` are parameters and types it does not take."""

    def __init__(self, *resources, refuses=(), ignores=(), page=100, down=False):
        self.resources, self.refuses, self.ignores = resources, set(refuses), set(ignores)
        self.page, self.down, self.asked = page, down, []

    def __call__(self, method, url, *, body, headers, timeout, token):
        parts = urlsplit(url)
        self.asked.append(url)
        kind, _, id_ = parts.path.removeprefix("/fhir/").partition("/")
        asked = parse_qs(parts.query)
        if self.down:
            return Answer(500, {}, b"")
        if kind in self.refuses or self.refuses & set(asked):
            return Answer(400, {}, b'{"resourceType": "OperationOutcome"}')
        found = [r for r in self.resources if r["resourceType"] == kind and id_ in ("", r["id"])]
        if id_:
            return Answer(200 if found else 404, {}, json.dumps(*found or [{}]).encode())
        found = [r for r in found if self.fits(r, asked)]
        at = int(asked.get("_offset", ["0"])[0])
        links = []
        if at + self.page < len(found):
            rest = "&".join(p for p in parts.query.split("&") if not p.startswith("_offset"))
            following = f"{BASE}/{kind}?{rest}&_offset={at + self.page}"
            links = [{"relation": "next", "url": following}]
        entries = [{"resource": r} for r in found[at : at + self.page]]
        bundle = {"resourceType": "Bundle", "type": "searchset", "link": links, "entry": entries}
        return Answer(200, {}, json.dumps(bundle).encode())

    def fits(self, resource, asked):
        patient = asked.get("patient", [resource["subject"]["reference"]])[0]
        ranges = [] if "_lastUpdated" in self.ignores else asked.get("_lastUpdated", [])
        at = resource["meta"].get("lastUpdated")
        return patient == resource["subject"]["reference"] and all(
            at is not None
            and {
                "ge": datetime.fromisoformat(at) >= datetime.fromisoformat(value[2:]),
                "lt": datetime.fromisoformat(at) < datetime.fromisoformat(value[2:]),
            }[value[:2]]
            for value in ranges
        )


def find(server, *, since=NOW - 2 * HOUR, until=NOW, vendor="generic", **more):
    body = {"ehr": "main", "since": since.isoformat(), "until": until.isoformat(), **more}
    request = FindOrdersRequest.model_validate_json(json.dumps(body))
    ehrs = {"main": Ehr(base_url=BASE, vendor=vendor)}
    return find_orders(request, ehrs=ehrs, call=server, pause=lambda seconds: None)


def ids(answer):
    return sorted(found.order.partition("/")[2] for found in answer.orders)


def known(answer):
    return [
        {
            "ehr": "main",
            "key": found.key,
            "order": found.order,
            "patient": found.patient.id,
            "services": found.services,
            "case_id": found.case_id,
            "at": NOW.isoformat(),
        }
        for found in answer.orders
    ]


def test_new_orders_of_many_patients_each_with_its_own():
    server = Server(
        order("a"),
        order("b", patient="p2"),
        order("c", kind="DeviceRequest", patient="p3"),
        order("old", NOW - 5 * HOUR),
    )
    answer = find(server)
    assert {f.order: f.patient.id for f in answer.orders} == {
        "ServiceRequest/a": "Patient/p1",
        "ServiceRequest/b": "Patient/p2",
        "DeviceRequest/c": "Patient/p3",
    }
    assert all(found.verdict == "new" and found.announced == "poll" for found in answer.orders)
    assert (answer.complete, answer.next_since) == (True, NOW)


def test_the_pages_are_all_read():
    server = Server(*(order(f"o{n:03}") for n in range(250)), page=40)
    assert len(find(server, kinds=["ServiceRequest"]).orders) == 250


@pytest.mark.parametrize("late", [timedelta(minutes=1), timedelta(minutes=59)])
def test_what_was_indexed_late_is_found_by_the_overlap_once(late):
    first = find(Server(order("a")))
    server = Server(order("a"), order("late", NOW - late, patient="p2"))
    second = find(server, since=first.next_since, until=NOW + HOUR, known=known(first))
    assert [f.order for f in second.orders if f.verdict == "new"] == ["ServiceRequest/late"]
    again = find(server, since=first.next_since, until=NOW + HOUR, known=known(second))
    assert {f.verdict for f in again.orders} == {"duplicate"}


def test_polls_side_by_side_lose_nothing_at_their_edges():
    moments = [NOW - 3 * HOUR + timedelta(seconds=s) for s in range(0, 3 * 3600, 97)]
    server = Server(*(order(f"o{n}", at) for n, at in enumerate(moments)))
    since, seen = NOW - 3 * HOUR, set()
    while since < NOW:
        until = min(since + timedelta(minutes=7), NOW)
        answer = find(server, since=since, until=until, overlap_minutes=0)
        assert seen.isdisjoint(ids(answer))
        seen |= set(ids(answer))
        since = answer.next_since
    assert len(seen) == len(moments)


def test_an_ehr_that_is_down_moves_nothing_on():
    with pytest.raises(UpstreamFailed):
        find(Server(order("a"), down=True))


def test_too_much_for_one_call_moves_on_over_what_was_read_whole():
    moments = [NOW - 2 * HOUR + timedelta(seconds=30 * n) for n in range(240)]
    server = Server(*(order(f"o{n}", at) for n, at in enumerate(moments)), page=1)
    first = find(server, kinds=["ServiceRequest"], overlap_minutes=0)
    assert first.complete
    assert NOW - 2 * HOUR < first.next_since < NOW
    seen, since = set(ids(first)), first.next_since
    while since < NOW:
        answer = find(server, since=since, kinds=["ServiceRequest"], overlap_minutes=0)
        seen, since = seen | set(ids(answer)), answer.next_since
    assert len(seen) == 240


def test_too_much_at_one_moment_is_said_and_moves_nothing_on():
    server = Server(*(order(f"o{n}", NOW - 2 * HOUR) for n in range(150)), page=1)
    answer = find(server, kinds=["ServiceRequest"])
    assert (answer.complete, answer.next_since) == (False, NOW - 2 * HOUR)
    assert any(search.truncated for search in answer.searches)
    assert answer.orders


def test_an_ehr_without_last_changes_is_asked_by_the_day():
    server = Server(order("a"), order("old", NOW - 72 * HOUR), refuses=["_lastUpdated"])
    answer = find(server, kinds=["ServiceRequest"])
    assert ids(answer) == ["a"]
    assert any("authored=ge2026-11-19" in url for url in server.asked)


def test_an_ehr_that_ignores_the_time_brings_no_old_orders():
    server = Server(
        order("a"), order("old", NOW - 72 * HOUR), order("undated", None), ignores=["_lastUpdated"]
    )
    assert ids(find(server)) == ["a", "undated"]


def test_a_type_that_is_not_offered_is_said_and_holds_nothing_up():
    server = Server(order("a"), refuses=["DeviceRequest"])
    answer = find(server)
    assert (ids(answer), answer.next_since) == (["a"], NOW)
    assert next(s.lost for s in answer.searches if s.query.startswith("DeviceRequest"))


def test_no_search_for_orders_at_all_is_a_failure():
    kinds = ["ServiceRequest", "DeviceRequest", "MedicationRequest"]
    with pytest.raises(UpstreamFailed):
        find(Server(refuses=kinds))


def test_only_these_patients_and_services():
    mri, other = order("a"), order("b", patient="p2")
    knee = order(
        "c", code={"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "73721"}]}
    )
    words = order("d", code={"text": "MRI of the knee"})
    server = Server(mri, other, knee, words)
    assert ids(find(server, patients=["Patient/p2"])) == ["b"]
    assert ids(find(server, services=["CPT 73721"])) == ["c", "d"]


def test_ends_and_plans_count_only_for_orders_taken_in():
    server = Server(order("a", status="revoked"), order("b", status="draft"))
    assert find(server).orders == ()
    taken = known(find(Server(order("a"))))
    assert [f.verdict for f in find(server, known=taken).orders] == ["cancelled"]


def test_orders_are_read_by_id():
    server = Server(order("a", NOW - 999 * HOUR, status="revoked"))
    answer = find(server, read=["ServiceRequest/a", "ServiceRequest/gone", "Patient/p1"])
    assert [f.verdict for f in answer.orders] == ["cancelled"]
    assert answer.missing == ("ServiceRequest/gone", "Patient/p1")
    assert len(server.asked) == 2


def test_an_order_without_a_patient_of_this_ehr_is_left_out_and_named():
    foreign = {"reference": "https://evil.example/fhir/Patient/p9"}
    server = Server(order("a"), order("b", subject=foreign))
    answer = find(server)
    assert ids(answer) == ["a"]
    assert any("ServiceRequest/b" in warning for warning in answer.warnings)
    assert "evil" not in answer.model_dump_json()


def test_documents_added_to_open_cases():
    document = {
        "resourceType": "DocumentReference",
        "id": "n1",
        "status": "current",
        "meta": {"lastUpdated": (NOW - HOUR).isoformat()},
        "subject": {"reference": "Patient/p1"},
        "date": "2026-11-20",
    }
    other = document | {"id": "n2", "subject": {"reference": "Patient/p2"}}
    answer = find(Server(document, other, order("a")), documents_of=["Patient/p1"])
    assert [(d.document, d.patient) for d in answer.documents] == [
        ("DocumentReference/n1", "Patient/p1")
    ]


def test_the_sandbox_ehr_has_orders():
    since, until = datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
    request = FindOrdersRequest(ehr="sandbox", since=since, until=until)
    answer = find_orders(request, **for_find_orders())
    assert "ServiceRequest/sr-lopez-mri" in {found.order for found in answer.orders}
    assert sandbox is for_find_orders()["call"]


def test_an_ehr_nobody_configured_is_not_found():
    with pytest.raises(UnknownName):
        find_orders(FindOrdersRequest(ehr="nobody", since=NOW, until=NOW), ehrs={})


def test_an_order_of_the_second_in_which_a_poll_ends_is_not_lost():
    second = NOW - timedelta(minutes=1)
    orders = [order(f"o{ms}", second + timedelta(milliseconds=ms)) for ms in (0, 100, 400, 999)]
    whole = order("cut", second)  # signed after the first poll, of a server of whole seconds
    middle = second + timedelta(milliseconds=300)
    first = find(Server(*orders[:2]), until=middle, overlap_minutes=0)
    assert ids(first) == ["o0", "o100"]
    server = Server(*orders, whole)
    again = find(server, since=first.next_since, overlap_minutes=0, known=known(first))
    assert {f.order for f in again.orders if f.verdict != "duplicate"} >= {
        "ServiceRequest/o400",
        "ServiceRequest/o999",
    }
    assert "cut" in ids(again)


def test_an_order_written_the_evening_before_in_the_ehrs_zone_is_found_by_the_day():
    evening = order("late", None, authoredOn="2026-11-19T18:30:00-08:00")
    answer = find(Server(evening, refuses=["_lastUpdated"]), kinds=["ServiceRequest"])
    assert ids(answer) == ["late"]
    assert any("written earlier and signed now" in warning for warning in answer.warnings)


def test_a_foreign_requester_or_original_drops_the_field_and_not_the_order():
    foreign = {"reference": "https://evil.example/fhir/ServiceRequest/9"}
    answer = find(
        Server(order("a", requester=foreign), order("b", replaces=[foreign], patient="p2"))
    )
    assert ids(answer) == ["a", "b"]
    said = " ".join(answer.warnings)
    assert "ServiceRequest/a: requester" in said and "ServiceRequest/b: replaces" in said
    assert "names no patient" not in said and "evil" not in said


class Undated(Server):
    """Narrows by the last change, and does not give it in what it finds."""

    def __call__(self, method, url, **more):
        answer = super().__call__(method, url, **more)
        bundle = json.loads(answer.body)
        for entry in bundle.get("entry", ()):
            entry["resource"].pop("meta", None)
        return Answer(answer.status, answer.headers, json.dumps(bundle).encode())


def test_an_order_signed_now_of_a_server_that_gives_no_time_is_believed():
    answer = find(Undated(order("a", authoredOn="2026-10-01")))
    assert ids(answer) == ["a"]


@pytest.mark.parametrize("vendor", ["tebra", "advancedmd"])
def test_what_cannot_be_narrowed_is_never_asked_of_a_whole_practice(vendor):
    server = Server(*(order(str(n), kind="MedicationRequest") for n in range(3)))
    with pytest.raises(UnreadableDocument) as caught:
        find(server, vendor=vendor, kinds=["ServiceRequest", "DeviceRequest"])
    assert server.asked == []
    assert caught.value.complaints[0].pointer == "/patients"
    assert "patients" in str(caught.value)


def test_what_a_vendor_must_be_told_is_asked_of_one_patient():
    server = Server(order("a", kind="MedicationRequest"))
    answer = find(server, vendor="tebra", patients=["Patient/p1"], kinds=["MedicationRequest"])
    assert ids(answer) == ["a"]
    assert all("intent=order" in url and "patient=" in url for url in server.asked)


@pytest.mark.parametrize(
    "odd",
    [
        {"since": NOW + HOUR},
        {"since": datetime(1, 1, 1, tzinfo=UTC)},
        {"until": datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)},
        {"patients": ["Practitioner/p1"]},
        {"documents_of": ["Group/p1"]},
    ],
    ids=repr,
)
def test_what_cannot_be_asked_is_refused_before_the_ehr_is(odd):
    server = Server(order("a"))
    with pytest.raises(ValidationError):
        find(server, **odd)
    assert server.asked == []


def test_what_only_looks_like_an_order_is_missing():
    names = ["ServiceRequestX/1", "ServiceRequest/nobodys"]
    answer = find(Server(order("nobodys", subject={})), read=names)
    assert (answer.orders, answer.missing) == ((), tuple(names))


def test_an_order_of_unknown_standing_is_told_and_not_begun():
    answer = find(Server(order("a", status="unknown")))
    assert [found.verdict for found in answer.orders] == ["unknown"]
    assert any("ServiceRequest/a" in warning for warning in answer.warnings)

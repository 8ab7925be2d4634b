"""What an EHR that is busy, broken, slow or unwilling makes of a question and of a write."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import pytest
from werkzeug.wrappers import Request, Response

from nodes.ehr import vendors
from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import NotConfigured, UpstreamBusy, UpstreamFailed, UpstreamTimeout
from nodes.http import Answer
from tests.loopback import Scripted, serving
from tests.nodes.smart_world import CANARY, SmartEhr, answer, credential, settings

HEADERS = {"Accept": "application/fhir+json"}
FINE = Response("{}")
SOAP = {"customer_key": "k", "user": "u", "password": "p", "practice": "x"}


def busy(status=429, **headers):
    return Response(CANARY, status, {name.replace("_", "-"): v for name, v in headers.items()})


def asked(answers, method="GET", vendor="generic", **options):
    """What came of it, the pauses made, and how often the EHR was asked."""
    pauses, app = [], Scripted({"/fhir/x": answers})
    with serving(app) as base:
        ehr = Ehr(base_url=f"{base}/fhir", vendor=vendor, **{"timeout": 20} | options)
        connection = Connection(ehr, pause=pauses.append)
        try:
            found = once(connection, method)
        except UpstreamFailed as failed:
            found = failed
    return found, pauses, len(app.asked)


def once(connection, method="GET", path="/x"):
    url = connection.base_url + path
    if method == "GET":
        return connection.get(url, HEADERS)
    return connection.send(method, url, b"{}", HEADERS)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_throttled_request_waits_as_told(method):
    found, pauses, times = asked([busy(Retry_After="3"), FINE], method)
    assert (found.status, pauses, times) == (200, [3], 2)


def test_a_date_to_retry_after_is_obeyed():
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=5), usegmt=True)
    found, pauses, _ = asked([busy(503, Retry_After=later), FINE])
    assert found.status == 200
    assert 3 <= pauses[0] <= 5


def test_a_write_that_finds_the_ehr_down_is_not_repeated():
    found, pauses, times = asked([busy(503, Retry_After="1"), FINE], "POST")
    assert isinstance(found, UpstreamBusy) and found.retry_after == 1
    assert (pauses, times) == ([], 1)


def test_without_a_header_each_wait_is_longer():
    found, pauses, times = asked([busy(), busy(503), FINE])
    assert (found.status, times) == (200, 3)
    assert 0.5 <= pauses[0] <= 1 <= pauses[1] <= 2


def test_a_wait_past_the_deadline_is_busy_at_once():
    found, pauses, times = asked(busy(Retry_After="21"))
    assert isinstance(found, UpstreamBusy) and found.retry_after == 21
    assert (pauses, times) == ([], 1)
    assert CANARY not in str(found)


def test_an_ehr_that_stays_busy_is_given_up():
    found, pauses, times = asked(busy(Retry_After="1"))
    assert isinstance(found, UpstreamBusy)
    assert (pauses, times) == ([1, 1], 3)


@pytest.fixture
def limited(monkeypatch):
    """A vendor of this name with limits of the test's own."""

    def make(**limits):
        generic, used = vendors.shipped()["generic"]
        new = generic.limits.model_copy(update=limits)
        made = generic.model_copy(update={"id": "limited", "limits": new})
        known = vendors.shipped() | {"limited": (made, used)}
        monkeypatch.setattr(vendors, "in_force", lambda: known)

    return make


def test_a_vendor_that_counts_by_the_clock_is_left_alone_until_the_top(limited):
    limited(requests=1000, window="minute", reset="clock")
    seconds = 60 - datetime.now(UTC).second
    found, pauses, times = asked([busy(), FINE], vendor="limited", timeout=120)
    assert (found.status, times) == (200, 2)
    assert abs(pauses[0] - seconds) < 3 or pauses[0] > 57


def test_a_vendor_that_throttles_by_the_second_too_is_first_asked_again_soon(limited):
    limited(requests=1000, window="hour", reset="clock", per_second=10)
    _, pauses, times = asked([busy(), FINE], vendor="limited")
    assert times == 2 and pauses[0] <= 1
    found, pauses, times = asked(busy(), vendor="limited", timeout=5)
    assert isinstance(found, UpstreamBusy)
    assert (len(pauses), times) == (1, 2) or found.retry_after < 5


def test_what_is_used_up_here_is_not_even_asked(limited):
    limited(requests=2, window="hour", reset="rolling")
    app = Scripted({"/fhir/x": FINE})
    with serving(app) as base:
        ehr = Ehr(base_url=f"{base}/fhir", vendor="limited")
        for _ in range(2):
            once(Connection(ehr))
        with pytest.raises(UpstreamBusy, match="used up") as caught:
            once(Connection(ehr))
    assert 3590 < caught.value.retry_after <= 3600
    assert len(app.asked) == 2


@pytest.mark.parametrize(("counted", "left"), [(True, 3), (False, 4)])
def test_token_requests_count_where_the_vendor_counts_them(limited, counted, left):
    limited(requests=4, window="hour", reset="rolling", counts_tokens=counted)
    ehr = SmartEhr()
    with serving(ehr) as base:
        ehr.base = base
        connection = Connection(settings(base, credential("es", base), vendor="limited"))
        for _ in range(left):
            once(connection)
        with pytest.raises(UpstreamBusy, match="used up"):
            once(connection)
    assert len(ehr.asked) == left


def test_threads_share_the_budget(limited):
    limited(requests=10, window="hour", reset="rolling", concurrency=2)
    app = Scripted({"/fhir/x": FINE})

    def fetch(ehr):
        try:
            return once(Connection(ehr)).status
        except UpstreamBusy:
            return 429

    with serving(app) as base, ThreadPoolExecutor(16) as pool:
        ehrs = [Ehr(base_url=f"{base}/fhir", vendor="limited")] * 30
        found = sorted(pool.map(fetch, ehrs))
    assert found == [200] * 10 + [429] * 20
    assert len(app.asked) == 10


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_broken_ehr_is_asked_a_few_times(status):
    found, pauses, times = asked([Response("", status), FINE])
    assert (found.status, times, len(pauses)) == (200, 2, 1)
    found, pauses, times = asked(Response("", status))
    assert (found.status, times, len(pauses)) == (status, 3, 2)
    found, pauses, times = asked(Response("", status), "POST")
    assert (found.status, times, pauses) == (status, 1, [])


@pytest.mark.parametrize("status", [200, 400, 403, 404, 412, 501, 302])
def test_any_other_answer_is_the_callers(status):
    found, _, times = asked(Response("", status))
    assert (found.status, times) == (status, 1)


class Breaking:
    """Breaks off the first answers in their middle."""

    def __init__(self, breaks):
        self.breaks, self.asked = breaks, 0

    def __call__(self, environ, start_response):
        self.asked += 1
        Request(environ).get_data()
        cut = self.asked <= self.breaks
        start_response("200 OK", [("Content-Length", "100" if cut else "2")])
        return [b"{}"]


@pytest.mark.parametrize(
    ("breaks", "method", "times"), [(2, "GET", 3), (9, "GET", 3), (1, "POST", 1)]
)
def test_a_broken_connection_is_repeated_for_questions_only(breaks, method, times):
    app = Breaking(breaks)
    with serving(app) as base:
        connection = Connection(Ehr(base_url=f"{base}/fhir"), pause=lambda _: None)
        try:
            found = once(connection, method)
        except UpstreamFailed as failed:
            found = failed
    assert app.asked == times
    if method == "POST":
        assert isinstance(found, UpstreamTimeout) and "not known" in str(found)
    else:
        assert (type(found) is UpstreamFailed) == (breaks > 2)


def denied(code, status=403, place="details"):
    issue = {"severity": "error", "code": "forbidden", "diagnostics": CANARY}
    if place == "details":
        issue["details"] = {"coding": [{"code": "other"}, {"code": code}], "text": CANARY}
    else:
        issue["code"] = code
    return answer({"resourceType": "OperationOutcome", "issue": [issue]}, status)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("place", ["details", "code"])
def test_a_denial_by_policy_is_never_asked_again(status, place, caplog):
    caplog.set_level(logging.DEBUG)
    found, pauses, times = asked([denied("4130", status, place), FINE], vendor="epic")
    assert type(found) is UpstreamFailed and "policy denies" in str(found)
    assert (pauses, times) == ([], 1)
    assert CANARY not in str(found) + caplog.text


@pytest.mark.parametrize(
    "said",
    [
        denied("4999"),
        denied("4130", 200),
        Response("[" * 90_000, 403),
        Response(CANARY, 403),
        answer([{"resourceType": "OperationOutcome"}], 403),
        answer({"resourceType": "OperationOutcome", "issue": [7, {"details": 7}]}, 403),
        answer({"resourceType": "OperationOutcome", "issue": 7}, 403),
    ],
)
def test_what_is_no_denial_is_the_callers(said):
    found, _, _ = asked(said, vendor="epic")
    assert found.status == said.status_code


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_ehr_that_says_something_else_is_asked_again(status):
    for said in (denied("4999", status), Response("x" * 200_000, status)):
        found, pauses, times = asked([said, FINE], vendor="epic")
        assert (found.status, len(pauses), times) == (200, 1, 2)


@pytest.mark.parametrize(("status", "throttled"), [(429, True), (503, False)])
def test_an_ehr_that_stays_busy_says_whether_it_counted(status, throttled):
    found, _, times = asked(busy(status, Retry_After="1"))
    assert (type(found), found.throttled, times) == (UpstreamBusy, throttled, 3)


@pytest.mark.parametrize(("method", "least", "most"), [("GET", 19, 20), ("POST", 15, 16)])
def test_a_write_leaves_time_to_look_whether_it_was_done(method, least, most):
    given = []

    def call(*_, timeout, **__):
        given.append(timeout)
        return Answer(200, {}, b"{}")

    once(Connection(Ehr(base_url="https://ehr.test/fhir", timeout=20), call=call), method)
    assert least < given[0] <= most


def test_a_denied_credential_renews_nothing():
    ehr = SmartEhr()
    with serving(ehr) as base:
        ehr.base = base
        connection = Connection(settings(base, credential("es", base), vendor="epic"))
        ehr.faults = [denied("4131", 401)]
        with pytest.raises(UpstreamFailed, match="policy denies"):
            once(connection)
    assert (len(ehr.given), len(ehr.asked)) == (1, 1)


@pytest.mark.alone
def test_the_deadline_is_for_all_attempts_together():
    began = monotonic()
    app = Scripted({"/fhir/x": Response("", 500)})
    with serving(app) as base:
        connection = Connection(Ehr(base_url=f"{base}/fhir", timeout=1))
        with pytest.raises(UpstreamTimeout, match=r"too slow|in time"):
            while True:
                once(connection)
    assert 0.9 < monotonic() - began < 1.5


def test_each_system_has_its_own_address_and_credential():
    fhir, rest = SmartEhr(), SmartEhr()
    with serving(fhir) as base, serving(rest) as other:
        fhir.base, rest.base = base, other
        held = credential("post", other)
        ehr = settings(
            base,
            credential("es", base),
            rest={"base_url": f"{other}/api/", "credential": held},
            soap={"url": f"{other}/Soap.svc"} | SOAP,
        )
        connection = Connection(ehr)
        assert once(connection).status == 200
        beside = connection.beside("rest")
        assert beside.base_url == f"{other}/api"
        assert once(beside).status == 200
        assert abs(beside.left() - connection.left()) < 0.05
        with pytest.raises(UpstreamFailed, match="another address"):
            beside.get(f"{connection.base_url}/x", {})
        soap = connection.beside("soap")
        assert soap.base_url == f"{other}/Soap.svc"
        rest.faults = [FINE]
        assert soap.send("POST", soap.base_url, b"<x/>", {"SOAPAction": "a"}).status == 200
    tokens = [request.headers.get("Authorization") for request in rest.asked]
    assert tokens == [f"Bearer {rest.newest}", None]
    assert (len(fhir.forms), len(rest.forms)) == (1, 1)


@pytest.mark.parametrize("system", ["rest", "soap"])
def test_a_system_that_is_not_configured_is_a_setting_to_mend(system):
    with pytest.raises(NotConfigured, match=f"no part `{system}`"):
        Connection(Ehr(base_url="https://ehr.test"), system=system)

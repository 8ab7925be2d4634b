"""Tokens: how each credential gets one, how long it is kept, and what an EHR may do wrong."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import jwt
import pytest
from werkzeug.wrappers import Response

from nodes.ehr import assertion, scopes, tokens
from nodes.ehr.connection import Connection
from nodes.errors import NodeError, NotConfigured, UpstreamBusy, UpstreamFailed, UpstreamTimeout
from tests.loopback import serving
from tests.nodes.smart_world import (
    CANARY,
    CURVE,
    MODULUS,
    SmartEhr,
    answer,
    credential,
    pem,
    settings,
)

HEADERS = {"Accept": "application/fhir+json"}


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@contextmanager
def smart(**options):
    ehr = SmartEhr(**options)
    with serving(ehr) as base:
        ehr.base = base
        yield ehr, base


def get(connection, path="/Observation"):
    return connection.get(connection.base_url + path, HEADERS)


@pytest.mark.parametrize("configured", [True, False])
@pytest.mark.parametrize("kind", ["es", "rs", "basic", "post", "refresh"])
def test_each_credential_gets_a_token_that_the_ehr_takes(kind, configured):
    with smart() as (ehr, base):
        where = base if configured or kind == "refresh" else None
        connection = Connection(settings(base, credential(kind, where)))
        assert get(connection).status == 200
        assert get(connection).status == 200
    assert len(ehr.given) == 1


def test_a_static_token_is_sent_as_it_is():
    with smart() as (ehr, base):
        ehr.given.append(f"{CANARY}-static")
        assert get(Connection(settings(base, credential("bearer")))).status == 200


def test_an_assertion_is_new_each_time_and_short_lived():
    said = {"client_id": "c", "kid": "k", "audience": "https://ehr.test/token"}
    first, second = (assertion.signed(pem(MODULUS), **said, now=lambda: 1000) for _ in range(2))
    claims = [jwt.decode(one, options={"verify_signature": False}) for one in (first, second)]
    assert claims[0]["jti"] != claims[1]["jti"]
    assert claims[0]["exp"] - 1000 <= 300
    assert set(claims[0]) == {"iss", "sub", "aud", "exp", "jti"}
    assert jwt.get_unverified_header(first)["alg"] == "RS384"
    assert jwt.get_unverified_header(assertion.signed(pem(CURVE), **said))["alg"] == "ES384"


def test_a_token_is_kept_until_half_a_minute_before_its_end():
    clock = Clock()
    with smart(life=600) as (ehr, base):
        held = credential("es", base)
        counts = []
        for now in (1000, 1569, 1571, 1572):
            clock.now = now
            get(Connection(settings(base, held), clock=clock))
            counts.append(len(ehr.given))
    assert counts == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("life", "kept", "gone"), [(20, 9, 11), ("600", 569, 571), (None, 269, 271), ("soon", 269, 271)]
)
def test_a_life_that_is_short_or_unsaid_is_understood(life, kept, gone):
    clock = Clock()
    with smart(life=life) as (ehr, base):
        counts = []
        for later in (0, kept, gone):
            clock.now = 1000 + later
            get(Connection(settings(base, credential("es", base)), clock=clock))
            counts.append(len(ehr.given))
    assert counts == [1, 1, 2]


@pytest.mark.parametrize("life", [0, "0", 1, 9])
def test_a_life_too_short_to_use_costs_no_token_for_each_request(life):
    clock = Clock()
    with smart(life=life) as (ehr, base):
        held = settings(base, credential("es", base))
        for clock.now in (1000, 1001, 1010):
            assert get(Connection(held, clock=clock)).status == 200
        assert len(ehr.given) == 1
        ehr.given.append("another")
        assert get(Connection(held, clock=clock)).status == 200
    assert len(ehr.given) == 3


def test_many_at_once_share_one_token():
    with smart() as (ehr, base), ThreadPoolExecutor(20) as pool:
        held = credential("es", base)
        made = [Connection(settings(base, held, timeout=30)) for _ in range(20)]
        assert {one.status for one in pool.map(get, made)} == {200}
    assert len(ehr.given) == 1


def test_many_that_are_refused_at_once_renew_once():
    with smart() as (ehr, base), ThreadPoolExecutor(20) as pool:
        connection = Connection(settings(base, credential("es", base), timeout=30))
        get(connection)
        ehr.given.append("another")
        assert {one.status for one in pool.map(get, [connection] * 20)} == {200}
    assert len(ehr.given) == 3


def test_two_clients_of_one_token_endpoint_do_not_share():
    with smart() as (ehr, base):
        for held in (credential("es", base), credential("rs", base), credential("post", base)):
            get(Connection(settings(base, held)))
    assert len(ehr.given) == 3


def test_a_refused_token_is_renewed_once():
    with smart() as (ehr, base):
        connection = Connection(settings(base, credential("es", base)))
        get(connection)
        ehr.given.append("another")
        assert get(connection).status == 200
        sent = [request.headers["Authorization"] for request in ehr.asked]
    assert len(ehr.asked) == 3 and sent[1] != sent[2]


@pytest.mark.parametrize("kind", ["es", "bearer"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_credential_that_stays_refused_is_a_failure(kind, method):
    with smart() as (ehr, base):
        ehr.faults = [Response(CANARY, 401) for _ in range(9)]
        connection = Connection(settings(base, credential(kind, base)))
        with pytest.raises(UpstreamFailed, match="refused this server's credential") as caught:
            if method == "GET":
                get(connection)
            else:
                connection.send("POST", f"{connection.base_url}/Task", b"{}", HEADERS)
    assert type(caught.value) is UpstreamFailed
    assert len(ehr.asked) == (2 if kind == "es" else 1)


def test_without_a_credential_a_refusal_says_that_none_is_set():
    with smart() as (_, base), pytest.raises(UpstreamFailed, match="settings have none"):
        get(Connection(settings(base, None)))


def test_a_write_is_sent_once_more_with_a_new_token():
    with smart() as (ehr, base):
        connection = Connection(settings(base, credential("es", base)))
        get(connection)
        ehr.given.append("another")
        sent = connection.send("POST", f"{connection.base_url}/Task", b"{}", HEADERS)
    assert sent.status == 200
    assert [request.method for request in ehr.asked] == ["GET", "POST", "POST"]


def test_a_rotated_refresh_token_is_the_next_one_sent():
    clock = Clock()
    with smart(life=20) as (ehr, base):
        ehr.rotates = True
        held = settings(base, credential("refresh", base))
        for clock.now in (1000, 1020, 1040):
            assert get(Connection(held, clock=clock)).status == 200
    sent = [form["refresh_token"] for form in ehr.forms]
    assert sent == [f"{CANARY}-refresh-{n}" for n in range(3)]


def test_a_token_endpoint_that_refuses_is_left_alone_for_a_while():
    clock = Clock()
    with smart() as (ehr, base):
        held = credential("post", base, secret="wrong")
        for later in (0, 5, 11):
            clock.now = 1000 + later
            with pytest.raises(UpstreamFailed, match=r"token endpoint refused .*invalid_client"):
                get(Connection(settings(base, held), clock=clock))
    assert (len(ehr.forms), ehr.asked) == (2, [])


@pytest.mark.parametrize("fault", [Response(CANARY, 500), Response(CANARY, 503)])
def test_a_token_endpoint_that_fails_for_a_moment_is_asked_again(fault):
    with smart() as (ehr, base):
        ehr.token_faults = [fault]
        connection = Connection(settings(base, credential("es", base)), pause=lambda _: None)
        assert get(connection).status == 200


def test_a_token_endpoint_that_stays_busy_is_busy():
    with smart() as (ehr, base):
        ehr.token_faults = [Response("", 429, {"Retry-After": "60"}) for _ in range(3)]
        with pytest.raises(UpstreamBusy) as caught:
            get(Connection(settings(base, credential("es", base))))
    assert caught.value.retry_after == 60


UNUSABLE = {
    "no JSON": Response(CANARY),
    "a list": answer([CANARY]),
    "deep": Response("[" * 100_000),
    "no token": answer({"token_type": "bearer"}),
    "a number": answer({"access_token": 7}),
    "an empty token": answer({"access_token": " "}),
    "a token of two lines": answer({"access_token": f"{CANARY}\r\nX: y"}),
    "another kind": answer({"access_token": CANARY, "token_type": "mac"}),
    "a redirect": Response("", 302, {"Location": "http://elsewhere.test/token"}),
    "an unknown refusal": answer({"error": CANARY}, 400),
    "a refusal without words": Response("", 403),
}


@pytest.mark.parametrize("said", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_an_unusable_answer_gives_no_token_and_is_not_told(said, caplog):
    caplog.set_level(logging.DEBUG)
    with smart() as (ehr, base):
        ehr.token_faults = [said for _ in range(3)]
        with pytest.raises(UpstreamFailed) as caught:
            get(Connection(settings(base, credential("post", base))))
    assert "token" in str(caught.value)
    assert CANARY not in str(caught.value) + caplog.text
    assert not ehr.asked


@pytest.mark.parametrize(
    "where",
    [
        "https://authorization.elsewhere.test/token",
        "http://localhost/token",
        "//127.0.0.1/token",
        "http://127.0.0.1:1@elsewhere.test/token",
        7,
    ],
)
def test_a_token_endpoint_elsewhere_is_not_believed(where):
    with smart() as (ehr, base):
        ehr.token_endpoint = where if isinstance(where, str) else "/x"
        if where in (7, "//127.0.0.1/token"):
            ehr.found = lambda request: answer({"token_endpoint": where})
        with pytest.raises(NotConfigured, match="set the credential's token_url"):
            get(Connection(settings(base, credential("post"))))
    assert not ehr.forms


def test_an_ehr_that_does_not_say_where_needs_the_setting():
    with smart() as (ehr, base):
        ehr.found = lambda request: Response("no", 404)
        with pytest.raises(NotConfigured, match="does not say where it gives tokens"):
            get(Connection(settings(base, credential("es"))))


def test_a_token_may_come_from_another_configured_host():
    with smart() as (ehr, base), smart() as (elsewhere, other):
        ehr.given = elsewhere.given
        assert get(Connection(settings(base, credential("es", other)))).status == 200
    assert (len(elsewhere.forms), len(ehr.forms)) == (1, 0)


@pytest.mark.parametrize(
    ("asked", "granted", "lacks"),
    [
        ("system/*.read", "system/*.read", ()),
        ("system/*.read", "system/*.rs", ()),
        ("system/*.rs", "system/*.*", ()),
        ("system/Patient.read", "system/*.cruds", ()),
        ("system/Patient.rs system/Task.cu", "system/*.read system/Task.write", ()),
        ("system/*.read", "system/Patient.read", ("system/*.read",)),
        ("system/Patient.read", "user/Patient.read", ("system/Patient.read",)),
        ("system/Task.crus", "system/Task.rs", ("system/Task.crus",)),
        ("system/Observation.rs", "system/Observation.rs?category=x", ("system/Observation.rs",)),
        ("launch offline_access", "launch", ("offline_access",)),
        ("system/*.read", "", ("system/*.read",)),
    ],
)
def test_scopes_that_are_missing_are_named(asked, granted, lacks):
    assert scopes.missing(asked, granted) == lacks


def test_fewer_scopes_than_asked_for_are_a_warning():
    with smart(scope="system/Patient.read") as (_, base):
        connection = Connection(settings(base, credential("es", base)))
        assert connection.warnings == ()
        get(connection)
    assert len(connection.warnings) == 1 and "without system/*.read" in connection.warnings[0]


def test_no_secret_is_shown():
    with smart() as (_, base):
        held = credential("post", base)
        connection = Connection(settings(base, held))
        get(connection)
        token = tokens.shared(connection.base_url, held)
        shown = [repr(one) for one in (held, connection, token, token._granted, vars(token))]
        shown.append(json.dumps(settings(base, held).model_dump(mode="json")))
    assert CANARY not in "".join(shown)


def test_waiting_for_another_ones_renewal_ends_at_the_deadline():
    with smart() as (_, base):
        held = credential("es", base)
        connection = Connection(settings(base, held, timeout=1))
        with tokens.shared(connection.base_url, held)._lock, pytest.raises(UpstreamTimeout):
            get(connection)


def test_a_key_of_an_algorithm_the_vendor_does_not_take_is_a_setting_to_mend():
    held = credential("es", "https://ehr.test")
    with pytest.raises(NodeError, match="signs ES384, the EHR's vendor takes RS384 only"):
        Connection(settings("https://ehr.test", held, vendor="advancedmd"))

"""Tokens from a server nobody here wrote: signed assertions, secrets, expiry, replay, scopes."""

from time import monotonic

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr

from nodes.ehr import assertion, tokens
from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import UpstreamFailed
from tests.fhir.smart import Smart, pem

HEADERS = {"Accept": "application/fhir+json"}


def connected(smart, held, **options):
    return Connection(Ehr(base_url=smart.base_url, credential=held), **options)


def search(connection, kind="Patient"):
    return connection.get(f"{connection.base_url}/{kind}?_count=1", HEADERS).status


@pytest.mark.parametrize("configured", [True, False])
@pytest.mark.parametrize("client", ["es", "rs", "secret"])
def test_each_client_gets_a_token_that_opens_the_chart(smart, client, configured):
    held = smart.credential(client, url=smart.token_url if configured else None)
    connection = connected(smart, held)
    assert [search(connection, kind) for kind in ("Patient", "Observation")] == [200, 200]
    assert connection.warnings == ()


def test_a_scope_the_client_may_not_have_is_a_refusal(smart):
    with pytest.raises(UpstreamFailed, match=r"token endpoint refused .*invalid_scope"):
        search(connected(smart, smart.credential("narrow")))


def test_what_the_scope_does_not_open_is_forbidden(smart):
    connection = connected(smart, smart.credential("narrow", "system/Patient.read"))
    assert [search(connection, kind) for kind in ("Patient", "Observation")] == [200, 403]


def test_an_assertion_for_another_audience_is_refused(smart):
    elsewhere = smart.token_url.replace("127.0.0.1", "localhost")
    with pytest.raises(UpstreamFailed, match="token endpoint refused"):
        search(connected(smart, smart.credential("es", url=elsewhere)))


def test_a_key_the_server_does_not_know_is_refused(smart):
    key = SecretStr(pem(ec.generate_private_key(ec.SECP384R1())))
    held = smart.credential("es").model_copy(update={"key": key})
    with pytest.raises(UpstreamFailed, match=r"token endpoint refused .*invalid_client"):
        search(connected(smart, held))


def test_an_assertion_is_good_for_one_request(smart):
    held = smart.credential("es")
    said = assertion.signed(
        held.key.get_secret_value(),
        client_id=held.client_id,
        kid=held.kid,
        audience=smart.token_url,
    )
    form = {
        "grant_type": "client_credentials",
        "scope": held.scope,
        "client_assertion_type": tokens.ASSERTION,
        "client_assertion": said,
    }
    answers = [requests.post(smart.token_url, data=form, timeout=10) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 401]


def test_a_token_that_expires_is_renewed_within_the_call(tmp_path):
    with Smart(tmp_path, token_lifetime=2) as server:
        held = server.credential("es")
        connection = connected(server, held, clock=lambda: 0.0)
        given, deadline = set(), monotonic() + 20
        while len(given) < 2 and monotonic() < deadline:
            assert search(connection) == 200
            given.add(tokens.shared(connection.base_url, held)._granted.token)
    assert len(given) == 2

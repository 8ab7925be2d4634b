"""JWTs of an identity provider: which hold, and whom they name."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from nodes.errors import NotConfigured, UpstreamFailed
from nodes.settings import Oidc as Provider
from nodes.settings import Settings
from server.app import create_app
from server.auth import Credentials, NotAuthenticated
from server.oidc import Oidc
from tests.server.installation import entry

ISSUER, AUDIENCE = "https://id.test/realm", "prior-auth"
RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
OTHER = ec.generate_private_key(ec.SECP256R1())
JWKS = json.dumps(
    {
        "keys": [
            RSAAlgorithm.to_jwk(RSA.public_key(), as_dict=True) | {"kid": "r", "use": "sig"},
            ECAlgorithm.to_jwk(EC.public_key(), as_dict=True) | {"kid": "e", "use": "sig"},
        ]
    }
)
PROVIDER = Provider(
    issuer=ISSUER, audience=AUDIENCE, jwks=JWKS,
    roles=(("clinicians", "reviewer"), ("pa-staff", "preparer")),
)  # fmt: skip


def token(key=EC, alg="ES256", kid="e", **claims):
    now = int(time.time())
    body = {"iss": ISSUER, "aud": AUDIENCE, "sub": "u-17", "exp": now + 300, "iat": now,
            "name": "Dana Whitfield", "roles": ["clinicians"]} | claims  # fmt: skip
    held = {name: value for name, value in body.items() if value is not None}
    return jwt.encode(held, key, algorithm=alg, headers={"kid": kid} if kid else None)


def credentials(**changes):
    return Credentials(Settings(oidc=PROVIDER.model_copy(update=changes)))


def test_a_person_with_mapped_roles():
    who = credentials().bearer(f"Bearer {token(roles=['clinicians', 'cleaners'])}")
    assert (who.subject, who.name, who.kind) == ("oidc:u-17", "Dana Whitfield", "person")
    assert who.roles == {"reviewer"}


def test_both_kinds_of_key():
    assert credentials().holder(token(RSA, "RS256", "r")).subject == "oidc:u-17"
    assert credentials().holder(token()).subject == "oidc:u-17"


def test_a_client_that_asks_for_itself_is_a_service():
    assert credentials().holder(token(sub="n8n", azp="n8n", name=None)).kind == "service"
    assert credentials().holder(token(sub="n8n", client_id="n8n")).kind == "service"


MACHINES = {
    "RFC 9068": {"sub": "n8n", "client_id": "n8n"},
    "Auth0's subject": {"sub": "n8n@clients"},
    "Auth0's grant": {"gty": "client-credentials"},
    "Entra ID": {"idtyp": "app"},
    "Entra ID, version 1": {"sub": "app", "appid": "app"},
    "Okta": {"sub": "n8n", "cid": "n8n"},
    "Keycloak": {"preferred_username": "service-account-n8n", "azp": "n8n"},
    "a list of grants": {"gty": ["client_credentials"]},
    "a grant by its other name": {"grant_type": "client_credentials"},
    "Entra ID in capitals": {"idtyp": "APP"},
    "camel case": {"sub": "n8n", "clientId": "n8n"},
    "acting for somebody": {"act": {"sub": "n8n"}},
    "nobody's name": {"name": None},
    "a blank name": {"name": " \u200b"},
    "a name of two lines": {"name": "Dana\nWhitfield"},
    "an empty name": {"name": "", "email": ""},
}


@pytest.mark.parametrize("claims", MACHINES.values(), ids=MACHINES)
def test_a_machine_never_reviews(claims):
    who = credentials().holder(token(roles=["clinicians", "pa-staff"], **claims))
    assert (who.kind, who.roles) == ("service", {"preparer"})


@pytest.mark.parametrize("claim", ["name", "preferred_username", "email"])
def test_a_human_claim_makes_a_person(claim):
    who = credentials().holder(token(**({"name": None} | {claim: "dana"}), azp="portal"))
    assert (who.kind, who.name, who.roles) == ("person", "dana", {"reviewer"})


def test_the_providers_subjects_are_never_the_local_ones():
    both = Credentials(Settings(oidc=PROVIDER, tokens=(entry("preparer", ("preparer",)),)))
    local = both.holder("pan_preparer-token-0123456789").subject
    assert both.holder(token(sub=local)).subject == f"oidc:{local}"


def test_a_held_jwt_says_until_when():
    until = int(time.time()) + 90
    assert credentials().held(token(exp=until)).until == until


@pytest.mark.parametrize(
    ("claim", "claims"),
    [
        ("realm_access.roles", {"realm_access": {"roles": ["pa-staff"]}}),
        ("https://id.test/roles", {"https://id.test/roles": ["pa-staff"]}),
        ("scope", {"scope": "openid pa-staff"}),
    ],
)
def test_where_providers_put_roles(claim, claims):
    assert credentials(roles_claim=claim).holder(token(**claims)).roles == {"preparer"}


@pytest.mark.parametrize("roles", [None, [], "none", 7, {"clinicians": 1}, [["clinicians"]], True])
def test_no_pair_no_role(roles):
    assert credentials().holder(token(roles=roles)).roles == frozenset()


def public_pem(key):
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def confused():
    """HS256 with the public key as the secret (RFC 8725, 2.1)."""
    import hashlib
    import hmac

    def part(data):
        return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=")

    claims = jwt.decode(token(), options={"verify_signature": False})
    signed = part({"alg": "HS256", "kid": "e", "typ": "JWT"}) + b"." + part(claims)
    mac = hmac.new(public_pem(EC), signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def deep():
    """A segment whose JSON no parser follows."""
    return base64.urlsafe_b64encode(b'{"a":' + b"[" * 200_000).rstrip(b"=").decode()


BAD = {
    "expired": lambda: token(exp=int(time.time()) - 60),
    "never expires": lambda: token(exp=None),
    "another audience": lambda: token(aud="elsewhere"),
    "no audience": lambda: token(aud=None),
    "another issuer": lambda: token(iss="https://evil.test"),
    "not yet": lambda: token(nbf=int(time.time()) + 600),
    "nobody": lambda: token(sub=None),
    "an empty subject": lambda: token(sub=""),
    "a subject that is too long": lambda: token(sub="x" * 300),
    "a name that is none": lambda: token(name=["x"]),
    "another key": lambda: token(OTHER),
    "unknown key id": lambda: token(kid="zzz"),
    "no key id among two": lambda: token(kid=None),
    "key of another kind": lambda: token(RSA, "RS256", "e"),
    "unsigned": lambda: jwt.encode(
        jwt.decode(token(), options={"verify_signature": False}), None, "none", {"kid": "e"}
    ),
    "confused": confused,
    "changed": lambda: token()[:-8] + "AAAAAAAA",
    "no token": lambda: "a.b.c",
    "empty parts": lambda: "..",
    "a header nested too deeply": lambda: f"{deep()}.{deep()}.AAAA",
    "a header that is a list": lambda: "W10.W10.AAAA",
    "never-ending": lambda: token(exp=float("inf")),
    "not ascii": lambda: "ü.ü.ü",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_does_not_hold(bad):
    with pytest.raises(NotAuthenticated):
        credentials().holder(bad())


def test_tokens_and_jwts_side_by_side():
    both = create_app(Settings(oidc=PROVIDER, tokens=(entry("preparer", ("preparer",)),)))
    for credential in (token(roles=["pa-staff"]), "pan_preparer-token-0123456789"):
        response = both.test_client().post(
            "/nodes/parse-278", json={}, headers={"Authorization": f"Bearer {credential}"}
        )
        assert response.status_code == 422


@pytest.mark.parametrize("jwks", [None, "", "{}", "[]", "nonsense", '{"keys": []}'])
def test_a_provider_without_keys_is_a_fault_of_the_settings(jwks):
    with pytest.raises(NotConfigured):
        credentials(jwks=jwks)


@pytest.fixture
def provider():
    """An identity provider's key set over HTTP; counts how often it is asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(500 if self.path == "/down" else 200)
            self.end_headers()
            self.wfile.write(JWKS.encode() if self.path == "/jwks" else b"[")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/jwks", asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_keys_are_fetched_once(provider):
    url, asked = provider
    fetching = credentials(jwks=None, jwks_url=url)
    for _ in range(5):
        assert fetching.holder(token()).subject == "oidc:u-17"
        with pytest.raises(NotAuthenticated):
            fetching.holder(token(kid="unknown"))
    assert asked == ["/jwks"]


def test_a_provider_that_is_down_is_an_upstream_failure():
    down = create_app(
        Settings(oidc=PROVIDER.model_copy(update={"jwks_url": "http://127.0.0.1:9/jwks"}))
    )
    response = down.test_client().post(
        "/nodes/parse-278", json={}, headers={"Authorization": f"Bearer {token()}"}
    )
    assert response.status_code == 502
    assert response.get_json()["type"] == "/problems/upstream-failed"


@pytest.mark.parametrize("path", ["/down", "/garbage"])
def test_a_provider_that_fails_is_left_alone_for_a_while(provider, path):
    url, asked = provider
    now = [0.0]
    there = {"jwks": None, "jwks_url": url.replace("/jwks", path)}
    oidc = Oidc(PROVIDER.model_copy(update=there))
    oidc.client.clock = lambda: now[0]
    for moment in (0, 1, 29, 31, 32):
        now[0] = moment
        with pytest.raises(UpstreamFailed):
            oidc.named(token())
    assert asked == [path, path]


def test_a_known_key_is_used_while_the_provider_is_down(provider):
    url, asked = provider
    fetching = credentials(jwks=None, jwks_url=url)
    assert fetching.holder(token()).subject == "oidc:u-17"
    fetching.oidc.client.silent_until = float("inf")
    assert fetching.holder(token()).subject == "oidc:u-17"
    assert asked == ["/jwks"]

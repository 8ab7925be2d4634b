"""The server's signatures: what passes and what does not."""

import base64
import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pydantic import SecretStr

from nodes import signing
from nodes.errors import NotConfigured, Refused
from nodes.settings import Settings, Signing
from tests.gates import KEY, key

CLAIMS = {"drafted_by": "n8n"}


def pem(private):
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def other_key():
    return signing.key_of(
        Signing(key=SecretStr(pem(ec.generate_private_key(ec.SECP256R1()))), issuer=KEY.issuer)
    )


def encoded(part):
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def test_what_is_signed_is_read_again():
    claims = signing.verified(signing.sign(CLAIMS, signing.DRAFT, key), signing.DRAFT, key)
    assert claims == {"iss": KEY.issuer, "drafted_by": "n8n"}


def test_the_public_key_set_verifies_without_us():
    published = signing.public_jwks(key)["keys"][0]
    jws = signing.sign(CLAIMS, signing.DRAFT, key)
    claims = jwt.decode(jws, jwt.PyJWK(published), algorithms=["ES256"])
    assert claims["drafted_by"] == "n8n"
    assert published["kid"] == jwt.get_unverified_header(jws)["kid"]
    assert "d" not in published


def test_another_key_is_refused():
    with pytest.raises(Refused, match="not one this server made"):
        signing.verified(signing.sign(CLAIMS, signing.DRAFT, other_key), signing.DRAFT, key)


def test_a_seal_is_not_an_attestation():
    with pytest.raises(Refused, match="another purpose"):
        signing.verified(signing.sign(CLAIMS, signing.DRAFT, key), signing.ATTESTATION, key)


def test_another_issuer_is_refused():
    jws = jwt.encode({**CLAIMS, "iss": "x"}, KEY.private, "ES256", {"typ": signing.DRAFT})
    with pytest.raises(Refused):
        signing.verified(jws, signing.DRAFT, key)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_the_algorithm_is_not_the_tokens_choice(algorithm):
    """RFC 8725, 3.1: neither unsigned nor signed with our public key as an HMAC secret."""
    header = {"alg": algorithm, "typ": signing.DRAFT}
    body = f"{encoded(header)}.{encoded({**CLAIMS, 'iss': KEY.issuer})}"
    secret = json.dumps(signing.public_jwks(key)["keys"][0]).encode()
    signature = "" if algorithm == "none" else hmac_of(secret, body)
    with pytest.raises(Refused):
        signing.verified(f"{body}.{signature}", signing.DRAFT, key)


def hmac_of(secret, body):
    import hmac

    made = hmac.digest(secret, body.encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


@pytest.mark.parametrize("jws", ["", "a.b.c", "...", "é.é.é"])
def test_what_is_no_token_is_refused(jws):
    with pytest.raises(Refused):
        signing.verified(jws, signing.DRAFT, key)


def test_a_changed_claim_is_refused():
    head, _, signature = signing.sign(CLAIMS, signing.DRAFT, key).split(".")
    forged = f"{head}.{encoded({'iss': KEY.issuer, 'drafted_by': 'somebody else'})}.{signature}"
    with pytest.raises(Refused):
        signing.verified(forged, signing.DRAFT, key)


@pytest.mark.parametrize(
    "text",
    [
        "no key",
        pem(ec.generate_private_key(ec.SECP384R1())),
        pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)),
    ],
    ids=["text", "P-384", "RSA"],
)
def test_an_unfit_key_is_named_without_its_value(text):
    with pytest.raises(NotConfigured, match="signing: key") as caught:
        signing.key_of(Signing(key=SecretStr(text)))
    assert text not in str(caught.value)


def test_no_key_is_not_configured(monkeypatch):
    monkeypatch.setattr(signing, "settings", Settings)
    with pytest.raises(NotConfigured, match="signing"):
        signing.sign(CLAIMS, signing.DRAFT)

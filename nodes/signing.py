"""The server's signatures: ES256 JWS with one key; the only place in nodes that knows ``jwt``.

Every token names its purpose in ``typ``, so that a seal can never pass for an attestation
(RFC 8725, 3.11), and only ES256 is accepted, whatever a token's header says (3.1).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Literal

import jwt
from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm
from jwt.utils import base64url_encode

from nodes.audit import canonical
from nodes.errors import NotConfigured, Refused
from nodes.settings import Signing, settings

Purpose = Literal["prior-auth-attestation+jwt", "prior-auth-draft+jwt"]
ATTESTATION: Purpose = "prior-auth-attestation+jwt"
DRAFT: Purpose = "prior-auth-draft+jwt"


@dataclass(frozen=True)
class Key:
    """A parsed signing key with what it says of itself."""

    private: EllipticCurvePrivateKey
    id: str
    issuer: str
    days: int


KeySource = Callable[[], Key]


def configured() -> Key:
    """Give the key of the settings; NotConfigured when there is none."""
    signing = settings().signing
    if signing is None:
        raise NotConfigured("settings: signing: no key is configured, so nothing can be attested")
    return key_of(signing)


def key_of(signing: Signing) -> Key:
    """Parse the settings' key, an EC P-256 private key in PEM; parsed once per process."""
    return _parsed(signing.key.get_secret_value(), signing.issuer, signing.days)


@cache
def _parsed(pem: str, issuer: str, days: int) -> Key:
    try:
        private = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm, InternalError):
        raise NotConfigured("settings: signing: key: not a private key in PEM") from None
    if not isinstance(private, EllipticCurvePrivateKey) or not isinstance(private.curve, SECP256R1):
        raise NotConfigured("settings: signing: key: must be an EC key on the curve P-256")
    return Key(private, thumbprint(private), issuer, days)


def thumbprint(private: EllipticCurvePrivateKey) -> str:
    """Name a key by its RFC 7638 thumbprint."""
    return base64url_encode(sha256(canonical(_jwk(private))).digest()).decode()


def _jwk(private: EllipticCurvePrivateKey) -> dict[str, str]:
    jwk = json.loads(ECAlgorithm.to_jwk(private.public_key()))
    return {name: jwk[name] for name in ("crv", "kty", "x", "y")}


def public_jwks(key: KeySource = configured) -> dict[str, list[dict[str, str]]]:
    """Write the public half as a JWK Set (RFC 7517), for whoever checks our attestations."""
    own = key()
    return {"keys": [{**_jwk(own.private), "use": "sig", "alg": "ES256", "kid": own.id}]}


def sign(claims: dict[str, Any], typ: Purpose, key: KeySource = configured) -> str:
    """Sign claims for one purpose; ``iss`` is added."""
    own = key()
    return jwt.encode(
        {"iss": own.issuer, **claims},
        own.private,
        algorithm="ES256",
        headers={"typ": typ, "kid": own.id},
    )


def verified(jws: str, typ: Purpose, key: KeySource = configured) -> dict[str, Any]:
    """Give the claims of a token that we signed for this purpose; Refused for any other.

    Its age is the caller's to judge, who has a clock.
    """
    own = key()
    try:
        token = jwt.decode_complete(
            jws,
            own.private.public_key(),
            algorithms=["ES256"],
            issuer=own.issuer,
            options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except jwt.InvalidTokenError:
        raise Refused("the signature is not one this server made") from None
    if token["header"].get("typ") != typ:
        raise Refused("the signature was made for another purpose")
    claims: dict[str, Any] = token["payload"]
    return claims

"""sekmet in SMART mode with clients of ours: signed assertions, a secret, few rights."""

import base64
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from nodes.ehr.account import ClientSecret, PrivateKey
from tests.fhir.server import Sekmet

SECRET = "the-clients-own-secret"
READ = "system/*.read"
Json = dict[str, Any]


class Smart(Sekmet):
    """A server that wants tokens; ``credential`` is how each of its clients gets one.

    ``es`` and ``rs`` sign with ES384 and RS384, ``secret`` has a client secret: all three may read
    and write. ``narrow`` (ES384) may read patients and orders only.
    """

    def __init__(
        self, folder: Path, token_lifetime: int = 3600, known_as: str | None = None
    ) -> None:
        curve = ec.generate_private_key(ec.SECP384R1())
        modulus = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        every = "system/*.*"
        clients = [
            {"client_id": "es", "scopes": every, "jwks": {"keys": [ec_jwk(curve)]}},
            {"client_id": "rs", "scopes": every, "jwks": {"keys": [rsa_jwk(modulus)]}},
            {"client_id": "secret", "scopes": every, "client_secret": SECRET},
            {
                "client_id": "narrow",
                "scopes": "system/Patient.read system/ServiceRequest.read",
                "jwks": {"keys": [ec_jwk(curve)]},
            },
        ]
        self.keys = {"es": curve, "narrow": curve, "rs": modulus}
        super().__init__(folder, clients, token_lifetime, known_as=known_as)

    def credential(
        self, client: str = "es", scope: str | None = READ, url: str | None = None
    ) -> PrivateKey | ClientSecret:
        """A client's credential as settings have it; ``url``: the token endpoint, else found."""
        if client == "secret":
            return ClientSecret(
                kind="client_secret", client_id=client, secret=SECRET, token_url=url, scope=scope
            )
        return PrivateKey(
            kind="private_key_jwt",
            client_id=client,
            key=pem(self.keys[client]),
            kid=client,
            token_url=url,
            scope=scope or READ,
        )


def pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    """A private key as settings have it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def ec_jwk(key: ec.EllipticCurvePrivateKey) -> Json:
    """The public half of a P-384 key (RFC 7518, 6.2)."""
    numbers = key.public_key().public_numbers()
    place = {"x": number(numbers.x, 48), "y": number(numbers.y, 48)}
    return {"kty": "EC", "crv": "P-384", "alg": "ES384", "kid": "es", "use": "sig", **place}


def rsa_jwk(key: rsa.RSAPrivateKey) -> Json:
    """The public half of an RSA key (RFC 7518, 6.3)."""
    numbers = key.public_key().public_numbers()
    parts = {"n": number(numbers.n, 256), "e": number(numbers.e, 3)}
    return {"kty": "RSA", "alg": "RS384", "kid": "rs", "use": "sig", **parts}


def number(value: int, length: int) -> str:
    """A number as Base64url (RFC 7518, 2)."""
    return base64.urlsafe_b64encode(value.to_bytes(length, "big")).rstrip(b"=").decode()

"""Who this server says it is to a token endpoint: a signed assertion, private_key_jwt.

SMART App Launch 2.2, "Client Authentication: Asymmetric": RS384 or ES384, which of them the key
decides; issuer and subject are the client id, the audience is the token endpoint, the id is new
each time, and it holds at most five minutes. The only place here that knows ``jwt``.
"""

import time
from collections.abc import Callable
from functools import lru_cache
from uuid import uuid4

import jwt
from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

HOLDS = 180  # seconds: two minutes remain for a clock that is ahead, three for one behind
Private = RSAPrivateKey | EllipticCurvePrivateKey


def read(pem: str) -> tuple[Private, str]:
    """Read a private key in PEM, and say its algorithm; ValueError says what is wrong with it.

    ``\\n`` written out, as environment variables often have it, is taken as the end of a line.
    """
    try:
        key = load_pem_private_key(pem.replace("\\n", "\n").encode(), password=None)
    except TypeError:
        raise ValueError("the key has a passphrase: give it without one") from None
    except (ValueError, UnsupportedAlgorithm, InternalError):
        raise ValueError("not a private key in PEM") from None
    if isinstance(key, RSAPrivateKey):
        if key.key_size < 2048:
            raise ValueError("an RSA key must have 2048 bits or more")
        return key, "RS384"
    if isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP384R1):
        return key, "ES384"
    raise ValueError("must be an RSA key, or an EC key on the curve P-384")


@lru_cache(maxsize=64)
def _parsed(pem: str) -> tuple[Private, str]:
    return read(pem)


def algorithm(pem: str) -> str:
    """Say which algorithm a key signs with."""
    return _parsed(pem)[1]


def signed(
    pem: str, *, client_id: str, kid: str, audience: str, now: Callable[[], float] = time.time
) -> str:
    """Sign a new assertion for one token request."""
    key, signs = _parsed(pem)
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "jti": str(uuid4()),
        "exp": int(now()) + HOLDS,
    }
    return jwt.encode(claims, key, algorithm=signs, headers={"kid": kid})

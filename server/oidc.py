"""JWT access tokens of an OpenID Connect provider, read as principals."""

import json
from typing import Any

import jwt
from pydantic import ValidationError

from nodes.errors import NotConfigured, UpstreamFailed
from nodes.principal import Principal, Role
from nodes.settings import Oidc as OidcSettings

ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
LEEWAY = 30


class Oidc:
    """One identity provider whose JWTs are accepted.

    Signature (RS or ES), issuer, audience and expiry are required; the clocks may differ by
    ``LEEWAY`` seconds. The key set is fetched again every five minutes, and for an unknown key
    id, at most every thirty seconds.
    """

    def __init__(self, settings: OidcSettings) -> None:
        """Read the key set given, or remember where to fetch it."""
        self.settings = settings
        self.client = jwt.PyJWKClient(settings.jwks_url, timeout=3) if settings.jwks_url else None
        self.keys = [] if self.client else key_set(settings.jwks)

    def principal(self, token: str) -> Principal | None:
        """Name a JWT's holder; none when the token does not hold here."""
        try:
            claims = jwt.decode(
                token,
                self.key(token),
                algorithms=ALGORITHMS,
                issuer=self.settings.issuer,
                audience=self.settings.audience,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
            return self.read(claims)
        except jwt.PyJWKClientConnectionError:
            raise UpstreamFailed("the identity provider's keys cannot be fetched") from None
        except (jwt.PyJWTError, ValidationError, ValueError):
            return None

    def key(self, token: str) -> jwt.PyJWK:
        """Find the provider's key that a token names."""
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise jwt.InvalidAlgorithmError
        name = header.get("kid")
        if self.client:
            return self.client.get_signing_key(str(name))
        matching = [key for key in self.keys if key.key_id == name or name is None]
        if len(matching) != 1:
            raise jwt.InvalidKeyError
        return matching[0]

    def read(self, claims: dict[str, Any]) -> Principal:
        """Make a principal of claims; a client that asks for itself is a service.

        A service's subject is its client (RFC 9068, section 2.2); everyone else is a person.
        """
        subject = claims["sub"]
        service = subject in (claims.get("client_id"), claims.get("azp"))
        return Principal(
            subject=subject,
            name=claims.get("name") or claims.get("preferred_username") or subject,
            kind="service" if service else "person",
            roles=self.roles(claims),
        )

    def roles(self, claims: dict[str, Any]) -> frozenset[Role]:
        """Translate the provider's roles; ``roles_claim`` may be a path: ``realm_access.roles``."""
        path = self.settings.roles_claim
        held: Any = claims.get(path)
        if held is None:
            held = claims
            for part in path.split("."):
                held = held.get(part) if isinstance(held, dict) else None
        if isinstance(held, str):
            held = held.split()
        held = held if isinstance(held, list) else []
        return frozenset(ours for theirs, ours in self.settings.roles if theirs in held)


def key_set(text: str | None) -> list[jwt.PyJWK]:
    """Read a JSON Web Key Set (RFC 7517) from the settings."""
    try:
        return jwt.PyJWKSet.from_dict(json.loads(text or "")).keys
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, jwt.PyJWTError):
        raise NotConfigured("settings: oidc: give jwks_url, or a key set in jwks") from None

"""JWT access tokens of an OpenID Connect provider, read as principals."""

import json
from collections.abc import Callable
from time import monotonic
from typing import Any

import jwt

from nodes.errors import NotConfigured, UpstreamFailed
from nodes.principal import Principal, Role
from nodes.settings import Oidc as OidcSettings

ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
HUMAN = ("name", "preferred_username", "email")
CLIENT = ("client_id", "clientId", "azp", "cid", "appid")
GRANT = ("gty", "grant_type")
LEEWAY = PAUSE = 30
UNREADABLE = (
    jwt.PyJWTError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    RecursionError,
)


class Keys(jwt.PyJWKClient):
    """The provider's key set, fetched again every five minutes.

    For an unknown key id it is fetched at most every thirty seconds; after a failure nobody asks
    for ``PAUSE`` seconds, so that a provider that is down holds no request up.
    """

    def __init__(self, url: str, clock: Callable[[], float] = monotonic) -> None:
        """Remember where to fetch the set."""
        super().__init__(url, timeout=3)
        self.clock, self.silent_until = clock, float("-inf")

    def fetch_data(self) -> Any:
        """Fetch the set, unless that failed a moment ago."""
        if self.clock() < self.silent_until:
            raise jwt.PyJWKClientConnectionError
        try:
            return super().fetch_data()
        except (*UNREADABLE, OSError):
            self.silent_until = self.clock() + PAUSE
            raise jwt.PyJWKClientConnectionError from None


class Oidc:
    """One identity provider whose JWTs are accepted.

    Signature (RS or ES), issuer, audience and expiry are required; the clocks may differ by
    ``LEEWAY`` seconds.
    """

    def __init__(self, settings: OidcSettings) -> None:
        """Read the key set given, or remember where to fetch it."""
        self.settings = settings
        self.client = Keys(settings.jwks_url) if settings.jwks_url else None
        self.keys = [] if self.client else key_set(settings.jwks)

    def named(self, token: str) -> tuple[Principal, int] | None:
        """Name a JWT's holder, and say until when (seconds since 1970); none: it does not hold."""
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
            return self.read(claims), int(claims["exp"])
        except jwt.PyJWKClientConnectionError:
            raise UpstreamFailed("the identity provider's keys cannot be fetched") from None
        except UNREADABLE:
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
        """Make a principal of claims; ``oidc:`` keeps its subject apart from the local ones.

        A service never has the role reviewer, whatever the provider says.
        """
        subject = claims["sub"]
        service = is_service(claims)
        roles = self.roles(claims)
        return Principal(
            subject=f"oidc:{subject}" if subject else "",
            name=next((claims[each] for each in HUMAN if human(claims.get(each))), subject),
            kind="service" if service else "person",
            roles=roles - {"reviewer"} if service else roles,
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


def is_service(claims: dict[str, Any]) -> bool:
    """Whether a client asked for itself, or nothing says that a human did.

    RFC 9068 (2.2) makes the client the subject; Auth0 adds ``@clients`` and ``gty``, Entra ID
    ``idtyp``, Okta ``cid``, Keycloak a user named ``service-account-…``. ``act`` (RFC 8693) says
    that somebody else acts for the person: that is not the person either.
    """
    subject, user = claims["sub"], str(claims.get("preferred_username") or "")
    return (
        subject in [claims.get(client) for client in CLIENT]
        or subject.endswith("@clients")
        or "act" in claims
        or str(claims.get("idtyp")).lower() == "app"
        or any("client-credentials" in str(claims.get(each)).replace("_", "-") for each in GRANT)
        or user.lower().startswith("service-account-")
        or not any(human(claims.get(each)) for each in HUMAN)
    )


def human(name: Any) -> bool:
    """Whether a claim can be shown as a person's name: letters, and nothing hidden."""
    if name is None:
        return False
    if not isinstance(name, str):
        raise TypeError
    return name.isprintable() and any(map(str.isalnum, name))


def key_set(text: str | None) -> list[jwt.PyJWK]:
    """Read a JSON Web Key Set (RFC 7517) from the settings."""
    try:
        return jwt.PyJWKSet.from_dict(json.loads(text or "")).keys
    except UNREADABLE:
        raise NotConfigured("settings: oidc: give jwks_url, or a key set in jwks") from None

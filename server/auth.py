"""Who asks: bearer tokens and OIDC access tokens, and what their holders may do."""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus

from nodes.audit import sha256
from nodes.errors import NodeError, NotAllowed
from nodes.node import Node
from nodes.principal import Principal, Role
from nodes.settings import Settings, Token
from server.oidc import Oidc

MARK = "pan_"


class NotAuthenticated(NodeError):
    """The request carries no credential that is accepted here."""

    status = HTTPStatus.UNAUTHORIZED
    slug = "not-authenticated"


def today() -> date:
    """Give the date in UTC, in which tokens expire."""
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Held:
    """A credential that holds: whom it names, and what tells later whether it still does.

    ``token`` is the SHA-256 of a bearer token; ``until`` ends a JWT, in seconds since 1970.
    """

    principal: Principal
    token: str | None = None
    until: int | None = None


class Credentials:
    """The credentials a server accepts: hashed bearer tokens, and JWTs of one OIDC issuer.

    A token may be used until the end of its day ``expires``, UTC.
    """

    def __init__(self, settings: Settings, *, today: Callable[[], date] = today) -> None:
        """Take the tokens and the identity provider from the settings."""
        self.tokens = {
            token.sha256: (token, Held(holder(token), token=token.sha256))
            for token in settings.tokens
        }
        self.oidc = Oidc(settings.oidc) if settings.oidc else None
        self.today = today

    def __bool__(self) -> bool:
        """Whether anybody at all can be admitted."""
        return bool(self.tokens or self.oidc)

    def bearer(self, header: str | None) -> Principal:
        """Name the holder of the credential in an ``Authorization`` header, or refuse."""
        if not self:
            raise NotAuthenticated(
                "no credentials are configured on this server: "
                "make one with `prior-auth token new` and name the settings in PRIOR_AUTH_CONFIG"
            )
        scheme, _, credential = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not credential.strip():
            raise NotAuthenticated(
                "send a bearer token in the Authorization header: `prior-auth token new` makes one"
            )
        return self.holder(credential.strip())

    def holder(self, credential: str) -> Principal:
        """Name the holder of a bearer token or JWT, or refuse."""
        return self.held(credential).principal

    def held(self, credential: str) -> Held:
        """Look a bearer token up, or read a JWT; refuse what does not hold."""
        if self.oidc and not credential.startswith(MARK):
            named = self.oidc.named(credential)
            found = named and Held(named[0], until=named[1])
        else:
            found = self.known(sha256(credential.encode("utf-8", "surrogatepass")))
        if found is None:
            raise NotAuthenticated("this token is not known here, has expired or was revoked")
        return found

    def known(self, digest: str) -> Held | None:
        """Look a bearer token up by its SHA-256; an expired one is none."""
        token, held = self.tokens.get(digest, (None, None))
        if token is None or not hmac.compare_digest(token.sha256, digest):
            return None
        return None if token.expires and token.expires < self.today() else held


def holder(token: Token) -> Principal:
    """Make the principal a token stands for."""
    return Principal(
        subject=token.subject,
        name=token.name,
        kind=token.kind,
        roles=frozenset(token.roles),
        title=token.title,
        nodes=None if token.nodes is None else frozenset(token.nodes),
    )


def need(principal: Principal, roles: Iterable[Role]) -> None:
    """Refuse a principal that has none of the roles, naming them."""
    if principal.roles.isdisjoint(roles):
        raise NotAllowed(f"this needs the role {' or '.join(sorted(roles))}")


def admit(principal: Principal, node: Node) -> None:
    """Refuse a principal that may not run a node: by its roles, or by the token's own limits."""
    need(principal, node.roles)
    if principal.nodes is not None and node.name not in principal.nodes:
        raise NotAllowed(f"this token is limited to other nodes than {node.name}")

"""Who reads: sign-in with the reviewer's own credential, a signed cookie, and CSRF tokens.

The cookie holds who signed in and when, signed and not encrypted: no PHI, no credential in it.
It ends 8 hours after sign-in or 30 minutes after the last page.
"""

import hmac
from collections.abc import Callable
from secrets import token_urlsafe
from time import monotonic, time
from urllib.parse import urlsplit

from flask import Flask, g, json, request, session
from flask.sessions import SecureCookieSessionInterface

from nodes.errors import NotAllowed
from nodes.principal import Principal
from nodes.settings import Settings
from server.auth import Credentials, NotAuthenticated, need

LIFE, IDLE = 8 * 3600, 30 * 60
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Cookie(SecureCookieSessionInterface):
    """Flask's signed cookie, sent over TLS only, except on the machine itself."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the cookie is marked Secure."""
        return urlsplit(request.host_url).hostname not in LOOPBACK


class Desk:
    """The sign-in of the review pages."""

    def __init__(
        self, app: Flask, settings: Settings, *, clock: Callable[[], float] = time
    ) -> None:
        """Configure the cookie with the settings' key."""
        if settings.review is None:
            raise ValueError("settings.review is needed")
        app.secret_key = settings.review.session_key.get_secret_value()
        app.session_interface = Cookie()
        app.config.update(
            SESSION_COOKIE_NAME="prior_auth_review",
            SESSION_COOKIE_PATH="/review",
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Strict",
        )
        self.credentials = Credentials(settings)
        self.known = {token.subject: token for token in settings.tokens}
        self.throttle = Throttle()
        self.clock = clock

    def sign_in(self, credential: str) -> Principal:
        """Begin a session for a reviewer, or refuse."""
        where = request.remote_addr or ""
        if self.throttle.wait(where) > 0:
            raise TooMany("too many attempts: wait a little, then try again")
        try:
            principal = self.credentials.holder(credential)
            need(principal, ("reviewer",))
        except (NotAuthenticated, NotAllowed):
            self.throttle.failed(where)
            raise
        self.throttle.passed(where)
        session.clear()
        session["who"] = principal.model_dump(mode="json", exclude={"nodes"})
        session["since"] = session["seen"] = int(self.clock())
        return principal

    def reader(self) -> Principal | None:
        """Name who has this session, if it still holds; a revoked token ends it."""
        if "who" not in session:
            return None
        now = self.clock()
        principal = Principal.model_validate_json(json.dumps(session["who"]))
        fresh = now - session["since"] < LIFE and now - session["seen"] < IDLE
        if not fresh or not self.still_known(principal):
            session.clear()
            return None
        session["seen"] = int(now)
        g.actor = principal.subject
        return principal

    def still_known(self, principal: Principal) -> bool:
        """Whether a token's holder is still one; who came by OIDC is until the session ends."""
        token = self.known.get(principal.subject)
        if token is None:
            return self.credentials.oidc is not None
        current = not token.expires or token.expires >= self.credentials.today()
        return current and principal.roles == frozenset(token.roles)


class TooMany(NotAuthenticated):
    """Too many failed attempts from one address."""

    slug = "too-many-attempts"


class Throttle:
    """Slows down guessing: after five failures from an address, ever longer pauses, in memory."""

    def __init__(self, clock: Callable[[], float] = monotonic, most: int = 10_000) -> None:
        """Remember at most ``most`` addresses, the oldest forgotten first."""
        self.clock, self.most = clock, most
        self.failures: dict[str, tuple[int, float]] = {}

    def wait(self, where: str) -> float:
        """Say for how many seconds this address has to wait."""
        count, last = self.failures.get(where, (0, 0.0))
        pause = min(2.0 ** (count - 4), 300) if count >= 5 else 0
        return max(0.0, last + pause - self.clock())

    def failed(self, where: str) -> None:
        """Count a failure."""
        count, _ = self.failures.pop(where, (0, 0.0))
        self.failures[where] = (count + 1, self.clock())
        if len(self.failures) > self.most:
            self.failures.pop(next(iter(self.failures)))

    def passed(self, where: str) -> None:
        """Forget the failures of an address that knew a credential."""
        self.failures.pop(where, None)


def csrf() -> str:
    """Give this session's token against forged requests."""
    if "csrf" not in session:
        session["csrf"] = token_urlsafe(24)
    return str(session["csrf"])


def is_forged() -> bool:
    """Whether a POST lacks this session's token."""
    given, own = request.form.get("csrf", ""), str(session.get("csrf", ""))
    return not own or not hmac.compare_digest(given.encode(), own.encode())

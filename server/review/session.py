"""Who reads: sign-in with the reviewer's own credential, and the session's signed cookie.

The cookie says how the session began, signed and not encrypted: no PHI, no credential in it. It
ends 8 hours after sign-in, 30 minutes after the last page, when the bearer token it began with
expires or leaves the settings, when the JWT it began with expires, or when the identity provider's
settings change. Each page asks again whether its holder may review.

``SameSite=Lax``: a link to a case in a mail or an EHR opens in the running session. That is safe
because no GET changes anything and every POST needs a token of its own (``forgery``). Signed-out
pages never write this cookie, so no link from elsewhere can end a session.

Nothing is kept on the server, so signing out deletes the cookie but cannot void a copy of it: a
stolen copy is good while it is used, at most until those 8 hours are over. To end it sooner,
remove the token from the settings, or change ``review.session_key``, which ends every session.
"""

from collections.abc import Callable
from http import HTTPStatus
from secrets import token_urlsafe
from time import time
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, json, request, session
from flask.sessions import SecureCookieSessionInterface

from nodes.audit import digest, sha256
from nodes.catalog import NODES
from nodes.errors import NotAllowed
from nodes.principal import Principal
from nodes.settings import Settings
from server.auth import Credentials, Held, NotAuthenticated, admit
from server.review.throttle import Throttle
from server.watch import current

LIFE, IDLE = 8 * 3600, 30 * 60
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SHOWN = 16


class TooMany(NotAuthenticated):
    """Too many failed attempts."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    slug = "too-many-attempts"

    def __init__(self, seconds: int) -> None:
        """Keep how long to wait."""
        super().__init__("too many attempts: wait a little, then try again")
        self.retry_after = seconds


class Cookie(SecureCookieSessionInterface):
    """Flask's signed cookie, sent over TLS only, except on the machine itself."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the cookie is marked Secure."""
        return is_remote()


def is_remote() -> bool:
    """Whether this page is asked for under the name of another machine."""
    try:
        return urlsplit(request.host_url).hostname not in LOOPBACK
    except ValueError:
        return True


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
            SESSION_COOKIE_SAMESITE="Lax",
        )
        self.credentials = Credentials(settings)
        self.provider = digest(settings.oidc)[:SHOWN] if settings.oidc else None
        self.throttle = Throttle()
        self.clock = clock

    def sign_in(self, credential: str) -> Principal:
        """Begin a session for a person who may attest, or refuse."""
        held = self.held(credential)
        may_review(held.principal)
        session.clear()
        session["by"] = self.beginning(held)
        session["since"] = session["seen"] = int(self.clock())
        session["csrf"] = token_urlsafe(16)
        current().actor = held.principal.subject
        return held.principal

    def held(self, credential: str) -> Held:
        """Look a credential up; one that does not hold is counted, and told to wait."""
        try:
            return self.credentials.held(credential)
        except NotAuthenticated:
            mark = sha256(credential.encode("utf-8", "surrogatepass"))[:SHOWN]
            if seconds := self.throttle.failed(mark):
                raise TooMany(seconds) from None
            raise

    def beginning(self, held: Held) -> dict[str, Any]:
        """Note how a session began: by which token, or by whose JWT and until when."""
        if held.token:
            return {"token": held.token[:SHOWN]}
        who = held.principal.model_dump(mode="json")
        return {"provider": self.provider, "until": held.until, "who": who}

    def reader(self) -> Principal | None:
        """Name who has this session, if it still holds."""
        if "by" not in session:
            return None
        now = self.clock()
        fresh = now - session["since"] < LIFE and now - session["seen"] < IDLE
        principal = self.again(session["by"], now) if fresh else None
        if principal is None:
            session.clear()
            return None
        session["seen"] = int(now)
        current().actor = principal.subject
        return principal

    def again(self, began: dict[str, Any], now: float) -> Principal | None:
        """Name who a session began with, as long as that credential would begin one now."""
        principal = self.still(began, now)
        try:
            return may_review(principal) if principal else None
        except NotAllowed:
            return None

    def still(self, began: dict[str, Any], now: float) -> Principal | None:
        """Name the holder of the credential a session began with, if it still holds."""
        if "token" in began:
            found = [own for own in self.credentials.tokens if own.startswith(began["token"])]
            held = self.credentials.known(found[0]) if found else None
            return held.principal if held else None
        if self.provider is None or began["provider"] != self.provider or now >= began["until"]:
            return None
        return Principal.model_validate_json(json.dumps(began["who"]))


def may_review(principal: Principal) -> Principal:
    """Refuse who could not run ``attest`` with their credential; the pages show nothing else."""
    if principal.kind != "person":
        raise NotAllowed("only a person may review")
    admit(principal, NODES["attest"])
    return principal

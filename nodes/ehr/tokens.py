"""Access tokens for EHRs: asked for, kept in memory, renewed by one thread at a time.

A refresh token that the EHR changes is kept in memory only: after a restart the configured one is
used again, and must still be good. Where an EHR revokes the old one at each change, run one worker
process, and configure the newest again before a restart.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol
from urllib.parse import quote_plus, urlencode

from nodes import http
from nodes.ehr import address, assertion, scopes
from nodes.ehr.account import ClientSecret, PrivateKey, RefreshToken
from nodes.errors import NotConfigured, UpstreamFailed, UpstreamTimeout

EARLY = 30  # seconds before it expires a token is renewed; half its life if that is short
UNSAID = 300  # seconds a token holds that does not say how long, or until the EHR refuses it
SHORTEST = 10  # seconds; a life below that is taken as unsaid: nobody could use the token
SILENCE = 10  # seconds nobody asks again after the credential was refused
CODES = frozenset(
    {"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client"}
    | {"unsupported_grant_type", "invalid_scope"}
)
DISCOVERY = "/.well-known/smart-configuration"
NOT_SAID = (
    "settings: ehrs: the EHR does not say where it gives tokens: set the credential's token_url"
)
ELSEWHERE = (
    "settings: ehrs: the EHR gives tokens at another host, which is only called when configured:"
    f" set the credential's token_url (the EHR's {DISCOVERY[1:]} calls it token_endpoint)"
)
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
Renewed = ClientSecret | PrivateKey | RefreshToken


class Ask(Protocol):
    """How a token is asked for: without one, and only at the address given here."""

    def __call__(
        self, method: http.Method, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> http.Answer:
        """Answer once, or fail as ``http.call`` does."""


@dataclass(frozen=True, repr=False)
class Granted:
    """An access token, until when it is used, and which scopes it lacks."""

    token: str
    until: float
    missing: tuple[str, ...]


class Tokens:
    """One credential's token at one EHR."""

    def __init__(self, base_url: str, credential: Renewed) -> None:
        """Start without one."""
        self._base_url, self._credential = base_url, credential
        self._lock = Lock()
        self._granted: Granted | None = None
        self._refused: tuple[float, str] | None = None
        self._refresh = _refresh_token(credential)

    @property
    def missing(self) -> tuple[str, ...]:
        """The scopes asked for that the EHR did not grant."""
        return self._granted.missing if self._granted else ()

    def give(
        self,
        ask: Ask,
        left: Callable[[], float],
        clock: Callable[[], float],
        refused: str | None = None,
    ) -> str:
        """Give a token that holds, renewed where there is none, or the EHR ``refused`` this one."""
        if not self._lock.acquire(timeout=max(left(), 0)):
            raise UpstreamTimeout("the EHR's token endpoint is too slow")
        try:
            held = self._granted
            if held is None or held.token == refused or clock() >= held.until:
                held = self._granted = self._renew(ask, clock)
            return held.token
        finally:
            self._lock.release()

    def _renew(self, ask: Ask, clock: Callable[[], float]) -> Granted:
        if self._refused and clock() < self._refused[0]:
            raise UpstreamFailed(self._refused[1])
        self._refused = None
        url = self._credential.token_url or _discovered(ask, self._base_url)
        form, headers = self._request(url)
        answer = ask("POST", url, urlencode(form).encode(), {**FORM, **headers})
        said = _object(answer.body)
        if answer.status in (400, 401, 403):
            self._refused = clock() + SILENCE, _refusal(said)
            raise UpstreamFailed(self._refused[1])
        if answer.status != 200:
            raise UpstreamFailed(
                f"the EHR's token endpoint answered with status {answer.status}",
                transient=answer.status >= 500,
            )
        refresh = said.get("refresh_token")
        if self._refresh and isinstance(refresh, str) and refresh:
            self._refresh = refresh
        return _granted(said, getattr(self._credential, "scope", None), clock())

    def _request(self, url: str) -> tuple[dict[str, str], dict[str, str]]:
        """Write the form and the headers of one token request."""
        held = self._credential
        form, headers = {"grant_type": "client_credentials"}, {}
        if isinstance(held, RefreshToken):
            form = {"grant_type": "refresh_token", "refresh_token": self._refresh or ""}
        elif held.scope:
            form["scope"] = held.scope
        if isinstance(held, PrivateKey):
            form["client_assertion_type"] = ASSERTION
            form["client_assertion"] = assertion.signed(
                held.key.get_secret_value(),
                client_id=held.client_id,
                kid=held.kid,
                audience=url,
            )
        elif held.secret and held.sent == "basic":
            headers = {"Authorization": _basic(held.client_id, held.secret.get_secret_value())}
        else:
            form["client_id"] = held.client_id
            if held.secret:
                form["client_secret"] = held.secret.get_secret_value()
        return form, headers


def _discovered(ask: Ask, base_url: str) -> str:
    """Ask the EHR where it gives tokens (SMART App Launch 2.2, 4.1).

    Only an address of the EHR's own origin is believed: a secret must not go wherever an answer
    says. Where it is another host, as at Oracle Health, the settings say which.
    """
    answer = ask("GET", base_url + DISCOVERY, None, {"Accept": "application/json"})
    if answer.status >= 500:
        raise UpstreamFailed("the EHR does not say where it gives tokens", transient=True)
    url = _object(answer.body).get("token_endpoint") if answer.status == 200 else None
    if not isinstance(url, str):
        raise NotConfigured(NOT_SAID)
    if not address.same(url, base_url):
        raise NotConfigured(ELSEWHERE)
    return url


def _granted(said: dict[str, Any], asked: str | None, now: float) -> Granted:
    token, kind, scope = said.get("access_token"), said.get("token_type"), said.get("scope")
    if not (isinstance(token, str) and token.isascii() and token.isprintable() and token.strip()):
        raise UpstreamFailed("the EHR's token endpoint gave no token")
    if isinstance(kind, str) and kind.lower() != "bearer":
        raise UpstreamFailed("the EHR's token endpoint gave a token of another kind than bearer")
    life = _seconds(said.get("expires_in"))
    lacks = scopes.missing(asked, scope) if asked and isinstance(scope, str) else ()
    return Granted(token, now + life - min(EARLY, life / 2), lacks)


def _seconds(value: object) -> float:
    """Read how long a token holds; some write the number as text."""
    try:
        life = float(value) if isinstance(value, str | int | float) else UNSAID
    except ValueError:
        life = UNSAID
    return life if SHORTEST <= life <= 1e9 else UNSAID


def _refusal(said: dict[str, Any]) -> str:
    code = said.get("error")
    why = f" ({code})" if isinstance(code, str) and code in CODES else ""
    return f"the EHR's token endpoint refused this server's credential{why}"


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _basic(client_id: str, secret: str) -> str:
    """Write client id and secret as RFC 6749, 2.3.1 says: form-encoded, then Base64."""
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _refresh_token(credential: Renewed) -> str | None:
    if isinstance(credential, RefreshToken):
        return credential.refresh_token.get_secret_value()
    return None


_held: dict[tuple[str, Renewed], Tokens] = {}
_opening = Lock()


def shared(base_url: str, credential: Renewed) -> Tokens:
    """Find this process' token of a credential, by where it is got."""
    with _opening:
        key = (credential.token_url or base_url, credential)
        return _held.setdefault(key, Tokens(base_url, credential))


def forget() -> None:
    """Drop all tokens, as a new process has none."""
    with _opening:
        _held.clear()

"""Sessions of requests, lent to one call at a time: connections are kept, nothing else is.

Certificates are those that requests ships, or the file that REQUESTS_CA_BUNDLE names, for an EHR
whose certificate a hospital vouches for; they are read once.
"""

import os
import ssl
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.util.ssl_ import create_urllib3_context

from nodes import deadline

KEPT = 16  # sessions at most that wait for the next call to an origin
GET_WITHIN, WRITE_WITHIN = 30.0, 1.0  # seconds a waiting connection is used again
_idle: dict[tuple[str, str], deque[tuple[float, requests.Session]]] = {}


@cache
def trusted() -> ssl.SSLContext:
    """Who vouches for other systems; reading it takes 30 ms, so not for each connection."""
    context = create_urllib3_context()
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or DEFAULT_CA_BUNDLE_PATH
    context.load_verify_locations(bundle)
    return context


class _Adapter(requests.adapters.HTTPAdapter):
    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, ssl_context=trusted(), **named)
        self.poolmanager.pool_classes_by_scheme = deadline.POOLS

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave it to the context, which has read the certificates already."""
        conn.cert_reqs = "CERT_REQUIRED"


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Not even look at a redirect: requests would read its whole body, however long."""


def _new() -> requests.Session:
    session = _Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.mount("https://", _Adapter(pool_connections=1, pool_maxsize=1))
    session.mount("http://", _Adapter(pool_connections=1, pool_maxsize=1))
    return session


@contextmanager
def lent(method: str, url: str) -> Iterator[tuple[requests.Session, bool]]:
    """Lend a session of an origin to one call: connections are used again, cookies are not.

    Says whether it was used before. What writes takes one used a moment ago, or a new one: when
    the other side closes an idle connection just then, nobody could say whether it acted.
    """
    idle = _idle.setdefault(urlsplit(url)[:2], deque())
    session, kept = _waiting(idle, GET_WITHIN if method == "GET" else WRITE_WITHIN), True
    if session is None:
        session, kept = _new(), False
    try:
        yield session, kept
    finally:
        idle.append((monotonic(), session))
        _tidy(idle)


def _waiting(idle: deque[tuple[float, requests.Session]], within: float) -> requests.Session | None:
    try:
        used, session = idle.pop()
    except IndexError:
        return None
    if monotonic() - used <= within:
        return session
    idle.append((used, session))
    return None


def _tidy(idle: deque[tuple[float, requests.Session]]) -> None:
    """Close those that waited longest: too many, or too long."""
    try:
        while len(idle) > KEPT or idle[0][0] < monotonic() - GET_WITHIN:
            idle.popleft()[1].close()
    except IndexError:
        return

"""Connections, lent to one call at a time and kept for the next.

Certificates are those that certifi ships, or the file that REQUESTS_CA_BUNDLE names, for an EHR
whose certificate a hospital vouches for; they are read once.
"""

import os
import ssl
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import monotonic
from urllib.parse import SplitResult

import certifi
from urllib3.connection import HTTPConnection
from urllib3.util.ssl_ import create_urllib3_context

from nodes import deadline

KEPT = 16  # connections at most that wait for the next call to an origin
GET_WITHIN, WRITE_WITHIN = 30.0, 1.0  # seconds a waiting connection is used again
_idle: dict[tuple[str, str], deque[tuple[float, HTTPConnection]]] = {}


@cache
def trusted() -> ssl.SSLContext:
    """Who vouches for other systems; reading it takes 30 ms, so not for each connection."""
    context = create_urllib3_context()
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or certifi.where()
    context.load_verify_locations(bundle)
    return context


def _new(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "https":
        return deadline.Secure(host, port, ssl_context=trusted(), cert_reqs="CERT_REQUIRED")
    return deadline.Plain(host, port)


@contextmanager
def lent(method: str, url: SplitResult) -> Iterator[tuple[HTTPConnection, bool]]:
    """Lend a connection to an origin to one call, and keep it where its answer was read whole.

    Says whether it was used before. What writes takes one used a moment ago, or a new one: when
    the other side closes an idle connection just then, nobody could say whether it acted.
    """
    idle = _idle.setdefault(url[:2], deque())
    connection, kept = _waiting(idle, GET_WITHIN if method == "GET" else WRITE_WITHIN), True
    if connection is None:
        connection, kept = _new(url.scheme, url.hostname or "", url.port), False
    try:
        yield connection, kept
    except BaseException:
        connection.close()
        raise
    finally:
        if connection.sock is not None:
            idle.append((monotonic(), connection))
        _tidy(idle)


def _waiting(idle: deque[tuple[float, HTTPConnection]], within: float) -> HTTPConnection | None:
    try:
        used, connection = idle.pop()
        while not connection.is_connected:
            connection.close()
            used, connection = idle.pop()
    except IndexError:
        return None
    if monotonic() - used <= within:
        return connection
    idle.append((used, connection))
    return None


def _tidy(idle: deque[tuple[float, HTTPConnection]]) -> None:
    """Close those that waited longest: too many, or too long."""
    try:
        while len(idle) > KEPT or idle[0][0] < monotonic() - GET_WITHIN:
            idle.popleft()[1].close()
    except IndexError:
        return

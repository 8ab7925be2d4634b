"""The one place that speaks HTTP to EHRs, payers and clearinghouses.

No redirect is followed, no proxy or password file of the environment is used, no cookie is
kept, and an answer has a deadline and a size. Errors name neither address nor content.
Any number of threads may call at once: each has a session of its own while it does.
"""

import io
import logging
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from http import client
from http.client import HTTPResponse
from importlib.metadata import version
from ssl import SSLError
from typing import Literal, Protocol
from urllib.parse import SplitResult, quote, urlsplit

from urllib3.connection import HTTPConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.util.ssl_match_hostname import CertificateError

from nodes import deadline, received, sessions, trace
from nodes.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout

MAX_BYTES = 32_000_000
AGENT = f"prior-auth-nodes/{version('prior-auth-nodes')}"
SAFE = "!#$%&'()*+,/:;=?@[]~"
LATE = "the other system did not answer in time"
UNREACHED = "the other system could not be reached"

logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # its lines carry addresses


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers by their names in lower case, the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Method = Literal["GET", "POST", "PUT", "PATCH"]


class Call(Protocol):
    """How a node speaks to an EHR: ``call`` here, or a test's own transport."""

    def __call__(
        self,
        method: Method,
        url: str,
        *,
        body: bytes | None,
        headers: Mapping[str, str],
        timeout: float,
        token: str | None,
    ) -> Answer:
        """Answer as ``call`` does, and fail as it does."""


class Get(Protocol):
    """How the review pages ask: ``get`` here, or a test's own transport."""

    def __call__(
        self, url: str, *, headers: Mapping[str, str], timeout: float, token: str | None
    ) -> Answer:
        """Answer as ``get`` does, and fail as it does."""


class Post(Protocol):
    """How a node sends something: ``post`` here, or a test's own transport."""

    def __call__(
        self,
        url: str,
        *,
        body: bytes,
        headers: Mapping[str, str],
        timeout: float,
        token: str | None,
    ) -> Answer:
        """Answer as ``post`` does, and fail as it does."""


def get(url: str, *, headers: Mapping[str, str], timeout: float, token: str | None) -> Answer:
    """Ask for something with GET, as ``call`` does."""
    return call("GET", url, body=None, headers=headers, timeout=timeout, token=token)


def post(
    url: str, *, body: bytes, headers: Mapping[str, str], timeout: float, token: str | None
) -> Answer:
    """Send a body with POST, as ``call`` does."""
    return call("POST", url, body=body, headers=headers, timeout=timeout, token=token)


def call(
    method: Method,
    url: str,
    *,
    body: bytes | None,
    headers: Mapping[str, str],
    timeout: float,
    token: str | None,
) -> Answer:
    """Ask for something, or send a body.

    ``timeout`` is in seconds, for the whole call; ``token`` is sent as a bearer token. Fails with
    UpstreamFailed when nobody answers, UpstreamTimeout when the time is over, UpstreamBusy on 429
    and 503 with the seconds of Retry-After; any other status is the caller's to judge. When what
    writes breaks after sending, that is UpstreamTimeout too: whether it acted is not known.
    """
    where = _where(url)
    target = quote(f"{where.path or '/'}{'?' * bool(where.query)}{where.query}", safe=SAFE)
    with deadline.within(timeout), sessions.lent(method, where) as (connection, kept):
        ask = partial(_ask, connection, method, target, body, _headers(headers, token))
        _connect(connection)
        first = partial(_first, ask, connection, again=kept and method == "GET")
        with _failures(method), closing(first()) as response:
            return _answer(response)


def _where(url: str) -> SplitResult:
    """Take an address apart; UpstreamFailed where it is none: nobody is guessed at."""
    try:
        where = urlsplit(url)
        if where.hostname and where.scheme in ("http", "https") and where.port != 0:
            return where
    except ValueError:
        pass
    raise UpstreamFailed("this is no address of another system")


def _answer(response: HTTPResponse) -> Answer:
    lower = received.headers(response)
    if response.status in (429, 503):
        raise UpstreamBusy(
            "the other system asked to be left alone for a while",
            retry_after(lower.get("retry-after"), datetime.now(UTC)),
            throttled=response.status == 429,
        )
    return Answer(response.status, lower, _body(response, lower))


def _connect(connection: HTTPConnection) -> None:
    """Connect where that is still to be done; nothing is sent yet, so a failure is none of it."""
    if connection.sock is not None:
        return
    try:
        connection.connect()
    except (SSLError, CertificateError):
        raise UpstreamFailed("the other system's certificate was not accepted") from None
    except (HTTPError, OSError, ValueError) as error:
        late = isinstance(error, TimeoutError | ConnectTimeoutError)
        if deadline.passed() or (late and not isinstance(error, NewConnectionError)):
            raise UpstreamTimeout(LATE) from None
        raise UpstreamFailed(UNREACHED, transient=True) from None


def _ask(
    connection: HTTPConnection,
    method: str,
    target: str,
    body: bytes | None,
    headers: dict[str, str],
) -> HTTPResponse:
    """Ask in the way of the standard library: urllib3 would look at everything twice."""
    client.HTTPConnection.request(connection, method, target, body, headers)
    return client.HTTPConnection.getresponse(connection)


def _first(
    ask: Callable[[], HTTPResponse], connection: HTTPConnection, again: bool
) -> HTTPResponse:
    """Ask; once more where the other side had closed a connection that was kept."""
    try:
        return ask()
    except (client.HTTPException, OSError) as error:
        if not again or isinstance(error, TimeoutError):
            raise
        connection.close()
        _connect(connection)
        return ask()


def _headers(headers: Mapping[str, str], token: str | None) -> dict[str, str]:
    complete = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*", **headers}
    if token:
        complete["Authorization"] = f"Bearer {token}"
    if traceparent := trace.current():
        complete["traceparent"] = traceparent
    return complete


def _body(response: HTTPResponse, headers: Mapping[str, str]) -> bytes:
    """Read a body without holding it twice: a BytesIO gives its own bytes away."""
    read = io.BytesIO()
    for piece in received.body(response, headers):
        read.write(piece)
        if read.tell() > MAX_BYTES:
            raise UpstreamFailed("the answer is larger than this server reads")
    return read.getvalue()


@contextmanager
def _failures(method: str) -> Iterator[None]:
    """Turn what goes wrong once something is sent into our errors, which name no address."""
    try:
        yield
    except (client.HTTPException, OSError, ValueError, zlib.error) as error:
        if isinstance(error, TimeoutError) or deadline.passed():
            raise UpstreamTimeout(LATE) from None
        if method != "GET":
            raise UpstreamTimeout(
                "the connection broke before the answer: whether it acted is not known"
            ) from None
        raise UpstreamFailed(UNREACHED, transient=True) from None


def retry_after(value: str | None, now: datetime) -> int | None:
    """Read Retry-After (RFC 9110, 10.2.3) as seconds from now, at most a day."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return min(int(value.strip()[:6]), 86_400)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(int((aware - now).total_seconds()), 0), 86_400)

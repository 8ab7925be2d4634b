"""The one place that speaks HTTP to EHRs, payers and clearinghouses.

No redirect is followed, no proxy or password file of the environment is used, no cookie is
kept, and an answer has a deadline and a size. Errors name neither address nor content.
Any number of threads may call at once: each has a session of its own while it does.
"""

import io
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from importlib.metadata import version
from typing import Literal, Protocol

import requests
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from nodes import deadline, sessions, trace
from nodes.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout

MAX_BYTES = 32_000_000
REMARK = 100_000  # bytes: an OperationOutcome is short
REMARK_IN = 2.0  # seconds: what is refused is not waited for
AGENT = f"prior-auth-nodes/{version('prior-auth-nodes')}"
_CHUNK = 65_536

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
    with deadline.within(timeout), _failures(method), sessions.lent(method, url) as (session, kept):
        ask = partial(
            session.request,
            method,
            url,
            data=body,
            headers=_headers(headers, token),
            timeout=max(timeout, 0.001),
            allow_redirects=False,
            stream=True,
        )
        with _first(ask, again=kept and method == "GET") as response:
            if response.status_code in (429, 503):
                raise UpstreamBusy(
                    "the other system asked to be left alone for a while",
                    retry_after(response.headers.get("Retry-After"), datetime.now(UTC)),
                    throttled=response.status_code == 429,
                    body=_said(response),
                )
            lower = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, lower, _body(response))


def _first(ask: Callable[[], requests.Response], again: bool) -> requests.Response:
    """Ask; once more where the other side had closed a connection that was kept."""
    try:
        return ask()
    except requests.ConnectionError as error:
        if not again or isinstance(error, requests.Timeout):
            raise
        return ask()


def _headers(headers: Mapping[str, str], token: str | None) -> dict[str, str]:
    complete = {"User-Agent": AGENT, **headers}
    if token:
        complete["Authorization"] = f"Bearer {token}"
    if traceparent := trace.current():
        complete["traceparent"] = traceparent
    return complete


def _body(response: requests.Response) -> bytes:
    """Read a body without holding it twice: a BytesIO gives its own bytes away."""
    read = io.BytesIO()
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            read.write(chunk)
            if read.tell() > MAX_BYTES:
                raise UpstreamFailed("the answer is larger than this server reads")
    except ReadTimeoutError:
        raise UpstreamTimeout("the answer was not complete in time") from None
    return read.getvalue()


def _said(response: requests.Response) -> bytes:
    """Read what a refusal says, if it is short and there soon."""
    read = io.BytesIO()
    try:
        with deadline.shortened(REMARK_IN):
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                read.write(chunk)
                if read.tell() > REMARK:
                    return b""
    except (requests.RequestException, HTTPError, OSError):
        return b""
    return read.getvalue()


@contextmanager
def _failures(method: str) -> Iterator[None]:
    """Turn what the library raises into our errors, which name no address."""
    try:
        yield
    except (requests.Timeout, ReadTimeoutError):
        raise UpstreamTimeout("the other system did not answer in time") from None
    except requests.exceptions.SSLError:
        raise UpstreamFailed("the other system's certificate was not accepted") from None
    except (requests.RequestException, HTTPError, OSError) as error:
        if deadline.passed():
            raise UpstreamTimeout("the other system did not answer in time") from None
        if method != "GET" and _may_have_arrived(error):
            raise UpstreamTimeout(
                "the connection broke before the answer: whether it acted is not known"
            ) from None
        raise UpstreamFailed("the other system could not be reached", transient=True) from None


def _may_have_arrived(error: Exception) -> bool:
    """Whether a connection came about, so that what was sent may have been read."""
    if not isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return isinstance(error, HTTPError)
    cause = error.args[0] if error.args else None
    return not isinstance(getattr(cause, "reason", cause), NewConnectionError)


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

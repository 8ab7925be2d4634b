"""HTTP for the model's client: whatever it does has only what is left of the question's deadline.

The client's own timeout is for one read, so that an answer that drips takes for ever. No proxy or
password file of the environment is used, and an answer has a size. See ``nodes.deadline``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ssl import SSLContext
from typing import Any

import httpcore2
import httpx2

from nodes import deadline

MAX_BYTES = 8_000_000


def client() -> httpx2.Client:
    """Make a client whose every step ends at the deadline; it follows no redirect.

    It asks for answers as they are: a packed one could unpack to any size.
    """
    return httpx2.Client(
        trust_env=False,
        follow_redirects=False,
        transport=Transport(),
        headers={"Accept-Encoding": "identity"},
    )


class Transport(httpx2.BaseTransport):
    """Sends a request and reads the whole answer before the deadline."""

    def __init__(self) -> None:
        """Keep connections while a question is asked again."""
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False), network_backend=_Network()
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send and read."""
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        asked = httpcore2.Request(
            request.method, url, headers=request.headers.raw, content=request.read()
        )
        with _told(), self._answer(asked) as (answer, body):
            return httpx2.Response(
                answer.status, headers=answer.headers, stream=httpx2.ByteStream(body)
            )

    @contextmanager
    def _answer(self, asked: httpcore2.Request) -> Iterator[tuple[httpcore2.Response, bytes]]:
        answer = self._pool.handle_request(asked)
        try:
            yield answer, _body(answer)
        finally:
            answer.close()

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


def _body(answer: httpcore2.Response) -> bytes:
    if any(name.lower() == b"content-encoding" for name, _ in answer.headers):
        raise httpcore2.ReadError("the answer is packed, which was not asked for")
    body = bytearray()
    for piece in answer.iter_stream():
        body += piece
        if len(body) > MAX_BYTES:
            raise httpcore2.ReadError("the answer is larger than this server reads")
    return bytes(body)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the connections raise into what the client knows; no address, no content."""
    try:
        yield
    except (httpcore2.TimeoutException, TimeoutError):
        raise httpx2.ReadTimeout("no answer in time") from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError):
        raise httpx2.ConnectError("no connection") from None


class _Stream(httpcore2.NetworkStream):
    """A connection of which each step ends at the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, deadline.left()))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Network(httpcore2.NetworkBackend):
    """Makes such connections."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        backend = httpcore2.SyncBackend()
        return _Stream(
            backend.connect_tcp(host, port, deadline.left(), local_address, socket_options)
        )

"""Connections that do not outlive the deadline of the call that uses them.

A library's timeout is for one read: an answer that drips a byte at a time takes for ever. Here
each step, connecting to any of a host's addresses, the TLS handshake, each piece sent and each
read, has only the time that is left of the whole call.
"""

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from threading import local
from time import monotonic
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

PIECE = 65_536
_call = local()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Give whatever this thread does with the connections here so many seconds in all."""
    _call.deadline = monotonic() + seconds
    try:
        yield
    finally:
        del _call.deadline


@contextmanager
def shortened(seconds: float) -> Iterator[None]:
    """Give what this thread does within its deadline at most so many seconds of it."""
    whole = _call.deadline
    _call.deadline = min(whole, monotonic() + seconds)
    try:
        yield
    finally:
        _call.deadline = whole


def passed() -> bool:
    """Whether no time is left."""
    return bool(monotonic() >= _call.deadline)


def left() -> float:
    """Seconds until the deadline; TimeoutError when there are none."""
    if passed():
        raise TimeoutError("the deadline of the call has passed")
    seconds: float = _call.deadline - monotonic()
    return max(seconds, 0.001)


class _Incoming(io.RawIOBase):
    """What a socket receives, each read until the deadline at most."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._file = sock, sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(left())
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Response(HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **named: Any) -> None:
        super().__init__(sock, *arguments, **named)
        self.fp.close()
        self.fp = io.BufferedReader(_Incoming(sock), PIECE)


class _Plain(HTTPConnection):
    response_class = _Response

    def _new_conn(self) -> socket.socket:
        """Try each address of the host, none longer than its part of the time that is left."""
        try:
            found = socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, socket.gaierror(str(error))) from error
        for place, (family, kind, protocol, _, address) in enumerate(found):
            sock = socket.socket(family, kind, protocol)
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(left() / (len(found) - place))
                sock.connect(address)
                sock.settimeout(left())
            except OSError as error:
                sock.close()
                failure = error
            else:
                return sock
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(self, "no connection in time") from failure
        raise NewConnectionError(self, "no connection") from failure

    def send(self, data: Any) -> None:
        """Send piece by piece, until the deadline at most."""
        if self.sock is None or not isinstance(data, bytes):
            super().send(data)
            return
        whole = memoryview(data)
        for start in range(0, len(data), PIECE):
            self.sock.settimeout(left())
            super().send(whole[start : start + PIECE])


class _Secure(_Plain, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


POOLS = {"http": _PlainPool, "https": _SecurePool}

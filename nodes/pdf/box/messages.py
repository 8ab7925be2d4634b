"""Messages between the server and a box's child: a few byte strings, each after its length."""

import socket
import struct
from collections.abc import Sequence
from time import monotonic

COUNT = struct.Struct("!I")
LENGTH = struct.Struct("!Q")
MOST_PARTS = 4096
PIECE = 1 << 20


class Broken(Exception):
    """The other side ended before the message did, or says more than is taken."""


def send(line: socket.socket, parts: Sequence[bytes], until: float | None = None) -> None:
    """Send a message before that moment of the monotonic clock; TimeoutError, OSError."""
    head = COUNT.pack(len(parts)) + b"".join(LENGTH.pack(len(part)) for part in parts)
    for piece in (head, *parts):
        rest = memoryview(piece)
        while rest:
            line.settimeout(_left(until))
            rest = rest[line.send(rest[:PIECE]) :]


def receive(line: socket.socket, largest: int, until: float | None = None) -> list[bytes]:
    """Receive a message of at most so many bytes; TimeoutError, OSError, Broken."""
    (count,) = COUNT.unpack(_exactly(line, COUNT.size, until))
    if count > MOST_PARTS:
        raise Broken
    lengths = struct.unpack(f"!{count}Q", _exactly(line, LENGTH.size * count, until))
    if sum(lengths) > largest:
        raise Broken
    return [_exactly(line, length, until) for length in lengths]


def _exactly(line: socket.socket, length: int, until: float | None) -> bytes:
    held = bytearray()
    while len(held) < length:
        line.settimeout(_left(until))
        piece = line.recv(min(length - len(held), PIECE))
        if not piece:
            raise Broken
        held += piece
    return bytes(held)


def _left(until: float | None) -> float | None:
    if until is None:
        return None
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left

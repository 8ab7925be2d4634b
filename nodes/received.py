"""What an HTTP answer brings, piece by piece: its headers, and its body unpacked."""

import zlib
from collections.abc import Iterator, Mapping
from http.client import HTTPResponse, IncompleteRead

from nodes.errors import UpstreamTimeout

PACKED = {"gzip", "x-gzip", "deflate"}
AUTOMATIC = 47  # zlib: whether gzip or zlib, it tells itself
PIECE = 65_536


def headers(response: HTTPResponse) -> dict[str, str]:
    """Give the headers by their names in lower case, those of one name joined."""
    found: dict[str, str] = {}
    for name, value in response.headers.items():
        name = name.lower()
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def body(response: HTTPResponse, headers: Mapping[str, str]) -> Iterator[bytes]:
    """Give the body unpacked, in pieces of 64 KiB at most.

    Raises IncompleteRead or zlib.error where it breaks off or is broken, UpstreamTimeout at the
    deadline.
    """
    packed = headers.get("content-encoding", "").strip().lower() in PACKED
    return _unpacked(response) if packed else _pieces(response)


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    try:
        while piece := response.read(PIECE):
            yield piece
    except TimeoutError:
        raise UpstreamTimeout("the answer was not complete in time") from None
    if response.length:
        raise IncompleteRead(b"", response.length)


def _unpacked(response: HTTPResponse) -> Iterator[bytes]:
    """Unpack gzip, of one part or several, never more than a piece at a time."""
    unpack = zlib.decompressobj(AUTOMATIC)
    for piece in _pieces(response):
        while piece:
            yield unpack.decompress(piece, PIECE)
            piece = unpack.unconsumed_tail
            if unpack.eof:
                piece = unpack.unused_data
                unpack = zlib.decompressobj(AUTOMATIC)

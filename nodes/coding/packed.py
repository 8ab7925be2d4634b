"""One read-only file of arrays, mapped into memory: nothing is read before it is asked for.

Layout, little-endian: 8 bytes magic, 4 bytes length of a JSON head, the head, then the parts at
the offsets it names (counted from the end of the head, each on a multiple of 8).
"""

import json
import mmap
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nodes.errors import NotConfigured

MAGIC = b"PACKED01"
_ALIGN = 8


class Packed:
    """An open file; processes that were forked share its pages."""

    def __init__(self, path: Path) -> None:
        """Map the file; raise NotConfigured when it is not one of ours."""
        with path.open("rb") as file:
            self._view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if bytes(self._view[:8]) != MAGIC or memoryview(b"\1\0\0\0").cast("I")[0] != 1:
            raise NotConfigured(f"{path.name} is no packed table of this version and byte order")
        (length,) = struct.unpack_from("<I", self._view, 8)
        self.head: dict[str, Any] = json.loads(bytes(self._view[12 : 12 + length]))
        self._start = -(-(12 + length) // _ALIGN) * _ALIGN

    def part(self, name: str) -> memoryview:
        """One array, in the item type the head gives it."""
        start, length, kind = self.head["parts"][name]
        raw = self._view[self._start + start : self._start + start + length]
        return raw if kind == "B" else raw.cast(kind)


def pack(head: Mapping[str, Any], parts: Mapping[str, tuple[str, bytes]]) -> bytes:
    """Write a file: the head, and each part with its item type (struct's letter) and bytes."""
    places: dict[str, tuple[int, int, str]] = {}
    body = bytearray()
    for name, (kind, raw) in parts.items():
        body += b"\0" * (-len(body) % _ALIGN)
        places[name] = (len(body), len(raw), kind)
        body += raw
    told = json.dumps({**head, "parts": places}, sort_keys=True, separators=(",", ":")).encode()
    start = MAGIC + struct.pack("<I", len(told)) + told
    return start + b"\0" * (-len(start) % _ALIGN) + bytes(body)

"""A PDF written by hand: one page that says Hello, and places to put something bad."""

import zlib
from collections.abc import Mapping

HELLO = b"BT /F1 24 Tf 72 700 Td (Hello) Tj ET\n"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
CATALOG, PAGES, PAGE, CONTENT, FREE = 1, 2, 3, 4, 10


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object whose length is true."""
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def flate(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream object."""
    return stream(zlib.compress(data), b"/Filter/FlateDecode " + entries)


def bomb(piece: bytes, times: int) -> bytes:
    """What zlib would make of a piece so many times over, made in the time of one."""
    pressed = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = pressed.compress(piece) + pressed.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(times):
        check = zlib.adler32(piece, check)
    return b"\x78\xda" + block * times + b"\x03\x00" + check.to_bytes(4, "big")


def bombed(piece: bytes, times: int, entries: bytes = b"") -> bytes:
    """A stream object of a piece so many times over, compressed."""
    return stream(bomb(piece, times), b"/Filter/FlateDecode " + entries)


def written(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """The objects as a file with a true cross-reference table."""
    parts, places, length = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], {}, 15
    for number, body in objects.items():
        part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        places[number] = length
        parts.append(part)
        length += len(part)
    size = max(objects) + 1
    rows = [b"0000000000 65535 f \n"]
    for number in range(1, size):
        kind = b"n" if number in places else b"f"
        rows.append(b"%010d 00000 %s \n" % (places.get(number, 0), kind))
    parts.append(b"xref\n0 %d\n%s" % (size, b"".join(rows)))
    tail = b"trailer\n<</Size %d/Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n"
    return b"".join(parts) + tail % (size, trailer, length)


def one_page(
    content: bytes = b"",
    *,
    body: bytes | None = None,
    more: Mapping[int, bytes] | None = None,
    page: bytes = b"",
    catalog: bytes = b"",
    resources: bytes = b"",
    fonts: bytes = b"",
    trailer: bytes = b"",
    box: bytes = b"[0 0 612 792]",
) -> bytes:
    """One page that says Hello; ``body`` is the whole content object, ``content`` is added."""
    held = b"<</Font<</F1 5 0 R %s>>%s>>" % (fonts, resources)
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources %s %s>>"
    objects = {
        CATALOG: b"<</Type/Catalog/Pages 2 0 R %s>>" % catalog,
        PAGES: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE: leaf % (box, held, page),
        CONTENT: body or flate(HELLO + content),
        5: FONT,
    }
    return written(objects | dict(more or {}), trailer)

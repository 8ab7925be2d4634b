"""Write an object's bytes, quickly and always the same."""

import io
import re
from functools import lru_cache

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from nodes.pdf.filling.source import Raw

SPECIAL = re.compile(rb"[\\()\r]")
ESCAPED = {b"\\": b"\\\\", b"(": b"\\(", b")": b"\\)", b"\r": b"\\r"}


def serial(found: PdfObject) -> Raw:
    """Write an object, or a stream's dictionary and its data apart."""
    if not isinstance(found, StreamObject):
        return _bytes(found), None
    data = found._data if isinstance(found._data, bytes) else bytes(found._data, "latin-1")
    entries = DictionaryObject(found)
    entries[NameObject("/Length")] = NumberObject(len(data))
    return _bytes(entries), data


def _bytes(found: PdfObject) -> bytes:
    kind = type(found)
    if kind is NameObject:
        return _name(str(found))
    if kind is IndirectObject and isinstance(found, IndirectObject):
        return b"%d %d R" % (found.idnum, found.generation)
    if isinstance(found, DictionaryObject):
        pairs = [_name(str(key)) + b" " + _bytes(value) for key, value in found.items()]
        return b"<<" + b" ".join(pairs) + b">>"
    if isinstance(found, ArrayObject):
        return b"[" + b" ".join([_bytes(item) for item in found]) + b"]"
    if kind is TextStringObject and isinstance(found, TextStringObject):
        return string(found.get_encoded_bytes())
    if kind is ByteStringObject and isinstance(found, ByteStringObject):
        return b"<%b>" % bytes(found).hex().encode()
    target = io.BytesIO()
    found.write_to_stream(target)
    return target.getvalue()


def string(data: bytes) -> bytes:
    """Write a literal string."""
    return b"(%b)" % SPECIAL.sub(lambda match: ESCAPED[match[0]], data)


@lru_cache(maxsize=4096)
def _name(name: str) -> bytes:
    target = io.BytesIO()
    NameObject(name).write_to_stream(target)
    return target.getvalue()

"""Read an object's bytes quickly: the plain cases in one scan, anything unusual left to pypdf."""

import io
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    create_string_object,
)
from pypdf.generic._utils import read_string_from_stream

END = rb"(?=[\s\0/<>\[\]()]|$)"
TOKEN = re.compile(
    rb"[\s\0]*(?:"
    rb"(/[^\s\0()<>\[\]{}/%\x80-\xff]*)"
    rb"|(\d+[ \r\n]+\d+[ \r\n]+R)" + END + rb"|([+-]?\d+)" + END + rb"|"
    rb"([+-]?\d*\.\d*)" + END + rb"|(<<)|(>>)|(\[)|(\])"
    rb"|(\((?:[^()\\]|\\.)*\))|(<[0-9A-Fa-f]*>)|(true|false|null)" + END + rb")",
    re.DOTALL,
)
NAME, REFERENCE, INTEGER, REAL, OPEN, CLOSE, LIST, LISTED, STRING, HEX, WORD = range(1, 12)
DEEPEST = 60
BLANK = b"\0\t\n\f\r "
WORDS = {b"true": True, b"false": False}


def parse(body: bytes, reader: Any) -> PdfObject | None:
    """Read one object; None: it is not one of the plain cases."""
    top: list[Any] = []
    stack, now = [top], top
    place = 0
    for token in TOKEN.finditer(body):
        if token.start() != place:
            return None
        place, kind = token.end(), token.lastindex or 0
        if kind == NAME:
            now.append(_name(token[NAME]))
        elif kind in (OPEN, LIST):
            now = [kind]
            stack.append(now)
        elif kind in (CLOSE, LISTED):
            made = _closed(stack.pop(), kind) if 1 < len(stack) < DEEPEST else None
            if made is None:
                return None
            now = stack[-1]
            now.append(made)
        else:
            now.append(READ[kind](token[kind], reader))
    return top[0] if len(stack) == 1 == len(top) and not body[place:].strip(BLANK) else None


def _closed(parts: list[Any], kind: int) -> PdfObject | None:
    opened, *items = parts
    if kind == LISTED:
        return ArrayObject(items) if opened == LIST else None
    keys = items[::2]
    if opened != OPEN or len(items) % 2 or any(type(key) is not NameObject for key in keys):
        return None
    made = DictionaryObject()
    dict.update(made, zip(keys, items[1::2], strict=True))
    return made if len(made) == len(keys) else None


def _reference(text: bytes, reader: Any) -> PdfObject:
    number, generation, _ = text.split()
    return IndirectObject(int(number), int(generation), reader)


def _string(text: bytes, _: Any) -> PdfObject:
    if b"\\" in text or b"\r" in text:
        return read_string_from_stream(io.BytesIO(text))
    return create_string_object(text[1:-1])


def _hex(text: bytes, _: Any) -> PdfObject:
    digits = text[1:-1].decode()
    return create_string_object(bytes.fromhex(digits if len(digits) % 2 == 0 else digits + "0"))


def _word(text: bytes, _: Any) -> PdfObject:
    return BooleanObject(WORDS[text]) if text in WORDS else NullObject()


@lru_cache(maxsize=4096)
def _name(text: bytes) -> NameObject:
    return (
        NameObject.read_from_stream(io.BytesIO(text), None)
        if b"#" in text
        else NameObject(text.decode())
    )


READ: dict[int, Callable[[bytes, Any], PdfObject]] = {
    REFERENCE: _reference,
    INTEGER: lambda text, _: NumberObject(int(text)),
    REAL: lambda text, _: FloatObject(text.decode() if len(text) > 1 else "0"),
    STRING: _string,
    HEX: _hex,
    WORD: _word,
}

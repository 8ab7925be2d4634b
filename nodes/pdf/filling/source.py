"""The form as it came: its objects read one by one, and their bytes as they stand."""

import io
import re
from functools import cached_property
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PdfReadError
from pypdf.generic import (
    DictionaryObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from nodes.pdf.filling.parsing import parse

HEADER = re.compile(rb"[\s\0]*(\d+)[\s\0]+(\d+)[\s\0]+obj")
END = re.compile(rb"endobj|\bstream\r?\n")
ENDSTREAM = re.compile(rb"\r?\n?\r?endstream\s+endobj")
LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
LENGTH_REFERENCE = re.compile(rb"/Length\s+(\d+)\s+(\d+)\s+R")
OBJECT = re.compile(rb"obj\b")
STANDING = re.compile(rb"(?<!\d)(\d{1,10})\s\d{1,5}\s\Z")
LONGEST = 19
NUMBER = re.compile(rb"\d+")

Raw = tuple[bytes, bytes | None]
"""An object as it stands, or a stream's dictionary and its data."""


class Original(PdfReader):
    """A PDF read lazily; an object in an object stream is parsed when it is asked for."""

    def __init__(self, pdf: bytes) -> None:
        """Read the cross-reference table; pypdf's own errors say what is wrong with it."""
        self.pdf = pdf
        self._bodies: dict[int, dict[int, bytes]] = {}
        self._ready = False
        super().__init__(io.BytesIO(pdf))
        self._ready = True

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """Parse one object, once."""
        number, generation = (
            (indirect_reference, 0)
            if isinstance(indirect_reference, int)
            else (indirect_reference.idnum, indirect_reference.generation)
        )
        if (generation, number) in self.resolved_objects:
            return self.resolved_objects[(generation, number)]
        if self._ready and not self.holds(number):
            return None
        found = self._quickly(number, generation)
        if found is None:
            return super().get_object(indirect_reference)
        return self.cache_indirect_object(generation, number, found)

    def _quickly(self, number: int, generation: int) -> PdfObject | None:
        raw = self.raw(number, generation) if self._ready else None
        found = parse(raw[0], self) if raw is not None else None
        if raw is None or found is None:
            return None
        if raw[1] is None:
            return found
        if not isinstance(found, DictionaryObject):
            return None
        stream: PdfObject = StreamObject.initialize_from_dictionary(
            {**dict(found.items()), "__streamdata__": raw[1]}
        )
        return stream

    def packed(self, number: int) -> bytes | None:
        """Take an object's bytes from the object stream that holds it."""
        stream = self.xref_objStm[number][0]
        if stream not in self._bodies:
            self._bodies[stream] = self._unpack(stream)
        return self._bodies[stream].get(number)

    def raw(self, number: int, generation: int) -> Raw | None:
        """Tell an object's bytes as they stand in the file; None: they must be written anew."""
        if self.is_encrypted:
            return None
        if generation == 0 and number in self.xref_objStm:
            body = self.packed(number)
            return None if body is None else (body, None)
        start = self.xref.get(generation, {}).get(number)
        free = self.xref_free_entry.get(generation, {}).get(number, False)
        if start is None or free:
            return None
        header = HEADER.match(self.pdf, start)
        if not header or (int(header[1]), int(header[2])) != (number, generation):
            return None
        return self._body(header.end())

    def holds(self, number: int) -> bool:
        """Whether an object is in the file, listed or not."""
        listed = any(number in numbers for numbers in self.xref.values())
        return listed or number in self.xref_objStm or number in self._standing

    @cached_property
    def _standing(self) -> frozenset[int]:
        """The numbers of all objects that stand in the file by themselves."""
        places = (found.start() for found in OBJECT.finditer(self.pdf))
        before = (STANDING.search(self.pdf, max(0, at - LONGEST), at) for at in places)
        return frozenset(int(found[1]) for found in before if found)

    def _body(self, start: int) -> Raw | None:
        end = END.search(self.pdf, start)
        if end is None:
            return None
        body = self.pdf[start : end.start()]
        if b" obj" in body or b"endstream" in body or body.count(b"<<") != body.count(b">>"):
            return None
        if end[0] == b"endobj":
            return body, None
        length = self._length(body)
        if length is None or not ENDSTREAM.match(self.pdf, end.end() + length):
            return None
        return body, self.pdf[end.end() : end.end() + length]

    def _length(self, head: bytes) -> int | None:
        direct = LENGTH.search(head)
        if direct:
            return int(direct[1])
        reference = LENGTH_REFERENCE.search(head)
        if not reference:
            return None
        found = self.get_object(IndirectObject(int(reference[1]), int(reference[2]), self))
        return int(found) if isinstance(found, NumberObject) else None

    def _unpack(self, number: int) -> dict[int, bytes]:
        stream = super().get_object(number)
        if not isinstance(stream, StreamObject):
            return {}
        data = bytes(stream.get_data())
        first, count = (int(_plain(stream, key)) for key in ("/First", "/N"))
        numbers = [int(n) for n in NUMBER.findall(data[:first])[: 2 * max(count, 0)]]
        places = list(zip(numbers[1::2], numbers[::2], strict=False))
        ends = [offset for offset, _ in places[1:]] + [len(data) - first]
        if first < 0 or any(a > b for (a, _), b in zip(places, ends, strict=True)):
            raise PdfReadError("an object stream's index is out of order")
        return {
            owner: data[first + offset : first + end]
            for (offset, owner), end in zip(places, ends, strict=True)
            if self.xref_objStm.get(owner, (None,))[0] == number
        }


def _plain(stream: DictionaryObject, key: str) -> Any:
    return stream[key].get_object()

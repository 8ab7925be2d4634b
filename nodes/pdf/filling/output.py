"""Write a PDF from what can be reached: untouched objects as they stand, the others anew.

Objects keep their numbers, so that untouched bytes stay right; what nothing leads to is not
written. Dictionaries go into compressed object streams (ISO 32000-1, 7.5.7 and 7.5.8).
"""

import hashlib
import io
import re
import struct
import zlib
from collections.abc import Iterable

from pypdf.generic import IndirectObject, PdfObject

from nodes.pdf.filling.dictionaries import known_as
from nodes.pdf.filling.serial import serial
from nodes.pdf.filling.source import Original, Raw
from nodes.pdf.filling.strip import clean, suspect

REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|(\d+)\s+(\d+)\s+R(?![A-Za-z])", re.DOTALL)
PACKED, LEVEL = 200, 6


class Output:
    """The document to be: changed and new objects, beside the original's own."""

    def __init__(self, original: Original) -> None:
        """Start with nothing changed."""
        self.original = original
        self._changed: dict[int, PdfObject] = {}
        self._made: dict[int, Raw] = {}
        known = (*original.xref.get(0, ()), *original.xref_objStm, 0)
        self._next = max(known) + 1
        self._generations: dict[int, int] = {}

    def change(self, found: PdfObject) -> None:
        """Write this object of the original anew, if it is one of its own."""
        known = known_as(found)
        if known is not None:
            self._changed[known.idnum] = found

    def replace(self, reference: IndirectObject, found: PdfObject) -> None:
        """Write another object in an original's place."""
        self._changed[reference.idnum] = found

    def reserve(self) -> IndirectObject:
        """Take a number for an object that is made later."""
        self._next += 1
        return IndirectObject(self._next - 1, 0, self.original)

    def add(self, found: PdfObject, reference: IndirectObject | None = None) -> IndirectObject:
        """Add an object."""
        reference = reference or self.reserve()
        self._made[reference.idnum] = serial(clean(found))
        return reference

    def raw(self, body: str, reference: IndirectObject | None = None) -> IndirectObject:
        """Add an object that is written already."""
        reference = reference or self.reserve()
        self._made[reference.idnum] = (body.encode("latin-1"), None)
        return reference

    def stream(self, entries: str, data: bytes) -> IndirectObject:
        """Add a stream with these dictionary entries; long ones are compressed."""
        reference = self.reserve()
        if len(data) > 120:
            data, entries = zlib.compress(data, LEVEL), entries + " /Filter /FlateDecode"
        self._made[reference.idnum] = (f"<<{entries} /Length {len(data)}>>".encode(), data)
        return reference

    def write(self, root: IndirectObject, info: IndirectObject) -> bytes:
        """Write all that can be reached from ``root`` and ``info``; same input, same bytes."""
        reached = self._reached((root, info))
        target = io.BytesIO(b"")
        target.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        rows: dict[int, tuple[int, int, int]] = {}
        plain: list[tuple[int, bytes]] = []
        for number in sorted(reached):
            head, data = reached[number]
            generation = self._generations.get(number, 0)
            if data is None and not generation:
                plain.append((number, head))
                continue
            rows[number] = (1, target.tell(), generation)
            target.write(_object(number, generation, head, data))
        for start in range(0, len(plain), PACKED):
            number = self.reserve().idnum
            members = plain[start : start + PACKED]
            rows |= {owner: (2, number, place) for place, (owner, _) in enumerate(members)}
            rows[number] = (1, target.tell(), 0)
            target.write(_object(number, 0, *_packed(members)))
        self._table(target, rows, root, info)
        return target.getvalue()

    def _reached(self, roots: Iterable[IndirectObject]) -> dict[int, Raw]:
        found: dict[int, Raw] = {}
        waiting = [(root.idnum, root.generation) for root in roots]
        while waiting:
            number, generation = waiting.pop()
            if number in found:
                continue
            found[number] = raw = self._raw(number, generation)
            if generation:
                self._generations[number] = generation
            waiting += [(int(a), int(b)) for a, b in REFERENCE.findall(raw[0]) if a]
        return found

    def _raw(self, number: int, generation: int) -> Raw:
        if number in self._made:
            return self._made[number]
        if number in self._changed:
            return serial(clean(self._changed[number]))
        raw = self.original.raw(number, generation)
        if raw is not None and not suspect(raw[0]):
            return raw
        if raw is None and not self.original.holds(number):
            return b"null", None
        reference = IndirectObject(number, generation, self.original)
        return serial(clean(self.original.get_object(reference)))

    def _table(
        self,
        target: io.BytesIO,
        rows: dict[int, tuple[int, int, int]],
        root: IndirectObject,
        info: IndirectObject,
    ) -> None:
        number = self.reserve().idnum
        place = target.tell()
        mark = hashlib.sha256(target.getbuffer()).hexdigest()[:32].upper()
        rows = {0: (0, 0, 65535), **rows, number: (1, place, 0)}
        runs: list[list[int]] = []
        for one in sorted(rows):
            if runs and one == sum(runs[-1]):
                runs[-1][1] += 1
            else:
                runs.append([one, 1])
        table = b"".join(struct.pack(">BIH", *rows[one]) for one in sorted(rows))
        data = zlib.compress(table, LEVEL)
        head = (
            f"<</Type /XRef /Size {max(rows) + 1} /W [1 4 2] /Root {_reference(root)}"
            f" /Info {_reference(info)} /ID [<{mark}> <{mark}>]"
            f" /Index [{' '.join(f'{a} {b}' for a, b in runs)}]"
            f" /Filter /FlateDecode /Length {len(data)}>>"
        )
        target.write(_object(number, 0, head.encode(), data))
        target.write(f"startxref\n{place}\n%%EOF\n".encode())


def _reference(reference: IndirectObject) -> str:
    return f"{reference.idnum} {reference.generation} R"


def _object(number: int, generation: int, head: bytes, data: bytes | None) -> bytes:
    tail = b"" if data is None else b"\nstream\n" + data + b"\nendstream"
    return b"%d %d obj\n%b%b\nendobj\n" % (number, generation, head.strip(), tail)


def _packed(members: list[tuple[int, bytes]]) -> Raw:
    index, bodies, place = [], [], 0
    for number, body in members:
        index.append(f"{number} {place}")
        bodies.append(body.strip() + b"\n")
        place += len(bodies[-1])
    first = " ".join(index).encode() + b"\n"
    data = zlib.compress(first + b"".join(bodies), LEVEL)
    head = (
        f"<</Type /ObjStm /N {len(members)} /First {len(first)}"
        f" /Filter /FlateDecode /Length {len(data)}>>"
    )
    return head.encode(), data

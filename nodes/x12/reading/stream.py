"""Reading X12 segment by segment, in bounded memory, its envelopes checked on the way."""

import re
from collections.abc import Iterator
from itertools import chain

from nodes.errors import UnreadableDocument
from nodes.settings import settings
from nodes.x12.finding import Finding
from nodes.x12.reading.binary import BINARY, binary
from nodes.x12.reading.control import Control
from nodes.x12.reading.header import LONGEST, Header, UnknownHeader, parse
from nodes.x12.reading.limits import Limits
from nodes.x12.reading.noting import Findings
from nodes.x12.reading.rows import Rows
from nodes.x12.reading.source import PIECE, Buffer, Source
from nodes.x12.reading.wrapping import wrapping
from nodes.x12.segments import BLANKS, Separators

FIXED = re.compile(r"ISA([^\w\s]).{2}\1.{10}\1.{2}\1.{10}\1.{2}\1.{15}\1")
AFTER = BLANKS + "\x1a\0\ufeff"


class Reader:
    """The segments of a text, of bytes or of an open file, as lists of elements, the id first.

    ``separators`` are those of the segment at hand; ``began`` says that the batch at hand is an
    ISA, which opens an interchange. ``findings`` is whole once all is read.
    Raises UnreadableDocument when not even the separators are known, or a limit is passed.

    >>> for elements in Reader(open("claims.edi", "rb")):
    ...     print(elements[0])
    """

    def __init__(self, source: Source, limits: Limits | None = None) -> None:
        """Take hold of a source; without limits, those for streams of the settings hold."""
        self.limits = limits or settings().x12.stream
        self.separators = Separators()
        self.began = False
        self._noted = Findings(self.limits.findings)
        self._control = Control(self._noted, self.limits)
        self._buffer = Buffer(source, self.limits.characters)
        self._rows = Rows(self._buffer, self._control, self.limits)
        self._started = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found wrong so far."""
        return tuple(self._noted.items)

    def __iter__(self) -> Iterator[list[str]]:
        """Read on, one segment after another."""
        return chain.from_iterable(self.batches())

    def batches(self) -> Iterator[list[list[str]]]:
        """Read on, some hundred segments at a time; an interchange begins a batch of its own."""
        while header := self._header():
            self.separators, self.began = header.separators, True
            self._rows.begin(header)
            yield [header.elements]
            self.began = False
            yield from self._interchange()
        self._noted.close()

    def _interchange(self) -> Iterator[list[list[str]]]:
        while self._control.open:
            self._buffer.skip("\r\n")
            if self._buffer.startswith("ISA") and self._next_header():
                return
            batch = self._batch()
            if batch is None:
                self._control.last = self._rows.place
                self._control.cut()
                return
            yield batch

    def _batch(self) -> list[list[str]] | None:
        mark = self.separators.element
        if any(self._buffer.startswith(name + mark) for name in BINARY):
            found = binary(self._buffer, self.separators, self.limits.binary)
            return self._rows.single(found)
        return self._rows.next()

    def _header(self) -> Header | None:
        """The next ISA; none at the end of the text."""
        buffer = self._buffer
        blank = buffer.skip(AFTER + "\xef\xbb\xbf" if buffer.binary else AFTER)
        if not self._started:
            return self._first(blank)
        if not buffer.left:
            return None
        found = self._next_header()
        if found is None and not self._control.open:
            self._noted.note("envelope.after-end", self._rows.place, None)
            self._seek()
            found = self._next_header()
        return self._taken(found) if found else None

    def _first(self, blank: int) -> Header:
        buffer, self._started = self._buffer, True
        buffer.fill(PIECE)
        if not buffer.left:
            raise UnreadableDocument("the document is empty")
        wrapped = wrapping(buffer.data[buffer.at : buffer.at + PIECE])
        if wrapped:
            buffer.unwrap(wrapped)
        buffer.fill(LONGEST)
        found = parse(buffer.data[buffer.at : buffer.at + LONGEST])
        if blank:
            found.faults.append(("text.blank-start", None))
        if wrapped:
            found.faults.append(("text.wrapped", None))
        return self._taken(found)

    def _next_header(self) -> Header | None:
        """The ISA that comes next, if that is one."""
        self._buffer.fill(LONGEST)
        try:
            return parse(self._buffer.data[self._buffer.at : self._buffer.at + LONGEST])
        except UnknownHeader:
            return None

    def _taken(self, header: Header) -> Header:
        self._control.begin(header.elements, header.faults)
        self._buffer.at += header.length
        return header

    def _seek(self) -> None:
        """Pass over a text that is no X12, to the next ISA of the usual form or the end."""
        buffer = self._buffer
        while True:
            found = FIXED.search(buffer.data, buffer.at)
            if found:
                buffer.at = found.start()
                return
            if buffer.ended:
                buffer.at = len(buffer.data)
                return
            buffer.at = max(buffer.at, len(buffer.data) - LONGEST)
            buffer.fill(buffer.left + PIECE)

"""Where X12 comes from: texts, bytes and files, read piece by piece into one moving buffer.

Bytes are carried one character per byte until a segment is cut, so that lengths given in bytes
hold; ``recoded`` then reads a segment's text as UTF-8.
"""

from typing import Protocol

from nodes.errors import UnreadableDocument
from nodes.x12.reading.wrapping import Wrapping

PIECE = 1 << 16
UTF16 = "this is UTF-16 text: save it as UTF-8 or ASCII and send it again"
NO_TEXT = "this is not X12: it is binary data"
EBCDIC = "this is EBCDIC: have it converted to ASCII on transfer and send it again"
LARGE = "the document is larger than this reader takes"


class Readable(Protocol):
    """A file open for reading, as text or as bytes."""

    def read(self, size: int, /) -> str | bytes | None:
        """Give at most so many characters or bytes; nothing at the end."""


Source = str | bytes | bytearray | memoryview | Readable


class Buffer:
    """The piece of the text at hand: what is before ``at`` is done with."""

    __slots__ = ("_got", "_limit", "_source", "_wrapping", "at", "binary", "data", "ended")

    def __init__(self, source: Source, limit: int) -> None:
        """Take hold of a source; nothing of a file is read yet."""
        self.data, self.at, self.ended, self.binary = "", 0, False, False
        self._source: Readable | None = None
        self._wrapping: Wrapping | None = None
        self._limit, self._got = limit, 0
        if isinstance(source, str):
            self.data, self.ended = self._counted(source), True
        elif isinstance(source, bytes | bytearray | memoryview):
            self._source = _Bytes(source)
        else:
            self._source = source
        self.fill(200)
        self._decline()

    def fill(self, wanted: int) -> None:
        """Have so many characters behind ``at``, unless the source ends before."""
        have = len(self.data) - self.at
        if have >= wanted or self.ended:
            return
        pieces = [self.data[self.at :]]
        while have < wanted and not self.ended:
            pieces.append(self._piece(max(PIECE, wanted // 2)))
            have += len(pieces[-1])
        self.data, self.at = "".join(pieces), 0

    def startswith(self, text: str) -> bool:
        """Whether this comes next."""
        self.fill(len(text))
        return self.data.startswith(text, self.at)

    @property
    def left(self) -> int:
        """How many characters are at hand."""
        return len(self.data) - self.at

    def skip(self, characters: str) -> int:
        """Pass over any of these characters and say how many there were."""
        passed = 0
        while True:
            self.fill(1)
            rest = self.data[self.at : self.at + PIECE]
            blank = len(rest) - len(rest.lstrip(characters))
            self.at, passed = self.at + blank, passed + blank
            if blank < len(rest) or not rest:
                return passed

    def unwrap(self, wrapping: Wrapping) -> None:
        """Join the lines of the whole rest that were broken at a fixed column."""
        self._wrapping = wrapping
        self.data, self.at = wrapping.join(self.data[self.at :], last=self.ended), 0

    def _piece(self, size: int) -> str:
        assert self._source is not None
        try:
            piece = self._source.read(size)
        except UnicodeDecodeError:
            raise UnreadableDocument(
                "the file is not in the encoding it was opened with: open it as bytes"
            ) from None
        if isinstance(piece, bytes):
            self.binary, text = True, piece.decode("latin-1")
        else:
            text = piece or ""
        self._counted(text)
        self.ended = not text
        return self._wrapping.join(text, last=self.ended) if self._wrapping else text

    def _counted(self, text: str) -> str:
        self._got += len(text)
        if self._got > self._limit:
            raise UnreadableDocument(LARGE)
        return text

    def _decline(self) -> None:
        start = self.data[:8]
        if start.startswith(("\xff\xfe", "\xfe\xff")) or _doubled(start):
            raise UnreadableDocument(UTF16)
        if "\0" in start:
            raise UnreadableDocument(NO_TEXT)
        if start.startswith("\xc9\xe2\xc1"):
            raise UnreadableDocument(EBCDIC)


def _doubled(start: str) -> bool:
    """Whether every other character is a zero and not all are, as in UTF-16 without a mark."""
    first, second = set(start[::2]), set(start[1::2])
    return bool(second) and first != second and {"\0"} in (first, second)


class _Bytes:
    """Bytes in memory, as a file."""

    def __init__(self, source: bytes | bytearray | memoryview) -> None:
        self._view = memoryview(source).cast("B")
        self._at = 0

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        self._at += size
        return bytes(self._view[self._at - size : self._at])


def recoded(row: str) -> tuple[str, bool]:
    """Read bytes carried one per character as UTF-8; false: they are none and stay Latin-1."""
    try:
        return row.encode("latin-1").decode("utf-8"), True
    except UnicodeDecodeError:
        return row, False

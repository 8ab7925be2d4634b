"""BIN and BDS: segments whose data is as long as they say, whatever characters are in it."""

from nodes.errors import UnreadableDocument
from nodes.x12.reading.source import Buffer
from nodes.x12.segments import Separators

LENGTH_AT = {"BIN": 1, "BDS": 2}
BINARY = tuple(LENGTH_AT)
HEAD = 64


def binary(buffer: Buffer, separators: Separators, most: int) -> list[str] | None:
    """Read the BIN or BDS that comes next by its length; none: the length does not hold.

    The length counts bytes. Raises UnreadableDocument when it is more than ``most``.
    """
    buffer.fill(HEAD)
    head = buffer.data[buffer.at : buffer.at + HEAD]
    place = LENGTH_AT[head[:3]]
    given = head.split(separators.element, place + 1)[: place + 1]
    length = given[-1]
    if len(given) <= place or not (length.isascii() and length.isdigit() and len(length) < 16):
        return None
    if int(length) > most:
        raise UnreadableDocument("the data of a BIN or BDS is longer than this reader takes")
    skipped = len(separators.element.join(given)) + 1
    buffer.fill(skipped + int(length) + 1)
    start = buffer.at + skipped
    for characters in _sizes(buffer, start, int(length)):
        end = start + characters
        if end <= len(buffer.data) and buffer.data[end : end + 1] in {separators.segment, ""}:
            buffer.at = end + 1
            return [*given, buffer.data[start:end]]
    return None


def _sizes(buffer: Buffer, start: int, length: int) -> list[int]:
    """How many characters so many bytes may be: as UTF-8, or as one character per byte."""
    data = buffer.data[start : start + length]
    if buffer.binary or data.isascii():
        return [length]
    encoded = data.encode("utf-8", "surrogatepass")[:length]
    return [len(encoded.decode("utf-8", "ignore")), length]

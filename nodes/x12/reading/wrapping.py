"""Lines broken at a fixed column, as mainframes and mail do: noticing it, and joining them."""

from nodes.x12.reading.header import UnknownHeader, parse

NARROWEST = 20


class Wrapping:
    """Joins every line of exactly ``width`` characters that no terminator ends with the next."""

    __slots__ = ("_open", "_over", "_terminator", "width")

    def __init__(self, width: int, terminator: str) -> None:
        """Begin at the start of a line."""
        self.width = width
        self._terminator = terminator
        self._open, self._over = "", False

    def join(self, piece: str, *, last: bool) -> str:
        """The next piece of the text without its wraps; an unfinished line waits for the rest."""
        lines = (self._open + piece).split("\n")
        self._open = "" if last else lines.pop()
        joined = [self._line(line) for line in lines]
        if last and joined:
            joined[-1] = joined[-1].removesuffix("\n")
        if len(self._open) > self.width + 1:
            joined.append(self._open)
            self._open, self._over = "", True
        return "".join(joined)

    def _line(self, line: str) -> str:
        bare = line.removesuffix("\r")
        broken = len(bare) == self.width and not self._over and bare[-1] != self._terminator
        self._over = False
        return bare if broken else line + "\n"


def wrapping(head: str) -> Wrapping | None:
    """See from the beginning of a text, its ISA first, whether its lines are wrapped.

    They are when every line that does not end a segment has the same width and none is longer;
    behind column 106, where the ISA itself is whole, one such line alone is no wrap but a break.
    """
    if "\n" not in head:
        return None
    lines = [line.removesuffix("\r") for line in head.split("\n")]
    terminator = _terminator(head, "".join(lines))
    if terminator is None or terminator in "\r\n":
        return None
    broken = [line for line in lines[:-1] if line and not line.rstrip().endswith(terminator)]
    width = len(broken[0]) if broken else 0
    regular = all(len(line) == width for line in broken) and max(map(len, lines)) <= width
    if width < NARROWEST or not regular or (width >= 106 and len(broken) < 2):
        return None
    return Wrapping(width, terminator)


def _terminator(head: str, joined: str) -> str | None:
    for text in (head, joined):
        try:
            found = parse(text)
        except UnknownHeader:
            continue
        if not found.faults:
            return found.separators.segment
    try:
        return parse(joined).separators.segment
    except UnknownHeader:
        return None

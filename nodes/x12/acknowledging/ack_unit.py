"""The business unit each segment of a transaction set stands in, by its trace number (TRN02)."""

from collections.abc import Sequence

from nodes.x12.guide import positions

Elements = list[str]
OPENERS = frozenset({"HL", "LX"})
PARTY = "NM1"


class Units:
    """The trace numbers of a set while it is gone through, one for each segment; empty: none.

    A TRN before the first NM1 of a level belongs to the level as a whole (278: patient event and
    service) and to the levels under it that have none; any other opens a unit of its own (276 and
    277: one claim). A level without a TRN is in the unit above it, never in one before or after.
    """

    def __init__(self, segments: Sequence[Elements]) -> None:
        """Go through a set once."""
        self.found: list[str] = []
        self._levels: dict[str, str] = {}
        self._number = self._current = ""
        self._start, self._fresh, self._own = 0, True, False
        for elements in segments:
            name = elements[0].strip().upper()
            if name in OPENERS:
                self._open(name, elements)
            elif name == "TRN":
                self._trace(at(elements, positions("TRN")["number"][0]))
            elif name == PARTY:
                self._fresh = False
            self.found.append(self._current)

    def _open(self, name: str, elements: Elements) -> None:
        """A level, or a line of one: it begins in the unit above it."""
        above = self._number
        if name == "HL":
            self._number, above = at(elements, 1), at(elements, 2)
        self._current = self._levels.get(above, "")
        self._start, self._fresh, self._own = len(self.found), True, False
        if name == "HL":
            self._levels[self._number] = self._current

    def _trace(self, number: str) -> None:
        if not self._fresh:
            self._current = number
        elif number and not self._own:
            self._current, self._own = number, True
            self._levels[self._number] = number
            self.found[self._start :] = [number] * (len(self.found) - self._start)


def at(elements: Elements, number: int) -> str:
    """An element, counted from 1; absent is empty."""
    return elements[number] if number < len(elements) else ""

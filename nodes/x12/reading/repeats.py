"""Control numbers that come twice, found in little memory."""

from nodes.x12.reading.noting import Findings


class Numbers:
    """Control numbers met so far; those that count on from the first need no room.

    Beyond ``most`` others, repeats among them are no longer looked for, and that is noted.
    """

    __slots__ = ("_findings", "_first", "_full", "_most", "_next", "_others", "_width", "expected")

    def __init__(self, findings: Findings, most: int) -> None:
        """Nothing was met yet."""
        self._findings, self._most = findings, most
        self.expected = ""
        self._first = self._next = self._width = 0
        self._others: set[str] = set()
        self._full = False

    def goes_on(self, number: str) -> bool:
        """Whether this is simply the next number, which needs no other check; it is counted."""
        if number != self.expected or number in self._others or not number:
            return False
        self._next += 1
        self.expected = f"{self._next:0{self._width}d}"
        return True

    def repeated(self, number: str) -> bool:
        """Remember one, and say whether it was there before."""
        if self.goes_on(number):
            return False
        if number.isascii() and number.isdigit() and len(number) < 10:
            value = int(number)
            if not self.expected:
                self._first, self._width = value, len(number)
                self._next = value + 1
                self.expected = f"{self._next:0{self._width}d}"
                return False
            if self._first <= value < self._next and number == f"{value:0{self._width}d}":
                return True
        return self._other(number)

    def _other(self, number: str) -> bool:
        if number in self._others:
            return True
        if len(self._others) < self._most:
            self._others.add(number)
        elif not self._full:
            self._full = True
            self._findings.note("text.control-numbers", 1, None)
        return False

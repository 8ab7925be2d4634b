"""The HL tree of one transaction set, checked as it goes by, in a few bytes per level."""

from array import array
from collections.abc import MutableSequence

from nodes.x12.reading.noting import Findings

CLAIMS = {"0": 0, "1": 1, "": 2}
UNSAID, NONSENSE = 2, 3
OTHERS = 255
MANY, FEW = 20_000, 32
USUAL = tuple(map(str, range(1_000)))
VALUES = {text: value for value, text in enumerate(USUAL) if value}


class Codes(dict[str, int]):
    """Numbers each HL03 met; there is room for 255."""

    def __missing__(self, code: str) -> int:
        """Give a new one the next number."""
        number = len(self)
        if number < OTHERS:
            self[code] = number
        return min(number, OTHERS)


class Levels:
    """Checks HL01 (counts on, once each), HL02 (names a level before it), HL04 (tells the truth).

    Levels numbered 1, 2, 3 ... as guides want them need no index of names; the first that is not
    so begins one, of at most ``most`` names.
    """

    __slots__ = (
        "_claims", "_deepest", "_depths", "_findings", "_known", "_last", "_most",
        "_named", "_parents", "_places", "_run", "_too_deep",
    )  # fmt: skip

    def __init__(self, findings: Findings, deepest: int, most: int) -> None:
        """Wait for the first transaction set."""
        self._findings, self._deepest, self._most = findings, deepest, most
        self.begin()

    def begin(self) -> None:
        """Wait for a transaction set."""
        self._claims: MutableSequence[int] = []
        self._parents: MutableSequence[int] = []
        self._depths: MutableSequence[int] = []
        self._places: MutableSequence[int] = []
        """Of each HL its place in the interchange, times 256, and its code's number."""
        self._known = Codes()
        self._named: dict[str, int] | None = None
        self._run = self._last = 0
        self._too_deep = False

    def take(self, elements: list[str], place: int) -> None:
        """One HL segment."""
        if len(elements) != 5:
            elements = [*elements, "", "", "", ""][:5]
        _, number, above, code, claim = elements
        named, parents, depths = self._named, self._parents, self._depths
        count = len(parents) + 1
        if named is not None or number != (USUAL[count] if count < 1_000 else str(count)):
            self._irregular(number, place, code)
        depth = 1
        if above:
            parent = VALUES.get(above, count) if self._named is None else count
            if parent >= count:
                parent = self._parent(above, count - 1, place, code)
            if parent:
                parents[parent - 1] = 1
                depth = depths[parent - 1] + 1
                if depth > self._deepest:
                    depth = self._deep(place, code)
        self._places.append(place << 8 | self._known[code])
        depths.append(depth)
        parents.append(0)
        self._claims.append(CLAIMS.get(claim, NONSENSE))
        if count == MANY:
            self._compact()

    def close(self) -> None:
        """The transaction set ends: now it is known who has children. Another may begin."""
        if self._claims != self._parents:
            self._children()
        if self._named is None and len(self._claims) < MANY and len(self._known) < FEW:
            for row in (self._claims, self._parents, self._depths, self._places):
                row.clear()
            self._too_deep = False
        else:
            self.begin()

    def _children(self) -> None:
        codes = [*self._known, *[""] * (OTHERS + 1)]
        for index, claim in enumerate(self._claims):
            if claim != self._parents[index] and claim != UNSAID:
                place = self._places[index]
                self._findings.note("hl.children", place >> 8, "HL", 4, codes[place & OTHERS])

    def current(self) -> str:
        """HL03 of the level at hand."""
        number = self._places[-1] & OTHERS if self._places else OTHERS
        return [*self._known][number] if number < OTHERS else ""

    def _compact(self) -> None:
        """Go on in the room of bytes: lists are quicker, but large."""
        self._claims, self._parents = bytearray(self._claims), bytearray(self._parents)
        self._depths, self._places = bytearray(self._depths), array("Q", self._places)

    def _deep(self, place: int, code: str) -> int:
        if not self._too_deep:
            self._too_deep = True
            self._findings.note("hl.depth", place, "HL", 2, code)
        return self._deepest

    def _parent(self, above: str, count: int, place: int, code: str) -> int:
        """The place of the level that HL02 names, from 1; 0: there is none, or none is known."""
        value = _counted(above)
        if 0 < value <= (count if self._named is None else self._run):
            return value
        found = self._named.get(above, 0) if self._named is not None else 0
        found = found if found <= count else 0
        if not found and (self._named is None or len(self._named) < self._most):
            self._findings.note("hl.parent", place, "HL", 2, code)
        return found

    def _irregular(self, number: str, place: int, code: str) -> None:
        """HL01 is not the number the level has by its place."""
        count = len(self._claims)
        if self._named is None:
            self._named, self._run, self._last = {}, count, count
        value = _counted(number)
        if not number:
            self._findings.note("hl.number", place, "HL", 1, code)
            return
        if number in self._named or 0 < value <= self._run:
            self._findings.note("hl.duplicate", place, "HL", 1, code)
            return
        if value != self._last + 1:
            self._findings.note("hl.sequence", place, "HL", 1, code)
        self._last = value or self._last
        if len(self._named) < self._most:
            self._named[number] = count + 1


def _counted(text: str) -> int:
    """A number as HL01 is to be written, without leading zeros; 0: it is none."""
    plain = text.isascii() and text.isdigit() and len(text) < 13 and text[0] != "0"
    return int(text) if plain else 0

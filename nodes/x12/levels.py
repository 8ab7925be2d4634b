"""The HL tree of one transaction set, checked as it goes by, in a few bytes per level."""

from array import array

from nodes.x12.noting import Findings

CHILDREN = {"0": 0, "1": 1, "": 2}
UNSAID, NONSENSE = 2, 3
OTHERS = 255


class Levels:
    """Checks HL01 (counts on, once each), HL02 (names a level before it), HL04 (tells the truth).

    Levels numbered 1, 2, 3 ... as guides want them need no index of names; the first that is not
    so makes one, of at most ``most`` names.
    """

    __slots__ = (
        "_claims", "_codes", "_depths", "_findings", "_known", "_last", "_most", "_named",
        "_parents", "_places", "_run", "_too_deep", "deepest",
    )  # fmt: skip

    def __init__(self, findings: Findings, deepest: int, most: int) -> None:
        """Begin a transaction set."""
        self._findings, self.deepest, self._most = findings, deepest, most
        self._claims, self._parents = bytearray(), bytearray()
        self._depths, self._places = bytearray(), array("L")
        self._codes = bytearray()
        self._known: dict[str, int] = {}
        self._named: dict[str, int] | None = None
        self._run = self._last = 0
        self._too_deep = False

    def take(self, elements: list[str], place: int) -> None:
        """One HL segment."""
        if len(elements) < 5:
            elements = [*elements, "", "", "", ""]
        number, above, code, child = elements[1], elements[2], elements[3], elements[4]
        self._findings.level = code
        count = len(self._claims)
        if self._named is not None or number != str(count + 1):
            self._irregular(number, place)
        depth = 1
        if above:
            parent = self._parent(above, count)
            if parent < 0:
                self._findings.note("hl.parent", place, "HL", 2)
            elif parent:
                self._parents[parent - 1] = 1
                depth = self._deeper(parent, place)
        self._claims.append(CHILDREN.get(child, NONSENSE))
        self._parents.append(0)
        self._depths.append(depth)
        self._places.append(place)
        if code not in self._known and len(self._known) < OTHERS:
            self._known[code] = len(self._known)
        self._codes.append(self._known.get(code, OTHERS))

    def close(self) -> None:
        """The transaction set ends: now it is known who has children."""
        if self._claims == self._parents:
            return
        codes = [*self._known, *[""] * (OTHERS + 1)]
        for index, claim in enumerate(self._claims):
            if claim != self._parents[index] and claim != UNSAID:
                level = codes[self._codes[index]]
                self._findings.note("hl.children", self._places[index], "HL", 4, level)

    def _deeper(self, parent: int, place: int) -> int:
        depth = min(self._depths[parent - 1] + 1, 255)
        if depth > self.deepest and not self._too_deep:
            self._too_deep = True
            self._findings.note("hl.depth", place, "HL", 2)
        return depth

    def _parent(self, above: str, count: int) -> int:
        """The place of the level that HL02 names, from 1; 0: not known; -1: there is none."""
        if self._named is None:
            place = _counted(above)
            return place if 0 < place <= count else -1
        place = _counted(above)
        if 0 < place <= self._run:
            return place
        return self._named.get(above, -1 if len(self._named) < self._most else 0)

    def _irregular(self, number: str, place: int) -> None:
        """HL01 is not the number the level has by its place."""
        count = len(self._claims)
        if self._named is None:
            self._named, self._run, self._last = {}, count, count
        value = _counted(number)
        if not number:
            self._findings.note("hl.number", place, "HL", 1)
            return
        if number in self._named or 0 < value <= self._run:
            self._findings.note("hl.duplicate", place, "HL", 1)
            return
        if value != self._last + 1:
            self._findings.note("hl.sequence", place, "HL", 1)
        self._last = value or self._last
        if len(self._named) < self._most:
            self._named[number] = count + 1


def _counted(text: str) -> int:
    """A number as HL01 is to be written, without leading zeros; 0: it is none."""
    plain = text.isascii() and text.isdigit() and len(text) < 13 and text[0] != "0"
    return int(text) if plain else 0

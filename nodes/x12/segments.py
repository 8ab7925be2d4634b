"""The smallest parts of an interchange: separators and segments."""

import re
from typing import NamedTuple

IDENTIFIER = re.compile(r"[A-Z][A-Z0-9]{1,2}\Z")
BLANKS = " \t\r\n"


class Separators(NamedTuple):
    """The characters that divide an interchange, as its ISA declares them."""

    element: str = "*"
    component: str = ":"
    repetition: str | None = "^"
    segment: str = "~"


class Segment(NamedTuple):
    """One segment: its place in the interchange (ISA is 1) and its elements, the id first."""

    place: int
    elements: list[str]
    separators: Separators = Separators()

    @property
    def id(self) -> str:
        """The segment's identifier, such as NM1."""
        return self.elements[0]

    def get(self, number: int) -> str:
        """Element ``number`` counted from 1 as the standard does; absent is empty."""
        return self.elements[number] if number < len(self.elements) else ""

    def parts(self, number: int) -> list[str]:
        """The components of an element; a plain element is its own only component."""
        return self.get(number).split(self.separators.component)

    def part(self, number: int, component: int) -> str:
        """Component ``component`` of element ``number``, both counted from 1; absent is empty."""
        parts = self.parts(number)
        return parts[component - 1] if component <= len(parts) else ""

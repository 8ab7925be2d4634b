"""What stands on a page: words, rules, squares, and the places where somebody is to write.

Boxes are left, top, right, bottom in points from the upper left corner of the upright page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

Box = tuple[float, float, float, float]
PlaceKind = Literal["text", "box", "radio", "list", "signature", "button"]


@dataclass(frozen=True)
class Phrase:
    """Words that stand together on a line."""

    text: str
    box: Box
    size: float = 0
    bold: bool = False
    shaded: bool = False


@dataclass(frozen=True)
class Printed:
    """What is printed on a page: ``across`` and ``down`` are rules, ``shades`` filled areas."""

    width: float
    height: float
    phrases: tuple[Phrase, ...] = ()
    across: tuple[Box, ...] = ()
    down: tuple[Box, ...] = ()
    squares: tuple[Box, ...] = ()
    shades: tuple[Box, ...] = ()
    runs: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where somebody is to write or tick: a widget of the PDF, or what printed lines suggest."""

    name: str
    page: int
    box: Box
    kind: PlaceKind
    tooltip: str | None = None
    states: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    max_length: int | None = None
    required: bool = False
    multiline: bool = False
    cells: int | None = None
    hidden: bool = False
    said: str = field(default="", compare=False)

    def at(self, box: Box) -> "Place":
        """The same place elsewhere."""
        return replace(self, box=box)


def overlap(a: float, b: float, c: float, d: float) -> float:
    """How much of the span a-b lies in the span c-d."""
    return max(0.0, min(b, d) - max(a, c))


def beside(one: Box, other: Box, share: float = 0.5) -> bool:
    """Whether two boxes stand on one line: they share that much of the lower one's height."""
    shared = overlap(one[1], one[3], other[1], other[3])
    return shared > share * max(0.1, min(one[3] - one[1], other[3] - other[1]))


def above(one: Box, other: Box, share: float = 0.0) -> bool:
    """Whether two boxes share columns: that much of the narrower one's width."""
    shared = overlap(one[0], one[2], other[0], other[2])
    return shared > share * max(0.1, min(one[2] - one[0], other[2] - other[0]))


def within(point: tuple[float, float], box: Box, slack: float = 0.0) -> bool:
    """Whether a point lies in a box."""
    across = box[0] - slack <= point[0] <= box[2] + slack
    return across and box[1] - slack <= point[1] <= box[3] + slack


def middle(box: Box) -> tuple[float, float]:
    """The middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )

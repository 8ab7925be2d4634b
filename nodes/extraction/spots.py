"""A place of a text that names something: what every reader of this room finds."""

from typing import Literal, NamedTuple

from nodes.chart import Coding
from nodes.entity import Slot

# How a place was found: in a word list, by its shape, behind a label, as a code, by the caller.
How = Literal["listed", "shape", "labelled", "code", "term"]


class Spot(NamedTuple):
    """Words ``start`` to ``end`` of a text and what they name; ``kind`` says which of its slot."""

    start: int
    end: int
    slot: Slot
    value: str
    how: How
    kind: str | None = None
    code: Coding | None = None

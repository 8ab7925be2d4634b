"""What is asked of a filling, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Box = tuple[float, float, float, float]

IssueCode = Literal[
    "unknown_field",
    "ambiguous",
    "bad_choice",
    "too_long",
    "overflow",
    "unencodable",
    "signature",
    "hidden",
]


@dataclass(frozen=True)
class Entry:
    """A text with how it may be set.

    ``min_font`` is in points, never below 5. ``instead`` is what the box says when the text does
    not fit, the first that does; empty: the box shows as much of the text as it can hold.
    """

    text: str
    min_font: float = 6.0
    instead: tuple[str, ...] = ()


Value = str | Entry
"""A text, or for boxes and radio groups the exact state with its slash (``/On``, ``/Off``)."""


@dataclass(frozen=True)
class Placement:
    """A text at a place of a page that has no field there.

    ``page`` counts from 0; ``box`` is left, bottom, right, top in points from the lower left
    corner of the page as it is shown (its CropBox, turned by its /Rotate). ``align`` is 0 left,
    1 centred, 2 right. ``pitch`` sets each character by itself, that many points apart.
    ``face`` is a standard font (Helvetica, Courier, Times-Roman, each also -Bold).
    """

    id: str
    page: int
    box: Box
    value: Value
    size: float = 10.0
    align: int = 0
    multiline: bool = False
    pitch: float | None = None
    face: str = "Helvetica"


@dataclass(frozen=True)
class Issue:
    """Why a value is not, or not wholly, on the form.

    ``field`` is the full name asked for or the placement's id. ``allowed`` are the exact states
    of a box or the options of a list. ``shown`` is how many characters the box shows.
    """

    code: IssueCode
    field: str
    allowed: tuple[str, ...] = ()
    shown: int | None = None


@dataclass(frozen=True)
class Filled:
    """A filled form; ``shown`` tells of every text how many characters its box shows."""

    pdf: bytes
    issues: tuple[Issue, ...]
    shown: Mapping[str, int]

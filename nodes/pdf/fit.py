"""How text fits into a box: wrapped at blanks, shrunk to a smallest size, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

LEADING = 1.18
STEP = 0.5
NARROWEST = 0.2

Measure = Callable[[str, float], float]
"""The width of a text at a font size, both in points."""


@dataclass(frozen=True)
class Fit:
    """The size and the lines with which a text fits."""

    size: float
    lines: tuple[str, ...]


def fit(
    text: str,
    area: tuple[float, float],
    measure: Measure,
    *,
    size: float,
    smallest: float,
    multiline: bool,
) -> Fit | None:
    """Find the largest size from ``size`` down to ``smallest`` at which the whole text fits.

    ``area`` is width and height in points. None: it does not fit even at the smallest size.
    """
    width, height = area
    if len(text) * NARROWEST * LEADING * smallest**2 > width * height:
        return None
    tries = max(0, int((size - smallest) / STEP))
    for now in (*(size - STEP * n for n in range(tries + 1)), smallest):
        lines = tuple(wrap(text, width, measure, now)) if multiline else (" ".join(text.split()),)
        tall = now * (1 + LEADING * (len(lines) - 1))
        if tall <= height and all(measure(line, now) <= width for line in lines):
            return Fit(now, lines)
    return None


def wrap(text: str, width: float, measure: Measure, size: float) -> Iterator[str]:
    """Break text into lines no wider than ``width``; a word that is wider is broken too."""
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if measure(longer, size) <= width:
                line = longer
                continue
            if line:
                yield line
            *whole, line = _pieces(word, width, measure, size)
            yield from whole
        yield line


def _pieces(word: str, width: float, measure: Measure, size: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and measure(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces

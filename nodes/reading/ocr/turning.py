"""Which way a page lies: sideways, upside down, two pages side by side.

Only in the box.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nodes.reading.ocr.cleaning import Ink
from nodes.reading.ocr.found import Found

if TYPE_CHECKING:
    from PIL.Image import Image

Recognise = Callable[["Image"], list[Found]]
SMALL = 700
RULE = 0.35
SIDEWAYS = 1.5
POOR, BETTER = 0.62, 1.3
PART = 5
WIDE, GUTTER, MIDDLE, HEAD = 1.2, 0.045, (0.4, 0.6), 0.04


def lies_sideways(image: "Image") -> bool:
    """Whether lines of text run from top to bottom: ink then comes and goes across, not down."""
    ink = _small(image)
    return _rhythm(ink.T) > SIDEWAYS * _rhythm(ink)


def turned(image: "Image", recognise: Recognise) -> tuple["Image", int]:
    """Turn a page that lies sideways; give the degrees too, counter-clockwise."""
    if not lies_sideways(image):
        return image, 0
    ways = [(_worth(recognise(_part(_by(image, angle)))), angle) for angle in (90, 270)]
    worth, angle = max(ways)
    if worth <= _worth(recognise(_part(image))):
        return image, 0
    return _by(image, angle), angle


def over(image: "Image", words: Sequence[Found], recognise: Recognise) -> "Image | None":
    """Give a page the other way up when it was hardly read and a part of it reads better so."""
    if sureness(words) > POOR:
        return None
    other = _by(image, 180)
    better = _worth(recognise(_part(other))) > BETTER * _worth(recognise(_part(image)))
    return other if better else None


def sureness(words: Sequence[Found]) -> float:
    """Mean confidence of words, weighted by their length; 0 for none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def leaves(image: "Image") -> list[tuple[int, int]]:
    """Give the columns (from, to) of the pages on a sheet: two where a wide one has a gutter."""
    whole = [(0, image.width)]
    if image.width < WIDE * image.height:
        return whole
    ink = _small(image)[int(HEAD * SMALL) :]
    empty = ink.mean(axis=0) < 0.002
    first, last = (int(part * ink.shape[1]) for part in MIDDLE)
    start, length = _longest(empty[first:last])
    if length < GUTTER * ink.shape[1] or not (ink[:, :first].any() and ink[:, last:].any()):
        return whole
    cut = round((first + start + length / 2) / ink.shape[1] * image.width)
    return [(0, cut), (cut, image.width)]


def _by(image: "Image", angle: int) -> "Image":
    return image.rotate(angle, expand=True, fillcolor=255)


def _small(image: "Image") -> Ink:
    scale = SMALL / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    ink: Ink = np.asarray(image.resize(size).convert("L")) < 190
    return ink


def _rhythm(ink: Ink) -> float:
    """How strongly ink comes and goes from row to row, its rules left out."""
    shares = ink.mean(axis=1)
    shares = shares[shares < RULE]
    return float((np.diff(shares) ** 2).sum()) if len(shares) > 1 else 0.0


def _part(image: "Image") -> "Image":
    """Cut out the fifth of a page, across, that has the most ink."""
    shares = _small(image).mean(axis=1)
    high = max(1, len(shares) // PART)
    sums = np.convolve(np.where(shares < RULE, shares, 0), np.ones(high), "valid")
    top = int(np.argmax(sums)) / len(shares) * image.height
    return image.crop((0, int(top), image.width, int(top + image.height / PART)))


def _worth(words: Sequence[Found]) -> float:
    return sum(word.confidence**2 * len(word.text) for word in words if len(word.text) > 2)


def _longest(empty: "NDArray[np.bool_]") -> tuple[int, int]:
    """Where the longest run of empty columns starts, and how long it is."""
    best, start = (0, 0), 0
    for at, clear in enumerate([*empty.tolist(), False]):
        if not clear:
            best = max(best, (start, at - start), key=lambda run: run[1])
            start = at + 1
    return best

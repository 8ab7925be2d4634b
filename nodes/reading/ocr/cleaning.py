"""A fax made fit to be read: specks off, lost lines mended, its slant measured.

Only in the box. Rules measured on faxes of 204x196 and 204x98; they run at the fax's own
resolution, where a speck is one pixel. Black is True.
"""

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.bool_]
FEW_GREYS = 0.02
FULL, SURE = 0.9, 8
STEEPEST, TELLING, MOST_INK = 3.0, 1.05, 60_000


def is_two_tone(grey: "NDArray[np.uint8]") -> bool:
    """Whether a picture has hardly any greys between black and white: a fax or a 1-bit scan."""
    between = ((grey > 40) & (grey < 215)).mean()
    return bool(between < FEW_GREYS)


def without_specks(ink: Ink, lonely: int, enclosed: int) -> Ink:
    """Take out black pixels with so few black neighbours, fill white ones with so many."""
    ink = ink & (neighbours(ink) > lonely)
    filled: Ink = ink | (neighbours(ink) >= enclosed)
    return filled


def specks(ink: Ink) -> float:
    """Share of white paper's pixels that are black and stand alone."""
    alone = ink & (neighbours(ink) == 0)
    return float(alone.sum() / max(1, ink.size - ink.sum()))


def mended(ink: Ink) -> Ink:
    """Draw again the scan lines that were lost: all white or all black between two that agree."""
    share = ink.mean(axis=1)
    ink = ink.copy()
    for row in range(1, len(ink) - 1):
        above, below = ink[row - 1], ink[row + 1]
        both = above & below
        black = share[row] > FULL > max(share[row - 1], share[row + 1])
        if black or (both.sum() > SURE and not (ink[row] & both).any()):
            ink[row] = both
    return ink


def skew(ink: Ink, aspect: float) -> float:
    """Give the degrees by which a page's lines fall to the right; 0 where its rows do not tell.

    ``aspect``: pixels to the inch downwards for one across.
    """
    rows, columns = np.nonzero(ink & (neighbours(ink) > 1))
    few = slice(None, None, max(1, len(rows) // MOST_INK))
    rows, across = rows[few], columns[few] * aspect

    def sharpness(angle: float) -> float:
        level = rows - np.tan(np.radians(angle)) * across
        counts = np.bincount((level - level.min()).astype(np.intp)) if len(level) else np.zeros(1)
        return float((counts.astype(np.float64) ** 2).sum())

    coarse = [(sharpness(angle), angle) for angle in np.arange(-STEEPEST, STEEPEST + 0.1, 0.3)]
    _, near = max(coarse)
    height, best = max(
        (sharpness(angle), angle) for angle in np.arange(near - 0.3, near + 0.35, 0.1)
    )
    tells = height > TELLING * float(np.median([value for value, _ in coarse]))
    return round(float(best), 2) if tells else 0.0


def neighbours(ink: Ink) -> "NDArray[np.uint8]":
    """Count each pixel's black neighbours, of eight."""
    padded = np.pad(ink, 1).astype(np.uint8)
    across = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    counts: NDArray[np.uint8] = across[:-2] + across[1:-1] + across[2:] - ink
    return counts

"""A fax's picture made fit to be read: specks off, lost lines mended, turned upright, square pixels.

Only in the box. Rules measured on faxes of 204x196 and 204x98; they run at the fax's own
resolution, where a speck is one pixel. Black is True.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

Ink = NDArray[np.bool_]
DPI = 300
FEW_GREYS = 0.02
STEEPEST, STEP = 3.0, 0.1


def is_two_tone(grey: "NDArray[np.uint8]") -> bool:
    """Whether a picture has hardly any greys between black and white: a fax or a 1-bit scan."""
    between = ((grey > 40) & (grey < 215)).mean()
    return bool(between < FEW_GREYS)


def without_specks(ink: Ink, lonely: int, enclosed: int) -> Ink:
    """Take out black pixels with so few black neighbours, fill white ones with so many."""
    ink = ink & (_neighbours(ink) > lonely)
    return ink | (_neighbours(ink) >= enclosed)


def specks(ink: Ink) -> float:
    """Share of white paper's pixels that are black and stand alone."""
    alone = ink & (_neighbours(ink) == 0)
    return float(alone.sum() / max(1, ink.size - ink.sum()))


def mended(ink: Ink) -> Ink:
    """Draw again the scan lines that were lost: all white or all black between two that agree."""
    share = ink.mean(axis=1)
    ink = ink.copy()
    for row in range(1, len(ink) - 1):
        above, below = ink[row - 1], ink[row + 1]
        both = above & below
        if share[row] > 0.9 > max(share[row - 1], share[row + 1]):
            ink[row] = both
        elif both.sum() > 8 and not (ink[row] & both).any():
            ink[row] = both
    return ink


def skew(ink: Ink, down: float) -> float:
    """Give the degrees by which a page's lines fall to the right, where its rows tell."""
    fewer = _reduced(ink)
    profile = _Profile(fewer)
    angles = np.arange(-STEEPEST, STEEPEST + STEP / 2, STEP)
    heights = [profile.sharpness(float(angle), down) for angle in angles]
    best = int(np.argmax(heights))
    if heights[best] < 1.05 * float(np.median(heights)):
        return 0.0
    return float(angles[best])


class _Profile:
    """Ink added up along lines of a given slope."""

    def __init__(self, ink: Ink) -> None:
        self.rows, self.columns = np.nonzero(ink)
        self.height, self.width = ink.shape

    def sharpness(self, angle: float, aspect: float) -> float:
        shifted = self.rows - np.tan(np.radians(angle)) * (self.columns - self.width / 2) * aspect
        counts = np.bincount(
            np.clip(np.rint(shifted) + self.width, 0, None).astype(np.intp)
        ).astype(np.float64)
        return float((counts**2).sum())


def _reduced(ink: Ink) -> Ink:
    height, width = ink.shape[0], ink.shape[1] // 2 * 2
    return ink[:, :width].reshape(height, width // 2, 2).any(axis=2)


def _neighbours(ink: Ink) -> "NDArray[np.uint8]":
    padded = np.pad(ink, 1).astype(np.uint8)
    across = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    around: NDArray[np.uint8] = across[:-2] + across[1:-1] + across[2:] - ink
    return around

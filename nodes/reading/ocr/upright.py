"""A sheet made ready to be recognised: clean, straight, in square pixels, ink dark on light.

Only in the box.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nodes.reading.ocr import cleaning, restoring
from nodes.reading.ocr.sheet import Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 250
MIDDLE = 128
NOISY = 0.008
TURNED = 0.7
LONG = 60
LARGEST = 25_000_000


@dataclass(frozen=True)
class Ready:
    """A grey picture of square pixels, ``dpi`` to the inch."""

    image: "Image"
    dpi: float


def ready(sheet: Sheet) -> Ready:
    """Clean a sheet as far as it is a fax, and scale it."""
    from PIL import Image

    grey = np.asarray(sheet.image.convert("L"))
    if np.median(grey) < MIDDLE:
        grey = np.uint8(255) - grey
    if cleaning.is_two_tone(grey):
        grey = _cleaned(grey < MIDDLE, sheet)
    dpi = _dpi(sheet)
    size = (_least(sheet.width, dpi), _least(sheet.height, dpi))
    return Ready(Image.fromarray(grey).resize(size, Image.Resampling.LANCZOS), dpi)


def straight(image: "Image") -> "Image":
    """Turn a picture by the few degrees by which its lines fall or rise."""
    from PIL import Image

    angle = fall(image)
    if abs(angle) < TURNED:
        return image
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def fall(image: "Image") -> float:
    """Give the degrees by which a picture's lines fall to the right."""
    return cleaning.skew(np.asarray(image)[::2, ::2] < MIDDLE, 1.0)


def inked(image: "Image") -> float:
    """Give the share of a page that is dark: a letter has two or three in a hundred."""
    return float((np.asarray(image) < MIDDLE).mean())


def ruled(image: "Image") -> float:
    """Give the share of a page that long level runs of ink cover: its rules and black bands."""
    ink = (np.asarray(image)[::2, ::2] < MIDDLE).astype(np.int32)
    sums = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1)
    if sums.shape[1] <= LONG:
        return 0.0
    return float((sums[:, LONG:] - sums[:, :-LONG] == LONG).sum() / ink.size)


def _least(points: float, dpi: float) -> int:
    return max(1, round(points * dpi / 72))


def _dpi(sheet: Sheet) -> float:
    """Resolution at which letters of a page are neither too small nor dear to read."""
    inches = sheet.width * sheet.height / 72**2
    return min(float(DPI), float((LARGEST / inches) ** 0.5))


def _cleaned(ink: cleaning.Ink, sheet: Sheet) -> "NDArray[np.uint8]":
    net = restoring.net_for(sheet.across, sheet.down)
    if net:
        return restoring.restored(ink, net)
    noisy = cleaning.specks(ink) > NOISY
    ink = cleaning.without_specks(ink, lonely=int(noisy), enclosed=7 if noisy else 8)
    return np.where(ink, 0, 255).astype(np.uint8)

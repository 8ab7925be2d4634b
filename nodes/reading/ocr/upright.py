"""A sheet made ready to be recognised: clean, straight, in square pixels, ink dark on light.

Only in the box.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nodes.reading.ocr import cleaning
from nodes.reading.ocr.sheet import Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 250
NOISY = 0.008
PALE = 0.5
TURNED = 0.3
LARGEST = 25_000_000


@dataclass(frozen=True)
class Ready:
    """A grey picture of square pixels, ``dpi`` to the inch."""

    image: "Image"
    dpi: float


def ready(sheet: Sheet) -> Ready:
    """Clean a sheet as far as it is a fax, straighten it, and scale it."""
    from PIL import Image

    grey = np.asarray(sheet.image.convert("L"))
    if np.median(grey) < 128:
        grey = 255 - grey
    if cleaning.is_two_tone(grey):
        grey = _cleaned(grey < 128)
    ink = grey < 128
    dpi = _dpi(sheet)
    size = (
        max(1, round(grey.shape[1] * dpi / sheet.across)),
        max(1, round(grey.shape[0] * dpi / sheet.down)),
    )
    image = Image.fromarray(grey).resize(size, Image.Resampling.LANCZOS)
    angle = cleaning.skew(ink, sheet.down / sheet.across)
    if abs(angle) >= TURNED:
        image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return Ready(image, dpi)


def _dpi(sheet: Sheet) -> float:
    """Resolution at which letters of a page are neither too small nor dear to read."""
    inches = sheet.image.width / sheet.across * sheet.image.height / sheet.down
    return min(float(DPI), float((LARGEST / inches) ** 0.5))


def _cleaned(ink: cleaning.Ink) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    noisy = cleaning.specks(ink) > NOISY
    ink = cleaning.mended(ink)
    ink = cleaning.without_specks(ink, lonely=1 if noisy else 0, enclosed=7 if noisy else 8)
    return np.where(ink, 0, 255).astype(np.uint8)

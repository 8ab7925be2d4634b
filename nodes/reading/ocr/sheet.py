"""A page's picture as it came: pixels, how many to an inch each way, and the paper's size.

Only in the box. Formats: TIFF (G3, G4, LZW, JPEG; many pages), PNG, JPEG turned as its EXIF says,
and pages of a PDF drawn by pdfium.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nodes.pdf.box.verdict import Boxed
from nodes.pdf.picture import bounded, opened, rendered, whole_picture

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("TIFF", "PNG", "JPEG")
PDF = b"%PDF-"
PIXELS = 60_000_000
DPI = 300
POINTS = 72
LETTER = 8.5
FAX_WIDTHS = (range(1716, 1741), range(2040, 2053), range(2425, 2437))
FAX = (204.0, 196.0)
HALF_HIGH = 1.0
LONG_SIDE = 11.0


@dataclass(frozen=True)
class Sheet:
    """One page: ``image`` is in grey or of one bit; width and height of the paper in points."""

    image: "Image"
    across: float
    down: float

    @property
    def width(self) -> float:
        """Points."""
        return self.image.width / self.across * POINTS

    @property
    def height(self) -> float:
        """Points."""
        return self.image.height / self.down * POINTS


def is_pdf(data: bytes) -> bool:
    """Whether a document says that it is a PDF."""
    return PDF in data[:1024]


def pages(data: bytes) -> int:
    """Count a document's pages."""
    if is_pdf(data):
        with opened(data) as document:
            return len(document)
    with _image(data) as image:
        return int(getattr(image, "n_frames", 1))


def sheet(data: bytes, number: int) -> Sheet:
    """Open one page, numbered from 1; Boxed when it is larger than can be held."""
    if is_pdf(data):
        return _of_pdf(data, number)
    from PIL import ImageOps

    with _image(data) as image:
        image.seek(number - 1)
        if image.width * image.height > PIXELS:
            raise Boxed("limit")
        told = _told(image)
        upright = ImageOps.exif_transpose(image) if image.format == "JPEG" else image.copy()
        if upright.size != image.size:
            told = told and (told[1], told[0])
    across, down = told or guessed(*upright.size)
    return Sheet(_grey(upright), across, down)


def guessed(width: int, height: int) -> tuple[float, float]:
    """Guess how many pixels an inch has: a fax by its width, else a letter-sized paper.

    ITU-T T.4: 1728 pixels across 8.5 inches (2048 and 2432 across wider papers), and 196 or 98
    lines to the inch: a fax that would be wider than high has the fewer lines.
    """
    if any(width in widths for widths in FAX_WIDTHS):
        across, down = FAX
        return across, down / 2 if height < HALF_HIGH * width else down
    longest = max(width, height) / LONG_SIDE
    return longest, longest


def _of_pdf(data: bytes, number: int) -> Sheet:
    with opened(data) as document:
        page = document[number - 1]
        own = whole_picture(page)
        if own:
            image, width, height = own
            return Sheet(_grey(image), image.width / width * POINTS, image.height / height * POINTS)
        scale = bounded(page, DPI)
        image = rendered(page, scale, colour=False)
    return Sheet(image, scale * POINTS, scale * POINTS)


@contextmanager
def _image(data: bytes) -> "Iterator[Image]":
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombWarning:
            raise Boxed("limit") from None
        with image:
            yield image


def _told(image: "Image") -> tuple[float, float] | None:
    """Give the resolution that a file names, where it can be one of a page of text."""
    said = image.info.get("dpi")
    try:
        across, down = (float(value) for value in said)  # type: ignore[union-attr]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not (90 <= across <= 1300 and 45 <= down <= 1300 and 0.4 <= across / down <= 2.5):
        return None
    return across, down


def _grey(image: "Image") -> "Image":
    """Lay what is transparent on white, and leave the colours out."""
    from PIL import Image

    if image.mode in ("1", "L"):
        return image
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        over = image.convert("RGBA")
        paper = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(paper, over).convert("L")
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.point(lambda value: value / 256).convert("L")
    return image.convert("L")

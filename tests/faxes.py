"""Faxes made from pages: one bit a pixel, lines of a fax machine, and what a bad line does to them.

Deterministic: the same page, line and seed give the same picture.
"""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw, ImageFont

ACROSS = 204
WORD = re.compile(r"[^\W_](?:.*[^\W_])?")


@dataclass(frozen=True)
class Line:
    """How a page is sent: lines to an inch, share of flipped pixels, degrees, lost lines."""

    down: int = 196
    speckle: float = 0.004
    skew: float = 0.5
    lost: int = 3
    dither: bool = False
    header: bool = True
    scale: float = 1.0
    threshold: int = 140


FINE = Line()
STANDARD = Line(down=98)
BAD = Line(down=98, speckle=0.02, skew=1.2, lost=6)
LINES = {"fine": FINE, "standard": STANDARD, "bad": BAD}
DITHERED = replace(FINE, dither=True)


def fax(page: Image.Image, line: Line, seed: int = 0) -> Image.Image:
    """Send a grey page (any resolution, taken to be US letter wide) over a line."""
    chance = np.random.default_rng(seed)
    grey = page.convert("L").rotate(line.skew, Image.Resampling.BICUBIC, fillcolor=255)
    size = (round(8.5 * ACROSS), round(page.height / page.width * 8.5 * line.down))
    grey = _scaled(grey.resize(size, Image.Resampling.LANCZOS), line.scale)
    if line.header:
        _head(grey, line)
    one = grey.convert("1") if line.dither else grey.point(lambda v: 255 * (v > line.threshold))
    white = np.array(one.convert("L")) > 127
    white ^= chance.random(white.shape) < line.speckle
    for row in chance.integers(0, white.shape[0], line.lost):
        white[row] = bool(chance.random() < 0.7)
    return Image.fromarray(white)


def tiff(pages: Sequence[Image.Image], down: int | None, compression: str = "group4") -> bytes:
    """Write faxes as one TIFF; ``down`` None leaves the resolution out."""
    target = io.BytesIO()
    more = {} if down is None else {"dpi": (ACROSS, down)}
    pages[0].save(
        target,
        "TIFF",
        save_all=True,
        append_images=list(pages[1:]),
        compression=compression,
        **more,
    )
    return target.getvalue()


def png(page: Image.Image, dpi: tuple[float, float] | None = None) -> bytes:
    """Write a picture as PNG."""
    target = io.BytesIO()
    page.save(target, "PNG", **({} if dpi is None else {"dpi": dpi}))
    return target.getvalue()


def words(text: str) -> list[str]:
    """The words of a text without the marks around them."""
    found = (WORD.search(part) for part in text.split())
    return [match.group() for match in found if match]


def recall(truth: str, read: str) -> tuple[int, int]:
    """How many of the words of a page were read exactly, and how many there are."""
    wanted, got = Counter(words(truth)), Counter(words(read))
    return (wanted & got).total(), wanted.total()


def keys_read(keys: Sequence[str], read: str) -> int:
    """How many identifiers stand in what was read, letter for letter."""
    plain = " ".join(read.split())
    return sum(key in plain for key in keys)


def _scaled(grey: Image.Image, scale: float) -> Image.Image:
    if scale == 1.0:
        return grey
    small = grey.resize((round(grey.width * scale), round(grey.height * scale)))
    paper = Image.new("L", grey.size, 255)
    paper.paste(small, ((grey.width - small.width) // 2, (grey.height - small.height) // 2))
    return paper


def _head(grey: Image.Image, line: Line) -> None:
    strip = Image.new("L", (grey.width, 28), 255)
    font = ImageFont.load_default(22)
    said = "11/18/2026 09:42    FROM: 6145550101    TO: 6145550188    P. 01/03"
    ImageDraw.Draw(strip).text((60, 0), said, fill=0, font=font)
    grey.paste(strip.resize((grey.width, 28 * line.down // 196)), (0, 2))

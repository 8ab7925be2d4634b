"""How dark boxes of a page are: the job that tells a ticked box from an empty one, in the box."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nodes.pdf.picture import bounded, opened, rendered

if TYPE_CHECKING:
    from PIL.Image import Image

DPI, POINTS = 150, 72
DARK = 140


def shares(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[list[float], list[bytes]]:
    """Give the dark share of each of ``boxes`` (points from the upper left) on ``page`` (from 1).

    ``scanned``: the page's picture is made upright as recognition does, whose places these are.
    """
    image, scale = _picture(data, int(options["page"]), bool(options["scanned"]))
    grey = image.convert("L")
    return [_share(grey, [edge * scale for edge in box]) for box in options["boxes"]], []


def _picture(data: bytes, number: int, scanned: bool) -> "tuple[Image, float]":
    if scanned:
        from nodes.reading.ocr.sheet import sheet
        from nodes.reading.ocr.upright import ready

        one = ready(sheet(data, number))
        return one.image, one.dpi / POINTS
    with opened(data) as document:
        page = document[number - 1]
        scale = bounded(page, DPI)
        return rendered(page, scale, colour=False), scale


def _share(image: "Image", box: list[float]) -> float:
    left, top = max(0, round(box[0])), max(0, round(box[1]))
    right, bottom = min(image.width, round(box[2])), min(image.height, round(box[3]))
    if right - left < 2 or bottom - top < 2:
        return 0.0
    part = image.crop((left, top, right, bottom))
    return round(sum(part.histogram()[:DARK]) / (part.width * part.height), 4)

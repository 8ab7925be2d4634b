"""Pages of a PDF as pictures, upright as a person sees them; drawn in the safe box by pdfium.

A page's picture never has more than ``PIXELS`` pixels, however large the page says it is.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nodes.pdf.box.asking import ask

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

PIXELS = 20_000_000
MOST = 50
POINTS = 72
PICTURE, WHOLE = 3, 0.85


@dataclass(frozen=True)
class PagePicture:
    """A page's picture as PNG; width and height of the upright page in points."""

    number: int
    width: float
    height: float
    dpi: float
    png: bytes


def pictures(
    pdf: bytes,
    pages: Sequence[int] | None = None,
    dpi: float = 150,
    *,
    colour: bool = True,
    forms: bool = True,
    seconds: float = 20.0,
) -> tuple[PagePicture, ...]:
    """Draw pages (numbered from 1; none named: all, at most ``MOST``) with what is filled in.

    ``forms`` false leaves out fields and annotations. Raises Boxed.
    """
    options = {
        "pages": None if pages is None else list(pages),
        "dpi": dpi,
        "colour": colour,
        "forms": forms,
    }
    answer = ask("nodes.pdf.picture:draw", pdf, options, seconds=seconds)
    return tuple(
        PagePicture(png=png, **told) for told, png in zip(answer.told, answer.files, strict=True)
    )


def draw(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[list[dict[str, float]], list[bytes]]:
    """Draw pages as PNG: the job of ``pictures``, done in the box."""
    told, drawn = [], []
    with opened(data, forms=bool(options["forms"])) as document:
        wanted = options["pages"] or range(1, len(document) + 1)
        for number in [number for number in wanted if 1 <= number <= len(document)][:MOST]:
            page = document[number - 1]
            scale = bounded(page, float(options["dpi"]))
            image = rendered(page, scale, colour=options["colour"], forms=options["forms"])
            width, height = page.get_size()
            told.append({"number": number, "width": width, "height": height, "dpi": scale * POINTS})
            drawn.append(_png(image))
    return told, drawn


@contextmanager
def opened(data: bytes, *, forms: bool = True) -> "Iterator[PdfDocument]":
    """Open a PDF for drawing; only in the box."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        if forms:
            document.init_forms()
        yield document
    finally:
        document.close()


def bounded(page: "PdfPage", dpi: float) -> float:
    """Pixels per point at that resolution, fewer where the picture would be too large."""
    width, height = (max(side, 1.0) for side in page.get_size())
    most = float((PIXELS / (width * height)) ** 0.5)
    longest = 30_000 / max(width, height)
    return float(min(dpi / POINTS, most, longest))


def rendered(page: "PdfPage", scale: float, *, colour: bool, forms: bool = True) -> "Image":
    """Draw one page, in colours or in grey."""
    bitmap = page.render(scale=scale, grayscale=not colour, may_draw_forms=forms, draw_annots=forms)
    image: Image = bitmap.to_pil()
    image.load()
    return image


def whole_picture(page: "PdfPage") -> "tuple[Image, float, float] | None":
    """Give the picture that is all there is on a page, as it was scanned, and its size in points.

    None where there is more, or where it is turned, small, or too large to hold.
    """
    parts = list(page.get_objects(max_depth=3))
    if len(parts) != 1 or parts[0].type != PICTURE or page.get_rotation():
        return None
    place, (width, height), pixels = parts[0].get_matrix(), page.get_size(), parts[0].get_px_size()
    lies = abs(place.b) + abs(place.c) < 1 and place.a > 0 and place.d > 0
    if not lies or place.a * place.d < WHOLE * width * height or pixels[0] * pixels[1] > PIXELS:
        return None
    image: Image = parts[0].get_bitmap(render=False).to_pil()
    if image.mode not in ("1", "L", "RGB"):
        return None
    image.load()
    return image, place.a, place.d


def _png(image: "Image") -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=1)
    return target.getvalue()

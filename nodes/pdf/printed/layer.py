"""The words of a PDF's text layer with their places, and whether they are seen; only in the box.

What is filled in and laid over a page is part of it: pdfium flattens it first. A word is seen where
the drawn page has ink or contrast in its box; unpainted text (ISO 32000-1, 9.3.6) only over a
picture, where it is what was recognised in a scan.
"""

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nodes.pdf.picture import bounded, opened, rendered
from nodes.pdf.printed.upright import Corners, Upright

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

DPI = 100
POINTS = 72
UNPAINTED = (3, 7)
PICTURE, FORM = 3, 5
TINY = 1.5
CONTRAST = 18
DARK = 128
MOST_CHARS = 200_000
MOST_OBJECTS = 20_000


@dataclass
class Word:
    """A word while it is put together: its characters, box in PDF points, unpainted or not."""

    text: str
    box: Corners
    unpainted: bool
    mapped: bool

    def take(self, text: str, box: Corners, mapped: bool) -> None:
        """Add a character."""
        left, bottom, right, top = self.box
        self.text += text
        self.box = (
            min(left, box[0]),
            min(bottom, box[1]),
            max(right, box[2]),
            max(top, box[3]),
        )
        self.mapped = self.mapped and mapped


def read(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[dict[str, Any], list[bytes]]:
    """Give the first pages' words, and how many pages there are; ``options``: pages."""
    with opened(data) as document:
        most = int(options["pages"])
        pages = [_page(document, at) for at in range(min(len(document), most))]
        return {"count": len(document), "pages": pages}, []


def _page(document: "PdfDocument", at: int) -> dict[str, Any]:
    import pypdfium2.raw as pdfium

    page = document[at]
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    page = document[at]
    box = page.get_cropbox()
    upright = Upright((box[0], box[1], box[2], box[3]), page.get_rotation())
    scale = bounded(page, DPI)
    image = rendered(page, scale, colour=False)
    pictures = _pictures(page)
    words: list[list[Any]] = []
    hidden: list[list[Any]] = []
    for word in _words(page):
        place = upright.corners(*word.box)
        seen = _seen(word, place, image, scale, pictures)
        (words if seen else hidden).append([word.text, *place, word.unpainted, word.mapped])
    width, height = upright.size
    told = {
        "width": round(width, 2),
        "height": round(height, 2),
        "words": words,
        "hidden": " ".join(str(one[0]) for one in hidden)[:20_000],
        "pictured": _share(pictures, upright),
        "unread": _unread(image, [word[1:5] for word in words], scale),
    }
    page.close()
    return told


def _words(page: "PdfPage") -> Iterator[Word]:
    import pypdfium2.raw as pdfium

    layer = page.get_textpage()
    modes: dict[int, bool] = {}
    edges = tuple(ctypes.c_double() for _ in range(4))
    left, right, bottom, top = (ctypes.byref(edge) for edge in edges)
    word: Word | None = None
    for at in range(min(layer.count_chars(), MOST_CHARS)):
        char = chr(pdfium.FPDFText_GetUnicode(layer, at) or 0xFFFD)
        if char.isspace() or char in "\x00\x02\ufffe":
            if word:
                yield word
            word = None
            continue
        pdfium.FPDFText_GetCharBox(layer, at, left, right, bottom, top)
        box = (edges[0].value, edges[2].value, edges[1].value, edges[3].value)
        mapped = pdfium.FPDFText_HasUnicodeMapError(layer, at) != 1 and char != "\ufffd"
        unpainted = _unpainted(pdfium.FPDFText_GetTextObject(layer, at), modes)
        if word and word.unpainted == unpainted and _near(word, box):
            word.take(char, box, mapped)
            continue
        if word:
            yield word
        word = Word(char, box, unpainted, mapped)
    if word:
        yield word


def _near(word: Word, box: Corners) -> bool:
    """Whether a character goes on with a word: on its line, or at its top where it is turned."""
    left, bottom, right, top = word.box
    high = max(top - bottom, box[3] - box[1], 2.0)
    across = box[0] - right < high * 1.2 and left - box[2] < high * 1.2
    along = bottom - high < (box[1] + box[3]) / 2 < top + high
    return across and along


def _unpainted(text_object: Any, modes: dict[int, bool]) -> bool:
    import pypdfium2.raw as pdfium

    key = ctypes.cast(text_object, ctypes.c_void_p).value or 0
    if key not in modes:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object) if key else 0
        modes[key] = mode in UNPAINTED
    return modes[key]


def _seen(
    word: Word, place: Corners, image: "Image", scale: float, pictures: list[Corners]
) -> bool:
    box = word.box
    if word.unpainted and not any(_holds(one, box) for one in pictures):
        return False
    if min(box[2] - box[0], box[3] - box[1]) <= 0:
        return bool(box[2] - box[0] > TINY or box[3] - box[1] > TINY)
    if len(word.text) > 1 and max(box[3] - box[1], (box[2] - box[0]) / len(word.text)) < TINY:
        return False
    left, top, right, bottom = (int(edge * scale) for edge in place)
    left, top = max(0, left - 1), max(0, top - 1)
    right, bottom = min(image.width, right + 2), min(image.height, bottom + 2)
    if left >= right or top >= bottom:
        return False
    low, high = image.crop((left, top, right, bottom)).getextrema()
    return float(high) - float(low) >= CONTRAST  # type: ignore[arg-type]


def _holds(picture: Corners, box: Corners) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return picture[0] <= x <= picture[2] and picture[1] <= y <= picture[3]


def _pictures(page: "PdfPage") -> list[Corners]:
    """Give the boxes of a page's pictures, and of what may hold one, in PDF points."""
    import pypdfium2.raw as pdfium

    found = []
    edges = tuple(ctypes.c_float() for _ in range(4))
    for at in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        one = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == PICTURE or (kind == FORM and _pictured(one)):
            pdfium.FPDFPageObj_GetBounds(one, *(ctypes.byref(edge) for edge in edges))
            left, bottom, right, top = (edge.value for edge in edges)
            found.append((left, bottom, right, top))
    return found


def _pictured(form: Any) -> bool:
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFFormObj_CountObjects(form), MOST_OBJECTS)
    inside = (pdfium.FPDFFormObj_GetObject(form, at) for at in range(count))
    return any(pdfium.FPDFPageObj_GetType(one) == PICTURE for one in inside)


def _share(pictures: list[Corners], upright: Upright) -> float:
    """Give the share of the page that its largest picture covers."""
    left, bottom, right, top = upright.crop
    whole = max((right - left) * (top - bottom), 1.0)
    areas = [
        max(0.0, min(one[2], right) - max(one[0], left))
        * max(0.0, min(one[3], top) - max(one[1], bottom))
        for one in pictures
    ]
    return round(min(1.0, max(areas, default=0.0) / whole), 3)


def _unread(image: "Image", boxes: list[Any], scale: float) -> float:
    """Give the share of a page that is dark where no word was read."""
    from PIL import ImageDraw

    left = image.copy()
    draw = ImageDraw.Draw(left)
    for box in boxes:
        draw.rectangle(tuple(edge * scale for edge in box), fill=255)
    dark = sum(left.histogram()[:DARK])
    return round(dark / max(1, image.width * image.height), 5)

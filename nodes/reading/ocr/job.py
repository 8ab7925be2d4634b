"""The jobs of recognition in the box: how many pages a document has, and one page recognised."""

from collections.abc import Mapping, Sequence
from typing import Any

from nodes.reading.ocr import sheet as sheets
from nodes.reading.ocr import tesseract
from nodes.reading.ocr.found import Found, kept, lines
from nodes.reading.ocr.upright import Ready, ready

Told = dict[str, Any]


def count(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[int, Sequence[bytes]]:
    """Count a document's pages."""
    return sheets.pages(data), ()


def page(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[Told, Sequence[bytes]]:
    """Recognise one page: its size in points, and its lines of words with boxes in points."""
    one = ready(sheets.sheet(data, int(options["page"])))
    try:
        words = kept(_recognised(one, options))
    except tesseract.NoLanguage:
        return {"lacks": "language"}, ()
    scale = 72 / one.dpi
    told = [[_word(word, scale) for word in line] for line in lines(words)]
    width, height = one.image.size
    return {"width": width * scale, "height": height * scale, "lines": told}, ()


def _recognised(one: Ready, options: Mapping[str, Any]) -> list[Found]:
    if options["engine"] == "rapidocr":
        from nodes.reading.ocr import rapid

        return rapid.recognise(one.image)
    return tesseract.recognise(one.image, options["program"], tesseract.COLUMN, one.dpi)


def _word(word: Found, scale: float) -> list[Any]:
    box = [round(side * scale, 2) for side in word.box]
    return [word.text, round(word.confidence, 3), *box]

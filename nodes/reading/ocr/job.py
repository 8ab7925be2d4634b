"""The jobs of recognition in the box: how many pages a document has, and one page recognised."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nodes.reading.ocr import sheet as sheets
from nodes.reading.ocr import tesseract, turning
from nodes.reading.ocr.again import looked_again
from nodes.reading.ocr.found import Found, kept, lines
from nodes.reading.ocr.order import ordered
from nodes.reading.ocr.upright import Ready, fall, inked, ready, ruled, straight

if TYPE_CHECKING:
    from PIL.Image import Image

Told = dict[str, Any]
DENSE, BANDED = 0.04, 0.015


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
        image, words = _upright(one, options)
    except tesseract.NoLanguage:
        return {"lacks": "language"}, ()
    scale = 72 / one.dpi
    told = [[_word(word, scale) for word in line] for line in lines(words)]
    return {"width": image.width * scale, "height": image.height * scale, "lines": told}, ()


def _upright(one: Ready, options: Mapping[str, Any]) -> "tuple[Image, list[Found]]":
    """Recognise a page as it lies, or the other way round where that reads better."""

    def recognise(image: "Image") -> list[Found]:
        return kept(_recognised(image, one.dpi, options, tesseract.COLUMN))

    def read(image: "Image") -> list[Found]:
        return _read(image, one.dpi, options)

    image = straight(turning.turned(one.image, recognise)[0])
    words = _leaves(image, read)
    other = turning.over(image, words, recognise)
    return (image, words) if other is None else (other, _leaves(other, read))


def _leaves(image: "Image", read: turning.Recognise) -> list[Found]:
    parts = turning.leaves(image)
    if len(parts) == 1:
        return read(image)
    return [
        word.moved(start, number)
        for number, (start, end) in enumerate(parts)
        for word in read(image.crop((start, 0, end, image.height)))
    ]


def _read(image: "Image", dpi: float, options: Mapping[str, Any]) -> list[Found]:
    """Read a page: a dense one word by word, then ordered; others in tesseract's order.

    Word by word loses text in frames and bands, which a page with many of them has.
    """
    if options["engine"] == "rapidocr":
        return kept(_recognised(image, dpi, options, 0))
    dense = inked(image) > DENSE and ruled(image) < BANDED
    mode = tesseract.SPARSE if dense else tesseract.COLUMN
    words = looked_again(
        kept(_recognised(image, dpi, options, mode)),
        image,
        lambda paper: _recognised(paper, 2 * dpi, options, tesseract.BLOCK),
    )
    return ordered(words, dpi, fall(image)) if dense else words


def _recognised(image: "Image", dpi: float, options: Mapping[str, Any], mode: int) -> list[Found]:
    if options["engine"] == "rapidocr":
        from nodes.reading.ocr import rapid

        return rapid.recognise(image)
    return tesseract.recognise(image, options["program"], mode, dpi)


def _word(word: Found, scale: float) -> list[Any]:
    box = [round(side * scale, 2) for side in word.box]
    return [word.text, round(word.confidence, 3), *box]

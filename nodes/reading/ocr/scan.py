"""A scan or fax read: each page recognised in the safe box, within bounds of pages and time."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from nodes.document import DocumentPage, PageWord
from nodes.errors import NotConfigured
from nodes.pdf.box.asking import Boxed, ask
from nodes.reading.ocr.engines import LANGUAGE, Engine, Which, chosen

MOST_PAGES = 50
SECONDS = 120.0
A_PAGE = 60.0
COUNT = "nodes.reading.ocr.job:count"
PAGE = {"tesseract": "nodes.reading.ocr.job:page", "rapidocr": "nodes.reading.ocr.rapid:page"}


@dataclass(frozen=True)
class Scan:
    """Pages that were recognised, how many the document has, and why others were not."""

    pages: tuple[DocumentPage, ...]
    of: int
    unread: tuple[str, ...] = ()


def scanned(
    data: bytes,
    numbers: Sequence[int] | None = None,
    *,
    engine: Engine = "auto",
    seconds: float = SECONDS,
    which: Which = shutil.which,
) -> Scan:
    """Recognise pages (numbered from 1; none named: all) of a TIFF, PNG, JPEG or PDF.

    A page that cannot be recognised, is one too many or comes too late is told in ``unread``.
    Raises NotConfigured without an engine or its data, Boxed when the document cannot be opened.
    """
    options = chosen(engine, which)
    until = monotonic() + seconds
    of = int(ask(COUNT, data, {}, seconds=min(seconds, A_PAGE)).told)
    wanted = [number for number in numbers or range(1, of + 1) if 1 <= number <= of]
    pages, unread = [], []
    for number in wanted[:MOST_PAGES]:
        left = min(A_PAGE, until - monotonic())
        try:
            pages.append(_page(data, number, options, left))
        except Boxed as error:
            unread.append(f"page {number}: it was not recognised ({error.code})")
    if len(wanted) > MOST_PAGES:
        unread.append(f"pages after the first {MOST_PAGES} scanned ones were not recognised")
    return Scan(tuple(pages), of, tuple(unread))


def _page(data: bytes, number: int, options: dict[str, str], left: float) -> DocumentPage:
    if left <= 0:
        raise Boxed("timeout")
    told = ask(PAGE[options["engine"]], data, {**options, "page": number}, seconds=left).told
    if "lacks" in told:
        raise NotConfigured(LANGUAGE)
    return as_page(number, told)


def as_page(number: int, told: dict[str, Any]) -> DocumentPage:
    """Make a page of what the job told."""
    words = tuple(
        PageWord(text=text[:2000], confidence=sure, box=(left, top, right, bottom))
        for line in told["lines"]
        for text, sure, left, top, right, bottom in line
    )
    letters = sum(len(word.text) for word in words)
    sure = sum(len(word.text) * (word.confidence or 0) for word in words)
    return DocumentPage(
        number=number,
        width=told["width"],
        height=told["height"],
        read_by="ocr",
        text="\n".join(" ".join(str(word[0]) for word in line) for line in told["lines"]),
        words=words,
        confidence=round(sure / letters, 4) if letters else None,
    )

"""PDFs and pictures: each page's own text where it has one to trust, else what is recognised."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal

from nodes.document import DocumentPage, FormValue, PageTable, PageWord
from nodes.errors import NotConfigured, UnreadableDocument
from nodes.pdf.box.asking import Boxed, ask
from nodes.reading import columns, lines
from nodes.reading.ocr.needed import needs_ocr
from nodes.reading.ocr.scan import scanned
from nodes.reading.source import Source
from nodes.suspicion.found import concealed

Ocr = Literal["auto", "never", "always"]
PAGES = 60
MOST_PAGES = 200
SECONDS = 120.0
A_JOB = 20.0
TABLE_PAGES = 25
FEW, STAMPED = 8, 70
PICTURED, INKED = 0.5, 0.003
RECOGNISED = 0.5
UNMAPPED = 0.2
SCAN = "it is a scan"
VOWEL = re.compile(r"[aeiouyAEIOUY]")
MEND = {
    "too_large": "it is larger than 20 MB: send it in parts, or scanned at 200 dpi in black",
    "password_required": "it asks for a password: send it without one (print it to a new PDF)",
    "limit": f"it has more than {MOST_PAGES} pages or more on them than is read: send it in parts",
    "killed": "it needs more memory or time than a document may: print it to a new PDF",
    "timeout": "it takes too long to read: print it to a new PDF, or send it in parts",
    "not_a_pdf": "it is no PDF: send the original file",
    "unreadable": "it is damaged or cut off: send the file again, or print it to a new PDF",
}


@dataclass(frozen=True)
class Layer:
    """The text layer of a page, and what it leaves unread: shares of the page."""

    page: DocumentPage
    pictured: float
    unread: float
    recognised: float
    unmapped: float

    @property
    def doubt(self) -> str | None:
        """Why the layer is not the page: none, where it is."""
        words = len(self.page.words)
        if words < FEW and max(self.unread, self.pictured / 100) > INKED:
            return SCAN
        if self.pictured >= PICTURED and words < STAMPED:
            return SCAN
        if self.unmapped > UNMAPPED or _gibberish(self.page):
            return "its text layer is not readable"
        if self.recognised > RECOGNISED:
            return "its text layer was recognised by others"
        return next(iter(needs_ocr(self.page.text, picture_share=0.0, drawn=False)), None)


def pdf(raw: bytes, ocr: Ocr, seconds: float = SECONDS) -> Source:
    """Read a PDF; UnreadableDocument says how to mend what cannot be opened."""
    until = monotonic() + seconds
    told = _job("nodes.pdf.printed.layer:read", raw, {"pages": PAGES}, seconds)
    if told["count"] > MOST_PAGES:
        raise UnreadableDocument(f"the PDF cannot be read: {MEND['limit']}")
    layers = [_layer(number, one) for number, one in enumerate(told["pages"], 1)]
    wanted = {one.page.number: one.doubt or "" for one in layers if one.doubt or ocr == "always"}
    pages, looks = _recognised(raw, layers, wanted, ocr, until - monotonic())
    if told["count"] > len(layers):
        looks.append(f"pages: only the first {len(layers)} of {told['count']} were read")
    hidden = _plain("\n".join(one["hidden"] for one in told["pages"]))
    values, more = _entered(raw, len(layers))
    tables, cut = _tables(raw, pages)
    return Source(
        pages,
        tables,
        values,
        looks=(*looks, *more, *cut),
        hidden=concealed("\n".join(page.text for page in pages), hidden),
        typed={n: layers[n - 1].page.words for n, why in wanted.items() if why == SCAN},
    )


def picture(raw: bytes, ocr: Ocr, seconds: float = SECONDS) -> Source:
    """Read a picture's pages by OCR; without it, or told not to, its first page stays unread."""
    none = (DocumentPage(number=1, read_by="none", text=""),)
    if ocr == "never":
        return Source(none, looks=("page 1: it is a picture, and OCR was not asked for",))
    try:
        scan = scanned(raw, seconds=seconds)
    except NotConfigured as error:
        return Source(none, looks=(f"page 1: {error}",))
    except Boxed as error:
        raise UnreadableDocument(f"the picture cannot be read: {MEND[error.code]}") from None
    pages = scan.pages or none
    tables = tuple(one for page in pages for one in columns.tables(page))
    return Source(pages, tables, looks=scan.unread)


def _job(job: str, raw: bytes, options: dict[str, Any], seconds: float) -> Any:
    try:
        return ask(job, raw, options, seconds=min(seconds, A_JOB)).told
    except Boxed as error:
        raise UnreadableDocument(f"the PDF cannot be read: {MEND[error.code]}") from None


def _layer(number: int, told: dict[str, Any]) -> Layer:
    words = [
        PageWord(text=_plain(text[:2000]), box=(left, top, right, bottom))
        for text, left, top, right, bottom, _, _ in told["words"]
    ]
    text, ordered = lines.text(words)
    page = DocumentPage(
        number=number,
        width=told["width"],
        height=told["height"],
        read_by="text_layer" if words else "none",
        text=text,
        words=ordered,
    )
    count = max(1, len(words))
    unpainted = sum(bool(one[5]) for one in told["words"]) / count
    unmapped = sum(not one[6] for one in told["words"]) / count
    return Layer(page, told["pictured"], told["unread"], unpainted, unmapped)


def _gibberish(page: DocumentPage) -> bool:
    """Whether long words have no vowels, as a font's false table of characters makes them."""
    long = [one.text for one in page.words if len(one.text) >= 4 and one.text.isalpha()]
    return len(long) >= FEW and sum(not VOWEL.search(one) for one in long) > len(long) / 2


def _recognised(
    raw: bytes, layers: Sequence[Layer], wanted: dict[int, str], ocr: Ocr, seconds: float
) -> tuple[tuple[DocumentPage, ...], list[str]]:
    """Put recognised pages in place of those whose layer is not to be trusted."""
    pages = [one.page for one in layers]
    if not wanted or ocr == "never":
        return tuple(pages), [
            f"page {n}: {why}; OCR was not asked for" for n, why in wanted.items()
        ]
    try:
        scan = scanned(raw, list(wanted), seconds=seconds)
    except NotConfigured as error:
        why = "; ".join(f"page {n}: {why}" for n, why in wanted.items() if why)
        return tuple(pages), [f"{why or 'OCR was asked for'}: {error}"[:500]]
    except Boxed as error:
        return tuple(pages), [f"OCR failed ({error.code}): {len(wanted)} pages need a look"]
    found = {page.number: page for page in scan.pages}
    looks = list(scan.unread)
    for number, why in wanted.items():
        if why.startswith("its text layer"):
            looks.append(f"page {number}: {why}, it was read anew by OCR")
    return tuple(found.get(page.number, page) for page in pages), looks


def _entered(raw: bytes, pages: int) -> tuple[tuple[FormValue, ...], list[str]]:
    try:
        told = ask(
            "nodes.pdf.printed.entered:read",
            raw,
            {"pages": pages, "most": MOST_PAGES},
            seconds=A_JOB,
        ).told
    except Boxed as error:
        return (), [f"fields: they could not be read ({error.code})"]
    return tuple(_value(one) for one in told["values"]), list(_remarks(told))


def _value(told: dict[str, Any]) -> FormValue:
    label = (told["label"] or "").strip()[:500]
    box = tuple(told["box"]) if told["box"] else None
    said = {
        "name": _plain(told["name"]),
        "label": _plain(label) or None,
        "value": None if told["value"] is None else _plain(told["value"]),
    }
    return FormValue(**(told | said | {"box": box}))


def _remarks(told: dict[str, Any]) -> Iterator[str]:
    if told["xfa"]:
        yield "form: it keeps data in XFA, which may differ from what is shown"
    for number in told["drawn"]:
        yield f"page {number}: it was drawn or written on by hand"


def _tables(
    raw: bytes, pages: Sequence[DocumentPage]
) -> tuple[tuple[PageTable, ...], Iterator[str]]:
    """Give ruled tables of text layers, and on the other pages what stands in columns."""
    typed = [one.number for one in pages if one.read_by == "text_layer"][:TABLE_PAGES]
    try:
        told = ask("nodes.pdf.printed.ruled:read", raw, {"pages": typed}, seconds=A_JOB).told
        looks = [
            f"page {one['page']}: a table is longer than is told" for one in told if one["cut"]
        ]
    except Boxed as error:
        told, looks = [], [f"tables: ruled ones could not be looked for ({error.code})"]
    ruled = [
        PageTable(page=one["page"], box=one["box"] and tuple(one["box"]), rows=_rows(one["rows"]))
        for one in told
        if one["rows"]
    ]
    bare = [page for page in pages if page.number not in {one.page for one in ruled}]
    found = [*ruled, *(one for page in bare for one in columns.tables(page))]
    return tuple(sorted(found, key=lambda one: one.page)), iter(looks)


def _rows(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_plain(cell) for cell in row) for row in rows)


def _plain(text: str) -> str:
    """Give a text without halves of characters, which a broken font can make."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()

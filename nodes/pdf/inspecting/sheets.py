"""What is printed on a form's pages, read while they are not too many, too large or too slow.

pdfminer has no bounds of its own: here it has a time, and a page that it cannot read costs the
words of the pages, never the fields.
"""

import io
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from nodes.pdf.inspecting.places import Printed

PAGES = 60
CONTENT = 10_000_000
SECONDS = 6.0
UNREAD = "its pages could not be read: the labels come from the fields alone"


class _TooLong(BaseException):
    """The time for reading is over; no handler of a library's own takes it for a fault."""


def sheets(
    data: bytes, reader: Any, shapes: Sequence[Any], seconds: float = SECONDS
) -> tuple[dict[int, Printed], list[str]]:
    """Read the pages by number, and tell what was not read; only in the safe box.

    ``seconds`` are of the processor. This is where a library's faults on a foreign page end.
    """
    found: dict[int, Printed] = {}
    notes: list[str] = []
    try:
        with _at_most(seconds):
            for number, page in _read(data, reader, shapes, notes):
                found[number] = page
    except _TooLong:
        late = f"reading took too long: pages from {max(found, default=-1) + 2} on were not read"
        notes.append(late if found else UNREAD)
    except Exception:  # noqa: BLE001 - a foreign page's faults end here, in the box
        notes.append(UNREAD if not found else "some of its pages could not be read")
    return found, notes


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Break off what runs within after so much of the processor's time."""

    def over(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _read(
    data: bytes, reader: Any, shapes: Sequence[Any], notes: list[str]
) -> Iterator[tuple[int, Printed]]:
    import pdfplumber

    from nodes.pdf.filling.dictionaries import rectangle
    from nodes.pdf.inspecting.printed import printed

    with pdfplumber.open(io.BytesIO(data)) as first:
        whole = len(first.pages) == len(shapes)
    with pdfplumber.open(io.BytesIO(data if whole else _rewritten(reader))) as document:
        for number, page in enumerate(document.pages[: min(PAGES, len(shapes))]):
            contents = reader.pages[number].get_contents()
            if contents is not None and len(contents.get_data()) > CONTENT:
                notes.append(f"page {number + 1} holds too much to be read")
                continue
            _, _, crop, rotation = shapes[number]
            media = rectangle(reader.pages[number].get("/MediaBox")) or crop
            yield number, printed(page, media, crop, rotation)
            page.close()
    if len(shapes) > PAGES:
        notes.append(f"only the first {PAGES} pages were read")


def _rewritten(reader: Any) -> bytes:
    """The same document with its cross references made again, for a reader that lost pages."""
    from pypdf import PdfWriter

    target = io.BytesIO()
    PdfWriter(clone_from=reader).write(target)
    return target.getvalue()

"""The ruled tables of a PDF's pages, with pdfplumber; only in the box."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nodes.pdf.box.opening import calm

ROWS, CELLS = 2, 2
MOST_LINES = 3_000
LONGEST = 2_000
MOST_ROWS = 300


def read(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Give the tables of the pages named, from 1; a page with too many lines gives none."""
    import io

    import pdfplumber

    calm(data)
    found: list[dict[str, Any]] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number in options["pages"]:
            page = document.pages[number - 1]
            found += _tables(page, number)
            page.close()
    return found, []


def _tables(page: Any, number: int) -> Iterator[dict[str, Any]]:
    if len(page.lines) + len(page.rects) + len(page.curves) > MOST_LINES:
        yield {"page": number, "box": None, "rows": [], "cut": True}
        return
    for table in page.find_tables():
        rows = [[_cell(one) for one in row] for row in table.extract()]
        rows = [row for row in rows if any(row)]
        if len(rows) >= ROWS and max(len(row) for row in rows) >= CELLS:
            left, top, right, bottom = (round(float(edge), 2) for edge in table.bbox)
            x, y = page.bbox[0], page.bbox[1]
            box = [left - x, top - y, right - x, bottom - y]
            cut = len(rows) > MOST_ROWS
            yield {"page": number, "box": box, "rows": rows[:MOST_ROWS], "cut": cut}


def _cell(text: str | None) -> str:
    return " ".join((text or "").split())[:LONGEST]

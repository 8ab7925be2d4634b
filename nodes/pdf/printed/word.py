"""A Word file (DOCX, ECMA-376) as its reader sees it; only in the box.

Paragraphs and tables in their order with headers first and footers last. Inserted text counts,
deleted, moved-away and hidden text (w:vanish) does not; comments are annotations.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from nodes.pdf.box.verdict import Boxed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LARGEST_PART = 40_000_000
LARGEST_SUM = 150_000_000
MOST_PARTS = 4_000
GONE = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", FALLBACK, f"{W}sectPr"}
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".emf", ".wmf", ".gif", ".bmp")
MOST_ROWS = 300
PAGE = "\f"
MARKS = {f"{W}tab": "  ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
SYMBOLS = {"F0FE": "\u2612", "F0FD": "\u2612", "F052": "\u2611", "F0A8": "\u2610", "F06F": "\u2610"}


@dataclass
class Told:
    """What is shown, what is hidden, the tables so far; ``deleted``: a change was tracked."""

    hidden: list[str] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    changed: bool = False
    page: int = 1


def read(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[dict[str, Any], list[bytes]]:
    """Give the text with a form feed at each page break that the file tells, tables, comments."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_SUM:
            raise Boxed("limit")
        names = {one.filename: one for one in parts}
        if any(one.flag_bits & 1 for one in parts):
            raise Boxed("password_required")
        told = Told()
        body = _root(archive, names, "word/document.xml")
        if body is None:
            raise Boxed("unreadable")
        main = "".join(_blocks(body, told))
        aside = Told()
        heads = _others(archive, names, "word/header", aside)
        feet = _others(archive, names, "word/footer", aside)
        notes = _others(archive, names, "word/footnotes", aside)
        comments = list(_comments(_root(archive, names, "word/comments.xml")))
    pictures = sum(name.lower().endswith(PICTURES) for name in names)
    return {
        "text": "\n".join([*heads, main, *notes, *feet]),
        "tables": told.tables,
        "hidden": "\n".join(told.hidden + aside.hidden)[:20_000],
        "comments": comments,
        "changed": told.changed,
        "pictures": pictures,
    }, []


def _root(archive: zipfile.ZipFile, names: Mapping[str, Any], name: str) -> Element | None:
    from defusedxml.ElementTree import fromstring

    if name not in names:
        return None
    if names[name].file_size > LARGEST_PART:
        raise Boxed("limit")
    with archive.open(name) as part:
        raw = part.read(LARGEST_PART + 1)
    if len(raw) > LARGEST_PART:
        raise Boxed("limit")
    found = fromstring(raw, forbid_dtd=True)
    assert isinstance(found, Element)
    return found


def _others(
    archive: zipfile.ZipFile, names: Mapping[str, Any], begins: str, told: Told
) -> list[str]:
    """Give each different text of a document's headers, footers or footnotes."""
    found = []
    for name in sorted(names):
        if name.startswith(begins) and name.endswith(".xml"):
            root = _root(archive, names, name)
            words = "".join(_blocks(root, told)).replace(PAGE, "\n").strip() if root else ""
            found.append(words)
    return [words for words in dict.fromkeys(found) if words]


def _blocks(root: Element | None, told: Told) -> Iterator[str]:
    """Give the blocks of a part in order; tables row by row."""
    for block in root if root is not None else ():
        if block.tag in GONE:
            told.changed = told.changed or block.tag in (f"{W}del", f"{W}moveFrom")
        elif block.tag == f"{W}p":
            yield "".join(_runs(block, told)) + "\n"
        elif block.tag == f"{W}tbl":
            yield from _table(block, told)
        else:
            yield from _blocks(block, told)


def _table(table: Element, told: Told) -> Iterator[str]:
    page, rows = told.page, []
    for row in table.iter(f"{W}tr"):
        cells = [" ".join("".join(_blocks(one, told)).split()) for one in row.findall(f".//{W}tc")]
        rows.append(cells)
        yield "  ".join(cells) + "\n"
    if rows:
        told.tables.append({"page": page, "rows": rows[:MOST_ROWS], "cut": len(rows) > MOST_ROWS})


def _runs(part: Element, told: Told) -> Iterator[str]:
    for one in part:
        if one.tag in GONE:
            told.changed = told.changed or one.tag in (f"{W}del", f"{W}moveFrom")
        elif one.tag == f"{W}r":
            words = "".join(_pieces(one, told))
            if _unseen(one):
                told.hidden.append(words)
            else:
                yield words
        elif one.tag != f"{W}pPr":
            told.changed = told.changed or one.tag == f"{W}ins"
            if one.tag == f"{W}p":
                yield "\n"
            yield from _runs(one, told)


def _pieces(run: Element, told: Told) -> Iterator[str]:
    for one in run:
        if one.tag == f"{W}t":
            yield one.text or ""
        elif one.tag in MARKS:
            yield MARKS[one.tag]
        elif _ends_page(one):
            told.page += 1
            yield PAGE
        elif one.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif one.tag == f"{W}sym":
            yield SYMBOLS.get((one.get(f"{W}char") or "").upper(), "\ufffd")
        elif one.tag not in GONE and one.tag != f"{W}rPr":
            yield from _runs(one, told)


def _ends_page(one: Element) -> bool:
    breaks = one.tag == f"{W}br" and one.get(f"{W}type") == "page"
    return breaks or one.tag == f"{W}lastRenderedPageBreak"


def _unseen(run: Element) -> bool:
    """Whether a run is hidden, white or too small to see."""
    style = run.find(f"{W}rPr")
    if style is None:
        return False
    for name in ("vanish", "webHidden"):
        one = style.find(f"{W}{name}")
        if one is not None and one.get(f"{W}val") not in ("0", "false", "off"):
            return True
    color, size, shade = (style.find(f"{W}{name}") for name in ("color", "sz", "shd"))
    white = color is not None and (color.get(f"{W}val") or "").upper() == "FFFFFF"
    tiny = size is not None and (size.get(f"{W}val") or "99").isdigit()
    small = tiny and size is not None and int(size.get(f"{W}val") or 99) <= 3
    return (white and shade is None and style.find(f"{W}highlight") is None) or small


def _comments(root: Element | None) -> Iterator[str]:
    for one in root.findall(f"{W}comment") if root is not None else ():
        words = " ".join("".join(_blocks(one, Told())).split())
        if words:
            yield words[:20_000]

"""What is written onto a form: fonts, text in boxes, and the pages that continue it.

Helvetica writes what Windows-1252 holds; DejaVu Sans Condensed (a subset beside this file)
writes Latin, Greek and Cyrillic letters and common signs beyond. Other characters are drawn as
U+FFFD and reported.
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from reportlab.lib.pagesizes import LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from nodes.pdf.fit import LEADING, Fit, Measure, fit, wrap
from nodes.pdf.objects import Widget

PLAIN, BOLD, WIDE = "Helvetica", "Helvetica-Bold", "PriorAuthWide"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
POINTERS = ("See addendum", "Addendum", "Add.", "*")
INSET, DEFAULT_SIZE, MARGIN = 2.0, 9.5, 54.0
AREA = 40.0
"""Boxes taller than this are written from their top, others in their middle."""


@dataclass(frozen=True)
class Placed:
    """A text in a widget's box, ready to draw."""

    widget: Widget
    fit: Fit
    font: str


def clean(text: str) -> str:
    """Compose characters, make every blank a space and every line end one newline.

    Characters that show nothing (controls, zero-width, direction marks) are left out.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    composed = unicodedata.normalize("NFC", lines.replace("\u2029", "\n").replace("\t", " "))
    return "".join(
        " " if unicodedata.category(c) == "Zs" else c
        for c in composed
        if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf")
    ).strip()


def unprintable(text: str) -> bool:
    """Whether some character is in none of the fonts."""
    return any(not _plain(c) and ord(c) not in _wide() for c in clean(text) if c != "\n")


def place(widget: Widget, text: str, smallest: float) -> Placed | None:
    """Fit a text into a widget's box; None: it does not fit, or is longer than allowed."""
    text, font = _letters(text)
    if widget.maxlen and len(text) > widget.maxlen:
        return None
    left, bottom, right, top = widget.box
    area = (right - left - 2 * INSET, top - bottom - (2 * INSET if widget.multiline else 0))
    size = min(widget.size or DEFAULT_SIZE, top - bottom)
    if widget.comb:
        return Placed(widget, Fit(size, (text,)), font)
    fitted = fit(
        text, area, _measure(font), size=size, smallest=smallest, multiline=widget.multiline
    )
    return Placed(widget, fitted, font) if fitted else None


def pointer(widget: Widget) -> Placed:
    """Place the longest of our pointers to the addendum that fits."""
    free = replace(widget, comb=False, maxlen=None)
    placed = (place(free, words, smallest=5) for words in POINTERS)
    return next((p for p in placed if p), Placed(free, Fit(5, (POINTERS[-1],)), PLAIN))


def draw(sizes: Sequence[tuple[float, float]], texts: Iterable[Placed]) -> bytes:
    """Draw texts on otherwise empty pages of the given sizes."""
    by_page: dict[int, list[Placed]] = {}
    for text in texts:
        by_page.setdefault(text.widget.page, []).append(text)
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=0)
    for number, size in enumerate(sizes):
        canvas.setPageSize(size)
        for text in by_page.get(number, ()):
            (_comb if text.widget.comb else _lines)(canvas, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def addendum(title: str, whose: str, parts: Sequence[tuple[str, str]]) -> bytes:
    """Draw headed texts on pages that continue a form; every page says whose request it is."""
    return pages(f"Addendum: {title}", whose, parts, "Addendum page")


def pages(title: str, whose: str, parts: Sequence[tuple[str, str]], called: str) -> bytes:
    """Draw headed texts on as many pages as they need; the same input gives the same bytes."""
    size, leading, width = 9.5, 9.5 * 1.3, LETTER[0] - 2 * MARGIN
    rows: list[tuple[str, str]] = []
    for heading, text in parts:
        if heading:
            rows += [(BOLD, line) for line in wrap(heading, width, _measure(BOLD), size)]
        written, font = _letters(text)
        rows += [(font, line) for line in wrap(written, width, _measure(font), size)]
        rows.append((PLAIN, ""))
    top, most = LETTER[1] - MARGIN - 44, int((LETTER[1] - 2 * MARGIN - 60) / leading)
    sheets = [rows[start : start + most] for start in range(0, len(rows) - 1, most)]
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1, pageCompression=0)
    for number, page in enumerate(sheets, 1):
        _margins(canvas, title, whose, f"{called} {number} of {len(sheets)}")
        for down, (font, line) in enumerate(page):
            canvas.setFont(font, size)
            canvas.drawString(MARGIN, top - down * leading, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _margins(canvas: Canvas, title: str, whose: str, page: str) -> None:
    canvas.setFont(BOLD, 13)
    canvas.drawString(MARGIN, LETTER[1] - MARGIN, title)
    line, font = _letters(whose)
    shown = fit(
        line, (LETTER[0] - 2 * MARGIN, 12), _measure(font), size=9.5, smallest=4, multiline=False
    )
    canvas.setFont(font, shown.size if shown else 4)
    canvas.drawString(MARGIN, LETTER[1] - MARGIN - 16, line)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, LETTER[1] - MARGIN - 24, LETTER[0] - MARGIN, LETTER[1] - MARGIN - 24)
    canvas.setFont(PLAIN, 7)
    canvas.drawRightString(LETTER[0] - MARGIN, 30, page)


def _lines(canvas: Canvas, text: Placed) -> None:
    left, bottom, right, top = text.widget.box
    size = text.fit.size
    canvas.setFont(text.font, size)
    beside = LEADING * size * (len(text.fit.lines) - 1)
    y = (bottom + top + beside - 0.7 * size) / 2
    if text.widget.multiline and top - bottom > AREA:
        y = top - INSET - 0.8 * size
    for line in text.fit.lines:
        if text.widget.align == 2:
            canvas.drawRightString(right - INSET, y, line)
        elif text.widget.align == 1:
            canvas.drawCentredString((left + right) / 2, y, line)
        else:
            canvas.drawString(left + INSET, y, line)
        y -= LEADING * size


def _comb(canvas: Canvas, text: Placed) -> None:
    left, bottom, right, top = text.widget.box
    pitch = (right - left) / (text.widget.maxlen or 1)
    canvas.setFont(text.font, text.fit.size)
    y = (bottom + top - 0.7 * text.fit.size) / 2
    for place, character in enumerate("".join(text.fit.lines)):
        canvas.drawCentredString(left + (place + 0.5) * pitch, y, character)


def _letters(text: str) -> tuple[str, str]:
    """Choose the font for a text, and replace what even the wide one lacks."""
    text = clean(text)
    if all(map(_plain, text.replace("\n", ""))):
        return text, PLAIN
    known = _wide()
    return "".join(c if c == "\n" or ord(c) in known else UNKNOWN for c in text), WIDE


def _plain(character: str) -> bool:
    return bool(character.encode("cp1252", "ignore"))


def _measure(font: str) -> Measure:
    _wide()
    return lambda text, size: float(pdfmetrics.stringWidth(text, font, size))


@cache
def _wide() -> frozenset[int]:
    """Register the wide font once, and tell which characters it has."""
    font = TTFont(WIDE, Path(__file__).with_name("fallback.ttf"))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)

"""A paper as PDF: letterhead, page n of m, selectable text in an embedded font, the same bytes."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from nodes.writing.paper import Paper, Passage, unbroken
from nodes.writing.text import excerpt

PLAIN, BOLD = "PriorAuthLetter", "PriorAuthLetterBold"
ROW = 1500
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
NAVY, GREY = HexColor("#1D3557"), HexColor("#4A5560")


@dataclass(frozen=True)
class Look:
    """Sizes in points: of the text, and of the margins."""

    size: float
    side: float
    top: float
    bottom: float

    def style(self, **changes: Any) -> ParagraphStyle:
        """A paragraph's style; no line of it stands alone on a page."""
        base: dict[str, Any] = {
            "fontName": PLAIN,
            "fontSize": self.size,
            "leading": self.size * 1.3,
            "spaceAfter": self.size * 0.42,
            "allowWidows": 0,
            "allowOrphans": 0,
            "splitLongWords": 1,
        }
        return ParagraphStyle("text", **base | changes)


LETTERS = Look(size=9.8, side=66, top=50, bottom=56)
SHEET = Look(size=8.2, side=46, top=36, bottom=40)


def pdf(paper: Paper, look: Look = LETTERS) -> bytes:
    """Write a paper as PDF: US letter size, the same bytes for the same paper."""
    pages = _build(paper, look, 0)[1]
    return _build(paper, look, pages)[0]


def pages(paper: Paper, look: Look = LETTERS) -> int:
    """Count the pages a paper takes."""
    return _build(paper, look, 0)[1]


def _build(paper: Paper, look: Look, of: int) -> tuple[bytes, int]:
    _fonts()
    target = io.BytesIO()
    width, height = LETTER
    frame = Frame(
        look.side,
        look.bottom,
        width - 2 * look.side,
        height - look.top - look.bottom,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document = BaseDocTemplate(
        target,
        pagesize=LETTER,
        title=paper.title,
        author=_known(paper.head[0]) if paper.head else "",
        subject=paper.title,
        lang="en-US",
        invariant=1,
        displayDocTitle=1,
    )

    def footer(canvas: Canvas, _: object) -> None:
        canvas.setFont(PLAIN, 8)
        canvas.setFillColor(GREY)
        canvas.drawString(look.side, look.bottom - 24, _fitting(paper.title, width - 180))
        told = f"Page {canvas.getPageNumber()} of {of}"
        canvas.drawRightString(width - look.side, look.bottom - 24, told)

    document.addPageTemplates([PageTemplate(id="page", frames=[frame], onPage=footer)])
    document.build(_flow(paper, look))
    return target.getvalue(), document.page


def _flow(paper: Paper, look: Look) -> list[Flowable]:
    parts: list[Flowable] = [*_head(paper, look)]
    if paper.dated:
        parts.append(_text(paper.dated, look.style(spaceBefore=look.size * 0.6)))
    parts += _address(paper.to, look)
    parts += _about(paper, look)
    if paper.greeting:
        parts.append(_text(paper.greeting, look.style(spaceBefore=look.size * 0.6)))
    for passage in paper.passages:
        parts += _passage(passage, look)
    if paper.closing:
        parts.append(KeepTogether(_closing(paper.closing, look)))
    if paper.enclosures:
        listed = Passage("Enclosures", "numbered", ("", *paper.enclosures))
        parts.append(KeepTogether(_passage(listed, look)))
    return parts


def _head(paper: Paper, look: Look) -> list[Flowable]:
    if not paper.head:
        return []
    name, *rest = paper.head
    close = look.style(spaceAfter=0, textColor=GREY, fontSize=look.size - 1.2)
    large = look.style(
        fontName=BOLD, fontSize=look.size + 3, leading=look.size + 6, textColor=NAVY, spaceAfter=1
    )
    rule = HRFlowable(width="100%", thickness=0.8, color=NAVY, spaceBefore=4, spaceAfter=6)
    return [_text(name, large), *(_text(line, close) for line in rest), rule]


def _address(to: tuple[str, ...], look: Look) -> list[Flowable]:
    close = look.style(spaceAfter=0)
    lines: list[Flowable] = [_text(line, close) for line in to]
    gap = Spacer(1, look.size * 0.6)
    return [gap, *lines, gap] if lines else []


def _about(paper: Paper, look: Look) -> list[Flowable]:
    if not paper.about:
        return []
    names = look.style(fontName=BOLD, spaceAfter=0)
    values = look.style(spaceAfter=0)
    rows = [[_text(name, names), _text(_row(value), values)] for name, value in paper.about]
    wide = max(
        pdfmetrics.stringWidth(_known(name, bold=True), BOLD, look.size) for name, _ in paper.about
    )
    table = Table(rows, colWidths=[wide + 14, LETTER[0] - 2 * look.side - wide - 14])
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6),
        ]
    )
    return [table, Spacer(1, look.size * 0.5)]


def _row(value: str) -> str:
    """Keep a row within a page, which a table cannot part."""
    told, cut = excerpt(value, ROW)
    return f"{told} [...]" if cut else told


def _passage(passage: Passage, look: Look) -> list[Flowable]:
    parts: list[Flowable] = []
    if passage.title:
        head = look.style(
            fontName=BOLD,
            fontSize=look.size + 0.6,
            textColor=NAVY,
            spaceBefore=look.size * 0.75,
            spaceAfter=look.size * 0.25,
            keepWithNext=1,
        )
        parts.append(_text(passage.title, head))
    if passage.style == "prose":
        return [*parts, _text(" ".join(passage.texts), look.style())]
    texts = list(passage.texts)
    if passage.style == "numbered" and (first := texts.pop(0)):
        parts.append(_text(first, look.style()))
    indent = look.size * 1.6
    item = look.style(leftIndent=indent, spaceAfter=look.size * 0.3)
    for number, text in enumerate(texts, 1):
        sign = f"{number}." if passage.style == "numbered" else "\N{BULLET}"
        parts.append(_text(text, item, sign))
    return parts


def _closing(lines: tuple[str, ...], look: Look) -> list[Flowable]:
    close = look.style(spaceAfter=0)
    gap = Spacer(1, look.size * 1.3)
    return [gap, *(_text(line, close) if line else gap for line in lines)]


def _text(text: str, style: ParagraphStyle, sign: str | None = None) -> Paragraph:
    """Set a paragraph; words that the bold font cannot write are set in the plain one."""
    if style.fontName == BOLD and not {ord(sign) for sign in text} <= _fonts()[1]:
        style.fontName = PLAIN
    shown = _known(unbroken(text), bold=style.fontName == BOLD)
    style.bulletFontName, style.bulletFontSize = PLAIN, style.fontSize
    return Paragraph(escape(shown), style, bulletText=sign)


def _known(text: str, bold: bool = False) -> str:
    """Put U+FFFD where the font has no sign for a character."""
    letters = _fonts()[bold]
    return "".join(c if ord(c) in letters else UNKNOWN for c in text)


def _fitting(text: str, width: float) -> str:
    shown = _known(text)
    while shown and pdfmetrics.stringWidth(shown, PLAIN, 8) > width:
        shown = shown[:-1]
    return shown


@cache
def _fonts() -> tuple[frozenset[int], frozenset[int]]:
    """Load the two fonts once; give the characters that they can write."""
    known = []
    for name, file in ((PLAIN, "fallback.ttf"), (BOLD, "fallback-bold.ttf")):
        font = TTFont(name, Path(__file__).with_name(file))
        pdfmetrics.registerFont(font)
        known.append(frozenset(font.face.charToGlyph))
    return known[0], known[1]

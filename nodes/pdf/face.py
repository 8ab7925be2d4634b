"""The pen that draws our own forms: the printed face, and AcroForm fields on top of it.

Lengths are points, the origin is the page's lower left corner.
"""

import io
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = LETTER
MARGIN = 36.0
INNER = WIDTH - 2 * MARGIN
INK, NAVY, GREY, RULE = map(HexColor, ("#111111", "#1D3557", "#4A5560", "#8A96A3"))
ROW, HEAD, GAP, BOX = 26.0, 13.5, 6.0, 8.5


@dataclass(frozen=True)
class Text:
    """A labelled box to write in; ``share`` is its part of the row's width."""

    name: str
    label: str
    share: float
    tooltip: str
    flags: str = ""
    maxlen: int | None = None


@dataclass(frozen=True)
class Choice:
    """A labelled row of boxes of which one is ticked."""

    name: str
    label: str
    share: float
    tooltip: str
    options: tuple[tuple[str, str], ...]
    starts: tuple[float, ...] = field(default=())


class Form:
    """A canvas with a pen that moves down the page."""

    def __init__(self, title: str, revision: str) -> None:
        """Open the first page."""
        self.title, self.revision = title, revision
        self.bytes = io.BytesIO()
        self.canvas = Canvas(
            self.bytes, pagesize=LETTER, invariant=1, pageCompression=1, lang="en-US"
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor("Prior Auth Nodes")
        self.canvas.setSubject(revision)
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self.fields: Any = self.canvas.acroForm
        self.y = HEIGHT - MARGIN

    def words(self, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
        """Write one line of the face in the current colour."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, y, text)

    def cell(self, x: float, width: float, height: float, label: str) -> None:
        """Draw a box that hangs from the pen, with its label in the upper left corner."""
        self.canvas.setStrokeColor(RULE)
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(x, self.y - height, width, height)
        self.canvas.setFillColor(GREY)
        self.words(x + 3, self.y - 7.2, label, 6)

    def text(self, at: Text, x: float, y: float, width: float, height: float, size: float) -> None:
        """Add a text field that shows nothing but its value."""
        self.fields.textfield(
            name=at.name, tooltip=at.tooltip, x=x, y=y, width=width, height=height,
            fontName="Helvetica", fontSize=size, maxlen=at.maxlen, fieldFlags=at.flags,
            textColor=INK, fillColor=None, borderColor=None, borderWidth=0,
        )  # fmt: skip

    def section(self, number: int, title: str, hint: str = "") -> None:
        """Draw a section's heading bar."""
        self.y -= GAP
        self.canvas.setFillColor(NAVY)
        self.canvas.rect(MARGIN, self.y - HEAD, INNER, HEAD, stroke=0, fill=1)
        self.canvas.setFillColor(HexColor("#FFFFFF"))
        self.words(MARGIN + 5, self.y - 9.7, f"{number}   {title}", 8.5, bold=True)
        self.canvas.setFont("Helvetica-Oblique", 6.8)
        self.canvas.drawRightString(WIDTH - MARGIN - 5, self.y - 9.4, hint)
        self.y -= HEAD

    def row(self, *cells: Text | Choice, height: float = ROW) -> None:
        """Draw a row of boxes over the whole width."""
        x = MARGIN
        for at in cells:
            width = INNER * at.share / sum(cell.share for cell in cells)
            self.cell(x, width, height, at.label)
            if isinstance(at, Choice):
                self.choice(at, x, width)
            elif at.flags == "comb":
                self.comb(at, x, width, height)
            else:
                self.text(at, x + 1.5, self.y - height + 1, width - 3, height - 9.5, 9.5)
            x += width
        self.y -= height

    def choice(self, at: Choice, x: float, width: float) -> None:
        """Draw the boxes of a choice, evenly spread or at the given parts of the width."""
        for place, (value, label) in enumerate(at.options):
            part = at.starts[place] if at.starts else place / len(at.options)
            left, bottom = x + 4 + part * (width - 4), self.y - ROW + 4.5
            self.canvas.setStrokeColor(INK)
            self.canvas.setLineWidth(0.7)
            self.canvas.rect(left, bottom, BOX, BOX)
            self.fields.radio(
                name=at.name, value=value, tooltip=at.tooltip, x=left, y=bottom, size=BOX,
                buttonStyle="cross", shape="square", fillColor=None, borderColor=None,
                textColor=INK, borderWidth=0, fieldFlags="radio",
            )  # fmt: skip
            self.canvas.setFillColor(INK)
            self.words(left + BOX + 3, bottom + 1.4, label, 8)

    def comb(self, at: Text, x: float, width: float, height: float) -> None:
        """Draw a box with one cell for each character."""
        cells, bottom, tall = at.maxlen or 1, self.y - height, height - 10
        pitch = (width - 8) / cells
        self.canvas.setStrokeColor(RULE)
        self.canvas.setLineWidth(0.4)
        for place in range(1, cells):
            left = x + 4 + place * pitch
            self.canvas.line(left, bottom + 1, left, bottom + 1 + tall / 2)
        self.text(at, x + 4, bottom + 1, width - 8, tall + 0.5, 9.5)

    def table(self, heads: tuple[Text, ...], rows: int, height: float, first: int = 1) -> None:
        """Draw a table: names and tooltips hold ``{n}`` for the row's number."""
        number, whole = 14.0, sum(head.share for head in heads)
        self.canvas.setFillColor(GREY)
        x = MARGIN + number
        for head in heads:
            self.words(x + 3, self.y - 8, head.label, 6)
            x += (INNER - number) * head.share / whole
        self.canvas.setStrokeColor(RULE)
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(MARGIN, self.y - 11, INNER, 11)
        self.y -= 11
        for n in range(first, first + rows):
            self.cell(MARGIN, number, height, "")
            self.words(MARGIN + 4.5, self.y - height / 2 - 2.6, str(n), 7.5, bold=True)
            x = MARGIN + number
            for head in heads:
                width = (INNER - number) * head.share / whole
                self.cell(x, width, height, "")
                name, tooltip = head.name.format(n=n), head.tooltip.format(n=n)
                named = Text(name, "", 0, tooltip, head.flags, head.maxlen)
                self.text(named, x + 1.5, self.y - height + 1, width - 3, height - 2, 9)
                x += width
            self.y -= height

    def area(self, at: Text, height: float) -> None:
        """Draw a box for many lines."""
        self.cell(MARGIN, INNER, height, at.label)
        self.text(
            at, MARGIN + 2, self.y - height + 2, INNER - 4, height - (12 if at.label else 5), 9
        )
        self.y -= height

    def footer(self, page: int, pages: int) -> None:
        """Write the foot line and turn the page."""
        self.canvas.setFillColor(GREY)
        self.words(MARGIN, 24, f"{self.title}  |  {self.revision}", 6.5)
        self.canvas.drawCentredString(
            WIDTH / 2, 24, "Contains protected health information: disclose only as permitted."
        )
        self.canvas.drawRightString(WIDTH - MARGIN, 24, f"Page {page} of {pages}")
        self.canvas.showPage()
        self.y = HEIGHT - MARGIN

    def finish(self) -> bytes:
        """Close the file."""
        self.canvas.save()
        return self.bytes.getvalue()

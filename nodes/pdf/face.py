"""The pen that draws our own forms: the printed face, set by Typst, and AcroForm fields on top.

Lengths are points, the origin is the page's lower left corner. Each word of the face is a tagged
paragraph or heading (PDF/UA-1), each field a tagged form element right after its label.
"""

from dataclasses import dataclass
from typing import Any

from nodes.pdf.drawn.press import draw
from nodes.pdf.face_fields import Field, with_fields

WIDTH, HEIGHT = 612.0, 792.0
MARGIN = 36.0
INNER = WIDTH - 2 * MARGIN
INK, NAVY, GREY, RULE, WHITE = "#111111", "#1d3557", "#4a5560", "#8a96a3", "#ffffff"
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
    starts: tuple[float, ...] = ()


class Form:
    """A pen that moves down the page and remembers what it set down."""

    def __init__(self, title: str, revision: str) -> None:
        """Open the first page."""
        self.title, self.revision = title, revision
        self.pages: list[list[dict[str, Any]]] = [[]]
        self.fields: list[Field] = []
        self.said = 0
        self.y = HEIGHT - MARGIN

    def words(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False,
        ink: str = INK, align: float = 0, level: int = 0,
    ) -> None:  # fmt: skip
        """Write one line; ``align`` 0 left, 0.5 centred, 1 right of x; ``level`` of a heading."""
        if text:
            self.said += 1
            self.pages[-1].append(
                {"kind": "words", "x": x, "y": y, "text": text, "size": size, "bold": bold,
                 "ink": ink, "align": align, "level": level}
            )  # fmt: skip

    def shape(
        self, x: float, y: float, w: float, h: float, *, rule: str | None = RULE,
        fill: str | None = None, width: float = 0.5,
    ) -> None:  # fmt: skip
        """Draw a rectangle from its lower left corner; without height a line."""
        self.pages[-1].append(
            {"kind": "shape", "x": x, "y": y, "w": w, "h": h, "rule": rule, "fill": fill,
             "width": width}
        )  # fmt: skip

    def cell(self, x: float, width: float, height: float, label: str) -> None:
        """Draw a box that hangs from the pen, with its label in the upper left corner."""
        self.shape(x, self.y - height, width, height)
        self.words(x + 3, self.y - 7.2, label, 6, ink=GREY)

    def text(self, at: Text, x: float, y: float, width: float, height: float, size: float) -> None:
        """Add a text field that shows nothing but its value."""
        self.fields.append(
            Field(
                at.name, at.tooltip, len(self.pages) - 1, (x, y, x + width, y + height),
                self.said, size=size, flags=at.flags, maxlen=at.maxlen,
            )
        )  # fmt: skip

    def section(self, number: int, title: str, hint: str = "") -> None:
        """Draw a section's heading bar."""
        self.y -= GAP
        self.shape(MARGIN, self.y - HEAD, INNER, HEAD, rule=None, fill=NAVY)
        said = f"{number}   {title}"
        self.words(MARGIN + 5, self.y - 9.7, said, 8.5, bold=True, ink=WHITE, level=2)
        self.words(WIDTH - MARGIN - 5, self.y - 9.4, hint, 6.8, ink=WHITE, align=1)
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
            self.shape(left, bottom, BOX, BOX, rule=INK, width=0.7)
            self.words(left + BOX + 3, bottom + 1.4, label, 8)
            box = (left, bottom, left + BOX, bottom + BOX)
            self.fields.append(
                Field(at.name, at.tooltip, len(self.pages) - 1, box, self.said, state=value,
                      option=label)
            )  # fmt: skip

    def comb(self, at: Text, x: float, width: float, height: float) -> None:
        """Draw a box with one cell for each character."""
        cells, bottom, tall = at.maxlen or 1, self.y - height, height - 10
        pitch = (width - 8) / cells
        for place in range(1, cells):
            self.shape(x + 4 + place * pitch, bottom + 1, 0, tall / 2, width=0.4)
        self.text(at, x + 4, bottom + 1, width - 8, tall + 0.5, 9.5)

    def table(self, heads: tuple[Text, ...], rows: int, height: float, first: int = 1) -> None:
        """Draw a table: names and tooltips hold ``{n}`` for the row's number."""
        number, whole = 14.0, sum(head.share for head in heads)
        widths = [(INNER - number) * head.share / whole for head in heads]
        starts = [MARGIN + number + sum(widths[:place]) for place in range(len(heads))]
        for head, x in zip(heads, starts, strict=True):
            self.words(x + 3, self.y - 8, head.label, 6, ink=GREY)
        self.shape(MARGIN, self.y - 11, INNER, 11)
        self.y -= 11
        for n in range(first, first + rows):
            self.cell(MARGIN, number, height, "")
            self.words(MARGIN + 4.5, self.y - height / 2 - 2.6, str(n), 7.5, bold=True, ink=GREY)
            for head, x, width in zip(heads, starts, widths, strict=True):
                self.cell(x, width, height, "")
                name, tooltip = head.name.format(n=n), head.tooltip.format(n=n)
                named = Text(name, "", 0, tooltip, head.flags, head.maxlen)
                self.text(named, x + 1.5, self.y - height + 1, width - 3, height - 2, 9)
            self.y -= height

    def area(self, at: Text, height: float) -> None:
        """Draw a box for many lines."""
        self.cell(MARGIN, INNER, height, at.label)
        self.text(
            at, MARGIN + 2, self.y - height + 2, INNER - 4, height - (12 if at.label else 5), 9
        )
        self.y -= height

    def footer(self, page: int, pages: int) -> None:
        """Write the foot line, and turn the page when there is another."""
        self.words(MARGIN, 24, f"{self.title}  |  {self.revision}", 6.5, ink=GREY)
        private = "Contains protected health information: disclose only as permitted."
        self.words(WIDTH / 2, 24, private, 6.5, ink=GREY, align=0.5)
        self.words(WIDTH - MARGIN, 24, f"Page {page} of {pages}", 6.5, ink=GREY, align=1)
        if page < pages:
            self.pages.append([])
            self.y = HEIGHT - MARGIN

    def finish(self) -> bytes:
        """Print the face and put the fields on it."""
        face = draw(
            "face",
            {"title": self.title, "author": "Prior Auth Nodes", "revision": self.revision,
             "pages": self.pages},
        )  # fmt: skip
        return with_fields(face, self.fields)

"""One page under way, to be faxed: its font, what stands on it, and its identifiers."""

import io
import random
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import HRFlowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.fax_wording import FAMILY, GIVEN

FONTS = (
    ("Helvetica", "Helvetica-Bold"),
    ("Times-Roman", "Times-Bold"),
    ("Courier", "Courier-Bold"),
    ("FaxSans", "FaxSansBold"),
)


class Paper:
    """One page under way: its font and size, what stands on it, and its identifiers."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.plain, self.bold = FONTS[seed % len(FONTS)]
        self.size = (8, 9, 10, 11, 12)[seed * 7 % 5]
        if self.plain == "Courier":
            self.size = min(self.size, 10)
        self.story: list[Any] = []
        self.keys: list[str] = []

    def digits(self, shape: str) -> str:
        """An identifier of that shape (# a digit, @ a capital), kept as a key."""
        drawn = "".join(
            str(self.chance.randrange(10))
            if mark == "#"
            else self.chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ")
            if mark == "@"
            else mark
            for mark in shape
        )
        self.keys.append(drawn)
        return drawn

    def date(self) -> str:
        """A day as American papers write it, kept as a key."""
        day = f"{self.chance.randint(1, 12):02}/{self.chance.randint(1, 28):02}/2026"
        self.keys.append(day)
        return day

    def person(self) -> str:
        """A name."""
        return f"{self.chance.choice(GIVEN)} {self.chance.choice(FAMILY)}"

    def say(self, text: str, *, bold: bool = False, more: float = 0, **style: Any) -> None:
        """A paragraph."""
        size = self.size + more
        style = {"fontName": self.bold if bold else self.plain, "fontSize": size} | style
        self.story.append(
            Paragraph(text, ParagraphStyle("p", leading=size * 1.25, spaceAfter=size / 2, **style))
        )

    def table(self, rows: list[list[str]], widths: list[float], **look: Any) -> None:
        """Rows with rules; ``head`` shades the first, ``rules`` false leaves the rules out."""
        style: list[Any] = [
            ("FONT", (0, 0), (-1, -1), self.plain, self.size),
            ("LEADING", (0, 0), (-1, -1), self.size * 1.2),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
        if look.get("rules", True):
            style.append(("GRID", (0, 0), (-1, -1), 0.6, HexColor("#000000")))
        if look.get("head"):
            style.append(("BACKGROUND", (0, 0), (-1, 0), look["head"]))
            style.append(("FONT", (0, 0), (-1, 0), self.bold, self.size))
        self.story += [Table(rows, widths, style=style), Spacer(1, 8)]

    def rule(self) -> None:
        """A line across."""
        self.story.append(HRFlowable(width="100%", thickness=1, color="black", spaceAfter=6))

    def pdf(self) -> bytes:
        """The page as PDF; always the same bytes."""
        target = io.BytesIO()
        SimpleDocTemplate(
            target,
            pagesize=LETTER,
            leftMargin=50,
            rightMargin=50,
            topMargin=44,
            bottomMargin=40,
            invariant=1,
        ).build(self.story)
        return target.getvalue()

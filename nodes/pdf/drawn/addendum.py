"""Pages of headed texts: what continues a form, or a text that has to be a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from nodes.pdf.drawn.press import draw
from nodes.writing.text import excerpt

TITLE, WHOSE = 400, 600
"""The longest that stand at a page's head; their lines are at least so many characters."""
TITLE_LINE, WHOSE_LINE = 50, 75
NARROW, WIDE = 5, 44


@dataclass(frozen=True)
class Rows:
    """A table: the heads of its columns, and its rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def widths(self) -> list[int]:
        """How wide each column is beside the others, by the longest word or a share of its text."""
        return [
            max(NARROW, *(min(WIDE, len(cell)) for cell in column))
            for column in zip(self.heads, *self.rows, strict=True)
        ]


Parts = Sequence[tuple[str, str | Rows]]


def addendum(title: str, whose: str, parts: Parts) -> bytes:
    """Draw what continues a form: each part is a label and its whole text, or a table's rows.

    Every page says whose request it is, and which field goes on from the page before.
    """
    return pages(f"Addendum: {title}", whose, parts, "Addendum")


def pages(title: str, whose: str, parts: Parts, called: str = "") -> bytes:
    """Draw headed texts on as many pages as they need; the same input gives the same bytes.

    ``whose`` stands at the head of every page; ``called`` beside the page's number.
    """
    head = excerpt(" ".join(title.split()), TITLE)[0]
    named = excerpt(" ".join(whose.split()), WHOSE)[0]
    return draw(
        "addendum",
        {
            "title": head,
            "whose": named,
            "top": _top(head, named),
            "foot": called,
            "parts": [(heading, _shown(one)) for heading, one in parts],
        },
    )


def _top(title: str, whose: str) -> int:
    """Points kept for the head: two lines of title and three of whose fit the usual 112."""
    more = max(0, -(-len(title) // TITLE_LINE) - 2), max(0, -(-len(whose) // WHOSE_LINE) - 3)
    return 112 + 17 * more[0] + 15 * more[1]


def _shown(part: str | Rows) -> object:
    if isinstance(part, str):
        return part.strip("\n")
    return {"heads": part.heads, "rows": part.rows, "widths": part.widths}

"""Pages of headed texts: what continues a form, or a text that has to be a PDF."""

from collections.abc import Sequence

from nodes.pdf.drawn.press import draw
from nodes.writing.text import excerpt

WHOSE = 240


def addendum(title: str, whose: str, parts: Sequence[tuple[str, str]]) -> bytes:
    """Draw what continues a form: each part is a field's label and its whole text.

    Every page says whose request it is, and which field goes on from the page before.
    """
    return pages(f"Addendum: {title}", whose, parts, "Addendum")


def pages(title: str, whose: str, parts: Sequence[tuple[str, str]], called: str = "") -> bytes:
    """Draw headed texts on as many pages as they need; the same input gives the same bytes.

    ``whose`` stands at the head of every page; ``called`` beside the page's number.
    """
    return draw(
        "addendum",
        {
            "title": excerpt(" ".join(title.split()), 76)[0],
            "whose": excerpt(" ".join(whose.split()), WHOSE)[0],
            "foot": called,
            "parts": [(heading, text.strip("\n")) for heading, text in parts],
        },
    )

"""A paper as PDF: letterhead, page n of m, tagged, selectable text in embedded fonts."""

from dataclasses import asdict, dataclass
from typing import Any

from nodes.pdf.drawn.press import count, draw
from nodes.writing.paper import Paper, Passage, unbroken
from nodes.writing.text import excerpt

FOOT = 84


@dataclass(frozen=True)
class Look:
    """Sizes in points: of the text, and of the margins."""

    size: float
    side: float
    top: float
    bottom: float


LETTERS = Look(size=9.8, side=66, top=50, bottom=56)
SHEET = Look(size=8.2, side=46, top=36, bottom=40)


def pdf(paper: Paper, look: Look = LETTERS) -> bytes:
    """Write a paper as PDF/UA-1: US letter size, the same bytes for the same paper.

    What no font has is drawn as U+FFFD.
    """
    return draw("letter", _told(paper, look))


def pages(paper: Paper, look: Look = LETTERS) -> int:
    """Count the pages a paper takes."""
    return count(pdf(paper, look))


def _told(paper: Paper, look: Look) -> dict[str, Any]:
    title = " ".join(paper.title.split())
    foot, cut = excerpt(title, FOOT)
    return {
        "title": title,
        "author": paper.head[0] if paper.head else "",
        "foot": f"{foot} [...]" if cut else foot,
        "look": asdict(look),
        "head": paper.head,
        "dated": paper.dated,
        "to": paper.to,
        "about": paper.about,
        "greeting": paper.greeting,
        "passages": [_passage(one) for one in paper.passages],
        "closing": paper.closing,
        "enclosures": paper.enclosures,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    texts = [unbroken(text) for text in passage.texts]
    prose: list[str] = []
    if passage.style == "prose":
        prose, texts = [" ".join(texts)], []
    elif passage.style == "numbered" and texts:
        prose = [first for first in texts[:1] if first]
        texts = texts[1:]
    elif passage.style == "table":
        texts = []
    return {
        "title": passage.title,
        "prose": prose,
        "numbered": passage.style == "numbered",
        "items": texts,
        "rows": passage.rows,
    }

"""The text layer of a PDF that somebody else made, read where it can do no harm.

Standard: ISO 32000-1, text as pypdf orders it.
"""

from dataclasses import dataclass
from typing import Any

from nodes.pdf.box.asking import Boxed, ask

JOB = "nodes.pdf.extraction:extract"
PAGES = 500
SECONDS = 5.0
NEEDS_MORE = "it needs more time or memory than this server gives it"
BROKEN = {
    "password_required": "it is encrypted",
    "not_a_pdf": "its PDF cannot be read",
    "unreadable": "its PDF cannot be read",
}
UNREAD = {
    "too_large": "it is larger than this server reads",
    "limit": "it has more pages or more on them than this server reads",
    "killed": NEEDS_MORE,
    "timeout": "it takes longer to read than this server waits",
}


class UnreadablePdf(ValueError):
    """A PDF that gives no text; says why, without its words."""


class UnreadPdf(UnreadablePdf):
    """A PDF that may have a text and was not read: too large, or it takes too long."""


@dataclass(frozen=True)
class PdfText:
    """The text a PDF shows, how many of its pages have none, and the text it does not show."""

    text: str
    pages: int
    silent: int
    hidden: str = ""


def read(pdf: bytes, left: float = SECONDS) -> PdfText:
    """Read the text of a PDF, page after page, in the seconds that are left and never in many.

    Raises UnreadablePdf for a scan, an encrypted or broken document, UnreadPdf for one that is too
    large or takes too long.
    """
    answer = _answer(pdf, left)
    texts = _texts(answer)
    said = "\n\n".join(text for text in texts if text)
    hidden = "\n".join(str(page) for page in answer.get("hidden", ())).strip()
    return PdfText(said, len(texts), sum(not text for text in texts), hidden)


def read_pages(pdf: bytes, left: float = SECONDS) -> list[str]:
    """Read the text of each page; as ``read``."""
    return _texts(_answer(pdf, left))


def _answer(pdf: bytes, left: float) -> dict[str, Any]:
    if left <= 0:
        raise UnreadPdf("no time was left to read it")
    try:
        told = ask(JOB, pdf, {"pages": PAGES}, seconds=min(left, SECONDS)).told
    except Boxed as boxed:
        raise said(boxed) from None
    assert isinstance(told, dict)
    return told


def said(boxed: Boxed) -> UnreadablePdf:
    """Say why the box gave no text."""
    if boxed.code in BROKEN:
        return UnreadablePdf(BROKEN[boxed.code])
    return UnreadPdf(UNREAD[boxed.code])


def _texts(answer: dict[str, Any]) -> list[str]:
    pages = [str(page) for page in answer["pages"]]
    texts = [page.encode(errors="replace").decode().strip() for page in pages]
    if not any(texts):
        raise UnreadablePdf(
            "it is a scan without text: optical character recognition (OCR) is needed"
        )
    return texts

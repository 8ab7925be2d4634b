"""The text layer of a PDF that somebody else made, read where it can do no harm.

A hostile or broken PDF can keep a reader busy or fill its memory; so it is read in a process of
its own that is ended after a time. Standard: ISO 32000-1, text as pypdf orders it.
"""

import json
import math
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("extraction.py")
LARGEST = 30_000_000
PAGES = 500
SECONDS = 5.0


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
    if len(pdf) > LARGEST:
        raise UnreadPdf("it is larger than this server reads")
    seconds = min(left, SECONDS)
    if seconds <= 0:
        raise UnreadPdf("no time was left to read it")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM), str(PAGES), str(math.ceil(seconds))],
            input=pdf,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadPdf("it takes longer to read than this server waits") from None
    return _told(done)


def _texts(answer: dict[str, Any]) -> list[str]:
    pages = [str(page) for page in answer["pages"]]
    texts = [page.encode(errors="replace").decode().strip() for page in pages]
    if not any(texts):
        raise UnreadablePdf(
            "it is a scan without text: optical character recognition (OCR) is needed"
        )
    return texts


def _told(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    try:
        answer: Any = json.loads(done.stdout)
    except ValueError:
        raise UnreadPdf("it needs more time or memory than this server gives it") from None
    if "excess" in answer:
        raise UnreadPdf(str(answer["excess"]))
    if "problem" in answer:
        raise UnreadablePdf(str(answer["problem"]))
    assert isinstance(answer, dict)
    return answer

"""What is on paper in a record: PDFs, scans, pictures and Word files, in the time that is left.

Scans are read by OCR where there is an engine, and always with a doubt.
"""

from collections.abc import Callable, Sequence

from nodes.errors import NotConfigured
from nodes.fhir.tree import Missing, Unreadable
from nodes.pdf import reading as pdf
from nodes.pdf.box.asking import Boxed, ask
from nodes.reading.ocr.scan import Scan, scanned

SHARE = 0.5
MOST = 60.0
NEEDED = "it is a picture: optical character recognition (OCR) is needed"
WORD_SECONDS = 10.0
WORD_JOB = "nodes.pdf.printed.word:read"
Recognise = Callable[..., Scan]
Read = tuple[str, str | None, str]
"""Words shown, what is doubtful about them, words hidden."""
Reader = Callable[[bytes, Callable[[], float]], Read]


def scan(raw: bytes, left: float, recognise: Recognise = scanned) -> tuple[str, str]:
    """Give a picture's text and what is doubtful about it; Unreadable where there is no engine."""
    found = recognised(raw, None, left, recognise)
    if found is None:
        raise Unreadable(NEEDED)
    texts, doubt = found
    return "\n\n".join(texts.values()), doubt


def recognised(
    raw: bytes, numbers: Sequence[int] | None, left: float, recognise: Recognise = scanned
) -> tuple[dict[int, str], str] | None:
    """Give the texts of pages by number, and the doubt; none where nothing can be recognised."""
    try:
        scan = recognise(raw, numbers, seconds=min(left * SHARE, MOST))
    except (NotConfigured, Boxed):
        return None
    texts = {page.number: page.text for page in scan.pages if page.text.strip()}
    if not texts:
        return None
    sure = [page.confidence for page in scan.pages if page.confidence is not None]
    mean = f"{sum(sure) / max(1, len(sure)):.2f}".lstrip("0")
    which = "" if numbers is None else f"{len(texts)} of its pages were "
    doubt = f"{which}read by OCR, mean confidence {mean}: look at the original"
    silent = (len(numbers) if numbers is not None else scan.of) - len(texts)
    return texts, doubt + (f"; {silent} pages were not read" if silent else "")


def _pdf(raw: bytes, left: Callable[[], float]) -> Read:
    try:
        found = pdf.read(raw, left())
    except pdf.UnreadPdf as error:
        raise Missing(str(error)) from None
    except pdf.UnreadablePdf as error:
        read = recognised(raw, None, left())
        if read is None:
            raise Unreadable(str(error)) from None
        return "\n\n".join(read[0].values()), read[1], ""
    if found.silent:
        return _partly(raw, found, left)
    return found.text, None, found.hidden


def _partly(raw: bytes, found: pdf.PdfText, left: Callable[[], float]) -> Read:
    """Read the pages without text by OCR, where that can be had."""
    doubt = f"{found.silent} of its {found.pages} pages have no text: perhaps scans"
    try:
        texts = dict(enumerate(pdf.read_pages(raw, left()), 1))
    except pdf.UnreadablePdf:
        return found.text, doubt, found.hidden
    read = recognised(raw, [number for number, text in texts.items() if not text], left())
    if read is None:
        return found.text, doubt, found.hidden
    texts |= read[0]
    return "\n\n".join(text for text in texts.values() if text), read[1], found.hidden


def _picture(raw: bytes, left: Callable[[], float]) -> Read:
    return *scan(raw, left()), ""


def _word(raw: bytes, left: Callable[[], float]) -> Read:
    try:
        told = ask(WORD_JOB, raw, seconds=max(0.0, min(left(), WORD_SECONDS))).told
    except Boxed:
        raise Unreadable("its Word file cannot be read") from None
    doubt = "it holds tracked changes: read as if accepted" if told["changed"] else None
    return told["text"], doubt, told["hidden"]


ON_PAPER: dict[str, Reader] = {"pdf": _pdf, "picture": _picture, "docx": _word}

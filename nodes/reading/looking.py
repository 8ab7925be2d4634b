"""Why a person must look at a document itself."""

from collections.abc import Iterator

from nodes.document import DocumentPage
from nodes.reading.parts import Judged
from nodes.reading.source import Source

DOUBT = 0.7
PAGE_DOUBT = 0.8
FAINT, SOME, MANY = 0.4, 8, 0.15


def looks(source: Source, verdict: Judged) -> Iterator[str]:
    """Give the reasons, without any word of the document."""
    if verdict.kind == "unknown":
        close = "words speak for several kinds" if verdict.close else "no words tell it"
        yield f"kind: not known, {close}"
    for page in source.pages:
        yield from _page(page)
    for value in source.values:
        if value.confidence is not None and value.confidence < DOUBT:
            named = value.label or value.name
            yield f"form: {named} (page {value.page}) was read with doubt"[:500]
    if source.hidden:
        yield f"hidden: it holds what its reader does not see ({', '.join(source.hidden)})"


def _page(page: DocumentPage) -> Iterator[str]:
    if not page.text.strip():
        yield f"page {page.number}: no text was read on it"
        return
    if page.read_by != "ocr":
        return
    if page.confidence is not None and page.confidence < PAGE_DOUBT:
        yield f"page {page.number}: read by OCR with a mean confidence of {page.confidence:.2f}"
    faint = sum(word.confidence is not None and word.confidence < FAINT for word in page.words)
    if faint > SOME and faint > len(page.words) * MANY:
        yield f"page {page.number}: many words were hardly read: handwriting or a bad print"
    doubtful = sum(
        1
        for word in page.words
        if word.confidence is not None
        and word.confidence < DOUBT
        and any(c.isdigit() for c in word.text)
    )
    if doubtful:
        yield f"page {page.number}: {doubtful} numbers, dates or identifiers were read with doubt"

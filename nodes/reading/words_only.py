"""Documents without paper: plain text, rich text, HTML and clinical documents (CDA)."""

from nodes.document import DocumentPage
from nodes.errors import UnreadableDocument
from nodes.fhir import content
from nodes.fhir.tree import Unreadable
from nodes.reading import columns
from nodes.reading.formats import Format
from nodes.reading.source import Source
from nodes.suspicion.found import concealed

SECONDS = 20.0
LARGEST = 20_000_000
LONGEST = 400_000
PAGES = 200


def source(raw: bytes, kind: Format, parameters: str) -> Source:
    """Read a text as pages: a form feed ends one; ``parameters`` may name its charset.

    Raises UnreadableDocument for one that is empty, too long or not what it says it is.
    """
    try:
        words, hidden = _words(raw, kind, parameters)
    except Unreadable as error:
        raise UnreadableDocument(f"the document cannot be read: {error}") from None
    parts = [content.normalised(part) for part in words.split("\f")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if not any(parts):
        raise UnreadableDocument("the document has no words: send the original, or a scan of it")
    if sum(map(len, parts)) > LONGEST or len(parts) > PAGES:
        raise UnreadableDocument(
            f"the document is too long: at most {LONGEST:,} characters and {PAGES} pages;"
            " send it in parts"
        )
    found = pages(parts)
    tables = tuple(one for page in found for one in columns.tables(page))
    return Source(found, tables, hidden=hidden)


def pages(texts: list[str]) -> tuple[DocumentPage, ...]:
    """Make pages without paper of their texts."""
    return tuple(
        DocumentPage(number=number, read_by="content" if text else "none", text=text)
        for number, text in enumerate(texts, 1)
    )


def _words(raw: bytes, kind: Format, parameters: str) -> tuple[str, tuple[str, ...]]:
    if kind == "plain":
        words = content.characters(raw, parameters)
        return words, concealed(words, "")
    if len(raw) > LARGEST:
        raise UnreadableDocument("the document is larger than is read: send it in parts")
    found = content.text(raw, kind, parameters, left=lambda: SECONDS)
    return found.text, found.hidden

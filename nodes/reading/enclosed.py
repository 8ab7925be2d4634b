"""Documents to send along that are no paper: their words as plain text, to be drawn on pages."""

from dataclasses import replace

from nodes.errors import UnreadableDocument
from nodes.pdf.packet.parts import DOCX, Part
from nodes.reading import formats, word_file, words_only
from nodes.reading.source import Source

DRAWN = frozenset({"text/html", "text/rtf", "application/rtf", "application/hl7-cda+xml", DOCX})


def readable(part: Part) -> Part:
    """Give a part that can be bound: of RTF, HTML, CDA and DOCX the words; else why not."""
    if part.media_type not in DRAWN:
        return part
    try:
        found = _source(part.data, formats.told(part.data))
    except UnreadableDocument as problem:
        return replace(part, fault=f"{problem}"[:500])
    text = "\n\n".join(page.text for page in found.pages)
    return replace(part, data=text.encode(), media_type="text/plain")


def _source(data: bytes, kind: formats.Format) -> Source:
    if kind == "docx":
        return word_file.source(data)
    if kind in ("html", "rtf", "xml"):
        return words_only.source(data, kind, "")
    raise UnreadableDocument("it is not of the media type it is said to be")

"""A Word file's pages: as its reader sees it, broken where the file says a page ends."""

from nodes.document import FormValue, PageTable
from nodes.errors import UnreadableDocument
from nodes.fhir.content import normalised
from nodes.pdf.box.asking import Boxed, ask
from nodes.reading.source import Source
from nodes.reading.words_only import pages
from nodes.suspicion.found import concealed

SECONDS = 20.0
MEND = {
    "password_required": "it asks for a password: save it without one",
    "too_large": "it is larger than 20 MB: save it as PDF, or without its pictures",
    "limit": "it unpacks to more than is read: save it as PDF",
}
OTHERWISE = "it is damaged or cut off: send the file again, or save it as PDF"


def source(raw: bytes) -> Source:
    """Read a DOCX; UnreadableDocument says how to mend what cannot be opened."""
    try:
        told = ask("nodes.pdf.printed.word:read", raw, seconds=SECONDS).told
    except Boxed as error:
        mend = MEND.get(error.code, OTHERWISE)
        raise UnreadableDocument(f"the Word file cannot be read: {mend}") from None
    texts = [normalised(part) for part in told["text"].split("\f")]
    found = pages([text for text in texts if text] or [""])
    tables = tuple(
        PageTable(page=min(one["page"], len(found)), rows=tuple(tuple(row) for row in one["rows"]))
        for one in told["tables"]
    )
    comments = tuple(
        FormValue(page=1, name="", label="Comment", value=words, kind="annotation")
        for words in told["comments"]
    )
    looks = []
    if told["changed"]:
        looks.append("changes: it holds tracked changes; the text is as if they were accepted")
    if told["pictures"]:
        looks.append(f"pictures: it holds {told['pictures']}, whose words are not read")
    if any(one["cut"] for one in told["tables"]):
        looks.append("tables: one is longer than is told")
    hidden = concealed("\n".join(texts), told["hidden"])
    return Source(found, tables, comments, looks=tuple(looks), hidden=hidden)

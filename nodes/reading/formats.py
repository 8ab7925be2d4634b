"""The format of a document: by its bytes, whatever it is called."""

import re
from typing import Literal

from nodes.errors import UnreadableDocument

Format = Literal["pdf", "tiff", "png", "jpeg", "docx", "rtf", "xml", "html", "plain"]
MEDIA: dict[Format, str] = {
    "pdf": "application/pdf",
    "tiff": "image/tiff",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "rtf": "application/rtf",
    "xml": "application/cda+xml",
    "html": "text/html",
    "plain": "text/plain",
}
HEAD = 1024
PICTURES = frozenset({"tiff", "png", "jpeg"})
MARKS: tuple[tuple[bytes, Format], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
)
SEND = "send it as PDF, TIFF, PNG, JPEG, DOCX, RTF, HTML, CDA or plain text"
REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an old Office file (DOC, XLS or MSG)"),
    (b"GIF8", "it is a GIF picture"),
    (b"\x1f\x8b", "it is compressed (gzip): unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "it is an archive (7z): unpack it"),
    (b"Rar!", "it is an archive (RAR): unpack it"),
    (b"%!PS", "it is PostScript"),
    (b"BM", "it is a bitmap (BMP)"),
    (b"DICM", "it is a DICOM image"),
)
BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
ZIPPED = (
    (b"word/document", ""),
    (b"FixedDocSeq", "it is an XPS document"),
    (b"FixedDocumentSequence", "it is an XPS document"),
    (b"xl/workbook", "it is a spreadsheet (XLSX)"),
    (b"ppt/presentation", "it is a presentation (PPTX)"),
    (b"opendocument", "it is an OpenDocument file"),
)
TAGGED = re.compile(
    rb"\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(!doctype\s+html|[a-z][\w:.\-]*)",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAGS = (b"html", b"head", b"body", b"div", b"p", b"table", b"span", b"meta", b"title", b"br")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
WIDE = (b"\xff\xfe", b"\xfe\xff")


def told(content: bytes) -> Format:
    """Say the format of a document's bytes.

    Raises UnreadableDocument for one that is empty or not read here; the message says which format
    it is and what to send.
    """
    head = content[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableDocument("the document is empty: send the file again")
    if b"%PDF-" in content[:HEAD]:
        return "pdf"
    if head.startswith(rb"{\rtf"):
        return "rtf"
    for mark, kind in MARKS:
        if content.startswith(mark):
            return kind
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    _refuse(content)
    return _written(content, head)


def _zipped(content: bytes) -> Format:
    for mark, problem in ZIPPED:
        if mark in content:
            if problem:
                raise UnreadableDocument(f"{problem}, which is not read: {SEND}")
            return "docx"
    raise UnreadableDocument(f"it is an archive (ZIP): unpack it, and {SEND}")


def _refuse(content: bytes) -> None:
    for mark, problem in REFUSED:
        if content.startswith(mark) or (mark == b"DICM" and content[128:132] == mark):
            raise UnreadableDocument(f"{problem}, which is not read: {SEND}")
    if content[4:8] == b"ftyp":
        heic = content[8:12] in BRANDS
        what = "it is a phone's photo (HEIC)" if heic else "it is a film or a sound"
        raise UnreadableDocument(f"{what}, which is not read: {SEND}")
    if content.startswith(b"RIFF"):
        raise UnreadableDocument(f"it is a WebP picture or a sound, which is not read: {SEND}")


def _written(content: bytes, head: bytes) -> Format:
    if not content.startswith(WIDE) and len(CONTROLS.findall(content[:65536])) > 8:
        raise UnreadableDocument(f"its format is not known: {SEND}")
    found = TAGGED.match(head)
    if found is None:
        return "plain"
    tag = found[1].lower()
    if tag.startswith(b"!doctype") or tag in HTML_TAGS:
        return "html"
    return "xml" if head.startswith(b"<?xml") or b"urn:hl7-org:v3" in content else "plain"

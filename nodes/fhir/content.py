"""An attachment's content: its bytes wherever they are, and its text in whatever format."""

import base64
import binascii
import codecs
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from nodes.fhir import cda, page, rtf, tree
from nodes.fhir.paper import ON_PAPER
from nodes.fhir.tree import UNSEEN, Missing, Resource, Unreadable
from nodes.suspicion.found import concealed

LARGEST = 30_000_000
LARGE = "it is larger than this server reads"
TEXT_LARGEST = 4_000_000
KINDS = {
    "text/plain": "plain",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/rtf": "rtf",
    "application/rtf": "rtf",
    "application/x-rtf": "rtf",
    "text/richtext": "rtf",
    "application/cda+xml": "xml",
    "application/hl7-cda+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "image/tiff": "picture",
    "image/png": "picture",
    "image/jpeg": "picture",
    "image/jpg": "picture",
}
ORDER = ("plain", "html", "rtf", "xml", "docx", "pdf", "picture")
UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream"})
MARKS = (
    (b"%PDF-", "pdf"),
    (rb"{\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
)
WESTERN = {"iso8859-1", "cp1252", "ascii", "latin-1"}
LINE_END = re.compile(r"\r\n|[\r\f\v]")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:\-]{1,40})", re.IGNORECASE)
NAMES = re.compile(r"utf[-_]?(8|16(-?[lb]e)?)$|iso-?8859-|windows-125|cp125|latin|us-ascii$|ascii$")


class Reads(Protocol):
    """What reads a resource of the EHR."""

    base_url: str

    def left(self) -> float:
        """Seconds until the deadline of the whole fetch."""

    def read(self, reference: str, /) -> Resource | None:
        """Read one resource by ``Type/id``."""


@dataclass(frozen=True)
class Content:
    """A document's text, what is doubtful about it, and the kinds of what it hides."""

    text: str
    doubt: str | None = None
    hidden: tuple[str, ...] = ()


def rank(attachment: Resource) -> int:
    """Order renditions of one document: the ones that lose least as text first."""
    kind = KINDS.get(_type(attachment)[0])
    return ORDER.index(kind) if kind else len(ORDER)


def read(attachment: Resource, client: Reads) -> Content:
    """Read an attachment as text: in place, or as a Binary of the same EHR.

    Raises Unreadable for types that are not text, for broken content, for a scan; Missing for what
    is elsewhere, refused, too large or takes too long. The message says which.
    """
    kind, parameters = _type(attachment)
    if kind not in KINDS and kind not in UNTOLD:
        raise Unreadable("its type is not one whose text is read")
    data = attachment.get("data")
    if not isinstance(data, str) or not data:
        data, kind, parameters = _binary(attachment, client, kind, parameters)
    raw = decoded(data)
    doubt = None
    if _hash(attachment) not in (None, hashlib.sha1(raw, usedforsecurity=False).digest()):
        doubt = "its content does not match the hash the EHR gives"
    found = text(raw, _kind(raw, kind), parameters, left=lambda: client.left())
    doubts = "; ".join(filter(None, (doubt, found.doubt))) or None
    return Content(found.text, doubts, found.hidden)


def text(
    raw: bytes,
    kind: str,
    parameters: str = "",
    deep: bool = True,
    *,
    left: Callable[[], float],
) -> Content:
    """Read bytes of a kind as one normalised text."""
    doubt, hidden = None, ""
    if kind in ON_PAPER:
        words, doubt, hidden = ON_PAPER[kind](raw, left)
    elif len(raw) > TEXT_LARGEST * (3 if kind == "rtf" else 1):
        raise Missing(LARGE)
    elif kind == "rtf":
        words, hidden = rtf.shown_and_hidden(raw)
    elif kind == "xml":
        words, hidden = _xml(raw, deep, left)
    elif kind == "html":
        words, hidden = page.shown_and_hidden(characters(raw, parameters or _declared(raw)))
    elif kind == "plain":
        words = characters(raw, parameters)
    else:
        raise Unreadable("its type is not one whose text is read")
    kinds = concealed(words, hidden)
    words = normalised(words)
    if not words:
        raise Unreadable("it is empty")
    return Content(words, doubt, kinds)


def decoded(data: str) -> bytes:
    """Decode base64, line breaks or not."""
    if len(data) > LARGEST * 4 // 3 + 4:
        raise Missing(LARGE)
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable("its content is not base64") from None


def characters(raw: bytes, parameters: str = "") -> str:
    """Decode characters: by a byte order mark, as declared, as UTF-8, or as Windows writes them.

    Browsers read ISO-8859-1 as Windows-1252 too (WHATWG Encoding).
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    found = CHARSET.search(parameters)
    named = found[1].lower() if found and NAMES.match(found[1].lower()) else "utf-8"
    for encoding in (named, "utf-8", "cp1252"):
        try:
            western = codecs.lookup(encoding).name in WESTERN
            return raw.decode("cp1252" if western else encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable("its characters cannot be decoded")


def normalised(words: str) -> str:
    """Make one text of a note: LF line ends, no invisible or direction-changing characters."""
    whole = UNSEEN.sub("", LINE_END.sub("\n", words)).strip()
    return whole if whole.isascii() else whole.encode(errors="replace").decode()


def _type(attachment: Resource) -> tuple[str, str]:
    kind, _, parameters = (tree.string(attachment, "contentType") or "").lower().partition(";")
    return kind.strip(), parameters


def _kind(raw: bytes, declared: str) -> str:
    """Say the format: by its first bytes where they are plain, else as declared."""
    head = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in MARKS:
        if head.startswith(mark):
            return kind
    return KINDS.get(declared, "")


def _binary(
    attachment: Resource, client: Reads, kind: str, parameters: str
) -> tuple[str, str, str]:
    url = tree.string(attachment, "url")
    if url is None:
        raise Unreadable("its content is not in this EHR's record")
    name = tree.reference({"reference": url}, client.base_url)
    if name is None or not name.startswith("Binary/"):
        raise Missing("its content is not in this EHR")
    size = attachment.get("size")
    if isinstance(size, int | Decimal) and size > LARGEST:
        raise Missing(LARGE)
    found = client.read(name)
    data = found.get("data") if found else None
    if found is None or not isinstance(data, str) or not data:
        raise Missing("the EHR does not give its content")
    own, more = _type(found)
    return (data, own, more or parameters) if own in KINDS else (data, kind, parameters)


def _hash(attachment: Resource) -> bytes | None:
    said = tree.string(attachment, "hash")
    try:
        return base64.b64decode(said, validate=True) if said else None
    except (binascii.Error, ValueError):
        return b""


def _declared(raw: bytes) -> str:
    """Find the charset an HTML page names for itself."""
    found = CHARSET.search(raw[:1024].decode("latin-1"))
    return found[0] if found else ""


def _xml(raw: bytes, deep: bool, left: Callable[[], float]) -> tuple[str, str]:
    document = cda.root(raw)
    if not cda.is_document(document):
        if document.tag.rpartition("}")[2].lower() == "html":
            return page.shown_and_hidden(characters(raw))
        raise Unreadable("its XML is not a clinical document")
    inside = cda.enclosed(document)
    if inside is None:
        return cda.shown(document), ""
    if not deep:
        raise Unreadable("it wraps a document within a document")
    kind = inside[0].partition(";")[0].strip().lower()
    content = decoded(inside[1])
    held = text(content, _kind(content, kind), inside[0], deep=False, left=left)
    return "\n".join([*cda.whose(document), held.text]), ""

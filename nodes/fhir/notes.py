"""Documents as plain text, normalised once, so that character offsets stay what they are."""

import base64
import binascii
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

from nodes.case import Text
from nodes.chart import Note
from nodes.fhir import tree
from nodes.fhir.client import Client
from nodes.fhir.tree import Unreadable

LONGEST = 400_000
HIDDEN = {"script", "style", "head", "template", "noscript"}
BLOCKS = {
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # controls
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"  # soft, zero-width, bidi
)


class _Visible(HTMLParser):
    """Collects the words a reader of a page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in HIDDEN:
            self._hidden.append(tag)
        elif tag in BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def visible(page: str) -> str:
    """Give an HTML page's visible text, one line per block."""
    parser = _Visible()
    parser.feed(page)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def normalised(text: str) -> str:
    """Make one text of a note: LF line ends, no invisible or direction-changing characters."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def text_of(attachment: tree.Resource, client: Client) -> str:
    """Read an attachment as text: plain or HTML, in place or as a Binary of the same EHR.

    Raises Unreadable for other types, for a document that is elsewhere, and for bad base64.
    """
    kind, _, parameters = (tree.string(attachment, "contentType") or "").lower().partition(";")
    if kind.strip() not in {"text/plain", "text/html", "application/xhtml+xml"}:
        raise Unreadable("its type is not text")
    encoded = tree.string(attachment, "data") or _binary(attachment, client)
    try:
        content = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable("its content is not base64") from None
    text = _decoded(content, parameters)
    text = normalised(text if kind.strip() == "text/plain" else visible(text))
    if not text:
        raise Unreadable("it is empty")
    return text


def _decoded(content: bytes, parameters: str) -> str:
    """Decode UTF-8, or what Windows writes: browsers read ISO-8859-1 as that too (WHATWG)."""
    western = "8859-1" in parameters or "1252" in parameters
    for encoding in ("cp1252",) if western else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("its characters cannot be decoded")


def _binary(attachment: tree.Resource, client: Client) -> str:
    url = tree.string(attachment, "url")
    name = tree.reference({"reference": url}, client.base_url) if url else None
    if name is None or not name.startswith("Binary/"):
        raise Unreadable("its content is not in this EHR")
    data = tree.string(client.read(name), "data")
    if data is None:
        raise Unreadable("the EHR does not give its content")
    return data


def note(
    name: str,
    title: Text,
    written: date,
    author: Text | None,
    attachments: list[tree.Resource],
    client: Client,
) -> Note:
    """Make a note of a document: the first of its attachments that can be read, whole.

    Raises Unreadable with the reason of the last one.
    """
    reason = Unreadable("it has no content")
    for attachment in attachments:
        try:
            text = text_of(attachment, client)
        except Unreadable as error:
            reason = error
            continue
        if len(text) > LONGEST:
            raise Unreadable("it is longer than this server reads")
        return Note(id=name, title=title, written=written, author=author, text=text)
    raise reason

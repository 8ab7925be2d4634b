"""Read a document: pages, kind, tables, form values, and whether a person must look at it."""

import base64
import binascii
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.case import Text
from nodes.document import ReadDocument
from nodes.errors import UnreadableDocument
from nodes.node import Request, Response
from nodes.reading.whole import Asked, read

LARGEST = 20_000_000


class ReadDocumentRequest(Request):
    """A document's bytes; its format is told by them, not by its name or declared type."""

    content_base64: str = Field(min_length=1, max_length=LARGEST * 4 // 3 + 4)
    media_type: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="Only its charset is used, of a text"
    )
    filename: Annotated[str, StringConstraints(max_length=300)] | None = Field(
        default=None, description="For the sender's own use: nothing is concluded from it"
    )
    ocr: Literal["auto", "never", "always"] = Field(
        default="auto", description="auto: for pages whose own text is absent or not to be trusted"
    )
    words: bool = Field(default=True, description="Give each word's box and confidence")


class ReadDocumentResponse(Response):
    """The document, and its whole text for the nodes that read texts."""

    document: ReadDocument
    text: str = Field(description="All pages' text, a blank line between two")
    warnings: tuple[Text, ...] = ()


def read_document(request: ReadDocumentRequest) -> ReadDocumentResponse:
    """Read a document of any format into pages, words with places, tables, values and its kind.

    PDF, TIFF, PNG, JPEG, DOCX, RTF, HTML, CDA and plain text; the bytes decide. The kind is told
    by words that speak for it, each with its place; ``unknown`` where nothing speaks or two kinds
    are too close. ``parts`` tells the documents of a bundle and which pages are a fax cover sheet.
    ``must_look`` says why a person must look at the original; it is never empty for a document
    whose kind is unknown. Words in it that are addressed to software are told in ``warnings``
    and change nothing. ``unreadable-document``: another format, empty, truncated, encrypted, or
    more than is read; the message says what to send.
    """
    try:
        raw = base64.b64decode("".join(request.content_base64.split()), validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableDocument("content_base64 is not base64: encode the file's bytes") from None
    whole = read(raw, Asked(request.media_type or "", request.ocr))
    document = whole.document
    if not request.words:
        bare = tuple(page.model_copy(update={"words": ()}) for page in document.pages)
        document = document.model_copy(update={"pages": bare})
    return ReadDocumentResponse(
        document=document, text=whole.text, warnings=whole.warnings, used=whole.used
    )

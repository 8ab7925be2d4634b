"""A PDF from outside as a job opens it: pypdf first, few pages, and not too much on them.

pdfminer, which pdfplumber rests on, has no bounds of its own; so it only sees what passed here.
"""

import io
from contextlib import suppress
from typing import TYPE_CHECKING

from nodes.pdf.box.verdict import Boxed

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

PAGES = 200
CONTENT = 10_000_000
ANNOTATIONS = 20_000


def opened(data: bytes, pages: int = PAGES, annotations: int | None = ANNOTATIONS) -> "PdfReader":
    """Open a PDF with pypdf; Boxed when it asks for a password, or has more than that."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Boxed("password_required")
    if len(reader.pages) > pages:
        raise Boxed("limit")
    if annotations is not None and sum(map(_annotations, reader.pages)) > annotations:
        raise Boxed("limit")
    return reader


def _annotations(page: "PageObject") -> int:
    """Count what is laid over a page: form fields, notes, links."""
    with suppress(AttributeError):  # a reference to nothing
        held = page.get("/Annots")
        held = held.get_object() if held is not None else None
        return len(held) if isinstance(held, list) else 0
    return 0


def calm(data: bytes, pages: int = PAGES, annotations: int | None = ANNOTATIONS) -> "PdfReader":
    """Open a PDF of which every page's content is bounded too, before anybody follows it."""
    reader = opened(data, pages, annotations)
    for page in reader.pages:
        content = page.get_contents()
        if content is not None and len(content.get_data()) > CONTENT:
            raise Boxed("limit")
    return reader

"""A PDF from outside as a job opens it: pypdf first, few pages, and little on each of them.

pdfminer, which pdfplumber rests on, has no bounds of its own; so it only sees what passed here.
"""

import io
from typing import TYPE_CHECKING

from nodes.pdf.box.verdict import Boxed

if TYPE_CHECKING:
    from pypdf import PdfReader

PAGES = 200
CONTENT = 10_000_000


def opened(data: bytes, pages: int = PAGES) -> "PdfReader":
    """Open a PDF with pypdf; Boxed when it asks for a password or has more pages."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Boxed("password_required")
    if len(reader.pages) > pages:
        raise Boxed("limit")
    return reader


def calm(data: bytes, pages: int = PAGES) -> "PdfReader":
    """Open a PDF of which every page's content is bounded too, as pdfplumber needs it."""
    reader = opened(data, pages)
    for page in reader.pages:
        content = page.get_contents()
        if content is not None and len(content.get_data()) > CONTENT:
            raise Boxed("limit")
    return reader

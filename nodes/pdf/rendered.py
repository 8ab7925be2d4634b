"""A paper in the formats asked for."""

import base64
from collections.abc import Sequence
from typing import Final, Literal

from nodes.pdf.letter import LETTERS, Look, pdf
from nodes.pdf.word import docx
from nodes.prose import Rendered
from nodes.writing.page import html
from nodes.writing.paper import Paper

Format = Literal["html", "pdf", "docx"]
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def rendered(
    paper: Paper, formats: Sequence[Format], name: str, look: Look = LETTERS
) -> tuple[Rendered, ...]:
    """Render a paper once in each format; ``name`` is the file's, without PHI and ending."""
    return tuple(_rendered(paper, one, name, look) for one in dict.fromkeys(formats))


def _rendered(paper: Paper, form: Format, name: str, look: Look) -> Rendered:
    file = f"{name}.{form}"
    if form == "html":
        return Rendered(media_type="text/html", filename=file, data=html(paper))
    if form == "docx":
        return Rendered(media_type=WORD, filename=file, data=_coded(docx(paper)))
    return Rendered(media_type="application/pdf", filename=file, data=_coded(pdf(paper, look)))


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode()

"""A paper in the formats asked for."""

import base64
from collections.abc import Sequence
from typing import Literal

from nodes.pdf.letter import LETTERS, Look, pdf
from nodes.prose import Rendered
from nodes.writing.page import html
from nodes.writing.paper import Paper

Format = Literal["html", "pdf"]


def rendered(
    paper: Paper, formats: Sequence[Format], name: str, look: Look = LETTERS
) -> tuple[Rendered, ...]:
    """Render a paper once in each format; ``name`` is the file's, without PHI and ending."""
    return tuple(_rendered(paper, one, name, look) for one in dict.fromkeys(formats))


def _rendered(paper: Paper, form: Format, name: str, look: Look) -> Rendered:
    if form == "html":
        return Rendered(media_type="text/html", filename=f"{name}.html", data=html(paper))
    coded = base64.b64encode(pdf(paper, look)).decode()
    return Rendered(media_type="application/pdf", filename=f"{name}.pdf", data=coded)

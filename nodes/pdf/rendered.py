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
    made = {
        "html": lambda: ("text/html", html(paper)),
        "pdf": lambda: ("application/pdf", base64.b64encode(pdf(paper, look)).decode()),
    }
    every = []
    for one in dict.fromkeys(formats):
        media_type, data = made[one]()
        every.append(
            Rendered.model_validate(
                {"media_type": media_type, "filename": f"{name}.{one}", "data": data}
            )
        )
    return tuple(every)

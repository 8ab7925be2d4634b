"""Blank paper: what a form that is printed elsewhere is filled on."""

import io
from functools import cache

from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas


@cache
def blank(pages: int) -> bytes:
    """Draw empty Letter pages; always the same bytes."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return target.getvalue()

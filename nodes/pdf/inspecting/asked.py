"""Inspect a form in the safe box: its fields and a proposal, then the pictures."""

from base64 import b64encode
from typing import Any

from nodes.audit import sha256
from nodes.errors import UnreadableDocument
from nodes.inspected import InspectedField, InspectedForm, ProposalPicture
from nodes.pdf.box.asking import Boxed, ask

INSPECT, DRAW = "nodes.pdf.inspecting.job:inspect", "nodes.pdf.inspecting.job:draw"
DPI = 100
MOST_DRAWN = 30
WHY = {
    "too_large": "the PDF is larger than 20 MB",
    "not_a_pdf": "this is no PDF: send the form as its issuer publishes it",
    "password_required": "the PDF is encrypted: save it without a password",
    "limit": "the PDF has more pages, fields or content than is read",
    "unreadable": "the PDF is broken and cannot be read",
    "killed": "the PDF needs more time or memory than this server gives it",
    "timeout": "the PDF takes longer to read than this server waits",
}


def inspected(
    pdf: bytes, template: str, *, pictures: bool = True, flat: bool = False
) -> tuple[InspectedForm, str]:
    """Inspect a form; its printed text comes second. UnreadableDocument says why it cannot be.

    Where the pages cannot be read but the fields can, the fields alone are told, with a note.
    """
    told = _told(pdf, {"template": template, "flat": flat})
    notes = list(told["notes"])
    fields = tuple(_field(one) for one in told["fields"])
    drawn: tuple[ProposalPicture, ...] = ()
    if pictures and fields:
        drawn, note = _drawn(pdf, fields)
        notes += note
    form = InspectedForm(
        sha256=sha256(pdf),
        template=template,
        title=told["title"],
        flat=told["flat"],
        request=told["request"],
        pages=len(told["sizes"]),
        fields=fields,
        mapping=told["mapping"],
        pictures=drawn,
        notes=tuple(notes),
    )
    return form, told["said"]


def _told(pdf: bytes, options: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(ask(INSPECT, pdf, options).told)
    except Boxed as boxed:
        raise UnreadableDocument(WHY[boxed.code]) from None


def _field(told: dict[str, Any]) -> InspectedField:
    many = {key: tuple(told[key]) for key in ("box", "states", "options", "labels", "above")}
    return InspectedField.model_validate(told | many)


def _drawn(
    pdf: bytes, fields: tuple[InspectedField, ...]
) -> tuple[tuple[ProposalPicture, ...], list[str]]:
    pages = sorted({field.page for field in fields})
    wanted = set(pages[:MOST_DRAWN])
    places = [
        (field.page - 1, field.number, field.box, field.standing)
        for field in fields
        if field.page in wanted and not field.hidden
    ]
    try:
        answer = ask(DRAW, pdf, {"places": places, "dpi": DPI})
    except Boxed:
        return (), ["its pages could not be drawn"]
    drawn = tuple(
        ProposalPicture(page=page, png_base64=b64encode(png).decode())
        for page, png in zip(answer.told, answer.files, strict=True)
    )
    missing = len(pages) - len(drawn)
    return drawn, [f"{missing} of its pages are not drawn: too many or too large"] * (missing > 0)

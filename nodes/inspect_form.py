"""Inspect an unknown form: its fields, their labels, and a mapping.yaml to begin with."""

import base64
import binascii

from pydantic import Field

from nodes.case import Text
from nodes.errors import UnreadableDocument
from nodes.inspected import InspectedForm
from nodes.node import Request, Response
from nodes.packet import TemplateName
from nodes.pdf.inspecting.asked import inspected
from nodes.suspicion.found import told

LARGEST = 20_000_000


class InspectFormRequest(Request):
    """A form's PDF, as its issuer publishes it."""

    pdf_base64: str = Field(min_length=1, max_length=LARGEST * 4 // 3 + 4)
    template: TemplateName = Field(
        default="payer/form", description="What the mapping will be called: payer/form"
    )
    pictures: bool = Field(default=True, description="Draw the proposal over the pages")
    flat: bool = Field(
        default=False, description="Leave out the PDF's own fields: read its printed lines instead"
    )


class InspectFormResponse(Response):
    """The form with a proposal for it."""

    form: InspectedForm
    warnings: tuple[Text, ...] = Field(
        default=(), description="The form holds words addressed to software, by kind"
    )


def inspect_form(request: InspectFormRequest) -> InspectFormResponse:
    """Inspect an unknown PDF form and propose which value goes into which field.

    Each field has up to three labels: its tooltip, the words printed beside it, its name, the
    best first. A flat PDF has the fields that its rules, cells, squares and letter boxes suggest.
    ``mapping`` is a mapping.yaml that loads as it is; whatever is not certain stands in it as a
    comment that only lacks its path. Whose a field is decide its label, the name before it and
    its section; where they do not, nothing is proposed. Signatures and their dates are never
    filled. A proposal is for a person to read: the pictures show it. Words in the form that are
    addressed to software are told in ``warnings`` and change nothing. ``unreadable-document``:
    no PDF, broken, encrypted, too large, or one that takes too long.
    """
    try:
        pdf = base64.b64decode("".join(request.pdf_base64.split()), validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableDocument("pdf_base64 is not base64: encode the file's bytes") from None
    form, text = inspected(pdf, request.template, pictures=request.pictures, flat=request.flat)
    return InspectFormResponse(form=form, warnings=told([("form", text)]))

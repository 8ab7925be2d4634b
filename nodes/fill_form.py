"""Fill a payer's form from the case."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Annotated, Self

from pydantic import Field, model_validator

from nodes.assessment import Assessment
from nodes.audit import Model, Sha256, sha256
from nodes.case import Case, Text
from nodes.chart import Chart
from nodes.node import Day, Request, Response
from nodes.packet import Base64, FilledForm, FormUpload, TemplateName
from nodes.pdf import letter as drawn
from nodes.pdf.form import request_form
from nodes.pdf.packet.binding import packet
from nodes.pdf.packet.parts import Enclosed, IndexEntry, NotEnclosed, PacketParts, Part, part_of
from nodes.pdf.supply import chosen, form
from nodes.pdf.template import Template
from nodes.prose import Letter, Summary
from nodes.reading.enclosed import readable
from nodes.suspicion.cleared import cleared, cleared_case
from nodes.suspicion.found import in_case, in_chart, told
from nodes.writing.letter import lay_out_again
from nodes.writing.summary_sheet import summary_paper

GREETING = "To the Medical Director:"


class FormPacket(Model):
    """Cover sheet, form, letter and attachments as one PDF with bookmarks and numbered pages."""

    pdf_base64: str
    sha256: Sha256
    pages: int = Field(ge=1)
    index: tuple[IndexEntry, ...]
    refused: tuple[NotEnclosed, ...] = ()
    beyond: tuple[str, ...] = Field(default=(), description="Limits that are exceeded, in words")


class FillFormRequest(Request):
    """Which form, and what to fill it with."""

    template: TemplateName | None = Field(
        default=None,
        description="Folder in forms_templates, or in the installation's own folder of forms;"
        " none: generic/prior-auth-request",
    )
    pdf_base64: Base64 | None = Field(
        default=None, description="With template: the issuer's PDF, where it is not in the folder"
    )
    upload: FormUpload | None = Field(default=None, description="Instead of template")
    case: Case
    summary: Summary | None = None
    assessment: Assessment | None = None
    chart: Chart | None = None
    packet: bool = Field(default=False, description="Bind all into one PDF for the payer too")
    letter: Letter | None = Field(default=None, description="For the packet, behind the form")
    attachments: tuple[Enclosed, ...] = Field(
        default=(), max_length=50, description="For the packet, in this order"
    )
    as_of: Day | None = Field(default=None, description="The day on cover sheet and letter")
    limit_pages: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="What the payer's fax or portal takes; more is told"
    )
    limit_mb: Annotated[float, Field(gt=0, strict=False)] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.upload and (self.template or self.pdf_base64):
            raise ValueError("upload brings its own form: give no template and no pdf_base64")
        if self.pdf_base64 and not self.template:
            raise ValueError("pdf_base64 goes with template; a form of your own goes in upload")
        if not self.packet and (self.letter or self.attachments):
            raise ValueError("letter and attachments are for a packet: say packet: true")
        return self


class FillFormResponse(Response):
    """The filled form and where each value came from."""

    form: FilledForm
    packet: FormPacket | None = None
    warnings: tuple[Text, ...] = Field(
        default=(), description="Sources that hold words addressed to software, by kind"
    )


def fill_form(
    request: FillFormRequest, *, templates: Callable[..., Template] = form
) -> FillFormResponse:
    """Fill a PDF form from case, summary, assessment and chart; tell where each value came from.

    A value that is not known, or fails the check its field asks for, is left blank and told.
    Text that does not fit its box at a readable size goes whole to an addendum page. Words that
    are addressed to software are left out and told in ``warnings``. Signatures and their dates
    are never filled. The PDF has no fields, scripts or actions left; the same request gives the
    same bytes. ``packet`` binds form, letter (else the summary) and attachments behind a cover
    sheet that lists them; what cannot be bound is named in ``refused``.
    ``unknown-name``: no such template, or its issuer's PDF is not here (the message says where
    to get it). ``refused``: the PDF is another revision (template_mismatch), or there is more
    text than a form can carry. ``unreadable-document``: a PDF or mapping that cannot be used.
    """
    template = chosen(request.template, request.pdf_base64, request.upload, templates)
    chart = cleared(request.chart) if request.chart else None
    case = cleared_case(request.case)
    filled = request_form(template, case, request.summary, request.assessment, chart)
    return FillFormResponse(
        form=filled,
        packet=_packet(request, template, filled) if request.packet else None,
        warnings=_warnings(request),
        used=(template.used,),
    )


def _packet(request: FillFormRequest, template: Template, filled: FilledForm) -> FormPacket:
    data = b64decode(filled.pdf_base64)
    parts = [Part(template.mapping.title, data, pointer="/form", look=True, needed=True)]
    if request.letter:
        notes = request.chart.notes if request.chart else None
        paper = lay_out_again(
            request.case, request.letter, notes, on=request.as_of, greeting=GREETING
        )
        parts.append(Part(request.letter.subject, drawn.pdf(paper), own=True, needed=True))
    elif request.summary and request.summary.sections:
        sheet = drawn.pdf(summary_paper(request.case, request.summary, request.as_of))
        parts.append(Part("Clinical summary", sheet, own=True, needed=True))
    for place, one in enumerate(request.attachments):
        parts.append(readable(part_of(one, f"/attachments/{place}")))
    bound = packet(
        PacketParts(
            case=request.case,
            parts=tuple(parts),
            on=request.as_of,
            limit_pages=request.limit_pages,
            limit_mb=request.limit_mb,
        )
    )
    return FormPacket(
        pdf_base64=b64encode(bound.pdf).decode(),
        sha256=sha256(bound.pdf),
        pages=bound.pages,
        index=bound.index,
        refused=bound.refused,
        beyond=bound.beyond,
    )


def _warnings(request: FillFormRequest) -> tuple[str, ...]:
    parts = request.summary.sections if request.summary else ()
    said = "\n".join(sentence.text for part in parts for sentence in part.sentences)
    charted = in_chart(request.chart) if request.chart else ()
    return (*in_case(request.case), *charted, *told([("summary", said)]))

"""Fill a payer's form from the case."""

from collections.abc import Callable

from pydantic import Field

from nodes.assessment import Assessment
from nodes.case import Case, Text
from nodes.node import Request, Response
from nodes.packet import FilledForm, TemplateName
from nodes.pdf.form import request_form
from nodes.pdf.template import Template, template
from nodes.prose import Summary
from nodes.suspicion.cleared import cleared_case
from nodes.suspicion.found import in_case, told


class FillFormRequest(Request):
    """Which form, and what to fill it with."""

    template: TemplateName = Field(
        default="generic/prior-auth-request", description="Folder in forms_templates"
    )
    case: Case
    summary: Summary | None = None
    assessment: Assessment | None = None


class FillFormResponse(Response):
    """The filled form and where each value came from."""

    form: FilledForm
    warnings: tuple[Text, ...] = Field(
        default=(), description="Sources that hold words addressed to software, by kind"
    )


def fill_form(
    request: FillFormRequest, *, templates: Callable[[str], Template] = template
) -> FillFormResponse:
    """Fill a PDF form from the case and say for each field where its value came from.

    A value that is not known is left blank and, where the form requires it, listed in
    ``missing_required``. Text that does not fit its box at a readable size goes whole to an
    addendum page. Words of the case that are addressed to software are left out and told in
    ``warnings``. Signatures and their dates are never filled. The PDF has no fields, scripts
    or actions left; the same request gives the same bytes. ``unknown-name``: no such template.
    ``refused``: more text than a form can carry (400,000 characters).
    """
    form = templates(request.template)
    filled = request_form(form, cleared_case(request.case), request.summary, request.assessment)
    return FillFormResponse(form=filled, warnings=_warnings(request), used=(form.used,))


def _warnings(request: FillFormRequest) -> tuple[str, ...]:
    parts = request.summary.sections if request.summary else ()
    said = "\n".join(sentence.text for part in parts for sentence in part.sentences)
    return (*in_case(request.case), *told([("summary", said)]))

"""Fill a payer's form from the case."""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field, StringConstraints

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.node import Request, Response
from nodes.packet import FilledForm
from nodes.pdf.form import fill
from nodes.pdf.template import Template, template
from nodes.prose import Summary


class FillFormRequest(Request):
    """Which form, and what to fill it with."""

    template: Annotated[str, StringConstraints(pattern=r"^[a-z0-9\-]{1,40}/[a-z0-9\-]{1,60}$")] = (
        Field(default="generic/prior-auth-request", description="Folder in forms_templates")
    )
    case: Case
    summary: Summary | None = None
    assessment: Assessment | None = None


class FillFormResponse(Response):
    """The filled form and where each value came from."""

    form: FilledForm


def fill_form(
    request: FillFormRequest, *, templates: Callable[[str], Template] = template
) -> FillFormResponse:
    """Fill a PDF form from the case and say for each field where its value came from.

    A value that is not known is left blank and, where the form requires it, listed in
    ``missing_required``. Text that does not fit its box at a readable size goes whole to an
    addendum page. Signatures and their dates are never filled. The PDF has no fields, scripts
    or actions left; the same request gives the same bytes. ``unknown-name``: no such template.
    ``refused``: more text than a form can carry (400,000 characters).
    """
    form = templates(request.template)
    patient, coverage = request.case.patient, request.case.coverage
    roots = {"case": request.case, "summary": request.summary, "assessment": request.assessment}
    whose = (
        f"{patient.name.family}, {patient.name.given}  |  born {patient.birth_date:%m/%d/%Y}"
        f"  |  member {coverage.member_id}  |  case {request.case.id}"
    )
    return FillFormResponse(form=fill(form, roots, whose), used=(form.used,))

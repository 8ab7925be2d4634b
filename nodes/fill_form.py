"""Fill a payer's form from the case."""

from typing import Annotated

from pydantic import Field, StringConstraints

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.node import Request, Response
from nodes.packet import FilledForm
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


def fill_form(request: FillFormRequest) -> FillFormResponse:
    """Fill a PDF form from the case and say for each field where its value came from.

    Stub.
    """
    raise NotImplementedError

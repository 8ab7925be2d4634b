"""One thing to put into the record, and where it went: what every way of writing back shares."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Reference, Text
from nodes.ehr.vendor import Way

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,120}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class File(Model):
    """A document's bytes, as base64."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,120}$")]
    content_type: Literal["application/pdf", "text/plain", "application/json"]
    data: Annotated[str, StringConstraints(min_length=1, max_length=28_000_000)]


class Filing(Model):
    """A document or a task for a patient's record.

    ``identifier`` is derived from case, attempt and part: the same thing twice has the same one,
    and every way looks for it before it writes.
    """

    kind: Literal["document", "task"]
    identifier: Identifier
    patient: Reference
    title: Text
    words: Words | None = Field(default=None, description="What a task says; a document's remark")
    file: File | None = Field(default=None, description="Of a document")
    code: Literal["summary", "form", "letter", "decision", "audit", "task"] = "task"
    about: Reference | None = Field(default=None, description="The order")
    encounter: Reference | None = None
    owner: Reference | None = Field(default=None, description="Who a task is for")
    due: date | None = None
    on: date = Field(description="The day it is dated")


class Filed(Model):
    """Where one thing went.

    ``unknown``: the EHR did not answer after it was sent: look before sending again.
    ``for_a_person``: this EHR takes nothing of the kind; the file and what to do with it are here.
    """

    identifier: Identifier
    way: Way
    outcome: Literal["created", "already_there", "updated", "for_a_person", "refused", "unknown"]
    reference: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="What the EHR calls it", examples=["DocumentReference/7"]
    )
    instructions: Words | None = None
    file: File | None = None
    detail: Text | None = Field(default=None, description="Why it was refused; no PHI")

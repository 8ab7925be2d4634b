"""One thing to put into the record, and where it went: what every way of writing back shares."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model, Sha256, canonical, sha256
from nodes.case import Text
from nodes.ehr.vendor import Way
from nodes.reference import Reference

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,160}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class File(Model):
    """A document's bytes, as base64."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,180}$")]
    content_type: Literal["application/pdf", "text/plain", "application/json"]
    data: Annotated[str, StringConstraints(min_length=1, max_length=28_000_000)]


class Filing(Model):
    """A document or a task for a patient's record.

    ``identifier`` is derived from case, attempt and part: the same thing twice has the same one,
    and every way looks for it before it writes.
    """

    kind: Literal["document", "task"]
    identifier: Identifier
    patient: Reference | None = Field(
        description="None: it is not certain who it is, and a task may be about the order only"
    )
    title: Text
    words: Words | None = Field(default=None, description="What a task says; a document's remark")
    file: File | None = Field(default=None, description="Of a document")
    code: Literal["summary", "form", "letter", "decision", "audit", "task"] = "task"
    about: Reference | None = Field(default=None, description="The order")
    encounter: Reference | None = None
    author: Reference | None = Field(default=None, description="Of a document")
    draft: bool = Field(default=False, description="A document that somebody has yet to sign")
    owner: Reference | None = Field(default=None, description="Who a task is for")
    role: Text | None = Field(default=None, description="Who a task is for, in words")
    urgent: bool = False
    asks: tuple[Text, ...] = Field(default=(), description="What a task asks for, one by one")
    status: Text | None = Field(default=None, description="How the case stands, in one line")
    number: Text | None = Field(default=None, description="The payer's authorization number")
    due: date | None = None
    on: date = Field(description="The day it is dated")

    @property
    def version(self) -> str:
        """The identifier with what tells one content from another."""
        return f"{self.identifier}.{self.content[:8]}"

    @property
    def content(self) -> Sha256:
        """The hash of what a reader reads of it: what has another one says something else."""
        read = self.model_dump(
            mode="json",
            include={"title", "words", "file", "asks", "status", "number", "due", "draft"},
        )
        return sha256(canonical(read))


WITHDRAWN = "somebody withdrew it in the EHR: it was not filed again"


class Filed(Model):
    """Where one thing went.

    ``unknown``: the EHR did not answer after it was sent: look before sending again.
    ``for_a_person``: this EHR takes nothing of the kind, or somebody there withdrew it; the file
    and what to do with it are here.
    ``not_yet``: the EHR was busy or out of reach, and nothing was sent.
    """

    identifier: Identifier
    title: Text | None = Field(default=None, description="Of the thing")
    way: Way
    outcome: Literal[
        "created", "already_there", "updated", "for_a_person", "refused", "unknown", "not_yet"
    ]
    reference: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="What the EHR calls it", examples=["DocumentReference/7"]
    )
    instructions: Words | None = None
    file: File | None = None
    detail: Text | None = Field(default=None, description="Why not otherwise; no PHI")

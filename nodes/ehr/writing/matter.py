"""What is told to the record about a case: how it stands, and what is left to do."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Text
from nodes.reference import Reference

Status = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,39}$")]
Told = Annotated[str, StringConstraints(pattern=r"\S", max_length=15_000)]
WHOM = {
    "care_team": "the care team",
    "ordering_clinician": "the ordering provider",
    "patient": "the care team, to ask the patient",
    "payer": "the care team, to ask the payer",
}


class CaseOutcome(Model):
    """How the case stands; words or a number of the payer's make it a document."""

    status: Status = Field(examples=["certified", "needs_information"])
    authorization_number: Text | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    words: Told | None = Field(default=None, description="What was decided, as people read it")

    @property
    def is_document(self) -> bool:
        """Whether there is something to keep beside the status."""
        return self.words is not None or self.authorization_number is not None

    @property
    def line(self) -> str:
        """One line of it."""
        said = [self.status.replace("_", " ")]
        if self.authorization_number:
            said.append(f"authorization number {self.authorization_number}")
        if self.valid_from:
            said.append(f"valid from {self.valid_from}")
        if self.valid_to:
            said.append(f"valid to {self.valid_to}")
        return ", ".join(said)


class CareTask(Model):
    """Something for people to do about a case; the case's gaps are ``asks``."""

    title: Text
    words: Told
    of: Literal["care_team", "ordering_clinician", "patient", "payer"] = Field(
        default="care_team", description="As a gap of the assessment says"
    )
    asks: tuple[Text, ...] = Field(default=(), max_length=30, description="One by one")
    owner: Reference | None = Field(
        default=None, description="Who gets it in the EHR", examples=["Practitioner/pr-reyes"]
    )
    due: date | None = None

    @property
    def whole(self) -> str:
        """What it says and asks for."""
        return "\n".join([self.words, *(f"- {ask}" for ask in self.asks)])


class Matter(Model):
    """Everything to be told about one attempt of a case, in parts that may be absent."""

    case_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,60}$")]
    attempt: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,72}$")]
    patient: Reference | None
    order: Reference | None
    encounter: Reference | None
    author: Reference | None
    as_of: date
    urgent: bool
    outcome: CaseOutcome
    summary: str | None
    form_pdf: str | None
    letter: str | None
    letter_draft: bool
    tasks: tuple[CareTask, ...]
    audit: str | None

"""What is told to the record about a case: how it stands, and what is left to do."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.audit import Model
from nodes.case import Text

Status = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,39}$")]
Told = Annotated[str, StringConstraints(pattern=r"\S", max_length=15_000)]
ID = r"[A-Za-z0-9\-._]{1,200}"
REQUESTS = (
    "(Service|Device|Medication|Supply)Request|NutritionOrder|VisionPrescription|RequestGroup"
)
PatientName = Annotated[str, StringConstraints(pattern=rf"^Patient/{ID}$")]
OrderName = Annotated[str, StringConstraints(pattern=rf"^({REQUESTS})/{ID}$")]
EncounterName = Annotated[str, StringConstraints(pattern=rf"^Encounter/{ID}$")]
CareName = Annotated[
    str,
    StringConstraints(pattern=rf"^(Practitioner|PractitionerRole|Organization|CareTeam)/{ID}$"),
]
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

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        """Refuse what would be valid on no day."""
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self

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
    owner: CareName | None = Field(
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
    patient: PatientName | None
    order: OrderName | None
    encounter: EncounterName | None
    author: CareName | None
    as_of: date
    urgent: bool
    outcome: CaseOutcome
    summary: str | None
    form_pdf: str | None
    letter: str | None
    letter_draft: bool
    tasks: tuple[CareTask, ...]
    audit: str | None

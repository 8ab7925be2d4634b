"""What a policy file may ask of a chart: one model per operator, data only, no expressions."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from nodes.audit import Model
from nodes.case import Text
from nodes.chart import FactKind
from nodes.policy.concepts import CONCEPTS

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,63}$")]


def known_concept(name: str) -> str:
    """Refuse a concept that the dictionary of ``nodes.policy.concepts`` does not have."""
    if name not in CONCEPTS:
        raise ValueError("no such concept in nodes/policy/concepts.py")
    return name


Concept = Annotated[Slug, AfterValidator(known_concept)]
Span = Annotated[str, StringConstraints(pattern=r"^P[1-9][0-9]{0,3}[DWMY]$")]


def before(day: date, span: str) -> date:
    """Go back from a day by an ISO 8601 duration of one unit; months keep the day or shorten it."""
    count, unit = int(span[1:-1]), span[-1]
    if unit in "DW":
        return day - timedelta(days=count * (7 if unit == "W" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError("the span reaches before the calendar")


class LeafBase(Model):
    """What every question carries beside its operator."""

    id: Slug
    text: Text = Field(description="The criterion in our words")
    cite: Text = Field(description="Source and clause, with its mark when it is not the policy's")
    when_absent: Literal["unknown", "not_met"] = Field(
        description="What nothing recorded means; not_met only where the search is the proof"
    )
    ask: Text | None = Field(
        default=None, description="What to ask for; none: never asked, a patient has it or not"
    )
    of: Literal["care_team", "ordering_clinician", "patient", "payer"] = "care_team"
    effort: Literal["addendum", "record", "test", "visit", "treatment"] = "record"


class CodePresent(LeafBase):
    """A coded fact, or a statement in a note, shows it."""

    op: Literal["code_present"]
    value_set: Slug
    kinds: tuple[FactKind, ...] = ("condition",)
    concept: Concept | None = Field(default=None, description="Statements in notes show it too")
    window: Span | None = Field(default=None, description="For statements, before the order")
    objective: bool = False
    ever: bool = Field(default=False, description="Past and resolved count as well")


class Attested(LeafBase):
    """A clinician's statement in a note shows it."""

    op: Literal["attested"]
    concept: Concept
    window: Span | None = Field(default=None, description="Before the order; none: any time")
    ever: bool = False
    objective: bool = Field(default=False, description="Found on examination, not only reported")


Comparison = Literal["<", "<=", ">=", ">"]


class ObservationLatest(LeafBase):
    """The latest measured value compares so with a limit; by code, from the words, or both."""

    op: Literal["observation_latest"]
    value_set: Slug | None = None
    concept: Concept | None = Field(default=None, description="Numbers in notes and reports count")
    cmp: Comparison
    value: Decimal
    unit: str
    window: Span | None = None

    @model_validator(mode="after")
    def _findable(self) -> Self:
        if self.value_set is None and self.concept is None:
            raise ValueError("name a value set, a concept or both")
        return self


class ObservationCount(LeafBase):
    """Values beyond a limit on at least ``n`` different days."""

    op: Literal["observation_count"]
    value_set: Slug
    cmp: Comparison
    value: Decimal
    unit: str
    n: int = Field(ge=1, le=100)
    window: Span


class MedActive(LeafBase):
    """A drug is in use on the day of the order."""

    op: Literal["med_active"]
    value_set: Slug
    concept: Concept = Field(description="Its names, in the list of medications and in notes")


class EncounterWithin(LeafBase):
    """A visit about something, at most so long before the order."""

    op: Literal["encounter_within"]
    window: Span
    about: Concept
    value_set: Slug | None = Field(default=None, description="Visit diagnoses that show the topic")
    in_person: bool = Field(default=False, description="Telephone and video do not count")


class ProcedureWithin(LeafBase):
    """A procedure or test was done, at most so long before the order.

    For "none within" put it under exclusions with ``when_absent: not_met``: then a chart that was
    searched over the whole window, nothing cut off, shows that there was none.
    """

    op: Literal["procedure_within"]
    value_set: Slug
    concept: Concept | None = None
    window: Span | None = None


class EventBefore(LeafBase):
    """A visit about something came before a test."""

    op: Literal["event_before"]
    about: Concept
    about_codes: Slug | None = None
    value_set: Slug = Field(description="Codes of the test")
    concept: Concept | None = Field(default=None, description="The test as notes name it")
    in_person: bool = False


class CareDuration(LeafBase):
    """Therapy was carried out for at least so many weeks."""

    op: Literal["care_duration"]
    therapies: Slug
    weeks: Slug = Field(description="Name of a parameter, in weeks")


class CareFailed(LeafBase):
    """Therapy was carried out and did not help enough."""

    op: Literal["care_failed"]
    therapies: Slug


class ReEvaluated(LeafBase):
    """The patient was seen again after therapy, at most so many days before the order."""

    op: Literal["re_evaluated"]
    therapies: Slug
    about: Concept
    days: Slug = Field(description="Name of a parameter, in days")


class Age(LeafBase):
    """The patient's age on the date of service."""

    op: Literal["age"]
    at_least: int | None = Field(default=None, ge=0, le=130)
    at_most: int | None = Field(default=None, ge=0, le=130)


class Ordered(LeafBase):
    """A clinician ordered this service, for a diagnosis of the value set when one is named."""

    op: Literal["ordered"]
    value_set: Slug | None = None


AnyLeaf = Annotated[
    CodePresent
    | Attested
    | ObservationLatest
    | ObservationCount
    | MedActive
    | EncounterWithin
    | ProcedureWithin
    | EventBefore
    | CareDuration
    | CareFailed
    | ReEvaluated
    | Age
    | Ordered,
    Field(discriminator="op"),
]

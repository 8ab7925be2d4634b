"""Questions about what the record holds: codes, statements, values, visits, procedures, papers."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from nodes.chart import FactKind
from nodes.policy.leaf import Comparison, Concept, LeafBase, Slug, Span


class CodePresent(LeafBase):
    """A coded fact, or a statement in a note, shows it."""

    op: Literal["code_present"]
    value_set: Slug
    kinds: tuple[FactKind, ...] = ("condition",)
    concept: Concept | None = Field(default=None, description="Statements in notes show it too")
    window: Span | None = Field(default=None, description="For statements, before the order")
    objective: bool = False
    ever: bool = Field(default=False, description="Past and resolved count as well")
    begun: bool = Field(
        default=False, description="It began within the window: what is older or chronic is not it"
    )
    onset_at_most: int | None = Field(
        default=None, ge=0, le=130, description="The patient's age when it began, by coded facts"
    )

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.begun and self.window is None:
            raise ValueError("what began within a window needs the window")
        if self.onset_at_most is not None and self.concept is not None:
            raise ValueError("an age at onset is read of coded facts alone, without a concept")
        return self


class Attested(LeafBase):
    """A clinician's statement in a note shows it, or the latest result of a test in its words."""

    op: Literal["attested"]
    concept: Concept
    value_set: Slug | None = Field(default=None, description="Tests whose results say it in words")
    window: Span | None = Field(default=None, description="Before the order; none: any time")
    ever: bool = False
    objective: bool = Field(default=False, description="Found on examination, not only reported")


class ObservationLatest(LeafBase):
    """The latest measured value compares so with a limit; by code, from the words, or both."""

    op: Literal["observation_latest"]
    value_set: Slug | None = None
    concept: Concept | None = Field(default=None, description="Numbers in notes and reports count")
    cmp: Comparison
    value: Decimal
    unit: str
    window: Span | None = None
    take: Literal["latest", "first", "lowest", "highest"] = Field(
        default="latest", description="Which of several values in the window is compared"
    )
    context: Concept | None = Field(
        default=None, description="Must be said with the value (at rest, on room air), else unknown"
    )
    same_day_as: Slug | None = Field(
        default=None, description="Id of another such question: only values of days that meet it"
    )

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
    searched over the whole window, nothing cut off, shows that there was none, and neither a fact
    of another kind with such a code nor words of ``told`` may place one there.
    """

    op: Literal["procedure_within"]
    value_set: Slug
    concept: Concept | None = None
    told: Concept | None = Field(
        default=None, description="Words that leave open that there was none in the window"
    )
    window: Span | None = None


class EventBefore(LeafBase):
    """A visit about something came before a test."""

    op: Literal["event_before"]
    about: Concept
    about_codes: Slug | None = None
    value_set: Slug = Field(description="Codes of the test")
    concept: Concept | None = Field(default=None, description="The test as notes name it")
    in_person: bool = False


class VisitAfter(LeafBase):
    """A visit about something, counted in days from a start: the first day of a device or care.

    The start is the earliest device, procedure or drug recorded; an order only when it is said
    to be completed, as what was ordered has not begun.
    """

    op: Literal["visit_after"]
    about: Concept
    about_codes: Slug | None = Field(default=None, description="Visit diagnoses that show it")
    start: Slug = Field(description="Value set of what began: device, procedure, drug")
    first_day: int = Field(ge=0, le=3650, description="Inclusive; the start itself is day 0")
    last_day: int | None = Field(default=None, ge=0, le=3650)
    in_person: bool = False


class EventCount(LeafBase):
    """Coded facts or statements on at least ``n`` different days."""

    op: Literal["event_count"]
    value_set: Slug | None = None
    kinds: tuple[FactKind, ...] = ("procedure", "encounter")
    concept: Concept | None = None
    n: int = Field(ge=1, le=100)
    window: Span

    @model_validator(mode="after")
    def _countable(self) -> Self:
        if self.value_set is None and self.concept is None:
            raise ValueError("name a value set, a concept or both")
        return self


class DocumentPresent(LeafBase):
    """A document of a kind is in the record, and not older than so long before the order."""

    op: Literal["document_present"]
    value_set: Slug | None = Field(default=None, description="LOINC document types")
    concept: Concept | None = Field(default=None, description="Words of its title")
    says: Concept | None = Field(default=None, description="What its text must state, affirmed")
    window: Span | None = None

    @model_validator(mode="after")
    def _findable(self) -> Self:
        if self.value_set is None and self.concept is None:
            raise ValueError("name a value set, a concept or both")
        return self


class Derived(LeafBase):
    """A figure computed from recorded ones compares so with a limit.

    ``bmi`` in kg/m2: as recorded, else from weight and height; ``weight_loss`` in percent of the
    first weight in the window, latest against first; ``pretest_probability`` in percent, of
    coronary disease from age, sex and kind of chest pain (Diamond and Forrester 1979);
    ``adherence`` in percent of nights with 4 hours of use or more, best 30 consecutive days.
    ``pack_years`` as told, else packs a day times years; ``years_since_quit`` from the last
    quitting of tobacco to the order.
    """

    op: Literal["derived"]
    figure: Literal[
        "bmi", "weight_loss", "pretest_probability", "adherence", "pack_years", "years_since_quit"
    ]
    cmp: Comparison
    value: Decimal
    take: Literal["latest", "first"] = Field(
        default="latest", description="first: the earliest in the window, such as a baseline"
    )
    value_set: Slug | None = Field(
        default=None, description="Of adherence: codes of a night's hours of use"
    )
    window: Span | None = None

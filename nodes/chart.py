"""The chart: facts and notes with their sources; all that later nodes know of the EHR."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Text
from nodes.reference import Reference


class Coding(Model):
    """A code in a code system."""

    system: Literal["ICD-10-CM", "SNOMED", "LOINC", "RXNORM", "CPT", "HCPCS", "CVX", "NDC", "OTHER"]
    code: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    display: str | None = Field(default=None, max_length=500)


class Quantity(Model):
    """A measured value; ``unit`` is UCUM where the source gave UCUM."""

    value: Decimal
    unit: str | None = Field(default=None, max_length=50)
    comparator: Literal["<", "<=", ">=", ">"] | None = None


class Span(Model):
    """Where words stand in a note: character offsets into its text, end exclusive."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)


FactKind = Literal[
    "condition",
    "medication",
    "observation",
    "procedure",
    "encounter",
    "report",
    "document",
    "immunization",
    "allergy",
    "family_history",
    "device",
    "order",
    "care_plan",
    "authorization",
    "statement",
]


class Course(Model):
    """What a medication fact is, and how it was taken: as the source says it."""

    event: Literal["ordered", "stated", "dispensed", "administered"]
    dosage: Text | None = Field(default=None, description="Dose, route and frequency in words")
    days_supply: int | None = Field(default=None, ge=1, le=1000)
    quantity: Quantity | None = None
    refills: int | None = Field(default=None, ge=0, le=999)
    stopped: Text | None = Field(default=None, description="Why it ended, in the source's words")


class Fact(Model):
    """One thing the chart says, with the words that show it.

    ``id`` is the resource (``Condition/123``), or a document with character offsets
    (``DocumentReference/7#120-188``) when the words stand in a note; then ``span`` says the same;
    or one component of an Observation (``Observation/7#component-2``), and ``path`` says which.
    What was refuted, not done or not taken says so in ``status`` and at the start of ``quote``.
    """

    id: Reference
    kind: FactKind
    quote: str = Field(
        min_length=1,
        max_length=2000,
        description="Verbatim from the note, or the resource's own words with value and date",
    )
    codes: tuple[Coding, ...] = ()
    status: str | None = Field(default=None, max_length=64, description="As the EHR says it")
    start: date | None = Field(default=None, description="Onset, effective or first date")
    end: date | None = None
    value: Quantity | None = None
    value_text: str | None = Field(default=None, max_length=2000)
    course: Course | None = Field(default=None, description="Of a medication")
    body_site: Text | None = Field(default=None, description="Site and side, as written")
    author: Text | None = None
    span: Span | None = None
    path: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="FHIRPath of what the quote says, where it is one part of many"
    )
    why: Text = Field(description="Why it was kept: minimum necessary needs a reason")

    @property
    def source(self) -> str:
        """The resource the fact stands in, without offsets."""
        return self.id.partition("#")[0]


class Note(Model):
    """A document's text, as normalised once; offsets count in it."""

    id: Reference
    title: Text
    written: date
    author: Text | None = None
    text: str = Field(min_length=1, max_length=400_000)


class Search(Model):
    """One question asked of the EHR and what came of it."""

    query: str = Field(max_length=500, description="Resource type and parameters, no PHI")
    pages: int = Field(ge=0)
    read: int = Field(ge=0, description="Resources received")
    kept: int = Field(ge=0, description="Facts or notes kept")
    truncated: bool = False
    lost: Text | None = Field(default=None, description="What is missing, and why")


class Skipped(Model):
    """Something that was received and not used, by its reference or its place in the answer."""

    what: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        examples=["Observation/12", "Observation, page 2, entry 4"]
    )
    reason: Literal[
        "another_patient",
        "no_patient",
        "unreadable",
        "withdrawn",
        "withheld",
        "text_unreadable",
        "same_text",
        "not_about_service",
        "too_much",
    ]
    detail: Text


class Manifest(Model):
    """What was read, kept and left out, when, by whom and from where (minimum necessary, CHT-5).

    ``complete``: nothing that was asked for is lost; ``searches`` say what is, otherwise. A text
    that the EHR refuses, that is too large or that was not read in time is lost. A document that
    has no text to read (a scan, a picture, a broken or locked file) is not: it stands in
    ``skipped`` as text_unreadable, and a warning says that a person must look at it.
    """

    ehr: str
    vendor: str = "generic"
    at: datetime
    by: Text | None = Field(default=None, description="Subject of the credential that asked")
    since: date = Field(description="Start of the look-back")
    complete: bool = True
    searches: tuple[Search, ...]
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = Field(default=(), description="By resource reference, no values")


class HardStop(Model):
    """A reason not to submit that no automation may pass."""

    code: Literal[
        "wrong_patient",
        "name_mismatch",
        "birth_date_mismatch",
        "sex_mismatch",
        "laterality_mismatch",
        "clinician_mismatch",
        "order_mismatch",
        "order_inactive",
        "missing_required_field",
        "broken_reference",
        "unsupported_statement",
        "truncated_chart",
        "inconsistent_packet",
    ]
    detail: str = Field(max_length=500, description="What does not fit and how to mend it; no PHI")
    pointer: str | None = Field(default=None, description="Where, as a JSON pointer")


class Chart(Model):
    """The part of a patient's record that this request needs."""

    patient: Reference
    order: Reference | None = None
    coverage: Reference | None = None
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...]
    manifest: Manifest
    hard_stops: tuple[HardStop, ...] = Field(
        default=(), description="What fetch-chart found that must stop the request"
    )

"""The chart: facts and notes with their sources; all that later nodes know of the EHR."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Reference, Text


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
    "statement",
]


class Fact(Model):
    """One thing the chart says, with the words that show it.

    ``id`` is the resource (``Condition/123``), or a document with character offsets
    (``DocumentReference/7#120-188``) when the words stand in a note; then ``span`` says the same.
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
    author: Text | None = None
    span: Span | None = None
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


class Manifest(Model):
    """What was read, kept and left out, when and from where (minimum necessary, CHT-5)."""

    ehr: str
    at: datetime
    since: date = Field(description="Start of the look-back")
    searches: tuple[Search, ...]
    warnings: tuple[str, ...] = Field(default=(), description="By resource reference, no values")


class HardStop(Model):
    """A reason not to submit that no automation may pass."""

    code: Literal[
        "wrong_patient",
        "name_mismatch",
        "birth_date_mismatch",
        "sex_mismatch",
        "laterality_mismatch",
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
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...]
    manifest: Manifest
    hard_stops: tuple[HardStop, ...] = Field(
        default=(), description="What fetch-chart found that must stop the request"
    )

"""Codes that may fit words of a chart: proposals for a coder, never a case's diagnoses."""

from typing import Annotated, Literal

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.entity import Said, Status

Axis = Literal[
    "side", "encounter", "healing", "stage", "severity", "type", "trimester", "intractability",
    "acuity", "episode", "complication", "site", "control", "cause", "seventh_character", "kind",
]  # fmt: skip


class CodeChoice(Model):
    """A code that would say more."""

    code: Text
    title: Text


class CodeGap(Model):
    """What a code leaves open that others of its kind say.

    ``said`` are words of the same text that may answer it; empty: nothing there says it.
    """

    what: Axis
    said: tuple[Said, ...] = ()
    choices: tuple[CodeChoice, ...] = Field(default=(), description="At most eight")


class CodeReason(Model):
    """Why a code is proposed: the words it shares with a title, an inclusion term or our own."""

    words: tuple[Text, ...] = Field(description="As compared: singular, American spelling")
    by: Text = Field(description="The title or term they were found in")
    kind: Literal["title", "inclusion_term", "own_wording"]
    similarity: float = Field(ge=0, le=1, description="Of words; no probability of being right")
    narrowed: Text | None = Field(
        default=None, description="Where a broader code fitted best: how this one was reached"
    )


class CodeCandidate(Model):
    """One ICD-10-CM code for the coder to judge."""

    code: Text
    title: Text
    billable: bool = Field(description="Complete: nothing may or must follow it")
    in_edition: bool | None = Field(
        description="Whether the date of service is in the edition's time; none: no date was given"
    )
    complete: bool = Field(description="No gap is named")
    gaps: tuple[CodeGap, ...] = ()
    reason: CodeReason


class CodedWords(Model):
    """A diagnosis the text names and the codes for it, best first."""

    words: Said
    source: Text | None = None
    status: Status
    candidates: tuple[CodeCandidate, ...] = Field(default=(), max_length=10)
    note: Text | None = Field(
        default=None, description="Why nothing is proposed, or with what care"
    )


class CodeEdit(Model):
    """What a check says of a code that was given, or of a pair; ``error`` would be refused."""

    edit: Literal[
        "invalid",
        "not_billable",
        "seventh_character",
        "outside_edition",
        "laterality",
        "laterality_open",
        "sex",
        "age",
        "excludes1",
        "excludes2",
        "sequence",
        "manifestation_first",
        "duplicate",
        "more_specific",
        "pattern",
    ]
    severity: Literal["error", "warning", "note"]
    codes: tuple[Text, ...] = Field(description="As given; the one at fault first")
    detail: Text
    source: Text | None = Field(default=None, description="Code or block whose note says so")
    choices: tuple[CodeChoice, ...] = ()


class HcpcsCode(Model):
    """A service code that was given: its form, and our own words where we have some."""

    code: Text
    system: Literal["HCPCS", "CPT", "unknown"]
    form: Literal["valid", "invalid", "dental"] = Field(
        description="Of the pattern alone: whether the code is in force is not known here"
    )
    words: Text | None = Field(default=None, description="Ours, of a short list; never CPT's")


class CodingAccuracy(Model):
    """How often the first code, or one of the first five, was right on a stated set."""

    about: Text
    cases: Annotated[int, Field(ge=1)]
    exact_at_1: Annotated[int, Field(ge=0)]
    exact_at_5: Annotated[int, Field(ge=0)]
    category_at_1: Annotated[int, Field(ge=0)]
    measured: Text

    @property
    def share(self) -> float:
        """Share of first codes that were right."""
        return self.exact_at_1 / self.cases

"""What a model may propose of a policy: a flat list of questions, each with the words it rests on.

No field is optional and no part holds another: so the schema stays within what structured answers
allow. Limits are hints to the model; ``nodes.policy.drafting`` holds them.
"""

from typing import Literal

from pydantic import Field

from nodes.audit import Model

Group = Literal["all", "any", "at_least", "not"]
Operator = Literal[
    "code_present",
    "attested",
    "observation_latest",
    "event_count",
    "encounter_within",
    "procedure_within",
    "document_present",
    "med_active",
    "drug_trial",
    "care_duration",
    "care_failed",
    "age",
    "ordered",
]


class ProposedCode(Model):
    """A code; ``beneath`` with all codes that begin so."""

    system: Literal["ICD-10-CM", "SNOMED", "LOINC", "RXNORM", "CPT", "HCPCS", "NDC"]
    code: str
    beneath: bool


class ProposedPart(Model):
    """A group or a question; 0, "" and [] are none."""

    id: str
    under: str = Field(description="criteria, exclusions, or the id of a group")
    kind: Group | Operator
    text: str
    quote: str = Field(description="Verbatim from the source text")
    count: int
    codes: tuple[ProposedCode, ...]
    words: tuple[str, ...]
    compare: Literal["none", "<", "<=", ">=", ">"]
    value: str
    unit: str
    months: int
    weeks: int
    days: int
    at_least: int
    at_most: int
    in_person: bool
    examined: bool
    ask: str
    of: Literal["care_team", "ordering_clinician", "patient", "payer"]
    effort: Literal["addendum", "record", "test", "visit", "treatment"]


class Proposal(Model):
    """A policy as a model reads it; nothing of it decides before a person approved it."""

    parts: tuple[ProposedPart, ...]
    not_covered: tuple[str, ...]
    addressed_to_reader: tuple[str, ...] = Field(
        description="Sentences of the source that give instructions to a reader or program"
    )

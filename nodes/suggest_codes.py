"""Which ICD-10-CM codes fit what a chart says, and what is wrong with those that were given?"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.case import ServiceLine, Sex, Text
from nodes.chart import Fact, Note
from nodes.coding import accuracy, edits, services, suggesting
from nodes.coding.candidate import CodedWords, CodeEdit, CodingAccuracy, HcpcsCode
from nodes.coding.icd10cm import CodeEdition, shipped
from nodes.entity import Entity
from nodes.node import Day, Request, Response
from nodes.suspicion.found import suspicious

USE = "Proposals for a coder: nothing here is put into a case, a form or a transaction by itself"


class SuggestCodesRequest(Request):
    """What names the diagnoses, in any of four ways, and the codes to be checked."""

    text: Annotated[str, Field(min_length=1, max_length=400_000)] | None = None
    notes: tuple[Note, ...] = Field(default=(), max_length=200)
    facts: tuple[Fact, ...] = Field(default=(), max_length=5_000)
    entities: tuple[Entity, ...] = Field(default=(), max_length=5_000)
    given: tuple[Annotated[str, StringConstraints(min_length=1, max_length=20)], ...] = Field(
        default=(), max_length=50, description="ICD-10-CM codes to check, the principal one first"
    )
    service_lines: tuple[ServiceLine, ...] = Field(default=(), max_length=99)
    service_codes: tuple[Annotated[str, StringConstraints(min_length=1, max_length=20)], ...] = (
        Field(default=(), max_length=99, description="HCPCS or CPT codes, looked at by pattern")
    )
    date_of_service: Day | None = None
    sex: Sex = "unknown"
    birth_date: Day | None = None
    setting: Literal["outpatient", "inpatient"] = "outpatient"
    best: int = Field(default=5, ge=1, le=10, description="Codes for each diagnosis")
    at_least: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Propose nothing when the share of right first codes, on the set of accuracy"
        " where it is lowest, is below this",
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        said = (self.text, *self.notes, *self.facts, *self.entities)
        if not any((*said, *self.given, *self.service_lines, *self.service_codes)):
            raise ValueError("give a text, notes, facts, entities or codes")
        return self


class SuggestCodesResponse(Response):
    """Codes per diagnosis found, what speaks against those given, and how good this is."""

    use: Text = USE
    found: tuple[CodedWords, ...] = ()
    edits: tuple[CodeEdit, ...] = Field(default=(), description="Of the codes that were given")
    conflicts: tuple[CodeEdit, ...] = Field(
        default=(), description="First codes proposed that exclude each other or one given"
    )
    services: tuple[HcpcsCode, ...] = ()
    edition: CodeEdition
    accuracy: tuple[CodingAccuracy, ...] = Field(
        description="How often proposals were right, on which sets: read before trusting them"
    )
    withheld: Text | None = Field(default=None, description="Why nothing is proposed at all")
    warnings: tuple[Text, ...] = ()


def suggest_codes(request: SuggestCodesRequest) -> SuggestCodesResponse:
    """Propose ICD-10-CM codes for the diagnoses of a text, with reasons, and check given codes.

    Only what the text affirms of the patient now is given codes; what is denied, suspected, past
    or another's is listed with the reason. Each proposal says by which words it was found, what it
    leaves open and where the text may answer that. Nothing is filled in: a coder decides. A date of
    service outside the edition's time is a warning. CPT codes are taken as they are and never
    described.
    """
    table = shipped()
    measured = accuracy.measured()
    worst = min(measured, key=lambda one: one.share)
    hidden = request.at_least is not None and worst.share < request.at_least
    sources = suggesting.sources(
        request.text, request.notes, request.facts, request.entities, request.date_of_service
    )
    read = suggesting.found(() if hidden else sources, request)
    about = edits.Encounter(
        request.date_of_service, request.sex, request.birth_date, request.service_lines
    )
    return SuggestCodesResponse(
        found=read.found,
        edits=tuple(edits.check(request.given, about, table)),
        conflicts=tuple(edits.conflicts(suggesting.firsts(read.found), request.given, table)),
        services=services.looked_at(request.service_codes, request.service_lines),
        edition=table.edition,
        accuracy=measured,
        withheld=_withheld(request, worst) if hidden else None,
        warnings=(
            *edits.dated(request.date_of_service, table.edition),
            *suggesting.suspicions(sources, suspicious),
            *read.warnings,
        ),
        used=(table.used,),
    )


def _withheld(request: SuggestCodesRequest, worst: CodingAccuracy) -> str:
    return (
        f"The first code was right in {worst.exact_at_1} of {worst.cases} cases;"
        f" at least {request.at_least:.0%} was asked for"
    )

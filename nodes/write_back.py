"""Put what came of a case into the patient's record, by what its EHR can take."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from nodes import http
from nodes.audit import AuditEntry
from nodes.case import Patient
from nodes.ehr import vendors
from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.ehr.filing import Filed
from nodes.ehr.writing.filings import filings
from nodes.ehr.writing.matter import (
    CareName,
    CareTask,
    CaseOutcome,
    EncounterName,
    Matter,
    OrderName,
    PatientName,
    Told,
)
from nodes.ehr.writing.ways import Ways
from nodes.errors import UnknownName
from nodes.node import Day, Request, Response
from nodes.prose import Summary
from nodes.settings import settings

DOCUMENTS = ("summary", "form_pdf", "letter", "audit")
AGAIN = {"not_yet", "unknown"}
utc_now = partial(datetime.now, UTC)


class WriteBackRequest(Request):
    """Whose record, about which attempt of which case, and the parts to put there."""

    ehr: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_\-]{0,63}$")] = Field(
        description="Name of a configured EHR; addresses are never taken from requests"
    )
    case_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,60}$")]
    attempt: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,72}$")] = Field(
        description="The same told again has the same; a later decision has another"
    )
    patient: PatientName | None = Field(
        default=None, description="None: it is not certain who it is; then only tasks are filed"
    )
    registered: Patient | None = Field(
        default=None, description="Compared with the EHR's, for APIs beside FHIR"
    )
    order: OrderName | None = None
    encounter: EncounterName | None = None
    author: CareName | None = Field(
        default=None, description="Of the documents, such as the ordering clinician"
    )
    as_of: Day
    urgent: bool = False
    outcome: CaseOutcome
    summary: Summary | None = None
    form_pdf: Annotated[str, StringConstraints(max_length=28_000_000)] | None = Field(
        default=None, description="The form as it was sent, base64"
    )
    letter: Told | None = None
    letter_draft: bool = Field(default=True, description="Somebody has yet to sign the letter")
    tasks: tuple[CareTask, ...] = Field(default=(), max_length=20)
    audit: tuple[AuditEntry, ...] = Field(default=(), max_length=200)
    filed: tuple[Filed, ...] = Field(
        default=(), max_length=100, description="What an earlier answer said of the same attempt"
    )
    final: bool = Field(
        default=False, description="No call follows: what is not settled is for a person"
    )

    @field_validator("form_pdf")
    @classmethod
    def is_pdf(cls, form: str | None) -> str | None:
        """Refuse what is not base64, or not of a PDF."""
        if form is not None and not base64.b64decode(form, validate=True).startswith(b"%PDF-"):
            raise ValueError("not a PDF")
        return form

    @model_validator(mode="after")
    def is_about_somebody(self) -> Self:
        """Refuse documents that would be in nobody's record, and tasks about nothing."""
        if self.patient is None:
            if any(getattr(self, name) for name in DOCUMENTS) or self.outcome.is_document:
                raise ValueError("a document needs the patient")
            if self.order is None:
                raise ValueError("without a patient a task needs the order")
        return self


class WriteBackResponse(Response):
    """Where each thing went."""

    standing: Literal["done", "person", "again"] = Field(
        description="again: call again with filed; person: somebody must file what is for them"
    )
    filed: tuple[Filed, ...]
    retry_after: int | None = Field(default=None, description="Seconds the EHR asked for")


def write_back(
    request: WriteBackRequest,
    *,
    ehrs: Mapping[str, Ehr] | None = None,
    call: http.Call = http.call,
    pause: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = utc_now,
) -> WriteBackResponse:
    """File summary, form, letter, decision, tasks and audit trail into the patient's record.

    Each goes by the first way of the vendor's file that takes it: FHIR, where the EHR's
    CapabilityStatement offers the create; the vendor's document or task API; else a person, who
    gets the file and what to do. Everything has an identifier of case, attempt and part, and is
    looked for before it is written: told again it is ``already_there``. Content that changed
    replaces what stands there (If-Match) where the EHR offers that and nobody edited it, else is
    filed beside it, naming it. A part that is refused harms no other. An EHR that is busy or out
    of reach is an error while nothing was filed; after that the rest is ``not_yet``. Give an
    answer's ``filed`` with the next call: some APIs cannot be asked what they have. With ``final``
    nothing is left open: what did not get there is for a person, with its file.
    """
    configured = settings().ehrs if ehrs is None else ehrs
    if request.ehr not in configured:
        raise UnknownName("no EHR of this name is configured")
    ehr = configured[request.ehr]
    vendor, used = vendors.entry(ehr.vendor)
    connection = Connection(ehr, call=call, pause=pause)
    ways = Ways(
        ehr, vendor, connection, registered=request.registered, now=now, final=request.final
    )
    earlier = {one.identifier: one for one in request.filed}
    filed = ways.file(list(filings(_matter(request))), earlier)
    begun = request.final or any(one.reference or one.outcome == "unknown" for one in filed)
    if ways.failure and not begun:
        raise ways.failure
    standing = _standing(filed)
    wait = ways.failure.retry_after if ways.failure and standing == "again" else None
    return WriteBackResponse(used=(used,), standing=standing, filed=tuple(filed), retry_after=wait)


def _matter(request: WriteBackRequest) -> Matter:
    told = {name: getattr(request, name) for name in Matter.model_fields}
    chain = [entry.model_dump(mode="json") for entry in request.audit]
    told["summary"] = request.summary.text if request.summary else None
    told["audit"] = json.dumps(chain, indent=1, ensure_ascii=False) if chain else None
    return Matter(**told)


def _standing(filed: list[Filed]) -> Literal["done", "person", "again"]:
    if any(one.outcome in AGAIN and one.instructions is None for one in filed):
        return "again"
    return "person" if any(one.instructions for one in filed) else "done"

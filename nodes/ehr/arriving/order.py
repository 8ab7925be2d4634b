"""An order as something announced it: whose, what, by whom, and the key it is known by."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from nodes.audit import Model, Sha256, canonical, sha256
from nodes.case import PersonName, Sex, Text
from nodes.chart import Coding
from nodes.fhir.expected import Identifier
from nodes.reference import Reference

EhrName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_\-]{0,63}$")]
CaseId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,60}$")]
Service = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9\-]{2,10} \S.{0,99}$")]
# Within the calendar's ends, so that minutes and days can be counted from it.
Moment = Annotated[
    AwareDatetime,
    Field(strict=False, ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2200, 12, 31, tzinfo=UTC)),
]
Announced = Literal[
    "resource", "order-sign", "order-select", "notification", "webhook", "plain", "poll"
]
Verdict = Literal[
    "new", "duplicate", "changed", "reorder", "superseded", "cancelled", "not_yet", "unknown"
]


PatientReference = Annotated[Reference, StringConstraints(pattern=r"^Patient/[^#]+$")]


class AnnouncedPatient(Model):
    """Who the announcement says the patient is; fetch-chart compares it as ``patient``."""

    id: Reference | None = None
    mrn: Identifier | None = Field(default=None, description="Medical record number")
    name: PersonName | None = None
    birth_date: date | None = None
    sex: Sex | None = None


class KnownOrder(Model):
    """An order that the caller took in before: opaque references and codes only."""

    ehr: EhrName = Field(description="Where its references hold: each EHR has ids of its own")
    key: Sha256
    order: Reference | None = None
    patient: Reference | None = None
    services: tuple[Service, ...] = Field(default=(), max_length=50)
    case_id: CaseId | None = None
    at: Moment = Field(description="When it was taken in")
    closed: bool = Field(default=False, description="Known to be cancelled or superseded")
    carried_out: bool = Field(
        default=False, description="Closed by being carried out: the same soon after is a re-order"
    )


class OrderReference(Model):
    """One order, with what was announced of it.

    ``key`` is the SHA-256 of the EHR's name and the order's reference: whatever announces the
    same order, in whatever version, gives the same key. A draft has no reference yet; its key is
    made of the hook call's id and its place in it. No key is made of a patient or a code: those
    could be guessed.
    """

    ehr: EhrName
    key: Sha256
    case_id: CaseId = Field(
        description="As announced; else derived: orders signed as one group share it"
    )
    order: Reference | None = Field(default=None, description="None: a draft, not in the EHR yet")
    draft: bool = False
    complete: bool = Field(
        default=True, description="False: only its id was announced; find-orders reads the rest"
    )
    patient: AnnouncedPatient | None = None
    clinician: Reference | None = Field(default=None, description="Who ordered")
    codes: tuple[Coding, ...] = Field(default=(), max_length=50)
    services: tuple[Service, ...] = Field(
        default=(), max_length=50, description="The codes in one spelling, to keep with the key"
    )
    authored: date | None = None
    priority: Literal["routine", "urgent", "asap", "stat"] | None = None
    order_status: Text | None = Field(default=None, description="As the EHR says it")
    replaces: tuple[Reference, ...] = Field(default=(), max_length=20)
    announced: Announced
    verdict: Verdict = Field(default="unknown", description="Against the orders already known")
    earlier: Sha256 | None = Field(default=None, description="The known order it was held against")
    why: Text | None = Field(default=None, description="Of a verdict other than new")


class Lookup(Model):
    """Something changed, and the announcement does not say which order: find-orders can ask.

    Without a patient: every order since.
    """

    patient: Reference | None = None
    why: Text


class NewDocument(Model):
    """A document that was added to a patient's chart."""

    document: Reference
    patient: Reference | None = None
    written: date | None = None
    codes: tuple[Coding, ...] = Field(default=(), max_length=20)


def key_of(ehr: str, order: str) -> str:
    """Derive the key of an order that is in the EHR."""
    return sha256(canonical(["order", ehr, order]))


def key_of_draft(ehr: str, call: str, place: str) -> str:
    """Derive the key of a draft from the id of the hook call and its place there."""
    return sha256(canonical(["draft", ehr, call, place]))


def case_of(ehr: str, order_key: str, group: tuple[str, ...] | None) -> str:
    """Derive a case's id from its order, or from the group the order was signed in."""
    whole = sha256(canonical(["group", ehr, *group])) if group else order_key
    return f"PA-{whole[:20].upper()}"


def services_of(codes: Sequence[Coding]) -> tuple[str, ...]:
    """Spell what is ordered in one way: the billable codes, else all; sorted, each once."""
    said = {f"{one.system} {one.code}"[:110] for one in codes}
    billable = {one for one in said if one.startswith(("CPT ", "HCPCS "))}
    return tuple(sorted(billable or said))

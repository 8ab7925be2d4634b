"""A 278 as it is answered: each patient event with its decisions, certifications and next step."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from pydantic import Field

from nodes.audit import Model
from nodes.decision import Decision, Document, Outcome, Rejection
from nodes.x12.reviewing.authorization import Authorization, Clock, authorizations, remaining
from nodes.x12.reviewing.next_step import Next, after
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.requested import RequestedCase, requested_case
from nodes.x12.reviewing.review import Detail, Party, Stated, UnknownCode, Unread


class Review278(Model):
    """One patient event of a transaction set; most sets have one."""

    direction: Literal["request", "response"]
    kind: Literal["review", "inquiry"] = "review"
    guide: str = Field(description="ST03, or GS08 where the set does not say it")
    control_number: str = Field(description="ST02")
    purpose: str = Field(description="BHT02")
    reference: str | None = Field(default=None, description="BHT03")
    outcome: Outcome = Field(description="Over all: service decisions beat the event's")
    next: Next = Field(description="What to do now")
    event: Decision | None = None
    services: tuple[Decision, ...] = ()
    authorizations: tuple[Authorization, ...] = Field(
        default=(), description="What was certified: units, dates, expiry, renewal"
    )
    rejections: tuple[Rejection, ...] = ()
    documents: tuple[Document, ...] = Field(default=(), description="What the payer asks for")
    member_id: str | None = None
    onset: date | None = None
    diagnoses: tuple[str, ...] = Field(default=(), description="As received: without the dot")
    parties: tuple[Party, ...] = ()
    event_stated: Stated | None = Field(default=None, description="All else the event says")
    services_stated: tuple[Stated, ...] = Field(
        default=(), description="All else each of the services says, in their order"
    )
    requested: RequestedCase | None = Field(
        default=None, description="Of a request: as much of a case as it holds"
    )
    details: tuple[Detail, ...] = Field(
        default=(), description="Segments the guide knows that no model here holds wholly"
    )
    unread: tuple[Unread, ...] = Field(
        default=(), description="Segments the guide does not know there, or that cannot be read"
    )
    unknown_codes: tuple[UnknownCode, ...] = Field(
        default=(), description="Codes the guide does not list where they stand"
    )


class Reviewed(NamedTuple):
    """A review with what is needed to find the one that concerns us; its reading can go."""

    review: Review278
    table: str
    decision: Decision | None
    echoed: frozenset[str]
    traced: frozenset[str]
    referred: frozenset[str]
    patient: tuple[str, ...]
    set: int
    written: str

    def after_use(self, used: Mapping[int, Decimal]) -> "Reviewed":
        """The same with what is left of each service after so much was used."""
        left = tuple(remaining(one, used) for one in self.review.authorizations)
        return self._replace(review=self.review.model_copy(update={"authorizations": left}))


def reviewed(reading: Reading, clock: Clock, asked: Mapping[str, Reading]) -> Reviewed:
    """A reading with what follows from it; ``asked`` are requests by their trace numbers."""
    before = earlier(reading, asked)
    certified = authorizations(reading, clock, before)
    event, services = reading.event, reading.services
    items = [event, *services] if event else services
    subscriber = next((party for party in reading.parties if party.entity == "IL"), None)
    review = Review278(
        direction=reading.direction,
        kind=reading.kind,
        guide=reading.transaction.guide,
        control_number=reading.transaction.control,
        purpose=reading.purpose,
        reference=reading.reference,
        outcome=reading.outcome,
        next=after(reading, certified),
        event=reading.decided_event,
        services=reading.decided,
        authorizations=certified,
        rejections=tuple(reading.rejections),
        documents=reading.documents,
        member_id=subscriber.id if subscriber else None,
        onset=event.onset if event else None,
        diagnoses=tuple(code for item in items for code in item.diagnoses),
        parties=tuple(reading.parties),
        event_stated=event.stated if event else None,
        services_stated=tuple(item.stated for item in services),
        requested=requested_case(reading) if reading.direction == "request" else None,
        details=tuple(reading.details),
        unread=tuple(reading.unread),
        unknown_codes=tuple(reading.unknown),
    )
    return Reviewed(
        review,
        reading.guide.id,
        reading.decision,
        reading.traces("2"),
        reading.traces(),
        frozenset([reading.reference] if reading.reference else []),
        patient(reading.parties),
        id(reading.transaction),
        reading.written,
    )


def earlier(reading: Reading, asked: Mapping[str, Reading]) -> Reading | None:
    """The request an answer is to: by a trace it echoes, else by BHT03."""
    named = [*sorted(reading.traces("2")), *sorted(reading.traces()), reading.reference or ""]
    return next((asked[one] for one in named if one in asked), None)


def patient(parties: Sequence[Party]) -> tuple[str, ...]:
    """Who the patient is: the member's id, and the dependent's or member's name and birth date."""
    member = next((one for one in parties if one.entity == "IL"), None)
    person = next((one for one in parties if one.entity == "QC"), member)
    if member is None or person is None:
        return ()
    born = person.birth_date.isoformat() if person.birth_date else ""
    return tuple(bare(one) for one in (member.id, person.family, person.given, born))


def bare(text: str | None) -> str:
    """A name or number without what payers leave out or write otherwise."""
    return "".join(filter(str.isalnum, (text or "").upper()))

"""A 278 as it is answered: each patient event with its decisions, certifications and next step."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from pydantic import Field

from nodes.audit import Model
from nodes.decision import CERTIFYING, Decision, Document, Outcome, Rejection
from nodes.x12.reviewing.authorization import Authorization, Clock, authorizations, remaining
from nodes.x12.reviewing.comparison import Asked
from nodes.x12.reviewing.concern import Answer, Concern
from nodes.x12.reviewing.concerns import concerns
from nodes.x12.reviewing.next_step import Next, after
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.requested import RequestedCase, requested_case
from nodes.x12.reviewing.review import Detail, Party, Stated, UnknownCode, Unread
from nodes.x12.reviewing.who import patient


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
    concerns: tuple[Concern, ...] = Field(
        default=(), description="What else the payer said or left out, beside its decisions"
    )
    event: Decision | None = None
    services: tuple[Decision, ...] = ()
    authorizations: tuple[Authorization, ...] = Field(
        default=(),
        description="What was certified: units, dates, expiry, renewal; none while the outcome is "
        "unknown",
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
    event, services = reading.event, reading.services
    before = earlier(reading, asked)
    pairs = Asked(before, reading)
    certified = authorizations(reading, clock, before, pairs)
    answer = Answer(reading, before, pairs, certified)
    held = concerns(answer)
    outcome = settled(reading.outcome, held)
    if outcome not in CERTIFYING:
        held = tuple(one for one in held if one.rule not in OF_A_YES)
    items = [event, *services] if event else services
    subscriber = next((party for party in reading.parties if party.entity == "IL"), None)
    review = Review278(
        direction=reading.direction,
        kind=reading.kind,
        guide=reading.transaction.guide,
        control_number=reading.transaction.control,
        purpose=reading.purpose,
        reference=reading.reference,
        outcome=outcome,
        next=after(reading, outcome, answer, held),
        concerns=held,
        event=reading.decided_event,
        services=reading.decided,
        authorizations=() if outcome == "unknown" else certified,
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
        shown(reading, outcome),
        reading.traces("2"),
        reading.traces(),
        frozenset([reading.reference] if reading.reference else []),
        patient(reading.parties),
        id(reading.transaction),
        reading.written,
    )


OF_A_YES = {"number", "earlier-number", "expired", "validity"}


def settled(outcome: Outcome, held: Sequence[Concern]) -> Outcome:
    """The outcome as far as it can be relied on: unknown beats what is partly answered."""
    said = [one.outcome for one in held if one.outcome]
    return "unknown" if "unknown" in said else next(iter(said), outcome)


def shown(reading: Reading, outcome: Outcome) -> Decision | None:
    """The decision beside the outcome: never another outcome, and the event's words with it."""
    found, event = reading.decision, reading.decided_event
    if found is None:
        return None
    said = tuple(dict.fromkeys((*(event.messages if event else ()), *found.messages)))
    found = found if said == found.messages else found.model_copy(update={"messages": said})
    return found if found.outcome == outcome else found.as_part_of(outcome)


def earlier(reading: Reading, asked: Mapping[str, Reading]) -> Reading | None:
    """The request an answer is to: by a trace it echoes, else by BHT03."""
    named = [*sorted(reading.traces("2")), *sorted(reading.traces()), reading.reference or ""]
    return next((asked[one] for one in named if one in asked), None)

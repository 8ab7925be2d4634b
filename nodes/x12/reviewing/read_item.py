"""Reading what is decided on a patient event (2000E) or a service (2000F), and what it is about."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from nodes.care import Attachment, Condition, Delivery
from nodes.decision import CERTIFYING, Decision, Document, Outcome, Reason
from nodes.x12.named import Values
from nodes.x12.reviewing.clinical import Tooth
from nodes.x12.reviewing.rate import Rate
from nodes.x12.reviewing.review import (
    CodedCondition,
    Number,
    RequestedService,
    ReviewCodes,
    Stated,
    StatedDate,
    Trace,
)
from nodes.x12.segments import Segment
from nodes.x12.values import UNITS

PROCEDURES = {"BO", "BR", "BBR", "BP", "BQ", "BBQ"}
CARE = ("admission", "home_health", "accident", "pregnancy")


@dataclass(slots=True)
class Item:
    """What an event or a service says; ``own`` is its own decision or rejection, if any.

    ``number`` is a service's place among the services.
    """

    number: int | None = None
    own: Outcome | None = None
    action: str | None = None
    again: list[str] = field(default_factory=list)
    certificate: str | None = None
    authorization: str | None = None
    reference: str | None = None
    second_opinion: bool | None = None
    reasons: tuple[Reason, ...] = ()
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    start: date | None = None
    end: date | None = None
    onset: date | None = None
    amount: Decimal | None = None
    unit: str | None = None
    codes: ReviewCodes | None = None
    service: RequestedService | None = None
    traces: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    diagnoses: list[str] = field(default_factory=list)
    asked: list[Document] = field(default_factory=list)
    stated_traces: list[Trace] = field(default_factory=list)
    dates: list[StatedDate] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    conditions: list[CodedCondition] = field(default_factory=list)
    delivery: Delivery | None = None
    rate: Rate | None = None
    attachments: list[Attachment] = field(default_factory=list)
    patient_conditions: list[Condition] = field(default_factory=list)
    teeth: list[Tooth] = field(default_factory=list)
    care: dict[str, Any] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[Decimal | None, str | None]:
        """The quantity in all and its unit: the service's own, else what HSD comes to.

        A plain HSD beside it limits it: in the same unit the lower holds, else HSD's.
        """
        whole = self.rate.total if self.rate else None
        unit = self.rate.unit if self.rate else None
        if self.service is None or self.service.quantity is None:
            return whole, unit
        own = UNITS.get(self.service.unit or "", self.service.unit)
        if self.disagreeing and whole is not None:
            return (whole, unit) if unit != own else (min(whole, self.service.quantity), own)
        return self.service.quantity, own

    @property
    def disagreeing(self) -> bool:
        """Whether the service's own quantity and a plain one of HSD differ."""
        if self.service is None or self.rate is None or self.rate.spread:
            return False
        own = UNITS.get(self.service.unit or "", self.service.unit)
        then, now = (self.rate.amount, self.rate.unit), (self.service.quantity, own)
        return None not in (then[0], now[0]) and then != now

    @property
    def procedure(self) -> str | None:
        """The code of the service; 4010 has it among the conditions."""
        if self.service is not None:
            return self.service.code
        found = [item.code for item in self.conditions if item.qualifier in PROCEDURES]
        return found[0] if len(found) == 1 else None

    @property
    def procedure_end(self) -> str | None:
        """The last of a range of codes."""
        return self.service.code_end if self.service else None

    def outcome(self, event: "Item | None" = None) -> Outcome:
        """Its own, else its event's; which services a partly certified event means is not said."""
        covering = event.own if event else None
        return self.own or (covering if covering != "partially_certified" else None) or "unknown"

    def given(self, event: "Item | None" = None) -> str | None:
        """The authorization number: HCR02, its event's after its own; else that of an earlier one.

        REF*BB of an answer is the number of an earlier review (X217); where a certification has
        no HCR02 it is all there is.
        """
        if self.outcome(event) not in CERTIFYING:
            return None
        above = event if event and event.own in CERTIFYING else None
        own, other = self.certificate, above.certificate if above else None
        earlier = self.authorization or (above.authorization if above else None)
        return own or other or earlier

    def decision(self, event: "Item | None" = None) -> Decision:
        """The decision; a service without its own takes its event's outcome and numbers."""
        outcome, number = self.outcome(event), self.given(event)
        amount, unit = self.counted
        reference = self.reference or (event.reference if event else None)
        if outcome not in (*CERTIFYING, "unknown"):
            reference = reference or self.certificate
        return Decision(
            outcome=outcome,
            action_code=self.action,
            other_actions=tuple(self.again),
            authorization_number=number,
            certificate=self.certificate,
            previous_authorization=self.authorization,
            administrative_reference=reference,
            reasons=self.reasons,
            issued=self.issued,
            effective=self.effective,
            expires=self.expires,
            service_from=self.start,
            service_to=self.end,
            procedure=self.procedure,
            procedure_end=self.procedure_end,
            quantity=amount,
            unit=unit,
            rate=self.rate.words if self.rate else None,
            trace_numbers=tuple(self.traces),
            messages=tuple(self.messages),
            second_opinion=self.second_opinion,
        )

    @property
    def case_care(self) -> dict[str, Any]:
        """What of the care a case has a model for."""
        return {name: self.care[name] for name in CARE if name in self.care}

    @property
    def stated(self) -> Stated:
        """All but the decision."""
        return Stated(
            codes=self.codes,
            traces=tuple(self.stated_traces),
            service=self.service,
            dates=tuple(self.dates),
            numbers=tuple(self.numbers),
            conditions=tuple(self.conditions),
            delivery=self.delivery,
            attachments=tuple(self.attachments),
            patient_conditions=tuple(self.patient_conditions),
            teeth=tuple(self.teeth),
            **self.care,
        )


Step = Callable[[Segment, Values, Item], bool]

"""Reading the segments of a patient event (2000E) or a service (2000F) into its fields."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nodes.decision import Decision, Outcome, Reason
from nodes.x12.codes import codes
from nodes.x12.review import RequestedService, ReviewCodes
from nodes.x12.segments import Segment
from nodes.x12.values import UNITS, period, quantity

DIAGNOSES = {"ABK", "ABF", "ABJ", "APR", "BK", "BF", "BJ", "PR"}


@dataclass(slots=True)
class Item:
    """What an event or a service says; ``own`` is its own decision or rejection, if any."""

    own: Outcome | None = None
    action: str | None = None
    certificate: str | None = None
    authorization: str | None = None
    reference: str | None = None
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
    documents: list[str] = field(default_factory=list)

    def decision(self, event: "Item | None" = None) -> Decision:
        """The decision; a service without its own takes its event's outcome and numbers."""
        own = self.own or (event.own if event else None) or "unknown"
        number = self.certificate or self.authorization
        if event and not number and own in {"certified", "modified"}:
            number = event.certificate or event.authorization
        reference = self.reference or (event.reference if event else None)
        service = self.service
        counted = UNITS.get(service.unit or "", service.unit) if service else None
        named = (service.quantity if service else None, counted)
        amount, unit = (self.amount, self.unit) if self.amount is not None else named
        return Decision(
            outcome=own,
            action_code=self.action,
            authorization_number=number,
            administrative_reference=reference,
            reasons=self.reasons,
            issued=self.issued,
            effective=self.effective,
            expires=self.expires,
            service_from=self.start,
            service_to=self.end,
            procedure=service.code if service else None,
            quantity=amount,
            unit=unit,
            trace_numbers=tuple(self.traces),
            messages=tuple(self.messages),
        )


def trace(segment: Segment, item: Item) -> bool:
    """TRN."""
    item.traces.append(segment.get(2))
    return bool(segment.get(2))


def kind(segment: Segment, item: Item) -> bool:
    """UM."""
    item.codes = ReviewCodes(
        category=segment.get(1) or None,
        certification=segment.get(2) or None,
        service_type=segment.get(3) or None,
        place=segment.part(4, 1) or None,
        urgency=segment.get(6) or None,
    )
    return True


def action(segment: Segment, item: Item) -> bool:
    """HCR: what was done, the number and the reasons; a code unknown here stays as it is."""
    lists, _ = codes()
    repeat = segment.separators.repetition
    reasons = segment.get(3).split(repeat) if repeat else [segment.get(3)]
    item.action = segment.get(1) or None
    item.own = lists.actions.get(segment.get(1), "unknown")
    item.certificate = segment.get(2) or None
    item.reasons = tuple(lists.reason(code) for code in reasons if code)
    return item.action is not None


def number(segment: Segment, item: Item) -> bool:
    """REF*BB and REF*NT."""
    name = {"BB": "authorization", "NT": "reference"}.get(segment.get(1))
    if name and segment.get(2):
        setattr(item, name, segment.get(2))
    return bool(name and segment.get(2))


def dates(segment: Segment, item: Item) -> bool:
    """DTP: issue, effect, expiry, onset, and the dates of event, admission or service."""
    names: dict[str, tuple[str, ...]] = {
        "102": ("issued",),
        "036": ("expires",),
        "431": ("onset",),
        "007": ("effective", "expires") if segment.get(2) == "RD8" else ("effective",),
        "472": ("start", "end"),
        "AAH": ("start", "end"),
        "435": ("start",),
        "096": ("end",),
    }
    fields, days = names.get(segment.get(1), ()), period(segment)
    if None in days:
        return False
    for name, value in zip(fields, days, strict=False):
        setattr(item, name, value)
    return bool(fields)


def conditions(segment: Segment, item: Item) -> bool:
    """HI: diagnoses, and the LOINC codes of documents the payer asks for."""
    known = True
    for place in range(1, len(segment.elements)):
        qualifier, code = segment.part(place, 1), segment.part(place, 2)
        if qualifier in DIAGNOSES and code:
            item.diagnoses.append(code)
        elif qualifier == "LOI" and code:
            item.documents.append(code)
        else:
            known = False
    return known


def professional(segment: Segment, item: Item) -> bool:
    """SV1."""
    item.service = RequestedService(
        segment="SV1",
        qualifier=segment.part(1, 1) or None,
        code=segment.part(1, 2) or None,
        modifiers=tuple(filter(None, segment.parts(1)[2:6])),
        quantity=quantity(segment.get(4)),
        unit=segment.get(3) or None,
        diagnoses=tuple(int(text) for text in segment.parts(7) if text in POINTERS),
    )
    return bool(item.service.code)


def institutional(segment: Segment, item: Item) -> bool:
    """SV2: a procedure where one is given, else the revenue code."""
    item.service = RequestedService(
        segment="SV2",
        qualifier=segment.part(2, 1) or None,
        code=segment.part(2, 2) or segment.get(1) or None,
        modifiers=tuple(filter(None, segment.parts(2)[2:6])),
        quantity=quantity(segment.get(5)),
        unit=segment.get(4) or None,
    )
    return bool(item.service.code)


def dental(segment: Segment, item: Item) -> bool:
    """SV3."""
    item.service = RequestedService(
        segment="SV3",
        qualifier=segment.part(1, 1) or None,
        code=segment.part(1, 2) or None,
        modifiers=tuple(filter(None, segment.parts(1)[2:6])),
        quantity=quantity(segment.get(6)),
    )
    return bool(item.service.code)


def delivery(segment: Segment, item: Item) -> bool:
    """HSD: a quantity; a pattern of delivery behind it leaves the segment unread as well."""
    item.amount = quantity(segment.get(2))
    item.unit = UNITS.get(segment.get(1), segment.get(1) or None)
    return item.amount is not None and not any(segment.elements[3:])


def message(segment: Segment, item: Item) -> bool:
    """MSG."""
    item.messages.append(segment.get(1).strip())
    return True


POINTERS = {str(number) for number in range(1, 13)}
STEPS: dict[str, Callable[[Segment, Item], bool]] = {
    "TRN": trace,
    "UM": kind,
    "HCR": action,
    "REF": number,
    "DTP": dates,
    "HI": conditions,
    "SV1": professional,
    "SV2": institutional,
    "SV3": dental,
    "HSD": delivery,
    "MSG": message,
}

"""What was certified, and how long it lasts: units, dates, expiry, renewal.

Rules of time, all by the caller's ``as_of``: a certification ends on its stated expiry (DTP*036, or
the last day of DTP*007) or, where none is stated, on the last certified day of service; it has
expired the day after; a renewal is to be asked for so many days before it ends. A single day of
service is no period and is not renewed. Where no day is stated, nothing is said.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from nodes.audit import Model
from nodes.decision import Decision, Outcome
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.read_item import Item

CERTIFIED: tuple[Outcome, ...] = ("certified", "modified", "partially_certified")


class Change(Model):
    """Something certified otherwise than it was asked for."""

    what: Literal["code", "modifiers", "quantity", "unit", "service_from", "service_to"]
    asked: str
    certified: str


class Authorization(Model):
    """A certified service, or the event where none is said by service."""

    service: int | None = Field(default=None, ge=1, description="Its place; none: the whole event")
    outcome: Outcome
    number: str | None = Field(default=None, description="Authorization number")
    procedure: str | None = None
    modifiers: tuple[str, ...] = ()
    approved: Decimal | None = Field(default=None, description="Quantity; none: not stated")
    unit: str | None = None
    service_from: date | None = None
    service_to: date | None = None
    effective: date | None = None
    expires: date | None = Field(default=None, description="As stated; none: not stated")
    modified: bool = Field(description="The payer says it changed what was asked for, or it did")
    changes: tuple[Change, ...] = Field(
        default=(), description="Against the request, where the caller gave it"
    )
    ends: date | None = Field(default=None, description="The last day of it")
    used: Decimal | None = Field(default=None, description="As the caller says")
    remaining: Decimal | None = Field(default=None, description="Below zero: too much was used")
    expired: bool | None = Field(default=None, description="On as_of")
    days_left: int | None = Field(default=None, description="From as_of to its last day")
    renew_from: date | None = Field(default=None, description="When to ask for a renewal")
    renewal_due: bool | None = Field(default=None, description="On as_of, and not expired")


class Clock(Model):
    """The day it is, as the caller says, and how long before the end to ask for a renewal."""

    as_of: date | None = None
    renewal_days: int = 30


def authorizations(
    reading: Reading, clock: Clock, asked: Reading | None
) -> tuple[Authorization, ...]:
    """One for each certified service; for the event when it has no services."""
    if reading.direction == "request":
        return ()
    event, found, ours = reading.event, [], Asked(asked)
    for number, item in enumerate(reading.services, 1):
        if (item.own or (event.own if event else None)) in CERTIFIED:
            before = ours.service(item, len(reading.services))
            decided = reading.decided[number - 1]
            found.append(authorization(decided, item, event, clock, before))
    decided_event = reading.decided_event
    if event and decided_event and event.own in CERTIFIED and not reading.services:
        before = asked.event if asked else None
        found.append(authorization(decided_event, event, None, clock, before))
    return tuple(found)


def authorization(
    decided: Decision,
    item: Item,
    event: Item | None,
    clock: Clock,
    asked: Item | None,
) -> Authorization:
    """One certified service; what it does not say itself is its event's."""
    expires = item.expires or (event.expires if event else None)
    days = (item.start, item.end) if item.end or event is None else (event.start, event.end)
    changed = changes(asked, item) if asked else ()
    return Authorization(
        service=item.number,
        outcome=decided.outcome,
        number=decided.authorization_number,
        procedure=decided.procedure,
        modifiers=item.service.modifiers if item.service else (),
        approved=decided.quantity,
        unit=decided.unit,
        service_from=days[0],
        service_to=days[1],
        effective=item.effective or (event.effective if event else None),
        expires=expires,
        modified=decided.outcome != "certified" or bool(changed),
        changes=changed,
        **lasting(expires, days, clock),
    )


def remaining(one: Authorization, used: Mapping[int, Decimal]) -> Authorization:
    """What is left of a certified service after so much was used; below none: too much was."""
    spent = used.get(one.service or 0)
    if spent is None:
        return one
    left = None if one.approved is None else one.approved - spent
    return one.model_copy(update={"used": spent, "remaining": left})


def lasting(
    expires: date | None, days: tuple[date | None, date | None], clock: Clock
) -> dict[str, Any]:
    """The end of a certification, and where the day at hand stands to it."""
    ends, today = expires or days[1], clock.as_of
    if ends is None:
        return {}
    spans = expires is not None or days[0] != days[1]
    try:
        renew = ends - timedelta(days=clock.renewal_days) if spans else None
    except OverflowError:
        renew = None
    said: dict[str, Any] = {"ends": ends, "renew_from": renew}
    if today is not None:
        left = (ends - today).days
        due = renew is not None and renew <= today <= ends
        said |= {"expired": left < 0, "days_left": max(left, 0), "renewal_due": due}
    return said


class Asked:
    """The services of a request, to be found from those of its answer."""

    def __init__(self, reading: Reading | None) -> None:
        """Index them by their trace numbers."""
        self.reading = reading
        self.services = reading.services if reading else []
        self.traced = {trace: one for one in self.services for trace in one.traces}

    def service(self, item: Item, of: int) -> Item | None:
        """What was asked for of a service: the one with its trace number.

        Without trace numbers it is the one in its place, if there are as many (``of``) and the
        code is the same; else none.
        """
        found = next((self.traced[one] for one in item.traces if one in self.traced), None)
        if found is not None or item.number is None or len(self.services) != of:
            return found
        one = self.services[item.number - 1]
        alone = not one.traces or not item.traces
        return one if alone and one.procedure == item.procedure else None


def changes(asked: Item, item: Item) -> tuple[Change, ...]:
    """What differs; what the answer does not repeat is not a difference."""
    then, now = described(asked), described(item)
    return tuple(
        Change(what=what, asked=then[what], certified=now[what])
        for what in then
        if then[what] and now[what] and then[what] != now[what]
    )


Compared = Literal["code", "modifiers", "quantity", "unit", "service_from", "service_to"]


def described(item: Item) -> dict[Compared, str]:
    """The values that are compared, as text; a quantity without its trailing zeros."""
    amount, unit = item.counted
    return {
        "code": item.procedure or "",
        "modifiers": " ".join(item.service.modifiers) if item.service else "",
        "quantity": "" if amount is None else f"{amount.normalize():f}",
        "unit": unit or "" if amount is not None else "",
        "service_from": item.start.isoformat() if item.start else "",
        "service_to": item.end.isoformat() if item.end else "",
    }

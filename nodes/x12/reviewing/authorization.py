"""What was certified, and how long it lasts: units, dates, expiry, renewal.

Rules of time, all by the caller's ``as_of``: a certification ends on its stated expiry (DTP*036, or
the last day of DTP*007) or, where none is stated, on the last certified day of service; it has
expired the day after; a renewal is to be asked for so many days before it ends. A single day of
service is no period and is not renewed. Where no day is stated, nothing is said.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import Field

from nodes.audit import Model
from nodes.decision import CERTIFYING, Outcome
from nodes.x12.reviewing.comparison import Asked, Change, changes, window
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.read_item import Item


class Authorization(Model):
    """A certified service, or the event where none is said by service."""

    service: int | None = Field(default=None, ge=1, description="Its place; none: the whole event")
    asked_service: int | None = Field(
        default=None, ge=1, description="Its place in the request, where the caller gave it"
    )
    by_event: bool = Field(
        default=False, description="The answer does not name the service: its event's yes covers it"
    )
    outcome: Outcome
    number: str | None = Field(default=None, description="Authorization number")
    procedure: str | None = None
    procedure_end: str | None = Field(default=None, description="The last of a range of codes")
    modifiers: tuple[str, ...] = ()
    approved: Decimal | None = Field(
        default=None, description="Quantity in all; none: not stated, or only by the rate"
    )
    unit: str | None = None
    rate: str | None = Field(
        default=None, description="How it is spread, such as 2 visits per week for 6 weeks"
    )
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
    reading: Reading, clock: Clock, asked: Reading | None, pairs: Asked
) -> tuple[Authorization, ...]:
    """One for each certified service; for the event when it has no services.

    A service of the request that the answer does not name is its event's, where that is certified
    or modified.
    """
    if reading.direction == "request":
        return ()
    event, found = reading.event, []
    for item in reading.services:
        if item.outcome(event) in CERTIFYING:
            found.append(authorization(reading, item, clock, asked, pairs))
    if event is None or event.own not in CERTIFYING:
        return tuple(found)
    if not reading.services:
        found.append(authorization(reading, event, clock, asked, pairs))
    elif event.own != "partially_certified":
        found += [covered(reading, event, clock, asked, pairs, one) for one in pairs.unanswered]
    return tuple(found)


def covered(
    reading: Reading,
    event: Item,
    clock: Clock,
    asked: Reading | None,
    pairs: Asked,
    service: Item,
) -> Authorization:
    """A service of the request that only its event's decision is about."""
    whole = authorization(reading, event, clock, asked, pairs, service)
    amount, unit = service.counted if event.own == "certified" else (None, None)
    update = {
        "by_event": True,
        "procedure": service.procedure,
        "procedure_end": service.procedure_end,
        "modifiers": service.service.modifiers if service.service else (),
        "approved": amount,
        "unit": unit,
    }
    return whole.model_copy(update=update)


def authorization(
    reading: Reading,
    item: Item,
    clock: Clock,
    asked: Reading | None,
    pairs: Asked,
    service: Item | None = None,
) -> Authorization:
    """One certified service, or event; what a service does not say itself is its event's."""
    event = reading.event if item.number else None
    service = service or pairs.service(item)
    expires = item.expires or (event.expires if event else None)
    effective = item.effective or (event.effective if event else None)
    days = (item.start, item.end) if item.end or event is None else (event.start, event.end)
    wanted = wished(asked, service) if asked else days
    changed = [*window(effective, expires, wanted)]
    if asked is not None:
        changed += pairs.providers.get(None, ())
        changed += pairs.providers.get(item.number, ()) if item.number else ()
        changed += changes(service, item) if service else ()
        if reading.event and asked.event:
            changed += changes(asked.event, reading.event)
    amount, unit = item.counted
    outcome, spread = item.outcome(event), item.rate or (event.rate if event else None)
    return Authorization(
        service=item.number,
        asked_service=service.number if service else None,
        outcome=outcome,
        number=item.given(event),
        procedure=item.procedure,
        procedure_end=item.procedure_end,
        modifiers=item.service.modifiers if item.service else (),
        approved=amount,
        unit=unit,
        rate=spread.words if spread else None,
        service_from=days[0],
        service_to=days[1],
        effective=effective,
        expires=expires,
        modified=outcome != "certified" or bool(changed),
        changes=tuple(dict.fromkeys(changed)),
        **lasting(expires, days, clock),
    )


def wished(asked: Reading, service: Item | None) -> tuple[date | None, date | None]:
    """The days asked for: the service's own, else the event's."""
    own = (service.start, service.end) if service else (None, None)
    return own if any(own) or asked.event is None else (asked.event.start, asked.event.end)


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

"""An answer held against its request: which service is which, and what differs."""

from collections import deque
from collections.abc import Sequence
from datetime import date
from typing import Literal

from nodes.audit import Model
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.read_item import Item

What = Literal[
    "code",
    "modifiers",
    "quantity",
    "unit",
    "delivery",
    "service_from",
    "service_to",
    "window",
    "service_type",
    "place",
    "provider",
]

MOST = 20


class Change(Model):
    """Something certified otherwise than it was asked for."""

    what: What
    asked: str
    certified: str


class Asked:
    """The services of a request, each with the service of its answer."""

    def __init__(self, asked: Reading | None, reading: Reading) -> None:
        """Pair them: by trace number, then by code, then in order where as many are left."""
        answered = reading.services
        self.services = asked.services if asked else []
        self.pairs: dict[int, Item] = {}
        self.providers = providers(asked, reading) if asked else {}
        traced = {trace: one for one in self.services for trace in one.traces}
        for item in answered:
            found = next((traced[one] for one in item.traces if one in traced), None)
            if found is not None:
                self.pair(item, found)
        self.pair_alike(answered)
        rest, untold = self.left(answered), self.unanswered
        if len(rest) == len(untold):
            for item, one in zip(rest, untold, strict=True):
                if not item.traces or not one.traces:
                    self.pair(item, one)

    def pair_alike(self, answered: Sequence[Item]) -> None:
        """Pair services of one code, in their order."""
        alike: dict[str | None, deque[Item]] = {}
        for one in self.unanswered:
            alike.setdefault(one.procedure, deque()).append(one)
        for item in self.left(answered):
            if alike.get(item.procedure):
                self.pair(item, alike[item.procedure].popleft())

    def pair(self, item: Item, asked: Item) -> None:
        """Take a service of the answer for that of the request."""
        self.pairs[item.number or 0] = asked

    def left(self, answered: Sequence[Item]) -> list[Item]:
        """The services of the answer that are of no service of the request yet."""
        return [item for item in answered if (item.number or 0) not in self.pairs]

    @property
    def unanswered(self) -> list[Item]:
        """The services of the request that no service of the answer is about."""
        paired = {id(one) for one in self.pairs.values()}
        return [one for one in self.services if id(one) not in paired]

    def service(self, item: Item) -> Item | None:
        """What was asked for of a service of the answer; of the event the only service."""
        if item.number is None:
            return self.services[0] if len(self.services) == 1 else None
        return self.pairs.get(item.number)


def changes(asked: Item, item: Item) -> tuple[Change, ...]:
    """What differs; what the answer does not repeat is not a difference."""
    then, now = described(asked), described(item)
    found = [
        Change(what=what, asked=then[what], certified=now[what])
        for what in then
        if now[what] and then[what] != now[what] and (then[what] or what == "modifiers")
    ]
    return tuple(found)


def described(item: Item) -> dict[What, str]:
    """The values that are compared, as text; a quantity without its trailing zeros."""
    amount, unit = item.counted
    rate = item.rate.words if item.rate else None
    codes = [one for one in (item.procedure, item.procedure_end) if one]
    return {
        "code": " to ".join(codes),
        "modifiers": " ".join(item.service.modifiers) if item.service else "",
        "quantity": "" if amount is None else f"{amount.normalize():f}",
        "unit": unit or "" if amount is not None else "",
        "delivery": rate or "",
        "service_from": item.start.isoformat() if item.start else "",
        "service_to": item.end.isoformat() if item.end else "",
        "service_type": (item.codes.service_type if item.codes else None) or "",
        "place": (item.codes.place if item.codes else None) or "",
    }


def window(
    first: date | None, last: date | None, days: tuple[date | None, date | None]
) -> tuple[Change, ...]:
    """The days asked for where a certification does not cover them."""
    start, end = days[0] or days[1], days[1] or days[0]
    early = start is not None and first is not None and start < first
    late = end is not None and last is not None and end > last
    if not (early or late):
        return ()
    said = Change(what="window", asked=spanned(start, end), certified=spanned(first, last))
    return (said,)


def spanned(first: date | None, last: date | None) -> str:
    """Days as a person says them."""
    return " to ".join(one.isoformat() for one in dict.fromkeys((first, last)) if one)


def providers(asked: Reading, reading: Reading) -> dict[int | None, tuple[Change, ...]]:
    """Providers of the care that were asked for otherwise, by the role of NM101.

    By the service of the answer they are named for; none: for the event.
    """
    found: dict[int | None, tuple[Change, ...]] = {}
    wanted: dict[str, dict[str, None]] = {}
    for party in asked.parties:
        if party.loop in {"2010EA", "2010F"} and party.id:
            wanted.setdefault(party.entity, {})[party.id] = None
    for party in reading.parties:
        ours = wanted.get(party.entity, {})
        if party.loop in {"2010EA", "2010FA"} and party.id and ours and party.id not in ours:
            names = ", ".join([*ours][:MOST])
            said = Change(what="provider", asked=names, certified=party.id)
            found[party.service] = (*found.get(party.service, ()), said)
    return found

"""How much of a service is asked for, over its delivery and all lines: at least, at most."""

from collections.abc import Iterable
from dataclasses import dataclass

from nodes.care import Delivery
from nodes.requirement.question import AskedLine
from nodes.requirement.table import Bounds

DAYS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}
MONTHS = {"month": 1, "year": 12}
OCCASIONS = ("visit", "day", "month")


@dataclass(frozen=True)
class Amount:
    """Between two numbers, both included; ``high`` none: how many at most is not known."""

    low: int
    high: int | None


def of_line(line: AskedLine, unit: str) -> Amount:
    """What one line asks for, counted in a unit: the greater of its quantity and its delivery.

    A visit, a day or a month holds at least one of any unit, and it is not known how many; of
    another unit not even that much is known. Months have 28 to 31 days.
    """
    parts = []
    if line.quantity is not None:
        parts.append(_counted(Amount(line.quantity, line.quantity), line.unit, unit))
    if line.delivery is not None:
        parts.append(_counted(_delivered(line.delivery), line.delivery.unit, unit))
    highs = [part.high for part in parts if part.high is not None]
    high = max(highs) if parts and len(highs) == len(parts) else None
    return Amount(max((part.low for part in parts), default=1), high)


def total(lines: Iterable[AskedLine], unit: str) -> Amount:
    """The sum over lines."""
    low, high = 0, 0
    open_end = False
    for one in (of_line(line, unit) for line in lines):
        low += one.low
        high += one.high or 0
        open_end |= one.high is None
    return Amount(low, None if open_end else high)


def within(limits: Bounds, amount: Amount) -> bool | None:
    """Whether an amount keeps to limits; none: it may or may not."""
    low, high = limits.at_least or 0, limits.at_most
    if amount.low >= low and (high is None or (amount.high is not None and amount.high <= high)):
        return True
    if (high is not None and amount.low > high) or (amount.high is not None and amount.high < low):
        return False
    return None


def _counted(amount: Amount, given: str, wanted: str) -> Amount:
    if given == wanted:
        return amount
    return Amount(amount.low if given in OCCASIONS else 1, None)


def _delivered(given: Delivery) -> Amount:
    """Two a week for six weeks are twelve; without an end nobody knows how many."""
    if given.per is None:
        return Amount(given.quantity, given.quantity)
    times = _times(given)
    if times is None:
        return Amount(given.quantity, None)
    return Amount(given.quantity * max(1, times[0]), given.quantity * max(1, times[1]))


def _times(given: Delivery) -> tuple[int, int] | None:
    """How many times ``per`` goes into the whole period, at least and at most."""
    per, whole, every = given.per, given.period, given.every or 1
    if per is None or whole is None or given.periods is None:
        return None
    if per == whole:
        return given.periods // every, -(-given.periods // every)
    if per in MONTHS and whole in MONTHS:
        months, each = given.periods * MONTHS[whole], every * MONTHS[per]
        return months // each, -(-months // each)
    if per not in DAYS or whole not in DAYS:
        return None
    short, long = (given.periods * days for days in DAYS[whole])
    return short // (every * DAYS[per][1]), -(-long // (every * DAYS[per][0]))

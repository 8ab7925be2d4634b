"""When something was: dates and periods as written, their whole days, and ages."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from nodes.fhir import tree
from nodes.fhir.tree import WRITTEN, Resource
from nodes.fhir.values import amount, interval

DAY = 10


class Period(NamedTuple):
    """A date or a period: as written, without times, and its whole days."""

    words: str | None = None
    first: date | None = None
    last: date | None = None


NEVER = Period()


def moment(value: Any) -> tuple[str | None, date | None]:
    """Give a date as written there and its day; a month or a year is no day.

    The day is the one that stands there, whatever the time zone.
    """
    if not isinstance(value, str):
        return None, None
    head = value[:DAY]
    if len(head) == DAY and head[4] == "-" == head[7] and value[DAY : DAY + 1] in ("", "T", " "):
        try:
            return head, date.fromisoformat(head)
        except ValueError:
            pass
    found = WRITTEN.match(value.strip())
    return (found[1], None) if found else (None, None)


def period(resource: Resource, name: str, *otherwise: str) -> Period:
    """Find ``<name>DateTime``, ``<name>Period`` or ``<name>Instant``, else a date under a name."""
    for key in (f"{name}DateTime", f"{name}Instant", f"{name}Date", *otherwise):
        if key in resource:
            words, day = moment(resource[key])
            if words:
                return Period(words, day)
        elif key == f"{name}DateTime" and isinstance(resource.get(f"{name}Period"), dict):
            found = bounds(resource[f"{name}Period"])
            if found.words:
                return found
    return NEVER


def bounds(value: Any) -> Period:
    """Read a Period."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return NEVER
    start, first = moment(value.get("start"))
    end, last = moment(value.get("end"))
    if start and end and start != end:
        return Period(f"{start} to {end}", first, last)
    if start and not end:
        return Period(start, first)
    return Period(start or (f"until {end}" if end else None), first, last)


def told(resource: Resource, name: str) -> Period:
    """Find a date, a period, an age, a range of ages or words, as onset and abatement have them."""
    found = period(resource, name)
    if found.words:
        return found
    age = amount(resource.get(f"{name}Age")) or interval(resource.get(f"{name}Range"))
    if age:
        return Period(f"at age {age}")
    said = tree.string(resource, f"{name}String")
    if said:
        return Period(said[:200])
    return NEVER


def days(value: Any) -> int | None:
    """Give a Duration in whole days; a month is no number of days."""
    length, unit = tree.number(value, "value"), tree.string(value, "code")
    unit = unit or tree.string(value, "unit")
    scale = {"d": 1, "day": 1, "days": 1, "wk": 7, "week": 7, "weeks": 7}.get((unit or "").lower())
    if length is None or scale is None or not 0 < length <= 1000:
        return None
    total = length * scale
    return int(total) if total == int(total) and total <= timedelta(days=1000).days else None

"""Whether a resource fits a search: tokens, references, words and dates, as FHIR R4 says."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from server.sandbox.parameters import PARAMETERS, Parameter

Resource = dict[str, Any]
Span = tuple[datetime, datetime]

DAY = timedelta(days=1)
YEAR = datetime(2026, 1, 1)
DATED = (
    "authoredOn",
    "effectiveDateTime",
    "effectivePeriod",
    "performedDateTime",
    "performedPeriod",
    "period",
    "date",
    "occurrenceDateTime",
    "recordedDate",
    "created",
    "whenHandedOver",
)


def unknown(kind: str, names: set[str]) -> set[str]:
    """Name the parameters a type does not have."""
    return names - PARAMETERS[kind].keys()


def fits(resource: Resource, name: str, value: str) -> bool:
    """Whether a resource fits one search parameter of its type; commas mean or."""
    parameter = PARAMETERS[resource["resourceType"]][name]
    if name == "_lastUpdated":
        return any(in_time(changed(resource), one, zoned=True) for one in value.split(","))
    found = [item for path in parameter.paths for item in at(resource, path.split("."))]
    return any(_fits(parameter, found, one) for one in value.split(","))


def _fits(parameter: Parameter, found: list[Any], wanted: str) -> bool:
    if parameter.kind == "reference":
        return any(refers(item, wanted) for item in found)
    if parameter.kind == "token":
        return any(has_token(item, wanted) for item in found)
    if parameter.kind == "string":
        said = [word.casefold() for item in found for word in words(item)]
        return any(word.startswith(wanted.casefold()) for word in said)
    return any(in_time(held, wanted) for item in found for held in spans(item))


def at(value: Any, path: list[str]) -> Iterator[Any]:
    """List what stands at a path, through lists."""
    if isinstance(value, list):
        for item in value:
            yield from at(item, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from at(value[path[0]], path[1:])


def refers(value: Any, wanted: str) -> bool:
    """Whether a reference is the wanted one, given as ``Type/id``, an address or an id alone."""
    for found in references(value):
        if found == wanted or wanted.endswith(f"/{found}"):
            return True
        if "/" not in wanted and found.partition("/")[2] == wanted:
            return True
    return False


def references(value: Any) -> Iterator[str]:
    """List every reference below a value."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for item in value.values():
            yield from references(item)


def has_token(value: Any, wanted: str) -> bool:
    """Whether a value holds a token, given as ``code`` or ``system|code``."""
    system, bar, code = wanted.rpartition("|")
    return any(
        found_code == code and (not bar or found_system == system)
        for found_system, found_code in tokens(value)
    )


def tokens(value: Any) -> Iterator[tuple[str, str]]:
    """List every code, identifier value and plain string below a value, with its system."""
    if isinstance(value, str):
        yield "", value
    elif isinstance(value, list):
        for item in value:
            yield from tokens(item)
    elif isinstance(value, dict):
        for key in ("code", "value"):
            if isinstance(value.get(key), str):
                yield value.get("system", ""), value[key]
        yield from tokens(value.get("coding", []))


def words(value: Any) -> Iterator[str]:
    """List the words of a name or a plain string."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (said for key in ("family", "given", "text") for said in words(value.get(key)))
    elif isinstance(value, list):
        for item in value:
            yield from words(item)


def changed(resource: Resource) -> Span:
    """Tell when a resource was last changed.

    What the charts brought was last changed at the start of the day it is of, of this year.
    """
    said = resource.get("meta", {}).get("lastUpdated")
    moment = next(spans(said), None) if said else None
    if said and moment:
        return span(said, zoned=True)
    days_of = (one for field in DATED if field in resource for one in spans(resource[field]))
    day = max(next((first for first, _ in days_of), YEAR), YEAR)
    start = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start


def span(value: Any, zoned: bool = False) -> Span:
    """Give the time a date, an instant or a period covers; an open end is far away.

    Clinical times are compared as written; ``zoned``: in UTC.
    """
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        first = span(start)[0] if start else datetime.min
        return first, span(end)[1] if end else datetime.max
    text = str(value)
    if "T" not in text:
        return days(text)
    moment = datetime.fromisoformat(text)
    if zoned and moment.tzinfo:
        moment = moment.astimezone(UTC)
    moment = moment.replace(tzinfo=None)
    return moment, moment


def spans(value: Any) -> Iterator[Span]:
    """Give the time of a value; none where it is no date."""
    try:
        yield span(value)
    except (TypeError, ValueError):
        return


def days(text: str) -> Span:
    """Give the time of a day, a month or a year."""
    first = datetime.fromisoformat(f"{text}-01-01"[: max(len(text), 10)])
    if len(text) == 4:
        return first, first.replace(year=first.year + 1)
    if len(text) == 7:
        return first, (first + 31 * DAY).replace(day=1)
    return first, first + DAY


def in_time(held: Span, condition: str, zoned: bool = False) -> bool:
    """Whether a time fits ``ge2026-01-01`` and the like; what is no date fits nothing."""
    prefix, text = (condition[:2], condition[2:]) if condition[:1].isalpha() else ("eq", condition)
    try:
        first, last = span(text, zoned)
    except ValueError:
        return False
    start, end = held
    return {
        "ge": end > first or start >= first,
        "gt": end > last,
        "sa": start >= last,
        "le": start < last or start <= first,
        "lt": start < first,
        "eb": end <= first,
        "eq": first <= start and (start < last or start == first) and end <= last,
    }.get(prefix, False)

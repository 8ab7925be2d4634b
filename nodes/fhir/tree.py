"""Read FHIR's JSON without trusting its shape: what is not as it should be is not there."""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

Resource = dict[str, Any]
WRITTEN = re.compile(r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)($|[T ])")
WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}($|[T ])")
UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # controls
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # soft, zero-width, bidi
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"  # fillers
    "\ufff9-\ufffb"  # interlinear
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"  # beams, tags, selectors
)


class Unreadable(ValueError):
    """A resource that says too little, or in a shape FHIR does not have; says what is missing."""


class Missing(Unreadable):
    """Content that is in the record and was not had: refused, elsewhere, too large, too slow."""


def loads(body: bytes) -> Any:
    """Parse JSON with its decimals as written; a ValueError for anything else."""
    try:
        return json.loads(body, parse_float=Decimal, parse_constant=_refuse)
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError("not JSON") from error


def _refuse(constant: str) -> None:
    raise ValueError("not JSON: a number that is none")


def field(value: Any, *path: str) -> Any:
    """Go down a path of names, into the first of a list; None where it ends early."""
    for name in path:
        if isinstance(value, list):
            value = value[0] if value else None
        value = value.get(name) if isinstance(value, dict) else None
    return value


def items(value: Any, *path: str) -> list[Resource]:
    """Give the objects at the end of a path; one object counts as a list of it."""
    found = field(value, *path) if path else value
    found = found if isinstance(found, list) else [found]
    return [item for item in found if isinstance(item, dict)]


def strings(value: Any, *path: str) -> list[str]:
    """Give the strings at the end of a path, blanks tidied; empty ones are not there."""
    found = field(value, *path) if path else value
    found = found if isinstance(found, list) else [found]
    return [said for item in found if isinstance(item, str) and (said := tidy(item))]


def string(value: Any, *path: str) -> str | None:
    """Give the first string at the end of a path."""
    found = field(value, *path) if path else value
    if isinstance(found, str):
        return tidy(found) or None
    return next(iter(strings(found)), None) if isinstance(found, list) else None


def tidy(said: str) -> str:
    """Make blanks single, drop what cannot be seen; a lone surrogate becomes a question mark."""
    said = " ".join(said.split())
    if said.isprintable():
        return said
    return " ".join(UNSEEN.sub("", said.encode(errors="replace").decode()).split())


def number(value: Any, *path: str) -> Decimal | None:
    """Give the number at the end of a path, exactly as written; strings of digits count."""
    found = field(value, *path)
    if isinstance(found, bool) or not isinstance(found, int | Decimal | str):
        return None
    try:
        decimal = Decimal(found)
    except InvalidOperation:
        return None
    return decimal if decimal.is_finite() else None


def day(value: Any, *path: str) -> date | None:
    """Give the day of a date, dateTime or instant as written there; a month or year is no day."""
    found = string(value, *path)
    if found is None or not WHOLE_DAY.match(found):
        return None
    try:
        return date.fromisoformat(found[:10])
    except ValueError:
        return None


def moment(value: Any, *path: str) -> str | None:
    """Give a date as it is written, without the time: a day, a month or a year."""
    found = WRITTEN.match(string(value, *path) or "")
    return found[1] if found else None


def reference(value: Any, base_url: str, *path: str) -> str | None:
    """Give a reference as ``Type/id``: absolute ones of this EHR and versions are understood."""
    found = string(value, *path, "reference")
    if found is None:
        return None
    base = base_url.rstrip("/") + "/"
    found = found.removeprefix(base)
    if found.startswith(("#", "urn:", "http:", "https:")):
        return None
    kind, slash, rest = found.partition("/")
    return f"{kind}/{rest.partition('/')[0]}" if slash and rest else None


def name_of(resource: Resource) -> str | None:
    """Give a resource's own name, ``Type/id``."""
    kind, id_ = string(resource, "resourceType"), string(resource, "id")
    return f"{kind}/{id_}" if kind and id_ else None


def walk(value: Any) -> Iterator[Resource]:
    """Visit every object of a resource, itself included."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)

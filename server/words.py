"""Words for what pydantic found wrong in a request, without any value of the caller's."""

import re
from collections.abc import Iterable

from pydantic_core import ErrorDetails

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

# These kinds of pydantic error state the model's own limits, never what was sent.
TOLD = re.compile(
    r"missing|literal_error|finite_number|multiple_of|union_tag_not_found"
    r"|(less|greater)_than(_equal)?|(string_)?too_(long|short)|string_pattern_mismatch"
    r"|decimal_(parsing|max_digits|max_places|whole_digits)|timezone_(aware|naive)"
    r"|(int|bool|date|datetime|time)_parsing(_size)?|(int|date|datetime)_from_[a-z_]+"
    r"|(bool|bytes|date|datetime|time|decimal|dict|float|frozen_set|int|list|model|set|string|tuple)"
    r"_type"
)
# What JSON calls the kinds of value that Python has other names for.
JSON = {
    "tuple": "list",
    "frozenset": "list",
    "set": "list",
    "dictionary": "object",
    "none": "null",
}
PYTHON = re.compile(r"\b(tuple|frozenset|set|dictionary|none)\b", re.IGNORECASE)
OURS = {
    "extra_forbidden": "this field is not known here",
    "union_tag_invalid": "the tag is none of those expected",
    "json_invalid": "the body is not JSON",
}


def pointer(place: Iterable[int | str]) -> str:
    """Write where in the request it is as an RFC 6901 pointer; the whole request is ``""``."""
    return "".join(f"/{step(part)}" for part in place)


def step(part: int | str) -> str:
    """Show an index, and a key that looks like a field's name."""
    return str(part) if isinstance(part, int) or NAME.fullmatch(part) else "?"


def detail(fault: ErrorDetails) -> str:
    """Say what is wrong: our own words, or pydantic's where they cannot hold a value.

    What a validator of ours says is ours, unless it quotes what it was given (as ``int`` and
    ``date.fromisoformat`` do when they fail within one).
    """
    kind, message = fault["type"], fault["msg"]
    if kind == "json_invalid":
        return f"{OURS[kind]}: {message.removeprefix('Invalid JSON: ')}"
    if kind in OURS:
        return OURS[kind]
    if TOLD.fullmatch(kind):
        return PYTHON.sub(lambda found: JSON[found[0].lower()], message)
    if kind == "value_error" and not quotes(message, fault["input"]):
        return message.removeprefix("Value error, ")
    return "this value is not valid here"


def quotes(message: str, value: object) -> bool:
    """Whether a message holds the value that it is about."""
    return isinstance(value, str | int | float) and str(value).strip() in message

"""The values of an acknowledgment's segments, by their names in the dictionary."""

from nodes.x12.guide import positions
from nodes.x12.segments import Segment


def value(segment: Segment, name: str) -> str:
    """A value by its name in the dictionary."""
    element, component = positions(segment.id)[name]
    return segment.part(element, component) if component else segment.get(element)


def number(text: str) -> int | None:
    """A count; what is none of at most nine digits is not known."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def place(text: str) -> int | None:
    """A place, counted from 1."""
    return number(text) or None


def codes(segment: Segment, names: str = "error") -> list[str]:
    """The error codes of a segment: ``error``, or ``error1`` to ``error5``."""
    found = [value(segment, one) for one in positions(segment.id) if one.startswith(names)]
    return [code for code in found if code]

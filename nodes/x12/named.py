"""The values of a segment by the names the dictionary gives them."""

from functools import cache

from nodes.x12.guide import dictionary
from nodes.x12.segments import Segment

BEYOND = ""
Values = dict[str, str]
Plan = tuple[tuple[str, tuple[str, ...] | None], ...]


@cache
def plans() -> dict[str, Plan]:
    """For each segment of the dictionary its elements, composites with their components."""
    known = dictionary()
    return {
        segment: tuple(
            (
                name,
                tuple(f"{name}.{part}" for part, _ in known.composites[kind])
                if kind in known.composites
                else None,
            )
            for name, kind in definition.elements
        )
        for segment, definition in known.segments.items()
    }


@cache
def components(composite: str) -> tuple[str, ...]:
    """The names of a composite's components."""
    return tuple(name for name, _ in dictionary().composites[composite])


def named(segment: Segment) -> Values:
    """All values by name, a composite's as ``element.component``; empty ones are absent.

    What stands beyond the last element or component known is kept under ``BEYOND``, and all of
    a segment that is not in the dictionary.
    """
    plan = plans().get(segment.id)
    texts = segment.elements
    if plan is None:
        return {BEYOND: segment.separators.element.join(texts[1:])}
    values: Values = {}
    for (name, parts), text in zip(plan, texts[1:], strict=False):
        if not text:
            continue
        if parts is None:
            values[name] = text
        else:
            spread(values, parts, text, segment.separators.component)
    if len(texts) > len(plan) + 1:
        beyond(values, segment.separators.element.join(texts[len(plan) + 1 :]))
    return values


def spread(values: Values, parts: tuple[str, ...], text: str, separator: str) -> None:
    """Put the components of one composite among the values."""
    pieces = text.split(separator)
    for part, piece in zip(parts, pieces, strict=False):
        if piece:
            values[part] = piece
    if len(pieces) > len(parts):
        beyond(values, separator.join(pieces[len(parts) :]))


def beyond(values: Values, text: str) -> None:
    """Keep what the dictionary does not know; separators alone are nothing."""
    if any(sign.isalnum() for sign in text):
        values[BEYOND] = values.get(BEYOND, "") + text


def repeated(text: str, segment: Segment) -> list[str]:
    """The repetitions of a value; where the interchange has no separator for them, just one."""
    mark = segment.separators.repetition
    found = text.split(mark) if mark else [text]
    return [one for one in found if one]

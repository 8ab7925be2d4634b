"""The values of a segment by the names the dictionary gives them."""

from functools import cache
from typing import NamedTuple

from nodes.x12.guide import dictionary
from nodes.x12.segments import Segment

BEYOND = ""
Values = dict[str, str]


class Plan(NamedTuple):
    """The names of a segment's elements, and of the components of those that are composites."""

    names: tuple[str, ...]
    composites: tuple[tuple[int, str, tuple[str, ...]], ...]


@cache
def plans() -> dict[str, Plan]:
    """For each segment of the dictionary what its values are called."""
    known = dictionary()
    return {
        segment: Plan(
            tuple(name for name, _ in definition.elements),
            tuple(
                (number, name, tuple(f"{name}.{part}" for part, _ in known.composites[kind]))
                for number, (name, kind) in enumerate(definition.elements, 1)
                if kind in known.composites
            ),
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
    texts = segment.elements
    plan = plans().get(texts[0])
    if plan is None:
        return {BEYOND: segment.separators.element.join(texts[1:])}
    names, composites = plan
    values = {name: text for name, text in zip(names, texts[1:], strict=False) if text}
    for number, name, parts in composites:
        if name in values:
            del values[name]
            spread(values, parts, texts[number], segment.separators.component)
    if len(texts) > len(names) + 1:
        beyond(values, segment.separators.element.join(texts[len(names) + 1 :]))
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

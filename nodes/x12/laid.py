"""Laying values out as the elements of a segment, by the names the dictionary gives them."""

from collections.abc import Mapping

from nodes.x12.guide import positions

Element = str | tuple[str, ...]


def laid(segment: str, values: Mapping[str, str]) -> tuple[Element, ...]:
    """The elements of a segment; a component is named ``element.component``, such as place.code.

    A name the dictionary does not know is a KeyError: a fault of the program, not of its data.
    """
    known = positions(segment)
    places = {known[name]: value for name, value in values.items() if value}
    last = max((element for element, _ in places), default=0)
    return tuple(_element(number, places) for number in range(1, last + 1))


def _element(number: int, places: Mapping[tuple[int, int | None], str]) -> Element:
    parts = {part: value for (element, part), value in places.items() if element == number}
    if None in parts or not parts:
        return parts.get(None, "")
    longest = max(part for part in parts if part is not None)
    return tuple(parts.get(part, "") for part in range(1, longest + 1))

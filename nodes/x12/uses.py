"""Whether a segment at hand is what a guide's table says of it in its loop."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nodes.x12.guide import DataElement, Guide, SegmentUse, dictionary, guides
from nodes.x12.requesting.writing import Element

HEADER = "HEADER"


class Misfit(NamedTuple):
    """A value that does not fit its place; without a value: one is missing there."""

    place: str
    value: str
    words: str


class Leaf(NamedTuple):
    """A place for a value: its position such as 3 or 4-2, what it holds, and its usage there."""

    position: str
    definition: DataElement
    usage: str
    element: int
    component: int | None


@cache
def _uses(guide: str) -> dict[tuple[str, str], tuple[SegmentUse, ...]]:
    found: dict[tuple[str, str], tuple[SegmentUse, ...]] = {}
    for loop, use in guides()[guide][0].segments():
        found[loop, use.segment] = (*found.get((loop, use.segment), ()), use)
    return found


def codes(use: SegmentUse, position: str) -> dict[str, str] | None:
    """The codes a use allows at a position, with our words; none: any."""
    given = use.codes.get(position)
    return dictionary().lists[given] if isinstance(given, str) else given


def use_of(
    guide: Guide, loop: str, segment: str, elements: tuple[Element, ...]
) -> SegmentUse | None:
    """The use of a segment in a loop that its key code chooses, else the one without a key."""
    for use in _uses(guide.id).get((loop, segment), ()):
        if use.key is None or value(elements, use.key) in (codes(use, use.key) or ()):
            return use
    return None


def value(elements: tuple[Element, ...], position: str) -> str:
    """The value at a position such as 3 or 4-2; absent is empty."""
    element, _, component = position.partition("-")
    if int(element) > len(elements):
        return ""
    found = elements[int(element) - 1]
    parts = (found,) if isinstance(found, str) else found
    number = int(component or 1)
    return parts[number - 1] if number <= len(parts) else ""


@cache
def leaves(guide: str, loop: str, segment: str, name: str) -> tuple[Leaf, ...]:
    """Every place for a value in a use."""
    known = dictionary()
    use = next(use for use in _uses(guide)[loop, segment] if use.name == name)
    found = []
    for number, (_, kind) in enumerate(known.segments[segment].elements, start=1):
        usage = letter(use.elements, number)
        parts = known.composites.get(kind)
        if parts is None:
            found.append(Leaf(str(number), known.elements[kind], usage, number, None))
        for component, (_, part) in enumerate(parts or (), start=1):
            inner = letter(use.parts.get(str(number), ""), component) if usage != "N" else "N"
            found.append(
                Leaf(f"{number}-{component}", known.elements[part], inner, number, component)
            )
    return tuple(found)


def letter(usages: str, number: int) -> str:
    """The usage of the nth: R, S or N; empty means all S, a shorter text leaves the rest N."""
    return "S" if not usages else usages[number - 1 : number] or "N"


def misfits(
    guide: Guide, loop: str, use: SegmentUse, elements: tuple[Element, ...]
) -> Iterator[Misfit]:
    """Find what does not fit: a value too short, too long, of no known code, or out of place."""
    for leaf in leaves(guide.id, loop, use.segment, use.name):
        found = value(elements, leaf.position)
        if found:
            words = unfit(found, leaf, codes(use, leaf.position))
        else:
            words = "is required" if _required(use, leaf, elements) else None
        if words:
            yield Misfit(leaf.position, found, words)


def _required(use: SegmentUse, leaf: Leaf, elements: tuple[Element, ...]) -> bool:
    """Whether a place must hold a value; a component only where its composite is there."""
    if leaf.component is None or leaf.usage != "R":
        return leaf.usage == "R"
    present = leaf.element <= len(elements) and any(elements[leaf.element - 1])
    return present or letter(use.elements, leaf.element) == "R"


def unfit(text: str, leaf: Leaf, allowed: dict[str, str] | None) -> str | None:
    """Say why a text does not fit its place; none: it does."""
    shortest, longest = leaf.definition.shortest, leaf.definition.longest
    if leaf.usage == "N":
        return "a 278 has no place for this here"
    if allowed is not None and text not in allowed:
        return "a 278 takes no such code here"
    if len(text) > longest:
        return f"X12 takes at most {longest} characters here"
    return f"X12 wants at least {shortest} characters here" if len(text) < shortest else None

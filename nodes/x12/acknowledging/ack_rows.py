"""Segments of an acknowledgment by the names of their elements, and the signs they may hold."""

from collections.abc import Iterable, Mapping

from nodes.x12.characters import PLAIN
from nodes.x12.guide import dictionary
from nodes.x12.requesting.writing import joined
from nodes.x12.segments import Separators

Value = str | tuple[str, ...]
Row = tuple[Value, ...]
SAFE = Separators()
REPETITIONS = "^!&"
OWN = " -."


def row(segment: str, values: Mapping[str, Value]) -> Row:
    """A segment; elements stand where the dictionary has them, what is not named is empty."""
    definition = dictionary().segments[segment]
    return (segment, *(values.get(name, "") for name, _ in definition.elements))


def numbered(name: str, codes: Iterable[str]) -> dict[str, Value]:
    """Codes for elements called name1 to name5; there is no room for more."""
    return {f"{name}{place}": code for place, code in enumerate(list(codes)[:5], start=1)}


def data_element(segment: str, element: int, component: int | None) -> str:
    """The number of a data element; empty for a composite and for what the table does not know."""
    known = dictionary()
    definition = known.segments.get(segment)
    if definition is None or element > len(definition.elements):
        return ""
    kind = definition.elements[element - 1][1]
    parts = known.composites.get(kind, ())
    if component is not None and component <= len(parts):
        kind = parts[component - 1][1]
    return kind if kind.isdigit() else ""


def answering(received: Separators) -> Separators:
    """The separators received, with one for repetitions; the usual ones if ours could hold them."""
    four = (received.element, received.component, received.segment)
    if any(sign in OWN for sign in four):
        return SAFE
    free = next(sign for sign in (*REPETITIONS, "+") if sign not in four)
    return received if received.repetition else received._replace(repetition=free)


def clean(text: str, separators: Separators, longest: int) -> str:
    """A text of the sender's as an element may hold it: plain, no separator, not too long."""
    signs = {sign for sign in separators if sign}
    kept = "".join(sign for sign in text if PLAIN.fullmatch(sign) and sign not in signs)
    return kept.strip()[:longest].strip()


def written(rows: Iterable[Row], separators: Separators) -> list[str]:
    """The segments as text, without terminators; empty elements at the end are left off."""
    return [
        joined(
            [
                one if isinstance(one, str) else joined(one, separators.component)
                for one in elements
            ],
            separators.element,
        )
        for elements in rows
    ]

"""What a resource says before there is a reason to keep it, and how its values are worded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nodes.chart import Coding, FactKind, Quantity
from nodes.fhir import codes, tree
from nodes.fhir.tree import Resource, Unreadable

QUOTE = 2000
COMPARATORS = {None, "<", "<=", ">=", ">"}


@dataclass(frozen=True)
class Reading:
    """What a resource says; a Fact as soon as there is a reason to keep it.

    ``lasting`` things count whatever their date; ``reason_said`` is about visits.
    """

    name: str
    kind: FactKind
    quote: str
    codes: tuple[Coding, ...] = ()
    status: str | None = None
    start: date | None = None
    end: date | None = None
    value: Quantity | None = None
    value_text: str | None = None
    author: str | None = None
    lasting: bool = False
    reason_said: bool = True


def quantity(value: Any) -> Quantity | None:
    """Read a Quantity; its unit is the UCUM code where there is one.

    A comparator that is not known here would change the value's meaning: then there is none.
    """
    amount = tree.number(value, "value")
    if amount is None:
        return None
    ucum = tree.string(value, "system") == "http://unitsofmeasure.org"
    unit = (tree.string(value, "code") if ucum else None) or tree.string(value, "unit")
    comparator: Any = tree.string(value, "comparator")
    if comparator not in COMPARATORS:
        return None
    return Quantity(
        value=amount,
        unit=unit[:50] if unit else None,
        comparator=comparator,
    )


def value_words(resource: Resource) -> str | None:
    """Say a value that is not a quantity."""
    concept = codes.words(resource.get("valueCodeableConcept"))
    plain = next(
        (
            resource[name]
            for name in ("valueString", "valueInteger", "valueBoolean", "valueDateTime")
            if isinstance(resource.get(name), str | int | Decimal)
        ),
        None,
    )
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    return concept or (str(plain) if plain is not None else None)


def shown(resource: Resource) -> str | None:
    """Show a value as the EHR's user sees it: the unit's words, not its code."""
    amount = tree.number(resource, "valueQuantity", "value")
    if amount is None:
        return value_words(resource)
    said = tree.field(resource, "valueQuantity")
    unit = tree.string(said, "unit") or tree.string(said, "code") or ""
    return f"{tree.string(said, 'comparator') or ''}{amount} {unit}".strip()


@dataclass(frozen=True)
class Period:
    """A date or a period: as written, and its whole days."""

    words: str | None = None
    first: date | None = None
    last: date | None = None


def period(resource: Resource, moment: str, period: str, otherwise: str = "") -> Period:
    """Find a date or a period under one of its names."""
    for name in (moment, otherwise):
        if said := tree.moment(resource, name):
            return Period(said, tree.day(resource, name))
    start, end = tree.moment(resource, period, "start"), tree.moment(resource, period, "end")
    said = f"{start} to {end}" if start and end and start != end else start or end
    first, last = tree.day(resource, period, "start"), tree.day(resource, period, "end")
    return Period(said, first, last if end != start else first)


def concept(resource: Resource, name: str) -> tuple[str, tuple[Coding, ...]]:
    """Give a concept in words and codes; Unreadable when it says nothing."""
    said = codes.words(resource.get(name))
    if said is None:
        raise Unreadable("it does not say what it is about")
    return said, codes.codings(resource.get(name))


def reason(resource: Resource) -> str | None:
    """Say why something was done or ordered, as coded or written there."""
    said = [codes.words(concept) for concept in tree.items(resource, "reasonCode")]
    return labelled("for", ", ".join(item for item in said if item) or None)


def labelled(label: str, words: str | None) -> str | None:
    """Put a label before words, if there are some."""
    return f"{label} {words}" if words else None


def reading(
    resource: Resource, kind: FactKind, said: tuple[str | None, ...], **rest: Any
) -> Reading:
    """Make a reading; its quote is what is said, joined."""
    name = tree.name_of(resource)
    if name is None:
        raise Unreadable("it has no id")
    quote = "; ".join(item for item in said if item)[:QUOTE].strip()
    if isinstance(rest.get("author"), str):
        rest["author"] = rest["author"][:500]
    return Reading(name, kind, quote, **rest)

"""Values of FHIR's data types: as a quantity where they are one, and in words."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from nodes.chart import Quantity
from nodes.fhir import codes, tree
from nodes.fhir.tree import Resource, Unreadable

COMPARATORS = {None, "<", "<=", ">=", ">"}
UCUM = "http://unitsofmeasure.org"
DIGITS = 30


def number(value: Any) -> Decimal | None:
    """Give the number of a Quantity as written, unless it has more digits than a measurement."""
    found = tree.number(value, "value")
    if found is None or abs(found.adjusted()) > DIGITS or len(found.as_tuple().digits) > DIGITS:
        return None
    return found


def quantity(value: Any) -> Quantity | None:
    """Read a Quantity; its unit is the UCUM code where there is one.

    A comparator that is not known here would change the value's meaning: then there is none.
    """
    found = number(value)
    if found is None:
        return None
    ucum = tree.string(value, "system") == UCUM
    unit = (tree.string(value, "code") if ucum else None) or tree.string(value, "unit")
    comparator: Any = tree.string(value, "comparator")
    if comparator not in COMPARATORS or "modifierExtension" in value:
        return None
    return Quantity(value=found, unit=unit[:50] if unit else None, comparator=comparator)


def amount(value: Any) -> str | None:
    """Show a Quantity as the EHR's user sees it: the unit's words, not its code."""
    found = number(value)
    if found is None:
        return None
    unit = tree.string(value, "unit") or tree.string(value, "code") or ""
    return f"{tree.string(value, 'comparator') or ''}{found} {unit}".strip()


def interval(value: Any) -> str | None:
    """Show a Range: from low to high, or one bound."""
    low, high = tree.field(value, "low"), tree.field(value, "high")
    if number(low) is not None and number(high) is not None:
        same = tree.string(low, "unit") == tree.string(high, "unit")
        return f"{number(low) if same else amount(low)} to {amount(high)}"
    if number(low) is not None:
        return f"at least {amount(low)}"
    return f"at most {amount(high)}" if number(high) is not None else None


def _ratio(value: Any) -> str | None:
    over, under = tree.field(value, "numerator"), tree.field(value, "denominator")
    if number(over) is None or number(under) is None:
        return None
    plain = not (tree.string(over, "unit") or tree.string(under, "unit"))
    return f"{amount(over)}:{amount(under)}" if plain else f"{amount(over)} per {amount(under)}"


def _plain(value: Any) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return tree.tidy(value) or None
    return str(value) if isinstance(value, int | Decimal) else None


def _from_to(value: Any) -> str | None:
    start, end = tree.moment(value, "start"), tree.moment(value, "end")
    return f"{start or '?'} to {end or '?'}" if start or end else None


def _series(value: Any) -> str | None:
    raise Unreadable("its value is a series of samples, which no fact can hold")


WORDS: dict[str, Callable[[Any], str | None]] = {
    "valueCodeableConcept": codes.words,
    "valueString": _plain,
    "valueBoolean": _plain,
    "valueInteger": _plain,
    "valueRange": interval,
    "valueRatio": _ratio,
    "valueDateTime": _plain,
    "valueTime": _plain,
    "valuePeriod": _from_to,
    "valueSampledData": _series,
}


def value_words(resource: Resource) -> str | None:
    """Say a value that is not a quantity. Unreadable for a series of samples."""
    for name, say in WORDS.items():
        if name in resource and (said := say(resource[name])):
            return said
    return None


def shown(resource: Resource) -> str | None:
    """Show a value of any type in words."""
    return amount(resource.get("valueQuantity")) or value_words(resource)


def missing(resource: Resource) -> str:
    """Say that there is no value, and why where the EHR says it."""
    why = codes.words(resource.get("dataAbsentReason"))
    return f"no value ({why})" if why else "no value"


def reference_range(resource: Resource) -> str | None:
    """Say the range that is normal, where one is given without saying for whom else."""
    for item in tree.items(resource, "referenceRange"):
        kind = codes.token(item.get("type"))
        said = tree.string(item, "text") or interval(item)
        if said and kind in {None, "normal"} and "appliesTo" not in item:
            return said
    return None

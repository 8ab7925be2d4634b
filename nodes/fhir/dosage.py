"""How a medication is taken, in words: the prescriber's own, else built from what is coded."""

from collections.abc import Callable
from typing import Any

from nodes.fhir import codes, tree
from nodes.fhir.reading import joined, labelled
from nodes.fhir.values import amount, interval
from nodes.fhir.when import bounds

Words = Callable[[], str | None]
INSTRUCTIONS = 5
UNITS = {
    "s": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "a": "year",
}
WHEN = {
    "HS": "at bedtime",
    "WAKE": "on waking",
    "AC": "before meals",
    "PC": "after meals",
    "C": "with meals",
    "MORN": "in the morning",
    "NOON": "at noon",
    "AFT": "in the afternoon",
    "EVE": "in the evening",
    "NIGHT": "at night",
}


def words(dosage: Any) -> Words:
    """Say one or more Dosages, when asked to, without those that an extension modifies."""
    return lambda: (
        " and ".join(
            said
            for item in tree.items(dosage)[:INSTRUCTIONS]
            if not item.get("modifierExtension") and (said := _said(item))
        )
        or None
    )


def given(dosage: Any) -> Words:
    """Say what was given: text, or dose, rate and route."""
    return lambda: (
        tree.string(dosage, "text")
        or " ".join(
            part
            for part in (
                amount(tree.field(dosage, "dose")),
                _rate(dosage),
                codes.words(tree.field(dosage, "route")),
                labelled("at", codes.words(tree.field(dosage, "site"))),
            )
            if part
        )
        or None
    )


def _said(item: tree.Resource) -> str | None:
    text = tree.string(item, "text")
    if text:
        return text
    rated = tree.items(item, "doseAndRate") or [item]
    parts = (
        joined(_dose(one) for one in rated),
        joined(_rate(one) for one in rated),
        codes.words(item.get("route")),
        labelled("at", codes.words(item.get("site"))),
        timing(item.get("timing")),
        _as_needed(item),
        joined(codes.every(item.get("additionalInstruction"))),
    )
    return " ".join(part for part in parts if part) or tree.string(item, "patientInstruction")


def _dose(item: tree.Resource) -> str | None:
    return amount(item.get("doseQuantity")) or interval(item.get("doseRange"))


def _rate(item: Any) -> str | None:
    ratio = tree.field(item, "rateRatio")
    over, under = amount(tree.field(ratio, "numerator")), amount(tree.field(ratio, "denominator"))
    return labelled(
        "at",
        amount(tree.field(item, "rateQuantity"))
        or interval(tree.field(item, "rateRange"))
        or (f"{over} per {under}" if over and under else None),
    )


def _as_needed(item: tree.Resource) -> str | None:
    if why := codes.words(item.get("asNeededCodeableConcept") or item.get("asNeededFor")):
        return f"as needed for {why}"
    return "as needed" if item.get("asNeededBoolean") is True or item.get("asNeeded") else None


def timing(value: Any) -> str | None:
    """Say a Timing: its own words, else how often, when in the day and for how long."""
    repeat = tree.field(value, "repeat")
    said = (
        codes.words(tree.field(value, "code")) or _often(repeat),
        joined(WHEN.get(one) for one in tree.strings(repeat, "when")),
        joined(tree.strings(repeat, "timeOfDay")),
        labelled("on", joined(tree.strings(repeat, "dayOfWeek"))),
        labelled("for", amount(tree.field(repeat, "boundsDuration"))),
        bounds(tree.field(repeat, "boundsPeriod")).words,
        labelled("in all", _times(tree.field(repeat, "count"), None)),
    )
    return " ".join(part for part in said if part) or None


def _often(repeat: Any) -> str | None:
    """Say how often: "2 times per 1 day", or "every 8 hours" for once in a longer stretch."""
    unit = UNITS.get(tree.string(repeat, "periodUnit") or "")
    stretch = tree.number(repeat, "period")
    if unit is None or stretch is None:
        return None
    most = tree.number(repeat, "periodMax")
    length = f"{stretch} to {most}" if most else str(stretch)
    times = tree.field(repeat, "frequency")
    often = _times(times, tree.field(repeat, "frequencyMax"))
    if often is None or (times == 1 and "frequencyMax" not in repeat and length != "1"):
        return f"every {length} {unit}s" if length != "1" else f"every {unit}"
    return f"{often} per {unit}" if length == "1" else f"{often} per {length} {unit}s"


def _times(least: Any, most: Any) -> str | None:
    first, last = tree.number({"n": least}, "n"), tree.number({"n": most}, "n")
    if first is None:
        return None
    if last is not None and last != first:
        return f"{first} to {last} times"
    return "once" if first == 1 else f"{first} times"

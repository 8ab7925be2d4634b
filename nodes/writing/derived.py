"""What follows from the cited words without standing in them: said with a warning."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from nodes.writing.claims import Claim, dates
from nodes.writing.units import canonical_unit

CLOSE = Decimal("0.02")
MOST_DATES = 8
FACTORS = {
    ("kg", "lb"): Decimal("2.20462"),
    ("in", "cm"): Decimal("2.54"),
    ("ft", "cm"): Decimal("30.48"),
    ("ft", "in"): Decimal(12),
    ("g", "mg"): Decimal(1000),
    ("mg", "ug"): Decimal(1000),
    ("kg", "g"): Decimal(1000),
    ("l", "ml"): Decimal(1000),
    ("cm", "mm"): Decimal(10),
    ("wk", "d"): Decimal(7),
    ("mo", "wk"): Decimal(4),
    ("a", "mo"): Decimal(12),
    ("a", "wk"): Decimal(52),
    ("a", "d"): Decimal(365),
    ("mo", "d"): Decimal(30),
    ("h", "min"): Decimal(60),
    ("min", "s"): Decimal(60),
    ("d", "h"): Decimal(24),
}
MONTH_IN_WEEKS = Decimal("4.345")
DRUGS = (
    r"(?:[\w-]+ )?(?:nsaids?|medications?|medicines|drugs?|agents?|opioids?|analgesics?|biologics?"
    r"|dmards?|antidepressants?|anticonvulsants?|triptans?|insulins?)"
)
COUNTED = re.compile(rf"\b(\d{{1,2}}) (?:different |other |oral |prior |prescription )*{DRUGS}\b")


def follows(claim: Claim, known: frozenset[Claim], birth: date) -> bool:
    """Say whether a number follows from known dates or amounts."""
    if claim.kind != "number" or claim.unit is None:
        return claim.kind == "number" and _rounded(claim, known)
    if claim.unit == "a" and claim.value in _ages(dates(known), birth):
        return True
    if claim.unit in {"d", "wk", "mo", "a"} and claim in _lengths(dates(known)):
        return True
    return _rounded(claim, known) or _converted(claim, known)


def counted(figured: str, drugs: int) -> frozenset[Claim]:
    """Give the numbers of a text that count the drugs cited."""
    found = (m[1] for m in COUNTED.finditer(figured) if int(m[1]) == drugs)
    return frozenset(Claim("number", number) for number in found)


def _ages(days: Iterable[date], birth: date) -> set[str]:
    return {
        str(day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day)))
        for day in days
    }


def _lengths(days: list[date]) -> set[Claim]:
    """Work out the lengths between any two of the dates; not where there are too many."""
    found: set[Claim] = set()
    some = days if len(days) <= MOST_DATES else []
    for number, first in enumerate(some):
        for last in some[number + 1 :]:
            length = (last - first).days
            amounts = (("d", length), ("d", length + 1), ("wk", length // 7))
            found |= {Claim("number", str(amount), unit) for unit, amount in amounts if amount}
            months = {length // 30, (last.year - first.year) * 12 + last.month - first.month}
            found |= {Claim("number", str(month), "mo") for month in months if month}
            if length >= 365:
                found.add(Claim("number", str(length // 365), "a"))
    return found


def _rounded(claim: Claim, known: frozenset[Claim]) -> bool:
    said = _value(claim)
    return said is not None and any(
        _coarser(claim.value, other.value) and _close(said, value)
        for other, value in _amounts(known)
        if other.unit == claim.unit or claim.unit is None
    )


def _converted(claim: Claim, known: frozenset[Claim]) -> bool:
    said = _value(claim)
    if said is None:
        return False
    for other, value in _amounts(known):
        for turned in _in_unit(value, other.unit or "", claim.unit or ""):
            if _close(said, turned) or (said == said.to_integral() == round(turned)):
                return True
    return False


def _in_unit(value: Decimal, unit: str, wanted: str) -> Iterator[Decimal]:
    if factor := FACTORS.get((unit, wanted)):
        yield value * factor
    if factor := FACTORS.get((wanted, unit)):
        yield value / factor
    if (unit, wanted) == ("wk", "mo"):
        yield value / MONTH_IN_WEEKS
    if (unit, wanted) == ("mo", "wk"):
        yield value * MONTH_IN_WEEKS
    if canonical_unit(unit) == "f" and wanted == "c":
        yield (value - 32) * 5 / 9
    if canonical_unit(unit) == "c" and wanted == "f":
        yield value * 9 / 5 + 32


def _coarser(said: str, known: str) -> bool:
    """Say whether one number is written with fewer digits than another, as rounding does."""
    return "." in known and len(said.partition(".")[2]) < len(known.partition(".")[2])


def _close(said: Decimal, known: Decimal) -> bool:
    return abs(said - known) <= abs(known) * CLOSE


def _amounts(known: frozenset[Claim]) -> Iterator[tuple[Claim, Decimal]]:
    for claim in known:
        value = _value(claim)
        if value is not None:
            yield claim, value


def _value(claim: Claim) -> Decimal | None:
    if claim.kind != "number":
        return None
    try:
        return Decimal(claim.value)
    except InvalidOperation:
        return None

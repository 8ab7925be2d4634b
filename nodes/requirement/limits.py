"""What a payer limits its answer to, and whether a line goes, or may go, beyond it."""

from datetime import date
from typing import Any

from nodes.requirement.amounts import total, within
from nodes.requirement.crd import Assertion, details
from nodes.requirement.question import AskedLine
from nodes.requirement.table import Bounds


def limited(
    one: Assertion, lines: list[AskedLine], first: date, last: date
) -> tuple[tuple[str, ...], bool]:
    """The limits in words, and whether lines of one code between two days may go beyond one."""
    words, exceeded = list[str](), False
    for name, value, qualification in details(one):
        if name == "allowed-quantity":
            most, unit = _quantity(value)
            words.append(f"allowed quantity: {most} {unit} {qualification}")
            exceeded |= not _enough(most, unit, lines)
        elif name == "allowed-period":
            start, end = _period(value)
            words.append(f"allowed period: {start} to {end} {qualification}")
            days = first.isoformat(), last.isoformat()
            exceeded |= not (start <= days[0] and days[1] <= (end or "9999")) or not (start or end)
        elif name == "concurrent-review":
            words.append(f"concurrent review {qualification}")
    return tuple(" ".join(one.split())[:500] for one in words), exceeded


def _quantity(value: Any) -> tuple[object, str]:
    if isinstance(value, dict):
        return value.get("value"), str(value.get("unit") or "")[:100]
    return value if isinstance(value, int | float) else None, ""


def _period(value: Any) -> tuple[str, str]:
    ends = value if isinstance(value, dict) else {}
    start, end = (str(ends.get(name) or "")[:10] for name in ("start", "end"))
    return start, end


def _enough(most: object, unit: str, lines: list[AskedLine]) -> bool:
    """Whether all lines surely keep to the limit; a quantity without a unit is of any."""
    if isinstance(most, bool) or not isinstance(most, int | float) or not 0 <= most < 100_000:
        return False
    named = unit.strip().casefold().removesuffix("s")
    units = {line.unit for line in lines}
    if len(units) != 1 or not (units <= {"unit", named} or not named):
        return False
    (own,) = units
    counted = named if any(line.delivery for line in lines) and named else own
    return within(Bounds(at_most=int(most)), total(lines, counted)) is True

"""Values in the unit a policy compares in: by UCUM, by the molar mass of the analyte, or not."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from nodes.chart import Coding, Quantity
from nodes.policy.analytes import molar_mass, ngsp
from nodes.policy.ucum import Unit, unit

_IFCC = (Fraction(1, 1000), ())
_HEAT = {"cel": "C", "degc": "C", "c": "C", "\u00b0c": "C", "[degf]": "F", "degf": "F", "f": "F",
         "\u00b0f": "F"}  # fmt: skip


def convert(quantity: Quantity, wanted: str, codes: Iterable[Coding] = ()) -> Decimal | None:
    """Give a quantity's value in another unit; none when the units do not fit or are unknown.

    Between mass and moles, and between HbA1c in percent and mmol/mol, the codes of the test must
    name the analyte. Nothing without a unit is converted.
    """
    if quantity.unit is None:
        return None
    if quantity.unit == wanted:
        return quantity.value
    factor = _factor(quantity.unit, wanted)
    if factor is not None:
        return quantity.value * factor.numerator / factor.denominator
    heat = _heat(quantity, wanted)
    return heat if heat is not None else _by_analyte(quantity.value, quantity.unit, wanted, codes)


@lru_cache(maxsize=4096)
def _factor(old: str, new: str) -> Fraction | None:
    have, want = unit(old), unit(new)
    if have is None or want is None or have.base != want.base:
        return None
    return have.factor / want.factor


def _by_analyte(value: Decimal, old: str, new: str, codes: Iterable[Coding]) -> Decimal | None:
    have, want = unit(old), unit(new)
    if have is None or want is None:
        return None
    for one, other, to_percent in ((have, want, True), (want, have, False)):
        if (one.factor, one.base) == _IFCC and other.base == (("%", 1),):
            return ngsp(value, codes, to_percent)
    mass = molar_mass(codes) if _less(have, want) else None
    factor = _molar(old, new, mass) if mass else None
    return value * factor.numerator / factor.denominator if factor else None


@lru_cache(maxsize=4096)
def _molar(old: str, new: str, mass: Fraction) -> Fraction | None:
    have, want = unit(old), unit(new)
    if have is None or want is None:
        return None
    return have.factor / want.factor * mass ** _less(have, want)


def _less(have: Unit, want: Unit) -> int:
    """1 when moles become grams, -1 when grams become moles, else 0."""
    left = dict(have.base)
    for name, power in want.base:
        left[name] = left.get(name, 0) - power
    rest = {name: power for name, power in left.items() if power}
    if rest == {"g": -1, "mol": 1}:
        return 1
    return -1 if rest == {"g": 1, "mol": -1} else 0


def _heat(quantity: Quantity, wanted: str) -> Decimal | None:
    """Degrees have no common zero."""
    old, new = _HEAT.get((quantity.unit or "").lower()), _HEAT.get(wanted.lower())
    if old is None or new is None:
        return None
    if old == new:
        return quantity.value
    return quantity.value * 9 / 5 + 32 if new == "F" else (quantity.value - 32) * 5 / 9


def compare(value: Decimal, cmp: str, limit: Decimal, bound: str | None = None) -> bool | None:
    """Say whether a value meets a limit; ``bound`` is the value's own comparator, as in ">30".

    None when the bound leaves it open: "<60" may or may not be below 54.
    """
    if bound is None:
        return {
            "<": value < limit,
            "<=": value <= limit,
            ">": value > limit,
            ">=": value >= limit,
        }[cmp]
    if bound[0] != cmp[0]:
        outside = value <= limit if bound[0] == "<" else value >= limit
        strict = bound in "<>" or cmp in "<>"
        return False if outside and (strict or value != limit) else None
    inside = value <= limit if cmp[0] == "<" else value >= limit
    sure = inside and (value != limit or len(cmp) == 2 or len(bound) == 1)
    return True if sure else None

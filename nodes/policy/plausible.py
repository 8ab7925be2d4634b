"""Values that no patient has: a slip of the unit or of the keyboard decides nothing."""

from collections.abc import Iterable
from decimal import Decimal

from nodes.chart import Coding

_SATURATION = ("%", Decimal(35), Decimal(100))
_RANGES = {
    **dict.fromkeys(("59408-5", "2708-6", "20564-1", "89276-0", "51733-4"), _SATURATION),
    "4548-4": ("%", Decimal(3), Decimal(25)),
    "39156-5": ("kg/m2", Decimal(8), Decimal(120)),
    "2703-7": ("mm[Hg]", Decimal(15), Decimal(700)),
}


def plausible(value: Decimal, unit: str, codes: Iterable[Coding]) -> bool:
    """Say whether a value can be one of the test, in the unit that is asked for."""
    for one in codes:
        known = _RANGES.get(one.code) if one.system == "LOINC" else None
        if known and known[0] == unit and not known[1] <= value <= known[2]:
            return False
    return True

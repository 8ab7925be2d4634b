"""UCUM units that policies compare in, and the conversions between them."""

from decimal import Decimal

from nodes.chart import Quantity

_SAME = {
    "mg/dl": ("glucose", Decimal(1)),
    "mmol/l": ("glucose", Decimal("18.016")),
    "/h": ("rate", Decimal(1)),
    "{events}/h": ("rate", Decimal(1)),
    "events/h": ("rate", Decimal(1)),
    "events/hour": ("rate", Decimal(1)),
    "events per hour": ("rate", Decimal(1)),
    "/hr": ("rate", Decimal(1)),
    "1/h": ("rate", Decimal(1)),
    "{events}": ("count", Decimal(1)),
    "{count}": ("count", Decimal(1)),
    "events": ("count", Decimal(1)),
    "1": ("count", Decimal(1)),
    "%": ("percent", Decimal(1)),
    "kg/m2": ("bmi", Decimal(1)),
    "kg": ("mass", Decimal(1)),
    "g": ("mass", Decimal("0.001")),
    "[lb_av]": ("mass", Decimal("0.45359237")),
    "lb": ("mass", Decimal("0.45359237")),
    "lbs": ("mass", Decimal("0.45359237")),
    "pounds": ("mass", Decimal("0.45359237")),
    "kgs": ("mass", Decimal(1)),
    "kilograms": ("mass", Decimal(1)),
    "cm": ("length", Decimal(1)),
    "m": ("length", Decimal(100)),
    "[in_i]": ("length", Decimal("2.54")),
    "h": ("time", Decimal(1)),
    "min": ("time", Decimal(1) / Decimal(60)),
}


def convert(quantity: Quantity, unit: str) -> Decimal | None:
    """Give a quantity's value in another unit; none when the units do not fit or are unknown.

    ``mmol/L`` and ``mg/dL`` are converted as glucose (18.016 g/mol).
    """
    if quantity.unit is None:
        return None
    if quantity.unit == unit:
        return quantity.value
    old, new = _SAME.get(quantity.unit.strip().lower()), _SAME.get(unit.lower())
    if old is None or new is None or old[0] != new[0]:
        return None
    return quantity.value * old[1] / new[1]


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

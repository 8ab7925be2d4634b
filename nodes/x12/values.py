"""Dates and quantities as X12 writes them; what cannot be read is none, never a guess."""

from datetime import date
from decimal import Decimal, InvalidOperation

from nodes.x12.segments import Segment

UNITS = {
    "DY": "day",
    "HS": "hour",
    "MN": "month",
    "VS": "visit",
    "FL": "unit",
    "UN": "unit",
    "DA": "day",
    "MJ": "minute",
    "F2": "international_unit",
}
YES = {"Y": True, "N": False}


def day(text: str) -> date | None:
    """CCYYMMDD, with or without a time behind it."""
    if len(text) not in {8, 12, 14} or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date.fromisoformat(text[:8])
    except ValueError:
        return None


def span(kind: str, text: str) -> tuple[date | None, date | None]:
    """The first and last day of a date in one of the formats D8, DT, RD8; one day is both."""
    if kind == "RD8":
        first, _, last = text.partition("-")
        return day(first), day(last)
    one = day(text) if kind in {"D8", "DT"} else None
    return one, one


def period(segment: Segment) -> tuple[date | None, date | None]:
    """The first and last day of a DTP."""
    return span(segment.get(2), segment.get(3))


def quantity(text: str) -> Decimal | None:
    """A number of things."""
    if len(text) > 18 or not text.isascii():
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 16 else None


def whole(number: Decimal | None) -> int | None:
    """A number that has no fraction, as an integer."""
    return int(number) if number is not None and number == number.to_integral_value() else None

"""Dates and quantities as X12 writes them; what cannot be read is none, never a guess."""

from datetime import date, datetime
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
}


def day(text: str) -> date | None:
    """CCYYMMDD, with or without a time behind it."""
    if len(text) not in {8, 12, 14} or not (text.isascii() and text.isdigit()):
        return None
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()
    except ValueError:
        return None


def period(segment: Segment) -> tuple[date | None, date | None]:
    """The first and last day of a DTP; a single day is both (D8, DT, RD8)."""
    kind, text = segment.get(2), segment.get(3)
    if kind == "RD8":
        first, _, last = text.partition("-")
        return day(first), day(last)
    return (day(text), day(text)) if kind in {"D8", "DT"} else (None, None)


def quantity(text: str) -> Decimal | None:
    """A number of things."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 16 else None

"""Dates and quantities as X12 writes them; what cannot be read is none, never a guess."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from nodes.care import Period
from nodes.x12.segments import Segment

Unit = Literal["visit", "day", "month", "hour", "unit"]
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
DELIVERED: dict[str, Unit] = {
    "DY": "day",
    "FL": "unit",
    "HS": "hour",
    "MN": "month",
    "VS": "visit",
}
FREQUENCIES: dict[str, Period] = {"DA": "day", "WK": "week", "MO": "month", "YR": "year"}
PERIODS: dict[str, Period] = {
    "7": "day",
    "35": "week",
    "34": "month",
    "21": "year",
    "26": "episode",
}
YES = {"Y": True, "N": False}


def day(text: str) -> date | None:
    """CCYYMMDD, with or without a time behind it."""
    if len(text) not in {8, 12, 14} or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
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

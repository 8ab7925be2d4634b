"""Days as letters write them, and days counted from them: calendar, business, months."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

Unit = Literal["hour", "day", "business day", "week", "month", "year"]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE = re.compile(
    rf"\b{MONTH.format('m1')}\s{{0,3}}(?P<d1>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\s{{0,2}},?\s{{0,3}}(?P<y1>\d{{4}}|'\d\d)\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?[\s\-]{{1,3}}(?:of\s)?{MONTH.format('m2')}[\s\-,]{{1,3}}(?P<y2>\d{{4}})\b"
    r"|\b(?P<y3>(?:19|20|21)\d\d)[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})\b"
    r"|\b(?P<m4>\d{1,2})\s?[-/.]\s?(?P<d4>\d{1,2})\s?[-/.]\s?(?P<y4>(?:19|20"
    r"|21)?\d\d)\b(?![-/.]\d)"
)
SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
FIRST, LAST = 1900, 2200
NUMBERS = {word: value for value, word in enumerate(SMALL)} | TENS
WORDED = (
    rf"(?:one[\s\-]hundred(?:[\s\-](?:and[\s\-])?(?:{'|'.join(TENS)}))?"
    rf"|(?:{'|'.join(TENS)})(?:[\s\-](?:{'|'.join(SMALL[1:10])}))?|{'|'.join(SMALL[1:])})"
)
ORDINALS = {
    "tenth": 10, "fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "ninetieth": 90, "hundredth": 100, "eightieth": 80,
    "one hundred eightieth": 180, "one hundred twentieth": 120, "hundred eightieth": 180,
}  # fmt: skip
ORDINAL = "|".join(sorted((re.sub(" ", r"[\\s\\-]", o) for o in ORDINALS), key=len, reverse=True))
AMOUNT = re.compile(
    rf"\b(?P<number>\d{{1,3}}(?:st|nd|rd|th)?|{ORDINAL}"
    rf"|{WORDED})(?:\s{{0,2}}\(\s?(?P<digits>\d{{1,3}})\s?\))?[\s\-]{{0,3}}"
    r"(?:(?P<kind>calendar|business|working|work)[\s\-]{1,3})?"
    r"(?P<unit>hours?|hrs?|days?|(?<=\d\d)d|weeks?|months?|years?)\b(?:\s{0,2}\(\s?\d{1,3}\s?\))?"
)


class Dated(NamedTuple):
    """A day a text names; ``start`` and ``end`` are its places there."""

    day: date
    start: int
    end: int


class Lasting(NamedTuple):
    """A stretch of time a text names."""

    number: int
    unit: Unit
    start: int
    end: int


def dates(flat: str) -> Iterator[Dated]:
    """Find the days a text in small letters names; month before day; years of two digits too."""
    for found in DATE.finditer(flat):
        day = _day({k: v for k, v in found.groupdict().items() if v})
        if day:
            yield Dated(day, found.start(), found.end())


UNYEARED = re.compile(
    rf"\b{MONTH.format('m')}\s{{0,3}}(?P<d>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\b(?!\s{{0,2}},?\s{{0,3}}(?:\d{{4}}|'\d\d))"
)


def unyeared(flat: str, issued: date) -> Iterator[Dated]:
    """Find the days that a text names without a year: the next such day after a notice's date."""
    for found in UNYEARED.finditer(flat):
        parts = {"m": found["m"], "d": found["d"]}
        for year in (issued.year, issued.year + 1):
            day = _day(parts | {"y": str(year)})
            if day and day > issued:
                yield Dated(day, found.start(), found.end())
                break


def _day(parts: dict[str, str]) -> date | None:
    year, month, day = (
        next(value for name, value in parts.items() if name[0] == kind) for kind in "ymd"
    )
    number = MONTHS.index(month[:3]) + 1 if month[0].isalpha() else int(month)
    year = year.lstrip("'")
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full, number, int(day)) if FIRST <= full <= LAST else None
    except ValueError:
        return None


def stretches(flat: str) -> Iterator[Lasting]:
    """Find stretches of time: 60 days, sixty (60) calendar days, four months, 72 hours."""
    for found in AMOUNT.finditer(flat):
        unit = found["unit"].rstrip("s")
        if found["kind"] in {"business", "working", "work"} and unit == "day":
            unit = "business day"
        known: dict[str, Unit] = {
            "hour": "hour", "hr": "hour", "d": "day", "day": "day", "business day": "business day",
            "week": "week", "month": "month", "year": "year",
        }  # fmt: skip
        count = int(found["digits"]) if found["digits"] else _number(found["number"])
        yield Lasting(count, known[unit], found.start(), found.end())


def _number(text: str) -> int:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", text)
    if plain.isdigit():
        return int(plain)
    if ordinal := ORDINALS.get(re.sub(r"[\s\-]", " ", text)):
        return ordinal
    words = re.split(r"[\s\-]+", text)
    hundred = 100 if "hundred" in words else 0
    rest = words[words.index("hundred") + 1 :] if hundred else words
    return hundred + sum(NUMBERS.get(word, 0) for word in rest)


def after(first: date, count: int, unit: Unit, *, onward: bool = False) -> date:
    """The last day of a time that is counted from a day, which itself does not count.

    A month ends on the day of the same number; where there is none, on the month's last day, or
    ``onward`` on the first of the next (so 45 CFR 147.136(d)(2)(i) for external review). Hours
    are counted as whole days. Business days leave out weekends and federal holidays.
    """
    if unit == "business day":
        return _business(first, count)
    if unit in ("month", "year"):
        return _months(first, count * (12 if unit == "year" else 1), onward)
    days = {"hour": count // 24, "day": count, "week": 7 * count}[unit]
    return first + timedelta(days=days)


def _months(first: date, count: int, onward: bool) -> date:
    months = first.month - 1 + count
    year, month = first.year + months // 12, months % 12 + 1
    try:
        return date(year, month, first.day)
    except ValueError:
        following = date(year + month // 12, month % 12 + 1, 1)
        return following if onward else following - timedelta(days=1)


def _business(first: date, count: int) -> date:
    day = first
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in holidays(day.year)
    return day


def holidays(year: int) -> frozenset[date]:
    """The federal holidays of a year as they are kept (5 U.S.C. 6103)."""
    fixed = [date(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    kept = [day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0)) for day in fixed]
    if date(year + 1, 1, 1).weekday() == 5:
        kept.append(date(year, 12, 31))
    nth = ((1, 0, 3), (2, 0, 3), (9, 0, 1), (10, 0, 2), (11, 3, 4))
    kept += [_nth(year, *which) for which in nth]
    last = date(year, 5, 31)
    return frozenset((*kept, last - timedelta(days=last.weekday())))


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))

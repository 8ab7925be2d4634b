"""When something happened, as the sentence tells it: a day, a year, so long ago, or long past."""

import re
from calendar import monthrange
from datetime import date, timedelta

from nodes.policy.durations import dates_in
from nodes.policy.index import Mention

_I = re.IGNORECASE
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/-])")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_AGO = re.compile(
    r"\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six)[ -]?\+?\s*"
    r"(?P<unit>d(?:ays?)?|w(?:ee)?ks?|mo(?:nth)?s?|y(?:ea)?rs?)\s+(?:ago|earlier|prior|back)\b",
    _I,
)
_DAYS = {"d": 1, "w": 7, "m": 31, "y": 366}
_LATELY = re.compile(
    r"\b(?:today|yesterday|recent(?:ly)?|new(?:ly)?|this (?:week|month|year|morning)|last (?:night"
    r"|week|month)|past (?:week|month))\b",
    _I,
)
_LAST_YEAR = re.compile(r"\blast year\b", _I)
_LONG_PAST = re.compile(
    r"\b(?:chronic(?:ally)?|old|long-?standing|life-?long|congenital"
    r"|since (?:birth|childhood|infancy|\w+ childhood)|in (?:childhood|infancy|adolescence|youth)"
    r"|as a (?:child|teen\w*|infant|baby|toddler|kid)|(?:at|when)(?: the)? age(?: of)? \d{1,2}"
    r"|residual|unchanged|baseline"
    r"|pre-?existing|sequelae?|remote|prior|previous|known|history of|h/o)\b",
    _I,
)
_NEW = re.compile(
    r"\b(?:new(?:ly)?|acute(?:ly)?|worse\w*|worsening|today|on top of|recurrent|progress\w+)\b", _I
)


def spans(text: str, written: date) -> list[tuple[date, date]]:
    """List from when to when the times lie that a sentence names; the note's day ends the last."""
    days = [(on, _end(on)) for on in dates_in(text, written)]
    named = {on.year for on, _ in days}
    years = {int(one.group()) for one in _YEAR.finditer(text)} - named
    found = [*days, *((date(one, 1, 1), date(one, 12, 31)) for one in years if 1900 <= one <= 2200)]
    for one in _AGO.finditer(text):
        number = one["n"].lower()
        unit = _DAYS[one["unit"][0].lower()]
        count = _NUMBERS.get(number) or int(number)
        earliest, latest = (count + 1) * unit, int(count * unit * 0.97)
        found.append((written - timedelta(earliest), written - timedelta(latest)))
    if _LAST_YEAR.search(text):
        found.append((date(written.year - 1, 1, 1), date(written.year - 1, 12, 31)))
    if _LATELY.search(text):
        found.append((written - timedelta(92), written))
    return [(first, min(last, written)) for first, last in found if first <= written]


def _end(on: date) -> date:
    """The last day it can be: a month that is named without a day begins on its first."""
    return on.replace(day=monthrange(on.year, on.month)[1]) if on.day == 1 else on


def long_past(mention: Mention, since: date) -> bool:
    """Say whether the sentence tells that it is chronic, or began before a day."""
    text = mention.sentence.text
    times = spans(text, mention.written)
    if times and max(last for _, last in times) < since:
        return True
    return bool(_LONG_PAST.search(text)) and not _NEW.search(text)

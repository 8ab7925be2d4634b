"""How much of a drug a day or a week, as dosage words put it: "20 mg weekly", "500 mg BID"."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

_UNIT = r"(?P<unit>mg|mcg|\u00b5g|ug|micrograms?|milligrams?|grams?|gm?|units?|iu|u)"
_STRENGTH = re.compile(
    rf"(?<![\d.,/])(?:(?P<low>\d{{1,4}}(?:\.\d+)?)\s*(?:-|\u2013|to)\s*)?(?P<number>\d{{1,4}}(?:,\d{{3}})?(?:\.\d+)?)\s*-?{_UNIT}\b(?!\s*/\s*(?:dl|ml|l|kg)\b)",
    re.IGNORECASE,
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_N = r"(?:\d{1,2}(?:\.5)?|one|two|three|four|five|six|seven|eight)"
_TABLETS = re.compile(
    rf"\b(?P<n>{_N})\s*(?:\(\w+\)\s*)?(?:tab(?:let)?s?|caps?(?:ules?)?|pills?|injections?)\b",
    re.IGNORECASE,
)
_DAY, _WEEK = Fraction(1), Fraction(1, 7)
_OFTEN: tuple[tuple[str, Fraction], ...] = (
    (r"\bq\.?i\.?d\b\.?|\bfour times (?:a|per|each|every) day|\bfour times daily", Fraction(4)),
    (r"\bt\.?i\.?d\b\.?|\bthree times (?:a|per|each|every) day|\bthree times daily", Fraction(3)),
    (r"\btwice (?:a|per|each|every) week|\btwice weekly|\b2 times (?:a|per) week", Fraction(2, 7)),
    (
        r"\bb\.?i\.?d\b\.?|\btwice (?:a|per|each|every) day|\btwice daily|\bevery 12 hours",
        Fraction(2),
    ),
    (r"\bevery other week|\bq ?2 ?w(?:ee)?ks?\b|\bbi-?weekly|\bq\.?o\.?w\b", Fraction(1, 14)),
    (r"\bevery other day|\bq\.?o\.?d\b|\bevery 2 days", Fraction(1, 2)),
    (r"\bmonthly|\b(?:a|per|each|every|once a) month|\bq ?month\b|/mo(?:nth)?\b", Fraction(1, 30)),
    (
        r"\bweekly|\b(?:once )?(?:a|per|each|every|q) ?(?:week|wk)\b|/ ?w(?:ee)?k\b"
        r"|\bq ?w(?:ee)?k\b|\bevery 7 days|\bqw\b",
        _WEEK,
    ),
    (
        r"\bdaily|\b(?:once )?(?:a|per|each|every) (?:day|evening|morning|night)\b|/ ?d(?:ay)?\b"
        r"|\bnightly|\bq ?d(?:ay)?\b|\bqam\b|\bqpm\b|\bqhs\b|\bat bedtime|\bin the morning"
        r"|\bin the evening|\bonce per day|\bevery 24 hours",
        _DAY,
    ),
)
_FREQUENCIES = [(re.compile(pattern, re.IGNORECASE), times) for pattern, times in _OFTEN]
_EVERY = re.compile(
    r"\b(?:every|q)\s*(?P<n>\d{1,2})\s*-?(?P<unit>h(?:ou)?rs?|h|days?|d|weeks?|wks?|w|months?)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?P<n>\d|once|twice|one|two|three|four)(?: times?)? (?:per|a|each|every) (?:1 )?"
    r"(?P<unit>day|week|month)\b",
    re.IGNORECASE,
)
_LONG = {"h": Fraction(1, 24), "d": _DAY, "w": Fraction(7), "m": Fraction(30)}
_GRAMS = {"m": Fraction(1, 1000), "u": Fraction(1, 10**6), "\u00b5": Fraction(1, 10**6)}
_ASKED = {"mg": Fraction(1, 1000), "g": Fraction(1), "ug": Fraction(1, 10**6)}
AS_NEEDED = re.compile(r"\b(?:prn|as needed)\b", re.IGNORECASE)


def doses(words: str, unit: str, per: str) -> list[Decimal]:
    """Read every dose with how often it is taken, in a unit per day ("d") or week ("wk").

    A dose without a frequency, or as needed, is none; "2.5 mg, 6 tablets weekly" is 15 mg; a
    range counts by its lower end.
    """
    if AS_NEEDED.search(words):
        return []
    found = list(_STRENGTH.finditer(words))
    told = []
    for place, match in enumerate(found):
        amount = _amount(match, unit)
        end = found[place + 1].start() if place + 1 < len(found) else len(words)
        times = next(_rates(words[match.end() : end]), None)
        if times is None and len(found) == 1:
            times = next(_rates(words[: match.start()]), None)
        if amount is None or times is None:
            continue
        total = amount * times * _tablets(words, match, end, len(found) == 1)
        told.append(total * (7 if per == "wk" else 1))
    return [Decimal(one.numerator) / Decimal(one.denominator) for one in told]


def _tablets(words: str, match: re.Match[str], end: int, alone: bool) -> Fraction:
    """How many at a time; a strength in brackets after them is their sum: "8 tablets (20 mg)"."""
    after, before = _TABLETS.search(words[match.end() : end]), words[: match.start()]
    if after or not alone or before.rstrip().endswith("("):
        return _number(after["n"]) if after else Fraction(1)
    ahead = _TABLETS.search(before)
    return _number(ahead["n"]) if ahead else Fraction(1)


def _amount(match: re.Match[str], unit: str) -> Fraction | None:
    number = Fraction((match["low"] or match["number"]).replace(",", ""))
    said = match["unit"].lower()
    if said.startswith(("unit", "iu")) or said == "u":
        return number if unit == "[iU]" else None
    if unit not in _ASKED:
        return None
    if said.startswith("g"):
        scale = Fraction(1)
    else:
        scale = _GRAMS["u" if said.startswith(("mc", "micro")) else said[0]]
    return number * scale / _ASKED[unit]


def _rates(words: str) -> Iterator[Fraction]:
    """How many times a day."""
    every, times = _EVERY.search(words), _TIMES.search(words)
    if every:
        yield 1 / (int(every["n"]) * _LONG[every["unit"][0].lower()])
    if times:
        yield _number(times["n"]) / _LONG[times["unit"][0].lower()]
    for pattern, rate in _FREQUENCIES:
        if pattern.search(words):
            yield rate


def _number(word: str) -> Fraction:
    said = word.lower()
    if said in ("once", "twice"):
        return Fraction(1 if said == "once" else 2)
    return Fraction(_WORDS[said]) if said in _WORDS else Fraction(said)

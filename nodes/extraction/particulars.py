"""What a sentence says of a treatment beside its name: dose, frequency, length, number, days."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from nodes.entity import Amount
from nodes.extraction.frequency import frequency
from nodes.extraction.letters import holds
from nodes.extraction.numbers import NUMBER_WORDS
from nodes.policy.durations import dates_in, stretch
from nodes.writing.units import canonical_unit

_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,6}(?:\.\d{1,3})?|\.\d{1,3}"
_DOSE = re.compile(
    rf"(?<![\w.,/-])(?P<value>{_FIGURE})(?:[ ]?(?:-|\u2013|to)[ ]?(?P<high>{_FIGURE}))?[ -]?"
    r"(?P<unit>mg/kg|mg/ml|mg/day|mg|mcg|micrograms?|ug|\u00b5g|grams?|g|units?(?:/day)?|iu|ml"
    r"|meq|%|puffs?|tablets?|tabs?"
    r"|capsules?|caps?|drops?|l/min|lpm|liters?(?: per minute)?|cm ?h2o)(?![\w])",
    re.IGNORECASE,
)
_ROUTES = {
    "oral": r"p\.?o\.?\b|by mouth|oral(?:ly)?\b",
    "intravenous": r"\biv\b|intravenous(?:ly)?",
    "intramuscular": r"\bim\b|intramuscular(?:ly)?",
    "subcutaneous": r"\bs\.?c\.?\b|\bsub-?q\b|subcut(?:aneous(?:ly)?)?",
    "topical": r"topical(?:ly)?|\bcream\b|\bgel\b|\bointment\b|\bpatch(?:es)?\b",
    "inhaled": r"inhal(?:ed|er|ation)|nebuliz\w+",
    "intra-articular": r"intra-?articular",
    "nasal": r"\bnasal(?:ly)?\b",
    "sublingual": r"sublingual|\bsl\b",
}
_ROUTE = re.compile(
    r"\b(?:" + "|".join(rf"(?P<{k.replace('-', '_')}>{v})" for k, v in _ROUTES.items()) + ")",
    re.IGNORECASE,
)
_ROUTE_LETTERS = (
    "po", "p.o", "mouth", "oral", "iv", "intra", "im", "sc", "s.c", "sub", "topic", "cream",
    "gel", "oint", "patch", "inhal", "nebul", "nasal", "sl",
)  # fmt: skip
_N = r"\d{1,3}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r"|a|several"
_LASTING = re.compile(
    rf"(?<![\w/.\-])(?:x[ ]?)?(?P<value>{_N})(?:[ ]?(?:\+|(?:-|\u2013|to"
    rf"|or)[ ]?(?P<high>\d{{1,3}}|{_N})))?[ -]?(?:full |consecutive )?"
    r"(?P<unit>days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?)\b(?! ?(?:old|ago|later|prior"
    r"|earlier|relief))",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\w/.\-])(?P<value>{_N})(?:[ ]?(?:/|of"
    r"|out of)[ ]?(?P<of>\d{1,3}))?[ ](?:\w+[ ]){0,2}?"
    r"(?P<unit>visits?|sessions?|treatments?|injections?|appointments?|infusions?|doses|blocks"
    r"|rounds?|courses?|cycles?)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"^s?[ ,(]{0,2}(?:x[ ]?(?P<value>\d{1,2})|(?P<value2>twice|once))(?![ ]?(?:d|days?|w|wks?"
    r"|weeks?|m|mos?|months?|y|yrs?|years?)\b|[ ]?/|\w)",
    re.IGNORECASE,
)
_MANY = re.compile(
    rf"(?<![\w/.\-])(?P<value>{_N})[ ](?:prior |previous |separate |more |lumbar |cervical "
    r"|right |left |knee ){0,3}$",
    re.I,
)
_OF_NEXT = re.compile(
    rf"(?<![\w/.])(?:{_N})\b[^,;]{{0,24}}?\b(?:of|trial|course)(?: \w+){{0,3}}\s*$", re.IGNORECASE
)
_OF_LETTERS = ("of", "trial", "course")
_OTHERS = re.compile(r"(?:\band|\bor|\bplus|[,;+&/])\s*$", re.IGNORECASE)
_RATE_BEFORE = re.compile(
    r"(?:\b(?:every|each|per|once|twice|times|visits?|sessions?|days?|hours?|other|q)|\dx)[ ]?$",
    re.IGNORECASE,
)
_RATE_AFTER = re.compile(r"[ ]?(?:a|per|each|/)[ ]?(?:week|wk|month|mo|day)\b", re.IGNORECASE)
_RATE = re.compile(
    r"[ ]?(?:(?:a|per|each|every|/)[ ]?(?:week|wk|month|mo|day)|weekly|daily)\b", re.I
)
_SPLIT_BEFORE = re.compile(
    rf"(?<![\w/.\-])(?P<value>{_N})(?:[ ]?(?:/|of|out of)[ ]?\d{{1,3}})?[ ](?:\w+[ ]){{0,2}}$",
    re.IGNORECASE,
)
_SPLIT_AFTER = re.compile(r"[ ](?P<unit>visits?|sessions?|treatments?|appointments?)\b", re.I)
_LEADS = re.compile(r"[^,;.()]{0,40}")
_DATED = re.compile(
    r"[ ,(]{0,2}(?:(?:on|dated|of|performed|done|from)[ ]){0,2}(?=\d"
    r"|[A-Z][a-z]{2,8}[ ]\d)"
)
_HIDDEN = {"once": 1, "twice": 2, "one": 1, "a": 1, "several": None}


def told(before: str, after: str, whole: str, slot: str, written: date) -> dict[str, Any]:
    """Read the words before and after a treatment, up to its neighbours; what is not told lacks."""
    next_one = _OF_NEXT.search(after) if holds(after.casefold(), _OF_LETTERS) else None
    mine = after[: next_one.start()] if next_one and next_one.start() else after
    found: dict[str, Any] = {}
    if slot == "drug":
        found |= {"dose": _dose(before, mine), "route": _route(mine)}
    found["frequency"] = frequency(mine) or (frequency(before[-30:]) if slot != "drug" else None)
    found["lasting"] = _first(_LASTING, mine) or _last(_LASTING, before)
    if slot in ("therapy", "procedure", "device"):
        found["count"] = _count(before, mine)
    if re.search(r"\d", whole):
        days = stretch(
            f"{before} x {mine}" if len(before) + len(after) < len(whole) else whole, written
        )
        found |= {"start": days.first or _on(mine, written), "end": days.last}
    return {name: value for name, value in found.items() if value is not None}


def _on(after: str, written: date) -> date | None:
    """The day that stands right behind what was done: "MRI 10/03/2026"."""
    dated = _DATED.match(after)
    days = dates_in(after[:28], written) if dated else []
    return days[0] if days else None


def _dose(before: str, after: str) -> Amount | None:
    match = _DOSE.search(after[:60])
    if match is None:
        near = list(_DOSE.finditer(before[-24:])) if not _OTHERS.search(before[-24:]) else []
        match = near[-1] if near and len(before[-24:]) - near[-1].end() < 6 else None
    if match is None:
        return None
    return _amount(match["value"], match["high"], match["unit"].lower())


def _amount(value: str, high: str | None, unit: str) -> Amount | None:
    low = _number(value)
    if low is None:
        return None
    return Amount(value=low, high=_number(high) if high else None, unit=canonical_unit(unit))


def _number(said: str) -> Decimal | None:
    word = said.lower().replace(",", "")
    if word in _HIDDEN or word in NUMBER_WORDS:
        known = _HIDDEN.get(word, NUMBER_WORDS.get(word))
        return None if known is None else Decimal(known)
    return Decimal(word)


def _route(words: str) -> str | None:
    near = words[:60].partition(" and ")[0]
    match = _ROUTE.search(near) if holds(near.lower(), _ROUTE_LETTERS) else None
    return (match.lastgroup or "").replace("_", "-") if match else None


def _first(pattern: re.Pattern[str], words: str) -> Amount | None:
    near = words[:120]
    match = next((m for m in pattern.finditer(near) if _is_length(near, m)), None)
    return _lasting(match) if match else None


def _is_length(words: str, match: re.Match[str]) -> bool:
    """Whether it is how long: "every 2 weeks", "once a week" and "5 days a week" are how often."""
    return not _RATE_BEFORE.search(words, 0, match.start()) and not _RATE_AFTER.match(
        words, match.end()
    )


def _last(pattern: re.Pattern[str], words: str) -> Amount | None:
    tail = words[-60:]
    near = [
        one
        for one in pattern.finditer(tail)
        if _LEADS.fullmatch(tail, one.end()) and _is_length(tail, one)
    ]
    return _lasting(near[-1]) if near else None


def _lasting(match: re.Match[str]) -> Amount | None:
    unit = {"d": "day", "w": "week", "m": "month", "y": "year"}[match["unit"][0].lower()]
    return _amount(match["value"], match["high"], unit)


def _count(before: str, after: str) -> Amount | None:
    times = None if _RATE.search(after[:24]) else _TIMES.search(after)
    if times:
        return _amount(times["value"] or times["value2"], None, "time")
    tail = before[-50:]
    unit, number = _SPLIT_AFTER.match(after), _SPLIT_BEFORE.search(tail)
    if unit and number:
        return _amount(number["value"], None, unit["unit"].lower())
    ahead = (one for one in _COUNT.finditer(tail) if _LEADS.fullmatch(tail, one.end()))
    behind = (m for m in _COUNT.finditer(after[:100]) if not _RATE.match(after, m.end()))
    match = next(behind, None) or next(ahead, None)
    if match:
        return _amount(match["value"], None, match["unit"].lower())
    many = _MANY.search(before[-40:])
    return (
        _amount(many["value"], None, "time")
        if many and many["value"].lower() not in ("a", "one")
        else None
    )

"""What a sentence says of a treatment beside its name: dose, frequency, length, number, days."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from nodes.entity import Amount
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
_OFTEN: tuple[tuple[str, str], ...] = (
    (
        r"twice (?:a |per )?(?:day|daily)|two times (?:a |per )?(?:day|daily)|b\.?i\.?d\b"
        r"|2x/day|every 12 hours|q ?12 ?h(?:rs?|ours?)?",
        "twice daily",
    ),
    (
        r"three times (?:a |per )?(?:day|daily)|t\.?i\.?d\b|3x/day|every 8 hours|q ?8 ?h(?:rs?"
        r"|ours?)?",
        "three times daily",
    ),
    (
        r"four times (?:a |per )?(?:day|daily)|q\.?i\.?d\b|4x/day|every 6 hours|q ?6 ?h(?:rs?"
        r"|ours?)?",
        "four times daily",
    ),
    (r"(?:nightly|at bedtime|at night|every night|q ?hs|qpm|each evening)", "nightly"),
    (r"every other week|every (?:2|two) weeks|q ?2 ?w(?:ks?|eeks?)?|biweekly", "every 2 weeks"),
    (r"every (?:4|four) weeks|q ?4 ?w(?:ks?|eeks?)?|monthly|once a month", "every 4 weeks"),
    (r"(?:once (?:a |per )?week(?:ly)?|weekly|every week|q ?week|qwk|1x/w(?:ee)?k)", "weekly"),
    (
        r"(?:once (?:a |per )?(?:day|daily)|daily|every day|each day|q\.?d\b|qday|qam"
        r"|every morning|each morning|1x/day|a day)",
        "daily",
    ),
)
_PER = re.compile(
    r"\b(?P<n>\d{1,2}(?:-\d)?|once|twice|two|three|four|five|six)(?: times| visits"
    r"| sessions)?[ ]?(?:x|times)?[ ]?"
    r"(?:(?:/|a |per |each |every )[ ]?(?P<unit>week|wk|month|mo|day)|(?P<ly>weekly|daily"
    r"|monthly))\b",
    re.IGNORECASE,
)
_TIMES_OF = {
    "once": "1",
    "twice": "2",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
}
_DAILY = {"1": "daily", "2": "twice daily", "3": "three times daily", "4": "four times daily"}
_FREQUENCIES = [
    *((re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE), name) for words, name in _OFTEN),
    (re.compile(r"\bevery \d{1,2} (?:hours?|days?|weeks?|months?)\b", re.IGNORECASE), ""),
    (re.compile(r"\bq ?\d{1,2} ?(?:h|hrs?|hours?|d|wk|w|weeks?|months?)\b", re.IGNORECASE), ""),
]
_OFTEN_LETTERS = (
    "da", "ni", "night", "bed", "week", "wk", "month", "mo", "id", "i.d", "qd", "q.d", "q ", "x",
    "every", "each", "prn", "needed", "hs", "pm", "am", "hour", "q1", "q2", "q3", "q4", "q6",
    "q8", "q12", "w", "once", "twice",
)  # fmt: skip
_AS_NEEDED = re.compile(r"\b(?:prn|as needed)\b", re.IGNORECASE)
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
    r"(?P<unit>visits?|sessions?|treatments?|injections?|appointments?|infusions?|doses|blocks|rounds?|courses?|cycles?)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"^s?[ ,(]{0,2}(?:x[ ]?(?P<value>\d{1,2})|(?P<value2>twice|once))(?![ ]?(?:d|w|m|y|/)|\w)",
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
_LEADS = re.compile(r"[^,;.()]{0,40}")
_DATED = re.compile(
    r"[ ,(]{0,2}(?:(?:on|dated|of|performed|done|from)[ ]){0,2}(?=\d"
    r"|[A-Z][a-z]{2,8}[ ]\d)"
)
_HIDDEN = {"once": 1, "twice": 2, "one": 1, "a": 1, "several": None}


def told(before: str, after: str, whole: str, slot: str, written: date) -> dict[str, Any]:
    """Read the words before and after a treatment, up to its neighbours; what is not told lacks."""
    mine = after[: m.start()] if (m := _OF_NEXT.search(after)) and m.start() else after
    found: dict[str, Any] = {}
    if slot == "drug":
        found |= {"dose": _dose(before, mine), "route": _route(mine)}
    found["frequency"] = _frequency(mine) or (_frequency(before[-30:]) if slot != "drug" else None)
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
        near = list(_DOSE.finditer(before[-24:]))
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


def _frequency(words: str) -> str | None:
    near = words[:90]
    if not holds(near.lower(), _OFTEN_LETTERS):
        return None
    per = _PER.search(near)
    if per:
        return _per(per, bool(_AS_NEEDED.search(near)))
    for pattern, name in _FREQUENCIES:
        match = pattern.search(near)
        if match:
            said = name or " ".join(match.group().lower().split())
            return f"{said} as needed" if _AS_NEEDED.search(near) else said
    return "as needed" if _AS_NEEDED.search(near) else None


def _per(match: re.Match[str], needed: bool) -> str:
    times = _TIMES_OF.get(match["n"].lower(), match["n"])
    unit = {"w": "week", "m": "month", "d": "day"}[(match["unit"] or match["ly"])[0].lower()]
    said = (
        _DAILY.get(times, "")
        if unit == "day"
        else "weekly"
        if (times, unit) == ("1", "week")
        else ""
    )
    return (said or f"{times} per {unit}") + (" as needed" if needed else "")


def _route(words: str) -> str | None:
    near = words[:60].partition(" and ")[0]
    match = _ROUTE.search(near) if holds(near.lower(), _ROUTE_LETTERS) else None
    return (match.lastgroup or "").replace("_", "-") if match else None


def _first(pattern: re.Pattern[str], words: str) -> Amount | None:
    match = pattern.search(words[:120])
    return _lasting(match) if match else None


def _last(pattern: re.Pattern[str], words: str) -> Amount | None:
    tail = words[-60:]
    near = [one for one in pattern.finditer(tail) if _LEADS.fullmatch(tail, one.end())]
    return _lasting(near[-1]) if near else None


def _lasting(match: re.Match[str]) -> Amount | None:
    unit = {"d": "day", "w": "week", "m": "month", "y": "year"}[match["unit"][0].lower()]
    return _amount(match["value"], match["high"], unit)


def _count(before: str, after: str) -> Amount | None:
    times = _TIMES.search(after)
    if times:
        return _amount(times["value"] or times["value2"], None, "time")
    tail = before[-50:]
    ahead = (one for one in _COUNT.finditer(tail) if _LEADS.fullmatch(tail, one.end()))
    match = _COUNT.search(after[:100]) or next(ahead, None)
    if match:
        return _amount(match["value"], None, match["unit"].lower())
    many = _MANY.search(before[-40:])
    return (
        _amount(many["value"], None, "time")
        if many and many["value"].lower() not in ("a", "one")
        else None
    )

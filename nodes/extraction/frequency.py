"""How often a treatment is taken or done, in one spelling: twice daily, every 2 weeks."""

import re

from nodes.extraction.letters import holds

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


def frequency(words: str) -> str | None:
    """Read it from the words behind or before a treatment."""
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

"""Grades and scores that look like days: strength 4/5, pain 8/10."""

import re

_OF = {5, 10}
_DATED = re.compile(
    r"(?:\b(?:on|since|from|until|till|to|through|thru|by|before|after|dated|date|started|starting"
    r"|begun|began|visit|seen)[: ]|[-\u2013])\s*$",
    re.IGNORECASE,
)


def dated(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Find the days in a text, without what only looks like one."""
    return [one for one in pattern.finditer(text) if not is_grade(one, text)]


def is_grade(match: re.Match[str], text: str) -> bool:
    """Say whether a day without a year is a part of 5 or of 10, with no word that dates it."""
    part, whole = match["m2"], match["d2"]
    if part is None or match["y2"] is not None or int(whole) not in _OF:
        return False
    return int(part) <= int(whole) and not _DATED.search(text[: match.start()])

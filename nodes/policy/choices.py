"""A choice of yes and no behind what a form asks: "Yes [ ] No [X]", "Y / N", "Yes ___ No _X_"."""

import re

from nodes.policy.boxes import Answer

_BOTH = re.compile(
    r"\b(?:y|yes)\b.{0,20}?\b_?(?:n|no)\b|\b(?:n|no)\b.{0,20}?\b(?:y|yes)\b", re.IGNORECASE
)
_LEAD = re.compile(r"[^.;\[(\u2610-\u2612|]{0,40}?(?=[\s\[(:?\u2610-\u2612_])")
_TOKEN = re.compile(
    r"[\s,:/|?)(\-]*(?:(?P<T>\[\s?[x\u2713\u2714]\s?\]|\(\s?[x\u2713\u2714]\s?\)"
    r"|[\u2611\u2612\u2713\u2714\u2717]|_+[x\u2713\u2714]_*|\bx\b)|(?P<E>\[\s?\]|\(\s?\)|\u2610|__+)"
    r"|(?P<Y>(?:yes|y)(?![^\W_]))|(?P<N>(?:no|n)(?![^\W_])))",
    re.IGNORECASE,
)
_READ: dict[str, Answer] = {
    "EYTN": "no",
    "TNEY": "no",
    "YENT": "no",
    "NTYE": "no",
    "YTN": "no",
    "YNT": "no",
    "YNN": "no",
    "TYEN": "yes",
    "ENTY": "yes",
    "YTNE": "yes",
    "NEYT": "yes",
    "TYN": "yes",
    "YNY": "yes",
    "EYEN": "open",
    "ENEY": "open",
    "YENE": "open",
    "NEYE": "open",
    "YN": "open",
}
_LONGEST = 100


def choice(after: str) -> Answer | None:
    """Read which of the two is ticked behind a phrase; "open" when neither is."""
    after = after[:_LONGEST]
    if "Y" not in after and "yes" not in after and " y" not in after:
        return None
    if not _BOTH.search(after):
        return None
    place = _first(after)
    if place is None:
        return None
    kinds = ""
    while len(kinds) < 4 and (found := _TOKEN.match(after, place)):
        kinds += found.lastgroup or ""
        place = found.end()
    return _READ.get(kinds) or _READ.get(kinds[:3])


def _first(after: str) -> int | None:
    """Where the choice begins: at most a few words and a colon behind the phrase."""
    for place in range(min(len(after), 40)):
        if after[place] in ".;|":
            return None
        if (place == 0 or not after[place - 1].isalnum()) and _TOKEN.match(after, place):
            return place
    return None

"""What stands together: a diagnosis with its code, a treatment with its side and level."""

import re
from collections.abc import Sequence

from nodes.extraction.letters import holds
from nodes.extraction.spots import Spot
from nodes.policy.sentences import Sentence

_CODE_AFTER = re.compile(
    r"[ \t]{0,2}[,:\-\u2013]?[ \t]{0,2}[(\[]?[ \t]?(?:ICD-?10(?:-CM)?:?[ \t]{0,2})?"
    r"|[^.;()\n]{0,60}[ (](?:ICD-?10(?:-CM)?:?[ ]?)?",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(
    r"\)?[ \t]{0,3}[:\-\u2013]{0,2}[ \t]{0,3}(?:(?:acute|chronic|left|right|mild|severe"
    r"|moderate) ){0,2}",
    re.I,
)
_BEFORE = re.compile(r"[^,;:.]{0,30}|:[^;.]{0,120}")
_AFTER = re.compile(
    r"(?: (?:is |was )?(?:positive|negative|present|absent))?[ ,(\-\u2013]{0,3}(?:(?:on|of|to"
    r"|in|at|involving|for|from"
    r"|involves)[ ])?(?:the[ ])?(?:levels? )?",
    re.IGNORECASE,
)
_LETTER_BEFORE = re.compile(
    r"(?:^|[\s(,;:/])(?P<side>[LR]|[Ll]t|[Rr]t)\.?[ -](?:[a-z]+ ){0,2}(?:KL[- ]?\d )?$"
)
_LETTER_AFTER = re.compile(
    r"[ ,]{1,2}\(?(?P<side>[LR]|[Ll]t|[Rr]t|left|right|bilateral|LEFT|RIGHT)\)?(?=\s*(?:[.,;)(]|$))"
)
_ONE_LETTER = ("R ", "L ", "R.", "L.", "R-", "L-", "Rt", "rt", "Lt", "lt")
_LETTERS = {"L": "left", "R": "right", "B": "bilateral"}
_Both = tuple[str | None, str | None]


def joined(text: str, spots: Sequence[Spot]) -> list[Spot]:
    """Give a diagnosis the ICD-10-CM code that stands beside it, in place of two."""
    found: list[Spot] = []
    for spot in spots:
        last = next((one for one in reversed(found[-3:]) if one.slot == "diagnosis"), None)
        if last is None or spot.slot != "diagnosis":
            found.append(spot)
        elif _code(spot) and not last.code and _CODE_AFTER.fullmatch(text, last.end, spot.start):
            found[found.index(last)] = last._replace(code=spot.code)
        elif _code(last) and not spot.code and _CODE_BEFORE.fullmatch(text, last.end, spot.start):
            found[found.index(last)] = spot._replace(code=last.code)
        else:
            found.append(spot)
    return found


def _code(spot: Spot) -> bool:
    return spot.how == "code"


def beside(line: Sentence, spots: Sequence[Spot], spot: Spot) -> _Both:
    """Give the side and the level said of a place: within it, else just before, else just after."""
    if spot.slot in (
        "laterality",
        "level",
        "duration",
        "identifier",
        "payer_reference",
        "necessity",
    ):
        return None, None
    side = _nearest(line, spots, spot, "laterality") or _letter(line, spot)
    return side, _nearest(line, spots, spot, "level")


def _letter(line: Sentence, spot: Spot) -> str | None:
    """The side that one letter says: "R plantar fasciitis", "sciatica L", "knee OA (L)"."""
    start, end = spot.start - line.start, spot.end - line.start
    found = _LETTER_AFTER.match(line.text, end)
    if found is None and holds(line.text[max(0, start - 30) : start], _ONE_LETTER):
        found = _LETTER_BEFORE.search(line.text, max(0, start - 30), start)
    return _LETTERS[(found["side"])[0].upper()] if found else None


def _nearest(line: Sentence, spots: Sequence[Spot], spot: Spot, slot: str) -> str | None:
    named = [one for one in spots if one.slot == slot]
    if not named:
        return None
    within = [one for one in named if spot.start <= one.start < spot.end]
    before = [
        one for one in named if one.end <= spot.start and _joins(_BEFORE, line, one.end, spot.start)
    ]
    after = [
        one for one in named if one.start >= spot.end and _joins(_AFTER, line, spot.end, one.start)
    ]
    found = [*within, *before[-1:], *after[:1]]
    return found[0].value if found else None


def _joins(words: re.Pattern[str], line: Sentence, low: int, high: int) -> bool:
    return bool(words.fullmatch(line.text, low - line.start, high - line.start))

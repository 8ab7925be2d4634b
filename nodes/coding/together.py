"""Diagnoses that ICD-10-CM takes as one: the code for both is put first, and why is said.

Its guidelines presume that hypertension and heart failure or chronic kidney disease belong
together (I.C.9.a), and diabetes and what its codes say "with" (I.A.15), unless the record says
that they do not. A coder decides.
"""

from collections.abc import Sequence

from nodes.coding.icd10cm import shipped
from nodes.coding.leaf import Reached
from nodes.coding.mentions import Mention
from nodes.coding.searching import Match
from nodes.coding.wording import query

_HEART = "I10 with heart failure: presumed related unless said otherwise, I50 is coded besides"
_KIDNEY = (
    "Hypertension with N18: presumed related unless said otherwise, the stage is coded besides"
)
_BOTH = "Hypertension with heart failure and N18: presumed related, I50 and N18 are coded besides"
_DIABETES = "Diabetes with N18: presumed related unless said otherwise, the stage is coded besides"
_LATE = ("N185", "N186")


def together(told: Sequence[Mention]) -> list[Mention]:
    """The mentions of one text, those of hypertension and diabetes with the code for both first."""
    firsts = [one.codes[0].entry.code for one in told if one.status == "affirmed"]
    return [_joined(one, firsts) if one.status == "affirmed" else one for one in told]


def _joined(mention: Mention, firsts: Sequence[str]) -> Mention:
    code = mention.codes[0].entry.code
    words = {one.word for one in query(mention.words[:200]).tokens}
    kidney = next((one for one in firsts if one.startswith("N18")), None)
    if code == "I10":
        found = _hypertensive(kidney, any(one.startswith("I50") for one in firsts))
    elif code in ("E109", "E119") and kidney:
        found = (f"{code[:3]}22", _DIABETES)
    elif code.startswith("N18") and "diabete" in words:
        found = ("E1022" if {"type", "1"} <= words else "E1122", _DIABETES)
    elif code.startswith("N18") and "hypertension" in words:
        found = _hypertensive(code, heart=False)
    else:
        return mention
    return mention._replace(codes=_first(*found, mention.codes)) if found else mention


def _hypertensive(kidney: str | None, heart: bool) -> tuple[str, str] | None:
    if kidney and heart:
        return ("I132" if kidney in _LATE else "I130", _BOTH)
    if kidney:
        return ("I120" if kidney in _LATE else "I129", _KIDNEY)
    return ("I110", _HEART) if heart else None


def _first(code: str, why: str, codes: list[Reached]) -> list[Reached]:
    """The code before the others; what it was found by is the reason, not words."""
    entry = shipped().find(code)
    if entry is None:
        return codes
    match = Match(entry, codes[0].match.score, why, 2, codes[0].match.words, 1.0)
    rest = [one for one in codes if one.entry.code != code]
    return [Reached(entry, match), *rest][: max(len(codes), 2)]

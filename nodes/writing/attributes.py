"""Which value a text gives to what: a dose to a drug, weeks to a therapy, a side to a part."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nodes.writing.claims import NUMBER
from nodes.writing.drugs import generic
from nodes.writing.sides import BODY, SIDES
from nodes.writing.units import UNIT, canonical_unit

THERAPY = (
    r"physical therapy|physiotherapy|chiropractic|acupuncture|massage|(?:home )?exercises?"
    r"|injections?|aquatic therapy|brac(?:e|ing)|cpap|traction|occupational therapy"
)
MEASURED = (
    r"a1c|hba1c|bmi|ahi|ejection fraction|fev1|glucose|creatinine|ferritin|hemoglobin|oswestry"
    r"|phq-?9|odi|saturation|blood pressure"
    r"|weight|height|t-score|egfr|das28|pasi|ldl|cobb angle"
)
ANCHOR = re.compile(rf"\b(?:(?P<thing>{THERAPY}|{MEASURED})|(?P<word>[a-z]{{4,}}))\b")
VALUE = re.compile(
    rf"(?<![\w.])(?P<value>{NUMBER})(?: ?(?:-|to) ?(?:{NUMBER}))? ?-?(?P<unit>{UNIT})(?![a-z0-9])"
)
DIGIT = re.compile(r"\d")
CLAUSE = re.compile(r"[;](?!\d)|\.(?=\s|$)|\bbut\b|\bwhile\b|\bwhereas\b|\bthen\b")
SIDED = re.compile(rf"\b(?P<side>left|right|lt|rt|l|r)\b[. -]*(?:\w+ )?(?P<part>{BODY})s?\b")
DOSES = frozenset({"mg", "ug", "g", "ml", "unit", "meq", "tablet", "capsule", "puff", "dose"})
DOSES |= frozenset({"mg/d", "unit/d", "mg/kg", "/d"})


class Given(NamedTuple):
    """A value with its unit, given to a thing."""

    thing: str
    value: str
    unit: str
    drug: bool


def given(figured: str, known: frozenset[str] = frozenset()) -> frozenset[Given]:
    """List the values a folded text with figures gives to drugs, therapies and measures."""
    found = set()
    for clause in CLAUSE.split(figured) if DIGIT.search(figured) else ():
        values = list(VALUE.finditer(clause)) if DIGIT.search(clause) else []
        anchors = list(_anchors(clause, known)) if values else []
        for value in values:
            near = _nearest(value, anchors, clause)
            if near:
                unit = canonical_unit(value["unit"]) or ""
                found.add(Given(near[2], value["value"], unit, near[3]))
    return frozenset(found)


def sided(folded: str) -> frozenset[tuple[str, str]]:
    """List the parts of the body with the side that stands before them."""
    found = ((SIDES[m["side"]], m["part"].rstrip("s")) for m in SIDED.finditer(folded))
    return frozenset(found)


def taken_from_another(said: Iterable[Given], source: frozenset[Given]) -> list[tuple[Given, str]]:
    """List the values that the source gives only to other things, with one of those."""
    wrong = []
    for one in said:
        owners = {g.thing for g in source if (g.value, g.unit) == (one.value, one.unit)}
        if not owners or one.thing in owners:
            continue
        own = any(g.thing == one.thing and g.unit == one.unit for g in source)
        others = {g.thing for g in source if g.drug} & owners
        if own or (one.drug and others and one.unit in DOSES):
            wrong.append((one, min(owners)))
    return wrong


def wrong_side(said: frozenset[tuple[str, str]], source: frozenset[tuple[str, str]]) -> list[str]:
    """List the parts of the body that get a side which the source gives only to other parts."""
    parts = {part: {side for side, one in source if one == part} for _, part in source}
    return sorted({part for side, part in said if parts.get(part) and side not in parts[part]})


def _anchors(clause: str, known: frozenset[str]) -> Iterator[tuple[int, int, str, bool]]:
    for match in ANCHOR.finditer(clause):
        if match["thing"]:
            yield match.start(), match.end(), match["thing"].rstrip("s"), False
        else:
            drug = generic(match["word"], known)
            if drug and drug != "insulin":
                yield match.start(), match.end(), drug, True


def _nearest(
    value: re.Match[str], anchors: list[tuple[int, int, str, bool]], clause: str
) -> tuple[int, int, str, bool] | None:
    """Choose the thing right after a value (8 weeks of therapy), else the last one before it."""
    after = next((a for a in anchors if a[0] >= value.end()), None)
    before = next((a for a in reversed(anchors) if a[1] <= value.start()), None)
    if after and re.fullmatch(
        r"[ -]*(?:(?:of |in |for )?(?:(?!and |or |then )\w+ )?)", clause[value.end() : after[0]]
    ):
        return after
    return before or after

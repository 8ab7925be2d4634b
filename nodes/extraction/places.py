"""Sides, levels of the spine, stretches of time and measured values as a text names them."""

import re
from collections.abc import Iterator

from nodes.extraction.letters import holds
from nodes.extraction.numbers import NUMBER_WORDS
from nodes.extraction.spots import Spot

_LIMB = (
    r"(?:knee|hip|shoulder|ankle|foot|wrist|elbow|hand|arm|leg|eye|ear|breast|heel|thumb|tka|tha"
    r"|tkr"
    r"|thr|le|ue|sided|lower|upper|lung|kidney)\b"
)
_SIDE = re.compile(
    r"\b(?:(?P<left>left(?![- ]?hand(?:ed|er)| against| (?:work|untreated|school|before|without"
    r"|off|her"
    r"|his|the\b))|lt(?=[ .]\w)"
    rf"|(?-i:L)(?=[ -]{_LIMB}))"
    r"|(?P<right>right(?![- ]?hand(?:ed|er)| (?:away|now|after|before|to)\b)|rt(?=[ .]\w)"
    rf"|(?-i:R)(?=[ -]{_LIMB}))"
    r"|(?P<bilateral>bilateral(?:ly)?|b/l|both(?= (?:sides|legs|knees|arms|hands|feet|hips"
    r"|shoulders|eyes|ears|lower|upper|ankles|wrists))))\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?<![\w.-])(?P<low>[CTLSctls](?:1[0-2]|[1-9]))[ ]?(?:[-/\u2013]"
    r"|to)[ ]?(?P<letter>[CTLSctls]?)(?P<high>1[0-2]|[1-9])"
    r"(?![\w.]\w|\d|[-/]\d)|(?<![\w.-])(?P<one>C[1-8]|T(?:1[0-2]|[1-9])|L[1-5]"
    r"|S[1-2])(?![\w/.]\w|[\w-])",
)
_NUMBER = (
    r"\d{1,3}(?:\.\d)?|(?:"
    + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    + r"|a|several)\b"
)
_LENGTH = re.compile(
    rf"(?<![\w/.\-$])(?P<low>{_NUMBER})[ ]?(?:\+|(?:-|\u2013|to|or)[ ]?(?P<high>\d{{1,3}}"
    rf"|{_NUMBER}))?"
    r"[\s-]?(?:\(\d{1,3}\)[ ]?)?(?:full |consecutive |continuous )?"
    r"(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?)\b(?![ -]?(?:old|of age|postpartum"
    r"|pregnan|gestation))",
    re.IGNORECASE,
)
_X_LENGTH = re.compile(
    r"\bx[ ]?(?P<low>\d{1,3})(?:-(?P<high>\d{1,3}))?[ ]?(?P<unit>d|w|wk|wks|weeks?|mo|mos"
    r"|months?|days?|yrs?|years?|y)\b",
    re.IGNORECASE,
)
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}
_MEASURED = re.compile(
    r"\b(?P<name>BMI|HbA1c|Hgb A1c|A1c|hemoglobin A1c|AHI|RDI|ODI|Oswestry|NDI|LEFS|KOOS|WOMAC"
    r"|DASH|QuickDASH|PHQ-?9"
    r"|GAD-?7|Epworth|ESS|LVEF|EF|eGFR|FEV1|SpO2|O2 sat(?:uration)?|oxygen saturation|PASI|EASI"
    r"|DAS28|CDAI|VAS|NRS|LDL"
    r"|T-?score|pain(?: score| level| rated| is)?|strength)\b"
    r"[ \t]{0,2}(?:(?:is|was|of|at|score|now|today|rated|still|has been|remains|improved"
    r"|decreased|increased"
    r"|worsened|from|currently|level|=|:|[-\u2013>]|index)[ \t]{0,2}){0,3}"
    r"(?P<value>[<>-]?\d{1,3}(?:\.\d{1,2})?(?:[ ]?(?:/|out of)[ ]?\d{1,3}|[ ]?%"
    r"|[ ]?kg/m2)?)(?![\d/])",
    re.IGNORECASE,
)
_GRADE = re.compile(r"(?<![\d/.])[0-5][+-]?/5(?![\d/])")
_UNIT_WORDS = ("day", "week", "wk", "mo", "year", "yr", "x")
_MEASURES = (
    "bmi", "a1c", "ahi", "rdi", "odi", "oswestry", "ndi", "lefs", "koos", "womac", "dash", "phq",
    "gad", "epworth", "ess", "ef", "gfr", "fev1", "spo2", "o2 sat", "saturation", "pasi", "easi",
    "das28", "cdai", "vas", "nrs", "ldl", "score", "pain", "strength",
)  # fmt: skip
_KELLGRENS = ("kellgren", "kl", "k-l")
_BARE = frozenset(["pain", "strength", "vas", "nrs"])
_KELLGREN = re.compile(
    r"\b(?:kellgren[- ]lawrence|KL|K-L)[ ]?(?:grade)?[ ]?(?P<grade>[0-4]|I{1,3}|IV)\b",
    re.IGNORECASE,
)


def places(text: str) -> Iterator[Spot]:
    """Find sides, levels (L4-5 as L4-L5), lengths of time, and values of known measures."""
    low = text.lower()
    for match in _SIDE.finditer(text):
        side = match.lastgroup or ""
        yield Spot(*match.span(), "laterality", side, "listed")
    for match in _LEVEL.finditer(text):
        yield Spot(*match.span(), "level", _level(match), "shape")
    for pattern in (_LENGTH, _X_LENGTH) if holds(low, _UNIT_WORDS) else ():
        for match in pattern.finditer(text):
            yield Spot(match.start("low"), match.end(), "duration", _length(match), "shape")
    yield from _measured(text, low)


def _measured(text: str, low: str) -> Iterator[Spot]:
    taken: set[int] = set()
    for match in _MEASURED.finditer(text) if holds(low, _MEASURES) else ():
        name = " ".join(match["name"].lower().split())
        if name.split()[0] in _BARE and "/" not in match["value"] and "out" not in match["value"]:
            continue
        taken.add(match.end())
        yield Spot(*match.span(), "finding", f"{name} {match['value']}", "shape", "measure")
    for match in _GRADE.finditer(text) if "/5" in text else ():
        if match.end() not in taken:
            yield Spot(*match.span(), "finding", f"strength {match.group()}", "shape", "measure")
    for match in _KELLGREN.finditer(text) if holds(low, _KELLGRENS) else ():
        value = f"kellgren-lawrence {match['grade']}"
        yield Spot(*match.span(), "finding", value, "shape", "measure")


def _level(match: re.Match[str]) -> str:
    if match["one"]:
        return match["one"]
    low, letter, high = match["low"].upper(), match["letter"].upper(), match["high"]
    if not letter:
        letter = "S" if low[0] == "L" and high == "1" and low != "L1" else low[0]
    return f"{low}-{letter}{high}"


def _length(match: re.Match[str]) -> str:
    low, high, unit = match["low"].lower(), match["high"], _UNITS[match["unit"][0].lower()]
    low = str(NUMBER_WORDS.get(low, {"one": 1, "a": 1}.get(low, low)))
    high = str(NUMBER_WORDS.get(high.lower(), high)) if high else None
    number = f"{low}-{high}" if high else low
    return f"{number} {unit}" + ("" if number == "1" else "s")

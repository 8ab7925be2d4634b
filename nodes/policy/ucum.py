"""UCUM units read exactly: what policies and charts compare, and how charts misspell them.

The grammar of UCUM for terms without brackets: prefixes, exponents, ``.`` and ``/``, powers of
ten, annotations in braces; no prefix mega, as MG is how charts write mg. https://ucum.org/ucum,
version 2.2; factors are exact fractions. What is not here is not read, so nothing is compared in
it.
"""

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

_PREFIXES: dict[str, Fraction | int] = {
    "k": 10**3, "h": 100, "da": 10, "d": Fraction(1, 10), "c": Fraction(1, 100),
    "m": Fraction(1, 10**3), "u": Fraction(1, 10**6), "n": Fraction(1, 10**9),
    "p": Fraction(1, 10**12), "f": Fraction(1, 10**15),
}  # fmt: skip
_POUND = Fraction("453.59237")
_PASCAL = {"g": 1, "m": -1, "s": -2}
_KILO = Fraction(1000)
_METRIC: dict[str, tuple[Fraction, dict[str, int]]] = {
    "g": (Fraction(1), {"g": 1}),
    "m": (Fraction(1), {"m": 1}),
    "s": (Fraction(1), {"s": 1}),
    "mol": (Fraction(1), {"mol": 1}),
    "eq": (Fraction(1), {"eq": 1}),
    "osm": (Fraction(1), {"osm": 1}),
    "L": (Fraction(1, 1000), {"m": 3}),
    "l": (Fraction(1, 1000), {"m": 3}),
    "U": (Fraction(1), {"U": 1}),
    "[iU]": (Fraction(1), {"iU": 1}),
    "[IU]": (Fraction(1), {"iU": 1}),
    "Pa": (_KILO, _PASCAL),
    "m[Hg]": (Fraction("133322.387") * _KILO, _PASCAL),
    "m[H2O]": (Fraction("9806.65") * _KILO, _PASCAL),
    "bar": (Fraction(100_000) * _KILO, _PASCAL),
    "J": (_KILO, {"g": 1, "m": 2, "s": -2}),
    "cal": (Fraction("4.184") * _KILO, {"g": 1, "m": 2, "s": -2}),
    "W": (_KILO, {"g": 1, "m": 2, "s": -3}),
    "Hz": (Fraction(1), {"s": -1}),
}
_OTHER: dict[str, tuple[Fraction, dict[str, int]]] = {
    "min": (Fraction(60), {"s": 1}),
    "h": (Fraction(3600), {"s": 1}),
    "d": (Fraction(86_400), {"s": 1}),
    "wk": (Fraction(604_800), {"s": 1}),
    "mo": (Fraction(31_557_600, 12), {"s": 1}),
    "a": (Fraction(31_557_600), {"s": 1}),
    "[lb_av]": (_POUND, {"g": 1}),
    "[oz_av]": (_POUND / 16, {"g": 1}),
    "[stone_av]": (_POUND * 14, {"g": 1}),
    "[in_i]": (Fraction("0.0254"), {"m": 1}),
    "[ft_i]": (Fraction("0.3048"), {"m": 1}),
    "[mi_i]": (Fraction("1609.344"), {"m": 1}),
    "%": (Fraction(1), {"%": 1}),
    "[ppm]": (Fraction(1, 10**4), {"%": 1}),
    "[pH]": (Fraction(1), {"pH": 1}),
    "[MET]": (Fraction("3.5") / 60 / 10**9, {"g": -1, "m": 3, "s": -1}),
    "10*": (Fraction(10), {}),
    "10^": (Fraction(10), {}),
}
_COLLOQUIAL = {
    "lb": "[lb_av]", "lbs": "[lb_av]", "pound": "[lb_av]", "pounds": "[lb_av]", "oz": "[oz_av]",
    "kgs": "kg", "kilogram": "kg", "kilograms": "kg", "kilo": "kg", "kilos": "kg", "gm": "g",
    "gram": "g", "grams": "g", "gms": "g", "mcg": "ug", "\u00b5g": "ug", "\u03bcg": "ug",
    "milligram": "mg", "milligrams": "mg", "in": "[in_i]", "inch": "[in_i]", "inches": "[in_i]",
    "ft": "[ft_i]", "feet": "[ft_i]", "cms": "cm", "centimeter": "cm", "centimeters": "cm",
    "meters": "m", "percent": "%", "pct": "%", "% of total": "%", "% of total hgb": "%",
    "events/h": "/h", "events/hr": "/h", "events/hour": "/h", "events per hour": "/h", "/hr": "/h",
    "/hour": "/h", "per hour": "/h", "events": "1", "event": "1", "score": "1", "points": "1",
    "count": "1", "index": "1", "ratio": "1", "mmhg": "mm[Hg]", "mm hg": "mm[Hg]",
    "torr": "mm[Hg]", "cmh2o": "cm[H2O]", "cm h2o": "cm[H2O]", "kpa": "kPa", "hr": "h", "hrs": "h",
    "hour": "h", "hours": "h", "minute": "min", "minutes": "min", "mins": "min", "sec": "s",
    "day": "d", "days": "d", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo",
    "year": "a", "years": "a", "yr": "a", "yrs": "a", "yo": "a", "iu": "[iU]", "unit": "[iU]",
    "units": "[iU]", "iu/l": "[iU]/L", "iu/ml": "[iU]/mL", "units/ml": "[iU]/mL",
    "u/l": "U/L", "units/l": "U/L", "mg/dl": "mg/dL", "mgs/dl": "mg/dL", "mg/l": "mg/L",
    "g/dl": "g/dL", "gm/dl": "g/dL", "g/l": "g/L", "ng/ml": "ng/mL", "pg/ml": "pg/mL",
    "ug/ml": "ug/mL", "mcg/ml": "ug/mL", "mcg/dl": "ug/dL", "ug/dl": "ug/dL", "mmol/l": "mmol/L",
    "umol/l": "umol/L", "\u00b5mol/l": "umol/L", "\u03bcmol/l": "umol/L", "nmol/l": "nmol/L",
    "meq/l": "meq/L", "mm/h": "mm/h", "mm/hr": "mm/h", "mm/hour": "mm/h",
    "kg/m\u00b2": "kg/m2", "kg/m^2": "kg/m2", "kg/m**2": "kg/m2", "kg/sqm": "kg/m2",
    "kg/m 2": "kg/m2", "ml/min": "mL/min", "l/min": "L/min", "lpm": "L/min", "bpm": "/min",
    "beats/min": "/min", "beats per minute": "/min", "breaths/min": "/min", "k/ul": "10*3/uL",
    "x10e3/ul": "10*3/uL", "10^3/ul": "10*3/uL", "10*3/ul": "10*3/uL", "thousand/ul": "10*3/uL",
    "x10^9/l": "10*9/L", "10*9/l": "10*9/L", "ml/min/1.73m2": "mL/min/{1.73_m2}",
    "ml/min/1.73 m2": "mL/min/{1.73_m2}", "ml/min/{1.73_m2}": "mL/min/{1.73_m2}",
    "mets": "[MET]", "met": "[MET]", "pack years": "{pack}.a", "pack-years": "{pack}.a",
    "pack-year": "{pack}.a", "{pack-year}": "{pack}.a", "{pack_years}": "{pack}.a",
    "{packyears}": "{pack}.a", "{pack-years}": "{pack}.a", "{pack}.a": "{pack}.a",
}  # fmt: skip
_ANNOTATION = re.compile(r"\{[^{}]{0,60}\}")
_TERM = re.compile(r"([./]?)([^./]+)")
_POWER = re.compile(r"(?P<atom>.*?[^\d+-]|10[*^])(?P<power>[+-]?\d{1,3})?")
LONGEST, HIGHEST = 60, 24


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as so many base units; equal ``base`` can be converted into one another."""

    factor: Fraction
    base: tuple[tuple[str, int], ...]


@lru_cache(maxsize=4096)
def unit(code: str) -> Unit | None:
    """Read a UCUM unit, else one of the usual misspellings; none when it is neither."""
    said = code.strip()
    if len(said) > LONGEST:
        return None
    small = " ".join(said.lower().split())
    if said.startswith("{") and small in _COLLOQUIAL:
        return _read(_COLLOQUIAL[small])
    return _read(said) or _read(_COLLOQUIAL.get(small, small))


def _read(code: str) -> Unit | None:
    plain = _ANNOTATION.sub("", code)
    if not plain and code:
        return Unit(Fraction(1), ())
    if re.search(r"[{}\s()]", plain):
        return None
    factor, place = Fraction(1), 0
    base: Counter[str] = Counter()
    for match in _TERM.finditer(plain.rstrip("./") if code.endswith("}") else plain):
        if match.start() != place:
            return None
        place = match.end()
        part = _component(match[2])
        if part is None:
            return None
        sign = -1 if match[1] == "/" else 1
        factor *= part[0] ** sign
        for name, power in part[1].items():
            base[name] += sign * power
    kept = tuple(sorted((name, power) for name, power in base.items() if power))
    return Unit(factor, kept) if place else None


def _component(text: str) -> tuple[Fraction, dict[str, int]] | None:
    """Read one factor: a number, or an atom with its prefix and power."""
    if text.isascii() and text.isdigit():
        return (Fraction(int(text)), {}) if int(text) else None
    match = _POWER.fullmatch(text)
    if not match:
        return None
    power = int(match["power"] or 1)
    found = _atom(match["atom"])
    if found is None or not -HIGHEST <= power <= HIGHEST or not power:
        return None
    return found[0] ** power, {name: one * power for name, one in found[1].items()}


def _atom(text: str) -> tuple[Fraction, dict[str, int]] | None:
    if text in _OTHER:
        return _OTHER[text]
    if text in _METRIC:
        return _METRIC[text]
    for length in (1, 2):
        prefix, rest = text[:length], text[length:]
        if prefix in _PREFIXES and rest in _METRIC:
            return _METRIC[rest][0] * _PREFIXES[prefix], _METRIC[rest][1]
    return None

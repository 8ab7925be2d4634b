"""Analytes by LOINC code: how heavy a mole is, and which result is glycated hemoglobin."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.chart import Coding
from nodes.datafile import parse


class Molar(Model):
    """A substance, its molar mass, and the tests that measure it."""

    name: Text
    gram_per_mole: Decimal = Field(gt=0)
    loinc: tuple[Text, ...] = Field(min_length=1)


class Glycated(Model):
    """HbA1c: NGSP percent = slope times IFCC mmol/mol + intercept."""

    slope: Decimal = Field(gt=0)
    intercept: Decimal
    loinc: tuple[Text, ...] = Field(min_length=1)


class Analytes(Model):
    """The table, with the text it rests on."""

    source: Text
    molar: tuple[Molar, ...]
    glycated: Glycated


@cache
def _table() -> tuple[dict[str, Fraction], frozenset[str], Glycated]:
    raw = (files("nodes") / "policy" / "analytes.yaml").read_bytes()
    read = parse(raw, Analytes, "analytes", "analytes.yaml")
    masses = {code: Fraction(one.gram_per_mole) for one in read.molar for code in one.loinc}
    return masses, frozenset(read.glycated.loinc), read.glycated


def molar_mass(codes: Iterable[Coding]) -> Fraction | None:
    """Find the grams in a mole of what a test measures; none when its codes do not tell."""
    masses = _table()[0]
    found = {masses[one.code] for one in codes if one.system == "LOINC" and one.code in masses}
    return found.pop() if len(found) == 1 else None


def ngsp(value: Decimal, codes: Iterable[Coding], to_percent: bool) -> Decimal | None:
    """Convert HbA1c between IFCC mmol/mol and NGSP percent; none for any other test."""
    _, known, glycated = _table()
    if not any(one.system == "LOINC" and one.code in known for one in codes):
        return None
    if to_percent:
        return value * glycated.slope + glycated.intercept
    return (value - glycated.intercept) / glycated.slope

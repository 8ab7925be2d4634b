"""How good the proposals are, counted on stated sets and kept as data."""

from functools import cache
from pathlib import Path

from nodes.audit import Model
from nodes.coding.candidate import CodingAccuracy
from nodes.datafile import parse

FILE = Path(__file__).with_name("accuracy.yaml")


class MeasuredSet(Model):
    """One set of the file, with its counts as text."""

    about: str
    measured: str
    cases: str
    exact_at_1: str
    exact_at_5: str
    category_at_1: str


class Measured(Model):
    """The file ``accuracy.yaml``."""

    sets: tuple[MeasuredSet, ...]


@cache
def measured() -> tuple[CodingAccuracy, ...]:
    """The counts that come with the product, the set nearest to charts first."""
    told = parse(FILE.read_bytes(), Measured, "the measured accuracy", FILE.name)
    return tuple(
        CodingAccuracy(
            about=one.about,
            cases=int(one.cases),
            exact_at_1=int(one.exact_at_1),
            exact_at_5=int(one.exact_at_5),
            category_at_1=int(one.category_at_1),
            measured=one.measured,
        )
        for one in told.sets
    )

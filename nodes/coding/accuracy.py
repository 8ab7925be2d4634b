"""How good the proposals are, counted on the shipped evaluation set and kept as data."""

from functools import cache
from pathlib import Path

from nodes.audit import Model
from nodes.coding.candidate import CodingAccuracy
from nodes.datafile import parse

FILE = Path(__file__).with_name("accuracy.yaml")


class Measured(Model):
    """The file ``accuracy.yaml``."""

    about: str
    measured: str
    cases: str
    exact_at_1: str
    exact_at_5: str
    category_at_1: str


@cache
def measured() -> CodingAccuracy:
    """The counts that come with the product."""
    told = parse(FILE.read_bytes(), Measured, "the measured accuracy", FILE.name)
    return CodingAccuracy(
        about=told.about,
        cases=int(told.cases),
        exact_at_1=int(told.exact_at_1),
        exact_at_5=int(told.exact_at_5),
        category_at_1=int(told.category_at_1),
        measured=told.measured,
    )

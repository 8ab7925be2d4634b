"""How sure an entity is: how often one of its slot, found in its way, was right in a stated set."""

from functools import cache
from importlib.resources import files
from math import sqrt

from pydantic import Field

from nodes.audit import Model, Used, sha256
from nodes.extraction.spots import Spot

FILE = "confidence.json"
LEAST = 10
_Z = 1.96


class Counted(Model):
    """Entities of one slot and way: how many were right, of how many."""

    right: int = Field(ge=0)
    of: int = Field(ge=1)


class Measured(Model):
    """The evaluation set, by name and size, and what was counted in it."""

    about: str
    set: str
    cases: int
    counts: dict[str, Counted]


@cache
def measured() -> Measured:
    """Read what was measured; ``python -m tests.calibrate`` writes it again."""
    return Measured.model_validate_json(_raw())


@cache
def used() -> Used:
    """Name the file and its hash, for the answer's ``used``."""
    return Used(
        kind="table", id="extraction-confidence", version=measured().set, sha256=sha256(_raw())
    )


def confidence(spot: Spot) -> float | None:
    """Give the lower end of Wilson's 95 % interval; None where fewer than 10 were counted."""
    return _lowest().get((spot.slot, spot.how))


@cache
def _lowest() -> dict[tuple[str, str], float]:
    known = ((tuple(name.split(".")), one) for name, one in measured().counts.items())
    return {(slot, how): lower(one.right, one.of) for (slot, how), one in known if one.of >= LEAST}


def lower(right: int, of: int) -> float:
    """Wilson's lower bound for so many right, two decimals, rounded down."""
    share = right / of
    middle = share + _Z**2 / (2 * of)
    spread = _Z * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    return int((middle - spread) / (1 + _Z**2 / of) * 100) / 100


def _raw() -> bytes:
    return (files(__package__) / FILE).read_bytes()

"""Validation takes time in proportion to a document, whatever shape its levels and loops have."""

from collections.abc import Callable

import pytest

from nodes.x12.reading.limits import X12
from nodes.x12.validating.validate import validate
from tests.growth import BOUND, seconds
from tests.nodes.x12_text import HEAD, ISA, answer, wrapped

pytestmark = pytest.mark.slow

REQUEST = ("BHT*0007*13*OURTRACE*20261120*0931", *HEAD[1:7])
EVENT, SERVICE = ("EV", "UM*HS*I*1"), ("SS", "UM*HS*I", "SV1*HC:99213**UN*2***1")
ANSWERED = ("SS", "HCR*A1*AUTH0001", "SV1*HC:99213**UN*2")
DEPENDENT = ("23", "NM1*QC*1*LOPEZ*BEN", "INS*N*19")


def deep(head: tuple[str, ...], level: tuple[str, ...], count: int) -> str:
    """Levels each under the one before; HEAD ends at an event, a request's at its subscriber."""
    code, *rest = level
    last = sum(row.startswith("HL") for row in head)
    rows = [[f"HL*{last + n}*{last + n - 1}*{code}*1", *rest] for n in range(1, count + 1)]
    return wrapped(*head, *(row for some in rows for row in some))


def flat(head: tuple[str, ...], level: tuple[str, ...], count: int) -> str:
    """Levels all under the one before them."""
    code, *rest = level
    last = sum(row.startswith("HL") for row in head)
    rows = [[f"HL*{last + n}*{last}*{code}*0", *rest] for n in range(1, count + 1)]
    return wrapped(*head, *(row for some in rows for row in some))


def beside(count: int) -> str:
    """Events, then dependents, all under the one subscriber."""
    rows = [f"HL*{4 + n}*3*EV*0" for n in range(count)]
    rows += [f"HL*{4 + count + n}*3*23*0" for n in range(count)]
    return wrapped(*REQUEST, *rows)


def many(*rows: str) -> Callable[[int], str]:
    """Segments repeated in one loop of an answer."""
    return lambda count: answer(("UM*HS*I*1", *(row for row in rows for _ in range(count))))


def reviews(count: int) -> str:
    """Reviews repeated in one event of a request."""
    return wrapped(*REQUEST, "HL*4*3*EV*0", *["UM*AR*4*1*11:B*AA:::TX"] * count)


def sets(count: int) -> str:
    """Small transaction sets in one group."""
    rows = [f"ST*278*{n:09d}*005010X217~SE*2*{n:09d}~" for n in range(1, count + 1)]
    group = "GS*HI*SBXHP01*RIVERBEND*20261120*0931*7*X*005010X217~"
    return f"{ISA}{group}{''.join(rows)}GE*{count}*7~IEA*1*000000007~"


SHAPES: dict[str, Callable[[int], str]] = {
    "events deep": lambda n: deep(REQUEST, EVENT, n),
    "events flat": lambda n: flat(REQUEST, EVENT, n),
    "services deep": lambda n: deep((*REQUEST, "HL*4*3*EV*1", "UM*HS*I*1"), SERVICE, n),
    "services flat": lambda n: flat((*REQUEST, "HL*4*3*EV*1", "UM*HS*I*1"), SERVICE, n),
    "answered services deep": lambda n: deep(HEAD, ANSWERED, n),
    "answered services flat": lambda n: flat(HEAD, ANSWERED, n),
    "dependents": lambda n: flat(REQUEST, DEPENDENT, n),
    "dependents and events": beside,
    "AAA": many("AAA*N**72*C"),
    "AAA and HCR": many("AAA*N**72*C", "HCR*A1*AUTH0001"),
    "HI": many("HI*ABK:M545*ABF:M5416"),
    "REF": many("REF*BB*AUTH0001"),
    "NM1": many("NM1*71*1*MOSS*CARA****XX*9000000001"),
    "DTP": many("DTP*435*D8*20261201", "DTP*096*D8*20261101"),
    "UM": reviews,
    "ST": sets,
}


def check(edi: str) -> None:
    """Validate a document that is wrong."""
    assert validate(edi, limits=X12(checked=100)).verdict != "valid"


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_size_and_no_faster(shape: str) -> None:
    small, large = seconds(check, SHAPES[shape], 500)
    assert large < BOUND * small

"""One 278 request (005010X217) as a whole interchange."""

from dataclasses import dataclass

from nodes.case import Case
from nodes.errors import IncompleteCase
from nodes.x12.request_278 import write_request
from nodes.x12.writing import Address, Line, interchange

GUIDE = "005010X217"
PARTY = r"^[A-Z0-9\-]{2,15}$"
QUALIFIER = r"^[0-9A-Z]{2}$"


@dataclass(frozen=True, slots=True)
class Written:
    """An interchange, and each line of its request with its segment as written."""

    edi: str
    lines: tuple[tuple[Line, str], ...]


def write(case: Case, trace: str, address: Address, message: str | None) -> Written:
    """Write a case's request; the same four always give the same text.

    A case that cannot make a valid request raises IncompleteCase with one complaint per field.
    """
    sheet = write_request(case, trace, address.created, message)
    if sheet.complaints:
        raise IncompleteCase("the case cannot make a valid 278 request yet", sheet.complaints)
    edi, body = interchange(address, sheet.lines, group="HI", kind="278", guide=GUIDE)
    return Written(edi, tuple(zip(sheet.lines, body[1:-1], strict=True)))

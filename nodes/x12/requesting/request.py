"""One 278 request (005010X217) as a whole interchange."""

from dataclasses import dataclass

from nodes.case import Case
from nodes.errors import IncompleteCase
from nodes.x12.payer.companion import Profile, Writing
from nodes.x12.requesting.request_278 import Order, write_request
from nodes.x12.requesting.untold import Omitted, untold
from nodes.x12.requesting.writing import Address, Style, Written, enveloped
from nodes.x12.segments import Separators

GUIDE = "005010X217"
PARTY = r"^[A-Z0-9][A-Z0-9.\- ]{0,13}[A-Z0-9.\-]$"
QUALIFIER = r"^[0-9A-Z]{2}$"
BREAKS = {"none": "", "lf": "\n", "crlf": "\r\n"}


@dataclass(frozen=True, slots=True)
class Request:
    """A request as written, and what of the case it does not tell."""

    written: Written
    left_out: tuple[Omitted, ...]


def write(
    case: Case, trace: str, address: Address, message: str | None, profile: Profile
) -> Request:
    """Write a case's request as a payer wants it; the same five always give the same text.

    A case that cannot make a valid request raises IncompleteCase with one complaint per field.
    """
    sheet = write_request(Order(case, trace, address.created, message, profile))
    if sheet.complaints:
        raise IncompleteCase("the case cannot make a valid 278 request yet", sheet.complaints)
    written = enveloped(
        address, sheet.lines, group="HI", kind="278", guide=GUIDE, style=style(profile)
    )
    return Request(written, (*sheet.left_out, *untold(case)))


def style(profile: Profile) -> Style:
    """How a payer wants to be written to."""
    wanted = profile.writing or Writing(source="none")
    usual = Separators()
    separators = Separators(
        wanted.element or usual.element,
        wanted.component or usual.component,
        wanted.repetition or usual.repetition,
        wanted.segment or usual.segment,
    )
    return Style(separators, BREAKS[wanted.line_break])

"""The cover sheet of a packet: what the payer needs to find the case, and nothing clinical."""

from collections.abc import Sequence

from nodes.case import Case
from nodes.pdf.drawn.press import draw
from nodes.pdf.packet.parts import IndexEntry, PacketParts
from nodes.writing.administrative import family_first, person
from nodes.writing.paper import letterhead
from nodes.writing.text import clean, excerpt

URGENT = {"urgent": "URGENT REQUEST", "emergency": "EMERGENCY REQUEST"}


def whose(case: Case) -> str:
    """Name patient and case in one line, for the foot of every page."""
    name = excerpt(clean(family_first(case.patient.name)), 60)[0]
    return f"{name}  |  case {case.id}"


def cover_sheet(parts: PacketParts, index: Sequence[IndexEntry], pages: int) -> bytes:
    """Draw the cover sheet of a packet that has so many pages, itself included."""
    case = parts.case
    return draw(
        "cover",
        {
            "title": "Prior authorization request",
            "author": case.requester.display,
            "head": letterhead(case.requester),
            "urgent": URGENT.get(case.urgency, ""),
            "about": _about(parts, pages),
            "index": [(one.title, str(one.page), str(one.pages)) for one in index],
        },
    )


def _about(parts: PacketParts, pages: int) -> list[tuple[str, str]]:
    case, held = parts.case, parts.case.coverage
    to = "\n".join((clean(held.payer.name), *map(clean, parts.to)))
    group = f", group {clean(held.group_number)}" if held.group_number else ""
    day = f"{parts.on:%B} {parts.on.day}, {parts.on.year}" if parts.on else ""
    rows = [
        ("To", to),
        ("Date", day),
        ("Patient", f"{person(case.patient.name)}, born {case.patient.birth_date:%m/%d/%Y}"),
        ("Member", f"{clean(held.member_id)}{group}"),
        ("Case", case.id),
        ("Reference", clean(case.administrative_reference or "")),
        ("Pages", f"{pages}, this sheet included"),
    ]
    return [(name, value) for name, value in rows if value]

"""The segments of a 277 that say something of a claim, service or submission, one step each.

A step takes the segment, its elements padded with empty ones, and the entry at hand; it says
whether all of the segment was understood.
"""

from collections.abc import Callable

from nodes.x12.entry_277 import Entry, Fields, amount, place
from nodes.x12.review import Contact, Number
from nodes.x12.segments import Segment
from nodes.x12.status import Desk, Paper, StatusService
from nodes.x12.stc import status
from nodes.x12.values import span

TRACE = place("TRN", "number")
REF_KIND, REF_NUMBER = place("REF", "qualifier"), place("REF", "number")
DTP_KIND, DTP_FORMAT, DTP_DATE = (place("DTP", name) for name in ("qualifier", "format", "date"))
AMT_KIND, AMT_AMOUNT = place("AMT", "qualifier"), place("AMT", "amount")
QTY_KIND, QTY_COUNT = place("QTY", "qualifier"), place("QTY", "quantity")
SVC_CHARGE, SVC_PAID = place("SVC", "charge"), place("SVC", "paid")
SVC_REVENUE, SVC_QUANTITY = place("SVC", "revenue"), place("SVC", "quantity")
SVC_ORIGINAL, SVC_UNITS = place("SVC", "original.code"), place("SVC", "original_quantity")


def trace(segment: Segment, row: list[str], entry: Entry) -> bool:
    """TRN."""
    entry.trace = row[TRACE] or None
    return bool(row[TRACE])


def reference(segment: Segment, row: list[str], entry: Entry) -> bool:
    """REF: the payer's number (1K), the patient's (EJ), and any other with its qualifier."""
    kind, value = row[REF_KIND], row[REF_NUMBER]
    if kind == "1K" and not entry.payer_number:
        entry.payer_number = value or None
    elif kind == "EJ" and not entry.patient_number:
        entry.patient_number = value or None
    elif value:
        entry.numbers.append(Number(qualifier=kind, value=value))
    return bool(value)


def dates(segment: Segment, row: list[str], entry: Entry) -> bool:
    """DTP: service (472) and due date (106) of a claim; received and processed of a file."""
    first, last = span(row[DTP_FORMAT], row[DTP_DATE])
    kind = row[DTP_KIND]
    if first is None or last is None:
        return False
    if kind == "472":
        entry.start, entry.end = first, last
    elif kind == "106":
        entry.due = last
    elif kind in MOMENTS and entry.kind in WHOLE:
        entry.totals[MOMENTS[kind]] = first
    else:
        return False
    return True


def count(segment: Segment, row: list[str], entry: Entry) -> bool:
    """QTY: how many claims were accepted or rejected."""
    name = COUNTS.get(row[QTY_KIND])
    if name is None or entry.kind not in WHOLE or not row[QTY_COUNT]:
        return False
    return amount(row[QTY_COUNT], entry.totals, name)


def money(segment: Segment, row: list[str], entry: Entry) -> bool:
    """AMT: the charges of accepted or rejected claims."""
    name = AMOUNTS.get(row[AMT_KIND])
    if name is None or entry.kind not in WHOLE or not row[AMT_AMOUNT]:
        return False
    return amount(row[AMT_AMOUNT], entry.totals, name)


def service(segment: Segment, row: list[str], entry: Entry) -> bool:
    """SVC."""
    parts = segment.elements[1].split(segment.separators.component) if row[1] else []
    if len(parts) < 2 or not parts[1]:
        return False
    fields: Fields = {"qualifier": parts[0], "code": parts[1]}
    if len(parts) > 2:
        fields["modifiers"] = tuple(filter(None, parts[2:6]))
    known = amount(row[SVC_CHARGE], fields, "charge") & amount(row[SVC_PAID], fields, "paid")
    known &= amount(row[SVC_UNITS] or row[SVC_QUANTITY], fields, "quantity")
    fields["revenue"] = row[SVC_REVENUE] or None
    if row[SVC_ORIGINAL]:
        fields["original"] = segment.part(SVC_ORIGINAL, 2) or None
    entry.service = StatusService(**fields)
    return known and len(parts) < 7


def contact(segment: Segment, row: list[str], entry: Entry) -> bool:
    """PER: the first of its level or claim."""
    if entry.contact is not None:
        return False
    ways = [
        Contact(way=row[number], number=row[number + 1])
        for number in (3, 5, 7)
        if row[number] and row[number + 1]
    ]
    entry.contact = Desk(name=row[2] or None, contacts=tuple(ways))
    return bool(row[2] or ways)


def paper(segment: Segment, row: list[str], entry: Entry) -> bool:
    """PWK: a kind of paper asked for."""
    entry.papers.append(
        Paper(report=row[1], way=row[2] or None, control=row[6] or None, description=row[7] or None)
    )
    return bool(row[1])


def addressee(segment: Segment, row: list[str], entry: Entry) -> bool:
    """N1 of where to send papers."""
    return _once(entry, {"name": row[2] or None})


def street(segment: Segment, row: list[str], entry: Entry) -> bool:
    """N3 of where to send papers."""
    return _once(entry, {"lines": tuple(filter(None, row[1:3]))})


def city(segment: Segment, row: list[str], entry: Entry) -> bool:
    """N4 of where to send papers."""
    names = ("city", "state", "postal_code", "country")
    return _once(entry, {name: row[place("N4", name)] or None for name in names})


def _once(entry: Entry, fields: Fields) -> bool:
    """Keep a part of the one address an entry has; a second one stays unread."""
    if entry.kind in WHOLE or entry.address.keys() & fields.keys():
        return False
    entry.address |= fields
    return True


WHOLE = frozenset({"receiver", "provider"})
MOMENTS = {"050": "received", "009": "processed"}
COUNTS = {"90": "accepted", "QA": "accepted", "AA": "rejected", "QC": "rejected"}
AMOUNTS = {"YU": "accepted_amount", "YY": "rejected_amount"}
STEPS: dict[str, Callable[[Segment, list[str], Entry], bool]] = {
    "TRN": trace,
    "SVC": service,
    "REF": reference,
    "DTP": dates,
    "STC": status,
    "QTY": count,
    "AMT": money,
    "PER": contact,
    "PWK": paper,
    "N1": addressee,
    "N3": street,
    "N4": city,
}

"""Reading STC: up to three statuses that share a date, an action and amounts."""

import re

from nodes.x12.entry_277 import Entry, Fields, amount, on, place
from nodes.x12.segments import Segment
from nodes.x12.status import Place, StatusCode
from nodes.x12.statuses import Statuses

LOINC = re.compile(r"[0-9]{1,7}-[0-9]")
PLACES: tuple[tuple[Place, int], ...] = (
    ("STC01", place("STC", "status.category")),
    ("STC10", place("STC", "status2.category")),
    ("STC11", place("STC", "status3.category")),
)
DATE, ACTION = place("STC", "date"), place("STC", "action")
CHARGE, PAID = place("STC", "charge"), place("STC", "paid")
ADJUDICATED, METHOD = place("STC", "adjudicated"), place("STC", "payment_method")
ISSUED, CHECK = place("STC", "issued"), place("STC", "check_number")
MESSAGE = place("STC", "message")


def status(segment: Segment, row: list[str], entry: Entry) -> bool:
    """STC: with list LOI the second code is the LOINC of a document."""
    shared: Fields = {}
    known = on(row[DATE], shared, "on") & amount(row[CHARGE], shared, "amount")
    if row[ACTION]:
        shared["action"] = row[ACTION]
    if any(row[PAID : CHECK + 1]):
        known &= payment(row, shared)
    for name, number in PLACES:
        if row[number]:
            parts = row[number].split(segment.separators.component)
            known &= 1 < len(parts) < 5 and bool(parts[0])
            code = coded((*parts, "", "", "")[:4], entry.lists, shared | {"place": name})
            entry.codes.append(code)
            if code.list == "LOI" or LOINC.fullmatch(code.status):
                entry.documents.append(code.status)
    if row[MESSAGE]:
        entry.messages.append(row[MESSAGE].strip())
    return known and bool(row[1]) and len(segment.elements) <= MESSAGE + 1


def payment(row: list[str], shared: Fields) -> bool:
    """What an STC says of a payment."""
    shared["payment_method"] = row[METHOD] or None
    shared["check_number"] = row[CHECK] or None
    return (
        amount(row[PAID], shared, "paid")
        & on(row[ADJUDICATED], shared, "adjudicated")
        & on(row[ISSUED], shared, "issued")
    )


def coded(parts: tuple[str, ...], lists: Statuses, shared: Fields) -> StatusCode:
    """One status with our words for its codes."""
    category, code, entity, listed = parts
    known = lists.categories.get(category)
    if known:
        shared["words"] = known.words
    if listed:
        shared["list"] = listed
    elif code in lists.codes:
        shared["status_words"] = lists.codes[code]
    if entity:
        shared["entity"] = entity
        shared["entity_words"] = lists.entities.get(entity)
    return StatusCode(category=category, status=code, **shared)

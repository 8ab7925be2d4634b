"""Reading STC: up to three statuses that share a date, an action and amounts."""

import re

from nodes.x12.built import Fields, blank, built
from nodes.x12.entry_277 import Entry, Terms, amount, place
from nodes.x12.status import Place, StatusCode

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
CODE = blank(StatusCode)
PAD = [""] * (MESSAGE + 1)


def status(row: list[str], entry: Entry, terms: Terms) -> bool:
    """STC: with list LOI the second code is the LOINC of a document."""
    size = len(row)
    row = row + PAD
    fields = CODE.copy()
    known = terms.on(row[DATE], fields, "on") and size <= MESSAGE + 1
    if row[CHARGE] and not amount(row[CHARGE], fields, "amount"):
        known = False
    fields["action"] = row[ACTION] or None
    if size > PAID and not payment(row, fields, terms):
        known = False
    if size <= PLACES[1][1]:
        return coded(row[1], "STC01", fields, entry, terms) and known
    for name, number in PLACES:
        if row[number] and not coded(row[number], name, fields.copy(), entry, terms):
            known = False
    if row[MESSAGE]:
        entry.messages.append(row[MESSAGE].strip())
    return known and bool(row[1])


def payment(row: list[str], fields: Fields, terms: Terms) -> bool:
    """What an STC says of a payment."""
    fields["payment_method"] = row[METHOD] or None
    fields["check_number"] = row[CHECK] or None
    paid = amount(row[PAID], fields, "paid")
    adjudicated = terms.on(row[ADJUDICATED], fields, "adjudicated")
    return terms.on(row[ISSUED], fields, "issued") and adjudicated and paid


def coded(text: str, name: Place, fields: Fields, entry: Entry, terms: Terms) -> bool:
    """One status with our words for its codes; false where it is not one whole."""
    parts = text.split(terms.component)
    size, lists = len(parts), terms.lists
    if size < 4:
        parts += ["", "", ""]
    category, code, entity, listed = parts[:4]
    if not category and not code:
        return False
    known = lists.categories.get(category)
    fields["category"], fields["status"], fields["place"] = category, code, name
    fields["words"] = known.words if known else None
    if listed:
        fields["list"] = listed
    else:
        fields["status_words"] = lists.codes.get(code)
    if entity:
        fields["entity"], fields["entity_words"] = entity, lists.entities.get(entity)
    entry.codes.append(built(StatusCode, fields))
    if listed == "LOI" or ("-" in code and LOINC.fullmatch(code)):
        entry.documents.append(code)
    return 1 < size < 5 and bool(category)

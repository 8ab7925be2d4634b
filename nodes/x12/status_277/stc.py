"""Reading STC: up to three statuses that share a date, an action and amounts."""

import re

from nodes.x12.built import Fields, blank, builder
from nodes.x12.status_277.entry_277 import Composite, Entry, Terms, amount, place
from nodes.x12.status_277.status import Place, StatusCode

LOINC = re.compile(r"[0-9]{1,7}-[0-9]")
FIRST = place("STC", "status.category")
OTHERS: tuple[tuple[Place, int], ...] = (
    ("STC10", place("STC", "status2.category")),
    ("STC11", place("STC", "status3.category")),
)
DATE, ACTION = place("STC", "date"), place("STC", "action")
CHARGE, PAID = place("STC", "charge"), place("STC", "paid")
ADJUDICATED, METHOD = place("STC", "adjudicated"), place("STC", "payment_method")
ISSUED, CHECK = place("STC", "issued"), place("STC", "check_number")
MESSAGE = place("STC", "message")
SHARED = (
    "on", "action", "amount", "paid", "adjudicated", "payment_method", "issued", "check_number",
)  # fmt: skip
CODE, build = blank(StatusCode), builder(StatusCode)
PAD = [""] * (MESSAGE + 1)


def status(row: list[str], entry: Entry, terms: Terms) -> bool:
    """STC: with list LOI the second code is the LOINC of a document."""
    size = len(row)
    row = row + PAD
    first = terms.composites.get(row[FIRST]) or composite(row[FIRST], terms)
    fields = first.fields.copy()
    known = terms.on(row[DATE], fields, "on") and size <= MESSAGE + 1 and first.whole
    if row[CHARGE] and not amount(row[CHARGE], fields, "amount"):
        known = False
    if row[ACTION]:
        fields["action"] = row[ACTION]
    if size > PAID and not payment(row, fields, terms):
        known = False
    if row[FIRST]:
        keep(first, fields, entry)
    if size > OTHERS[0][1] and not further(row, fields, entry, terms):
        known = False
    return known


def payment(row: list[str], fields: Fields, terms: Terms) -> bool:
    """What an STC says of a payment."""
    known = amount(row[PAID], fields, "paid")
    fields["payment_method"] = row[METHOD] or None
    fields["check_number"] = row[CHECK] or None
    for name, number in (("adjudicated", ADJUDICATED), ("issued", ISSUED)):
        if row[number] and not terms.on(row[number], fields, name):
            known = False
    return known


def further(row: list[str], shared: Fields, entry: Entry, terms: Terms) -> bool:
    """STC10, STC11 and STC12."""
    known = True
    for name, number in OTHERS:
        if row[number]:
            found = terms.composites.get(row[number]) or composite(row[number], terms)
            fields = {**found.fields, "place": name, **{value: shared[value] for value in SHARED}}
            keep(found, fields, entry)
            known &= found.whole
    if row[MESSAGE]:
        entry.messages.append(row[MESSAGE].strip())
    return known


def keep(found: Composite, fields: Fields, entry: Entry) -> None:
    """Keep one status, and the document it asks for."""
    entry.codes.append(build(fields))
    if found.document:
        entry.documents.append(found.document)


def composite(text: str, terms: Terms) -> Composite:
    """One status with our words for its codes; the same text is looked up once in a document."""
    parts = text.split(terms.component)
    whole = 1 < len(parts) < 5 and bool(parts[0])
    category, code, entity, listed = (*parts, "", "", "")[:4]
    lists, fields = terms.lists, CODE.copy()
    known = lists.categories.get(category)
    fields["category"], fields["status"] = category, code
    fields["words"] = known.words if known else None
    if listed:
        fields["list"] = listed
    else:
        fields["status_words"] = lists.codes.get(code)
    if entity:
        fields["entity"], fields["entity_words"] = entity, lists.entities.get(entity)
    document = code if listed == "LOI" or LOINC.fullmatch(code) else None
    found = terms.composites[text] = Composite(fields, whole, document)
    return found

"""The segments of a 277 that say something of a claim, service or submission, one step each.

A step takes the elements of a segment and the entry at hand; it says whether all of the segment
was understood.
"""

from collections.abc import Callable

from nodes.x12.built import Fields, blank, builder
from nodes.x12.reviewing.review import Contact, Number
from nodes.x12.status_277.entry_277 import Entry, Terms, amount, place
from nodes.x12.status_277.status import Desk, Paper, StatusService
from nodes.x12.status_277.stc import status

TRACE = place("TRN", "number")
REF_KIND, REF_NUMBER = place("REF", "qualifier"), place("REF", "number")
REF_WORDS = place("REF", "description")
DTP_KIND, DTP_FORMAT, DTP_DATE = (place("DTP", name) for name in ("qualifier", "format", "date"))
AMT_KIND, AMT_AMOUNT = place("AMT", "qualifier"), place("AMT", "amount")
QTY_KIND, QTY_COUNT = place("QTY", "qualifier"), place("QTY", "quantity")
SVC_CODE, SVC_CHARGE, SVC_PAID = (place("SVC", n) for n in ("procedure.code", "charge", "paid"))
SVC_REVENUE, SVC_QUANTITY = place("SVC", "revenue"), place("SVC", "quantity")
SVC_ORIGINAL, SVC_UNITS = place("SVC", "original.code"), place("SVC", "original_quantity")
PER_NAME = place("PER", "name")
PER_WAYS = tuple((place("PER", f"qualifier{n}"), place("PER", f"number{n}")) for n in (1, 2, 3))
PWK_REPORT, PWK_WAY = place("PWK", "report"), place("PWK", "way")
PWK_CONTROL, PWK_WORDS = place("PWK", "control"), place("PWK", "description")
N1_NAME, N3_FIRST = place("N1", "name"), place("N3", "line1")
N4 = tuple((name, place("N4", name)) for name in ("city", "state", "postal_code", "country"))
SERVICE, build_service = blank(StatusService), builder(StatusService)
NUMBER, build_number = blank(Number), builder(Number)
OWN = {"1K": "payer_control_number", "EJ": "patient_control_number"}
PAD = [""] * 10
WHOLE = frozenset({"receiver", "provider"})
MOMENTS = {"050": "received", "009": "processed"}
COUNTS = {"90": "accepted", "QA": "accepted", "AA": "rejected", "QC": "rejected"}
AMOUNTS = {"YU": "accepted_amount", "YY": "rejected_amount"}


def trace(row: list[str], entry: Entry, terms: Terms) -> bool:
    """TRN."""
    if len(row) <= TRACE or not row[TRACE]:
        return False
    entry.fields["trace_number"] = row[TRACE]
    return True


def reference(row: list[str], entry: Entry, terms: Terms) -> bool:
    """REF: the payer's number (1K), the patient's (EJ), and any other with its qualifier."""
    if len(row) <= REF_NUMBER or not row[REF_NUMBER]:
        return False
    kind, value = row[REF_KIND], row[REF_NUMBER]
    name = OWN.get(kind)
    if name is not None and entry.fields[name] is None:
        entry.fields[name] = value
    else:
        fields = NUMBER.copy()
        fields["qualifier"], fields["value"] = kind, value
        if len(row) > REF_WORDS:
            fields["description"] = row[REF_WORDS] or None
        entry.numbers.append(build_number(fields))
    return True


def dates(row: list[str], entry: Entry, terms: Terms) -> bool:
    """DTP: service (472) and due date (106) of a claim; received and processed of a file."""
    if len(row) <= DTP_DATE:
        return False
    kind, form, text = row[DTP_KIND], row[DTP_FORMAT], row[DTP_DATE]
    start, _, end = text.partition("-") if form == "RD8" else (text, "", text)
    first, last = terms.day(start), terms.day(end)
    if first is None or last is None or form not in {"D8", "RD8", "DT"}:
        return False
    if kind == "472":
        entry.fields["service_from"], entry.fields["service_to"] = first, last
    elif kind == "106":
        entry.fields["due"] = last
    elif kind in MOMENTS and entry.kind in WHOLE:
        entry.totals = {**(entry.totals or {}), MOMENTS[kind]: first}
    else:
        return False
    return True


def count(row: list[str], entry: Entry, terms: Terms) -> bool:
    """QTY: how many claims were accepted or rejected."""
    return _total(row + PAD, entry, COUNTS, QTY_KIND, QTY_COUNT)


def money(row: list[str], entry: Entry, terms: Terms) -> bool:
    """AMT: the charges of accepted or rejected claims."""
    return _total(row + PAD, entry, AMOUNTS, AMT_KIND, AMT_AMOUNT)


def _total(row: list[str], entry: Entry, names: dict[str, str], kind: int, value: int) -> bool:
    """Keep a total of a level; only once, and only above the claims."""
    name = names.get(row[kind])
    if name is None or entry.kind not in WHOLE or not row[value]:
        return False
    if entry.totals is None:
        entry.totals = {}
    return name not in entry.totals and amount(row[value], entry.totals, name)


def service(row: list[str], entry: Entry, terms: Terms) -> bool:
    """SVC."""
    row = row + PAD
    parts = row[SVC_CODE].split(terms.component)
    if len(parts) < 2 or not parts[1]:
        return False
    fields = SERVICE.copy()
    fields["qualifier"], fields["code"] = parts[0], parts[1]
    fields["modifiers"] = tuple(filter(None, parts[2:6]))
    fields["revenue"] = row[SVC_REVENUE] or None
    known = [
        amount(row[SVC_CHARGE], fields, "charge"),
        amount(row[SVC_PAID], fields, "paid"),
        amount(row[SVC_UNITS] or row[SVC_QUANTITY], fields, "quantity"),
        len(parts) < 7,
    ]
    if row[SVC_ORIGINAL]:
        fields["original"] = (row[SVC_ORIGINAL].split(terms.component) + PAD)[1] or None
    entry.fields["procedure"] = parts[1]
    entry.fields["service"] = build_service(fields)
    return all(known)


def contact(row: list[str], entry: Entry, terms: Terms) -> bool:
    """PER: the first of its level or claim."""
    if entry.fields["contact"] is not None:
        return False
    row = row + PAD
    ways = tuple(
        Contact(way=row[way], number=row[number])
        for way, number in PER_WAYS
        if row[way] and row[number]
    )
    entry.fields["contact"] = Desk(name=row[PER_NAME] or None, contacts=ways)
    return bool(row[PER_NAME] or ways)


def paper(row: list[str], entry: Entry, terms: Terms) -> bool:
    """PWK: a kind of paper asked for."""
    row = row + PAD
    found = Paper(
        report=row[PWK_REPORT],
        way=row[PWK_WAY] or None,
        control=row[PWK_CONTROL] or None,
        description=row[PWK_WORDS] or None,
    )
    entry.papers.append(found)
    return bool(row[PWK_REPORT])


def addressee(row: list[str], entry: Entry, terms: Terms) -> bool:
    """N1 of where to send papers."""
    return _once(entry, {"name": (row + PAD)[N1_NAME] or None})


def street(row: list[str], entry: Entry, terms: Terms) -> bool:
    """N3 of where to send papers."""
    return _once(entry, {"lines": tuple(filter(None, row[N3_FIRST : N3_FIRST + 2]))})


def city(row: list[str], entry: Entry, terms: Terms) -> bool:
    """N4 of where to send papers."""
    row = row + PAD
    return _once(entry, {name: row[number] or None for name, number in N4})


def _once(entry: Entry, fields: Fields) -> bool:
    """Keep a part of the one address an entry has; a second one stays unread."""
    address = entry.address or {}
    if entry.kind in WHOLE or address.keys() & fields.keys():
        return False
    entry.address = address | fields
    return True


STEPS: dict[str, Callable[[list[str], Entry, Terms], bool]] = {
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

"""Whom a faxed order is for."""

from datetime import date

from nodes.case import PersonName, Sex
from nodes.fhir.expected import ExpectedPatient
from nodes.reading.ordering import people
from nodes.reading.ordering.saying import Sayings
from nodes.reading.ordering.ticks import BOXES, TICKED

SEXES: dict[str, Sex] = {"f": "female", "female": "female", "m": "male", "male": "male"}


def patient(order: Sayings) -> ExpectedPatient:
    """Read who the patient is: name, date of birth, sex and record number, as far as said."""
    return ExpectedPatient(
        mrn=order.identifier("mrn", "patient.mrn"),
        name=_name(order),
        birth_date=_birth(order),
        sex=_sex(order),
    )


def _name(order: Sayings) -> PersonName | None:
    whole = [p for p in order.pairs if p.field == "name"]
    whole += [p for p in order.pairs if p.field == "any_name" and p.whose == "patient"]
    read = [(pair, people.name(pair.value)) for pair in whole]
    named = [(pair, name) for pair, name in read if name]
    keys = {(name.family.lower(), name.given.lower()) for _, name in named}
    if len(keys) > 1:
        order.conflicts.append("it names more than one patient")
        return None
    if named:
        pair, name = named[0]
        order.told("patient.name", pair.value, pair.start, pair.end)
        return name
    return _in_parts(order)


def _in_parts(order: Sayings) -> PersonName | None:
    found = {
        part: next((p for p in order.pairs if p.field == part and p.whose == "patient"), None)
        for part in ("family", "given")
    }
    family, given = found["family"], found["given"]
    name = people.name(f"{family.value}, {given.value}") if family and given else None
    for part, pair in found.items():
        if name and pair:
            order.told(f"patient.name.{part}", pair.value, pair.start, pair.end)
    return name


def _birth(order: Sayings) -> date | None:
    said = order.identifier("birth", "patient.birth_date")
    return date.fromisoformat(said) if said else None


def _sex(order: Sayings) -> Sex | None:
    for pair in order.pairs:
        if pair.field == "sex" and pair.whose == "patient":
            ticked = TICKED.search(pair.value)
            word = ticked["word"] if ticked else pair.value.split()[0].strip(".,")
            if word.lower() in SEXES and (ticked or not BOXES.search(pair.value)):
                order.told("patient.sex", word, pair.start, pair.end)
                return SEXES[word.lower()]
    return None

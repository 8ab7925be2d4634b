"""Whom a faxed order is for."""

import re
from datetime import date

from nodes.case import PersonName, Sex
from nodes.fhir.expected import ExpectedPatient
from nodes.reading.ordering import people
from nodes.reading.ordering.saying import Sayings
from nodes.reading.ordering.ticks import BOXES, TICKED

SEXES: dict[str, Sex] = {"f": "female", "female": "female", "m": "male", "male": "male"}

NEAR = 25
OTHERS = re.compile(
    r"\b(?:guarantor|subscriber|insured|policy ?holder|responsible party|parent|mother|father"
    r"|spouse|caregiver|emergency contact)\b",
    re.IGNORECASE,
)
CLINICIAN = re.compile(r"\b(?:provider|physician|surgeon|prescriber|dr|md|clinic)\b", re.IGNORECASE)
DOTTED = re.compile(
    r"\b(?:D\.\s?O\.\s?B\.?|[Bb]orn(?: on)?)[:\s]{1,4}(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-]"
    r"(?P<y>(?:19|20)\d\d)\b"
)
OWN = re.compile(r"\b(?:patient|pt|member|enrollee|beneficiary)\b", re.IGNORECASE)


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
    return _in_parts(order) or _born(order)


def _born(order: Sayings) -> PersonName | None:
    """Take the one name that a date of birth follows, where no label names the patient."""
    found = []
    for match in people.BORN.finditer(order.text[:60_000]):
        said = people.LEADS.sub("", match["name"])
        before = order.text[: match.start()].rpartition("\n")[2][-NEAR:] + match["name"]
        name = people.name(said)
        if name and not OTHERS.search(before) and not CLINICIAN.search(before):
            found.append((match.start("name") + len(match["name"]) - len(said), said, name))
    if len({(name.family.lower(), name.given.lower()) for _, _, name in found}) != 1:
        return None
    start, said, name = found[0]
    order.told("patient.name", said, start, start + len(said))
    return name


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
    mine = [one for one in order.of("birth") if not _of_another(order, one.words.span.start)]
    if len({one.value for one in mine}) > 1:
        order.conflicts.append("it gives more than one birth_date")
        return None
    if mine:
        return date.fromisoformat(order.entity(mine[0], "patient.birth_date"))
    said = DOTTED.search(order.text[:60_000])
    if said is None or _of_another(order, said.start()):
        return None
    try:
        day = date(int(said["y"]), int(said["m"]), int(said["d"]))
    except ValueError:
        return None
    order.told("patient.birth_date", day.isoformat(), *said.span())
    return day


def _of_another(order: Sayings, at: int) -> bool:
    """Whether the line before a place speaks last of the insured or a guarantor."""
    line = order.text[:at].rpartition("\n")[2]
    others, own = [m.end() for m in OTHERS.finditer(line)], [m.end() for m in OWN.finditer(line)]
    return bool(others) and max(others) > max(own, default=0)


def _sex(order: Sayings) -> Sex | None:
    for pair in order.pairs:
        if pair.field == "sex" and pair.whose == "patient":
            ticked = TICKED.search(pair.value)
            word = ticked["word"] if ticked else pair.value.split()[0].strip(".,")
            if word.lower() in SEXES and (ticked or not BOXES.search(pair.value)):
                order.told("patient.sex", word, pair.start, pair.end)
                return SEXES[word.lower()]
    return None

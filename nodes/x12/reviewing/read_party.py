"""Reading NM1 and what follows it into a party."""

from collections.abc import Callable
from typing import Any

from nodes.x12.named import Values
from nodes.x12.reviewing.read_dates import stated_date
from nodes.x12.reviewing.review import Contact, Number, Party
from nodes.x12.segments import Segment
from nodes.x12.values import YES, day, quantity, whole

Fields = dict[str, Any]
NAMES = (
    ("name", "family"),
    ("given", "given"),
    ("middle", "middle"),
    ("prefix", "prefix"),
    ("suffix", "suffix"),
    ("id_qualifier", "id_qualifier"),
    ("id", "id"),
)
WAYS = {"TE": "phone", "FX": "fax", "EM": "email"}


def begin(said: Values, loop: str, service: int | None) -> Fields:
    """NM1."""
    party: Fields = {name: said.pop(of) for of, name in NAMES if of in said}
    party["loop"], party["person"] = loop, said.pop("type", "") == "1"
    party["entity"] = said.pop("entity", "")
    if service is not None:
        party["service"] = service
    return party


def street(segment: Segment, said: Values, party: Fields) -> bool:
    """N3."""
    lines = (said.pop("line1", None), said.pop("line2", None))
    party["lines"] = tuple(line for line in lines if line)
    return bool(party["lines"])


def place(segment: Segment, said: Values, party: Fields) -> bool:
    """N4."""
    for name in ("city", "state", "postal_code", "country", "subdivision"):
        party[name] = said.pop(name, None)
    return True


def contact(segment: Segment, said: Values, party: Fields) -> bool:
    """PER: whom to ask for, and every way to reach them; the first phone, fax and e-mail."""
    said.pop("function", None)
    party["contact"] = party.get("contact") or said.pop("name", None)
    said.pop("name", None)
    last = ""
    for place in "123":
        number, way = said.pop(f"number{place}", None), said.pop(f"qualifier{place}", "")
        if number:
            party.setdefault("contacts", []).append(Contact(way=way, number=number))
            if way in WAYS:
                party.setdefault(WAYS[way], number)
            elif way == "EX" and last == "TE":
                party.setdefault("extension", number)
            last = way
    return True


def specialty(segment: Segment, said: Values, party: Fields) -> bool:
    """PRV; a code of another list than the taxonomy's is left."""
    party["role"] = said.pop("role", None)
    if said.get("qualifier") in {"PXC", "ZZ"}:
        del said["qualifier"]
        party["taxonomy"] = said.pop("code", None)
    return True


def number(segment: Segment, said: Values, party: Fields) -> bool:
    """REF."""
    value, qualifier = said.pop("number", None), said.pop("qualifier", "")
    words = said.pop("description", None)
    if value or words:
        one = Number(qualifier=qualifier, value=value or "", description=words)
        party.setdefault("numbers", []).append(one)
    return bool(value or words)


def demographics(segment: Segment, said: Values, party: Fields) -> bool:
    """DMG."""
    party["sex"] = said.pop("sex", None)
    born = said.pop("birth_date", "")
    party["birth_date"] = day(born) if said.pop("date_format", "") == "D8" else None
    return party["birth_date"] is not None or not born


def kin(segment: Segment, said: Values, party: Fields) -> bool:
    """INS."""
    party["relationship"] = said.pop("relationship", None)
    party["employment"] = said.pop("employment_status", None)
    party["is_subscriber"] = YES.get(said.get("subscriber", ""))
    if party["is_subscriber"] is not None:
        del said["subscriber"]
    party["birth_order"] = whole(quantity(said.pop("birth_sequence", "")))
    return True


def days(segment: Segment, said: Values, party: Fields) -> bool:
    """DTP."""
    stated = stated_date(said)
    if stated is not None:
        party.setdefault("dates", []).append(stated)
    return stated is not None


STEPS: dict[str, Callable[[Segment, Values, Fields], bool]] = {
    "N3": street,
    "N4": place,
    "PER": contact,
    "PRV": specialty,
    "REF": number,
    "DMG": demographics,
    "INS": kin,
    "DTP": days,
}
LISTS = ("numbers", "contacts", "dates")


def finish(fields: Fields) -> Party:
    """The party, complete."""
    for name in LISTS:
        if name in fields:
            fields[name] = tuple(fields[name])
    return Party(**fields)

"""Reading NM1 and what follows it into a party."""

from collections.abc import Callable
from typing import Any

from nodes.x12.review import Number, Party
from nodes.x12.segments import Segment
from nodes.x12.values import day

Fields = dict[str, Any]


def begin(segment: Segment, loop: str) -> Fields:
    """NM1."""
    return {
        "loop": loop,
        "entity": segment.get(1),
        "person": segment.get(2) == "1",
        "family": segment.get(3) or None,
        "given": segment.get(4) or None,
        "middle": segment.get(5) or None,
        "id_qualifier": segment.get(8) or None,
        "id": segment.get(9) or None,
        "numbers": [],
    }


def street(segment: Segment, party: Fields) -> bool:
    """N3."""
    party["lines"] = tuple(filter(None, segment.elements[1:3]))
    return bool(party["lines"])


def place(segment: Segment, party: Fields) -> bool:
    """N4."""
    for name, number in (("city", 1), ("state", 2), ("postal_code", 3)):
        party[name] = segment.get(number) or None
    return True


def contact(segment: Segment, party: Fields) -> bool:
    """PER: phone and fax; any other way of contact leaves the segment unread."""
    known = True
    for number in (3, 5, 7):
        name = {"TE": "phone", "FX": "fax"}.get(segment.get(number))
        if name:
            party[name] = segment.get(number + 1) or None
        elif segment.get(number):
            known = False
    return known and not segment.get(2)


def specialty(segment: Segment, party: Fields) -> bool:
    """PRV."""
    if segment.get(2) == "PXC":
        party["taxonomy"] = segment.get(3) or None
    return segment.get(2) == "PXC"


def number(segment: Segment, party: Fields) -> bool:
    """REF."""
    if segment.get(2):
        party["numbers"].append(Number(qualifier=segment.get(1), value=segment.get(2)))
    return bool(segment.get(2))


def demographics(segment: Segment, party: Fields) -> bool:
    """DMG."""
    party["birth_date"] = day(segment.get(2)) if segment.get(1) == "D8" else None
    party["sex"] = segment.get(3) or None
    return party["birth_date"] is not None or not segment.get(2)


def kin(segment: Segment, party: Fields) -> bool:
    """INS."""
    party["relationship"] = segment.get(2) or None
    return True


STEPS: dict[str, Callable[[Segment, Fields], bool]] = {
    "N3": street,
    "N4": place,
    "PER": contact,
    "PRV": specialty,
    "REF": number,
    "DMG": demographics,
    "INS": kin,
}


def finish(fields: Fields) -> Party:
    """The party, complete."""
    return Party(**{**fields, "numbers": tuple(fields["numbers"])})

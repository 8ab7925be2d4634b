"""Whom the levels of a 277 are about: payer, receiver, provider, patient."""

from typing import Literal, NamedTuple

from nodes.x12.built import blank, built
from nodes.x12.entry_277 import place
from nodes.x12.status import Desk, Kind, Named

Role = Literal["payer", "receiver", "provider", "patient"]
ROLES: dict[str, Role] = {
    "20": "payer",
    "21": "receiver",
    "19": "provider",
    "22": "patient",
    "23": "patient",
    "PT": "patient",
}
KINDS: dict[Role, Kind] = {
    "payer": "receiver",
    "receiver": "receiver",
    "provider": "provider",
    "patient": "patient",
}
NAMES = ("name", "given", "middle", "suffix", "id_qualifier", "id")
PARTS = tuple((name, place("NM1", name)) for name in NAMES)
ENTITY, QUALIFIER = place("NM1", "entity"), place("NM1", "id_qualifier")
NAMED = blank(Named)
PAD = [""] * (place("NM1", "id") + 1)


class Scope(NamedTuple):
    """Who a level, and the levels below it, are about."""

    payer: Named | None = None
    receiver: Named | None = None
    provider: Named | None = None
    patient: Named | None = None
    member: str | None = None
    contact: Desk | None = None

    def named(self, role: Role, row: list[str]) -> "Scope":
        """With the party of an NM1; a dependent without an id keeps the subscriber's."""
        row = row + PAD
        fields = NAMED.copy()
        fields["entity"] = row[ENTITY]
        for name, number in PARTS:
            if row[number]:
                fields[name] = row[number]
        party = built(Named, fields)
        if role == "patient":
            member = party.id if row[QUALIFIER] == "MI" and party.id else self.member
            return Scope(*self[:3], party, member, self.contact)
        if role == "payer":
            return self._replace(payer=party)
        if role == "provider":
            return self._replace(provider=party)
        return self._replace(receiver=party)

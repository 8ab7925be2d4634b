"""Whom the levels of a 277 are about: payer, receiver, provider, patient."""

from typing import Literal, NamedTuple

from nodes.x12.built import builder
from nodes.x12.status_277.entry_277 import place
from nodes.x12.status_277.status import Desk, Kind, Named

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
NAMES = ("entity", "name", "given", "middle", "suffix", "id_qualifier", "id")
ENTITY, NAME, GIVEN, MIDDLE, SUFFIX, QUALIFIER, ID = (place("NM1", name) for name in NAMES)
PAD = [""] * (ID + 1)
build = builder(Named)


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
        party = build(
            {
                "entity": row[ENTITY],
                "name": row[NAME] or None,
                "given": row[GIVEN] or None,
                "middle": row[MIDDLE] or None,
                "suffix": row[SUFFIX] or None,
                "id_qualifier": row[QUALIFIER] or None,
                "id": row[ID] or None,
            }
        )
        if role == "patient":
            payer, receiver, provider, _, member, desk = self
            if row[QUALIFIER] == "MI" and row[ID]:
                member = row[ID]
            return Scope(payer, receiver, provider, party, member, desk)
        if role == "payer":
            return self._replace(payer=party)
        if role == "provider":
            return self._replace(provider=party)
        return self._replace(receiver=party)

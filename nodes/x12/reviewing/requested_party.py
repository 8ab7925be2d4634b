"""The parties of a 278 request as the people and organizations of a case."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from nodes.case import Address, Coverage, InvolvedProvider, Payer, PersonName, Provider, Subscriber
from nodes.x12.requesting.request_codes import RELATIONSHIPS
from nodes.x12.requesting.request_party import NUMBERS, ROLES
from nodes.x12.requesting.sheet import SEXES
from nodes.x12.reviewing.requested_line import Remarks
from nodes.x12.reviewing.review import Party

SEX = {code: sex for sex, code in SEXES.items()}
KIN = {code: kin for kin, code in RELATIONSHIPS.items()}
ROLE = {entity: role for role, (entity, _) in ROLES.items()}
GROUPS = ("6P", "1L")
PERFORMER = "SJ"


class Involved(NamedTuple):
    """Who renders the services, and the others with a part in the care."""

    performer: Provider | None
    rest: tuple[InvolvedProvider, ...]


def first(parties: Sequence[Party], loop: str) -> Party | None:
    """The first party of a loop."""
    return next((party for party in parties if party.loop == loop), None)


def number(party: Party, *qualifiers: str) -> str | None:
    """The first number of one of these kinds."""
    return next((one.value for one in party.numbers if one.qualifier in qualifiers), None)


def patient(parties: Sequence[Party], remarks: Remarks) -> dict[str, Any] | None:
    """The patient: the dependent, else the subscriber."""
    party = first(parties, "2010D") or first(parties, "2010C")
    if party is None or not party.family:
        return None
    return person(party, "patient", remarks) | {
        "mrn": number(party, "EJ"),
        "phone": party.phone,
    }


def person(party: Party, place: str, remarks: Remarks) -> dict[str, Any]:
    """Name, birth date, sex and address of a person."""
    return {
        "name": name(party, place, remarks),
        "birth_date": party.birth_date,
        "sex": SEX.get(party.sex or "", "unknown"),
        "address": address(party, place, remarks),
    }


def name(party: Party, place: str, remarks: Remarks) -> PersonName | None:
    """A person's name."""
    fields = {"family": party.family, "given": party.given, "middle": party.middle}
    return remarks.fit(PersonName, f"{place}/name", fields)


def address(party: Party, place: str, remarks: Remarks) -> Address | None:
    """A postal address, where one is said."""
    fields = {
        "lines": party.lines or None,
        "city": party.city,
        "state": party.state,
        "postal_code": party.postal_code,
    }
    if not any(fields.values()):
        return None
    return remarks.fit(Address, f"{place}/address", fields)


def coverage(parties: Sequence[Party], remarks: Remarks) -> Coverage | None:
    """The payer, the member and how the patient is related to them."""
    payer, member = first(parties, "2010A"), first(parties, "2010C")
    if payer is None or member is None:
        return None
    dependent = first(parties, "2010D")
    named = remarks.fit(Payer, "coverage/payer", {"id": payer.id, "name": payer.family})
    fields: dict[str, Any] = {
        "payer": named,
        "member_id": member.id,
        "group_number": number(member, *GROUPS),
    }
    if dependent is not None:
        fields["relationship"] = KIN.get(dependent.relationship or "", "other")
        fields["subscriber"] = remarks.fit(
            Subscriber, "coverage/subscriber", person(member, "coverage/subscriber", remarks)
        )
    return remarks.fit(Coverage, "coverage", fields)


def provider(parties: Sequence[Party], remarks: Remarks) -> Provider | None:
    """The requester."""
    party = first(parties, "2010B")
    if party is None:
        return None
    return remarks.fit(Provider, "requester", described(party, "requester", remarks))


def described(party: Party, place: str, remarks: Remarks) -> dict[str, Any]:
    """Everything a case holds of a provider."""
    tax, plan = NUMBERS
    return {
        "person": name(party, place, remarks) if party.person and party.family else None,
        "organization": None if party.person else party.family,
        "npi": party.id if party.id_qualifier == "XX" else None,
        "taxonomy": party.taxonomy,
        "address": address(party, place, remarks),
        "phone": party.phone,
        "fax": party.fax,
        "contact": party.contact,
        tax.field: number(party, tax.qualifier),
        plan.field: number(party, plan.qualifier),
    }


def involved(parties: Sequence[Party], remarks: Remarks) -> Involved:
    """The providers of the event: the first that renders is the performer."""
    performer: Provider | None = None
    found: list[InvolvedProvider | None] = []
    for party in parties:
        if party.loop != "2010EA":
            continue
        if party.entity == PERFORMER and performer is None:
            fields = described(party, "performer", remarks)
            performer = remarks.fit(Provider, "performer", fields)
        else:
            found.append(one_involved(party, f"providers/{len(found)}", remarks))
    return Involved(performer, tuple(one for one in found if one is not None))


def by_service(
    parties: Sequence[Party], remarks: Remarks
) -> dict[int, tuple[InvolvedProvider, ...]]:
    """The providers of each service, by its place."""
    found: dict[int, list[InvolvedProvider]] = {}
    for party in parties:
        if party.service is not None:
            place = f"service_lines/{party.service - 1}/providers"
            one = one_involved(party, place, remarks)
            if one is not None:
                found.setdefault(party.service, []).append(one)
    return {service: tuple(those) for service, those in found.items()}


def one_involved(party: Party, place: str, remarks: Remarks) -> InvolvedProvider | None:
    """A provider with a part in the care."""
    fields = described(party, place, remarks) | {"role": ROLE.get(party.entity)}
    return remarks.fit(InvolvedProvider, place, fields)

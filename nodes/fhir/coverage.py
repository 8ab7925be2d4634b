"""Which plan covers the order: the one it names, else the one that pays first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from nodes.case import Coverage, LineOfBusiness, Subscriber
from nodes.errors import Complaint
from nodes.fhir import codes, payers, people, tree
from nodes.fhir.client import Client
from nodes.fhir.tree import Resource

# FHIR's subscriber-relationship, and the X12 codes (1069) some EHRs write in its place.
RELATIONSHIPS = {
    "self": "self", "18": "self", "spouse": "spouse", "01": "spouse", "child": "child",
    "19": "child", "common": "spouse", "dependent": "child",
}  # fmt: skip
# Coverage that never pays for a medical service (HL7 ActCoverageType).
OTHER_BENEFITS = {"DENTPRG", "DENTAL", "VISPOL", "LIFE", "DIS", "LTC", "pay"}
# Codes of HL7 ActCoverageType, X12 claim filing (1032) and PHDSC source of payment typology.
CODES: dict[str, LineOfBusiness] = {
    "MCPOL": "medicaid",
    "SUBSIDIZ": "exchange",
    "EHCPOL": "commercial",
    "CI": "commercial",
    "12": "commercial",
    "16": "medicare_advantage",
    "MA": "medicare",
    "MB": "medicare",
    "MC": "medicaid",
    "111": "medicare_advantage",
    "112": "medicare_advantage",
    "113": "medicare_advantage",
    "119": "medicare_advantage",
    "121": "medicare",
    "2": "medicaid",
    "21": "medicaid",
    "5": "commercial",
    "512": "commercial",
}
# Tried in this order: the first that occurs decides.
WORDS: tuple[tuple[str, LineOfBusiness], ...] = (
    ("medicare advantage", "medicare_advantage"),
    ("medicare managed", "medicare_advantage"),
    ("medicaid", "medicaid"),
    ("medicare", "medicare"),
    ("marketplace", "exchange"),
    ("exchange", "exchange"),
    ("commercial", "commercial"),
    ("employer", "commercial"),
)


def choose(
    named: Sequence[str], patient: str, client: Client, as_of: date, complaints: list[Complaint]
) -> Resource | None:
    """Find the Coverage: of those named, else of all in force, the one that pays first.

    Several in force without an order among them are a complaint: a guess would ask another payer.
    """
    read = [client.read(reference) for reference in named]
    mine = [one for one in read if one is not None and client.belongs(one, patient)]
    if not mine:
        found = client.search("Coverage", (), patient)
        every = [found.resources[name] for name in sorted(found.resources)]
        mine = [one for one in every if in_force(one, as_of) and medical(one)]
    first = primary(mine)
    if first is not None:
        return first
    complaints.append(
        Complaint(
            "/coverage",
            "the patient has no active coverage in the EHR"
            if not mine
            else "the patient has several active coverages: name one in the order's insurance",
        )
    )
    return None


def primary(coverages: Sequence[Resource]) -> Resource | None:
    """Give the one that pays first: the only one, or the only one with the lowest order."""
    if len(coverages) < 2:
        return next(iter(coverages), None)
    places = [tree.number(one, "order") for one in coverages]
    told = [place for place in places if place is not None]
    if not told or places.count(min(told)) != 1:
        return None
    return coverages[places.index(min(told))]


def medical(resource: Resource) -> bool:
    """Whether it can pay for a medical service: no dental or vision plan, and not the patient."""
    kinds = {code for _, code in codes.pairs(resource.get("type"))}
    return kinds.isdisjoint(OTHER_BENEFITS) and not payers.self_pay(resource)


def in_force(resource: Resource, as_of: date) -> bool:
    """Whether a Coverage is active and its period holds the day."""
    start, end = tree.day(resource, "period", "start"), tree.day(resource, "period", "end")
    return (
        resource.get("status") == "active"
        and (start is None or start <= as_of)
        and (end is None or end >= as_of)
    )


def read(resource: Resource, client: Client, complaints: list[Complaint]) -> Coverage | None:
    """Read a Coverage with its payer and subscriber; what is missing is a complaint each."""
    payer = payers.payer(resource, client)
    member = member_id(resource)
    relation = codes.token(resource.get("relationship")) or "self"
    relationship: Any = RELATIONSHIPS.get(relation.lower(), "other")
    subscriber = None if relationship == "self" else _subscriber(resource, client)
    name = tree.name_of(resource) or "Coverage"
    for lacks, pointer, words in (
        (
            payer is None,
            "/coverage/payer",
            "the payer has no name or payer id: give stated.coverage",
        ),
        (not member, "/coverage/member_id", "it has no member id"),
        (
            relationship != "self" and subscriber is None,
            "/coverage/subscriber",
            "the subscriber is not the patient and has no name",
        ),
    ):
        if lacks:
            complaints.append(Complaint(pointer, f"{name}: {words}"))
    if payer is None or not member:
        return None
    group, _ = _class(resource, "group")
    plan_id, plan = _class(resource, "plan")
    return Coverage(
        payer=payer,
        member_id=member[:500],
        group_number=group,
        plan_name=plan or plan_id,
        line_of_business=line_of_business(resource, plan),
        relationship=relationship,
        subscriber=subscriber,
    )


def member_id(resource: Resource) -> str | None:
    """Read the member id: typed as one, else the subscriber's, else the only identifier."""
    said = people.identifier(resource, "MB") or tree.string(resource, "subscriberId")
    if said:
        return said
    others = {
        value
        for one in tree.items(resource, "identifier")
        if one.get("use") != "old"
        and not people.types(one)
        and (value := tree.string(one, "value"))
    }
    return others.pop() if len(others) == 1 else None


def line_of_business(resource: Resource, plan: str | None) -> LineOfBusiness:
    """Read the line of business from the plan's words, else from the coverage's type."""
    said = " ".join(
        word.lower() for word in (codes.words(resource.get("type")), plan) if word is not None
    )
    for words, line in WORDS:
        if words in said:
            return line
    coded = codes.token(resource.get("type"))
    return CODES.get(coded or "", "unknown")


def _class(resource: Resource, code: str) -> tuple[str | None, str | None]:
    for found in tree.items(resource, "class"):
        if codes.token(found.get("type")) == code:
            value, name = tree.string(found, "value"), tree.string(found, "name")
            return (value[:500] if value else None, name[:500] if name else None)
    return None, None


def _subscriber(resource: Resource, client: Client) -> Subscriber | None:
    person = people.pointed(resource, "subscriber", client)
    name = people.person_name(tree.field(person, "name"))
    if name is None:
        return None
    return Subscriber(
        name=name,
        birth_date=tree.day(person, "birthDate"),
        sex=people.sex(person),
        address=people.address(person.get("address")),
    )

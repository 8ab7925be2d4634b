"""Which plan covers the order: the one it names, else the only one active."""

from datetime import date
from typing import Any

from nodes.case import Coverage, LineOfBusiness, Subscriber
from nodes.errors import Complaint
from nodes.fhir import codes, people, tree
from nodes.fhir.client import Client
from nodes.fhir.tree import Resource

RELATIONSHIPS = {"self": "self", "spouse": "spouse", "child": "child"}
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
    order: Resource, patient: str, client: Client, as_of: date, complaints: list[Complaint]
) -> Resource | None:
    """Find the Coverage of an order; two active ones without a first are a complaint."""
    for named in tree.items(order, "insurance"):
        reference = tree.reference(named, client.base_url)
        resource = client.read(reference) if reference else None
        if resource is not None and client.belongs(resource, patient):
            return resource
    found = client.search("Coverage", (), patient)
    active = [c for c in found.resources.values() if in_force(c, as_of)]
    first = [c for c in active if tree.number(c, "order") == 1]
    if len(active) == 1 or len(first) == 1:
        return (first or active)[0]
    complaints.append(
        Complaint(
            "/coverage",
            "the patient has no active coverage in the EHR"
            if not active
            else "the patient has several active coverages: name one in the order's insurance",
        )
    )
    return None


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
    payer = people.payer(client.read(tree.reference(resource, client.base_url, "payor") or ""))
    member = people.identifier(resource, "MB") or tree.string(resource, "subscriberId")
    relation = codes.token(resource.get("relationship")) or "self"
    relationship: Any = RELATIONSHIPS.get(relation, "other")
    subscriber = None if relationship == "self" else _subscriber(resource, client)
    name = tree.name_of(resource) or "Coverage"
    for lacks, pointer, words in (
        (payer is None, "/coverage/payer", "the payer's organization lacks its name or payer id"),
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
    person = client.read(tree.reference(resource, client.base_url, "subscriber") or "")
    name = people.person_name(tree.field(person, "name"))
    if name is None:
        return None
    return Subscriber(name=name, birth_date=tree.day(person, "birthDate"), sex=people.sex(person))

"""Why a service is ordered: its diagnoses in ICD-10-CM, and the Conditions behind them."""

from collections.abc import Callable, Sequence

from nodes.case import Diagnosis
from nodes.errors import Complaint
from nodes.fhir import codes, orders, tree
from nodes.fhir.client import Client
from nodes.fhir.relevance import Family
from nodes.fhir.tree import Resource

ACTIVE = {None, "active", "recurrence", "relapse"}
MOST = 12
Found = tuple[tuple[Diagnosis, ...], dict[str, Resource]]


def of_order(order: Resource, patient: str, client: Client) -> Found:
    """Read an order's reasons as ICD-10-CM diagnoses, and the Conditions it points at."""
    conditions: dict[str, Resource] = {}
    for pointer in tree.items(order, "reasonReference"):
        name = tree.reference(pointer, client.base_url)
        resource = client.read(name) if name and name.startswith("Condition/") else None
        if name and resource is not None and client.belongs(resource, patient):
            conditions[name] = resource
    found: dict[str, Diagnosis] = {}
    onsets = {
        orders.icd(one.get("code")): tree.day(one, "onsetDateTime") for one in conditions.values()
    }
    concepts = [*tree.items(order, "reasonCode"), *(c.get("code") for c in conditions.values())]
    for concept in concepts:
        if code := orders.icd(concept):
            found.setdefault(code, _diagnosis(code, concept, onsets.get(code)))
    return tuple(found.values())[:MOST], conditions


def of_problems(
    order: Resource, patient: str, family: Callable[[], Family], client: Client
) -> Found:
    """Find diagnoses among the patient's active problems, where nobody gave one.

    Of an order with a reason: the problem its reason names in another code system. Without a
    reason, or an order: problems that the service's own rules name by code, the newest first.
    """
    named = {
        pair
        for concept in tree.items(order, "reasonCode")
        for pair in codes.pairs(concept)
        if pair[0] != "OTHER"
    }
    silent = not any(tree.items(order, name) for name in ("reasonCode", "reasonReference"))
    prefixes = _prefixes(family()) if silent else ()
    if not (named or prefixes):
        return (), {}
    search = client.search("Condition", (), patient)
    chosen: dict[str, tuple[Diagnosis, str, Resource]] = {}
    for name, resource in sorted(search.resources.items(), key=_newest):
        code = orders.icd(resource.get("code"))
        fits = code and (f"ICD-10-CM {code}".startswith(prefixes) if prefixes else True)
        shared = not named or not named.isdisjoint(codes.pairs(resource.get("code")))
        if code and fits and shared and standing(resource):
            onset = tree.day(resource, "onsetDateTime")
            chosen.setdefault(code, (_diagnosis(code, resource.get("code"), onset), name, resource))
    found = list(chosen.values())[:MOST]
    return tuple(one for one, _, _ in found), {name: resource for _, name, resource in found}


def standing(condition: Resource) -> bool:
    """Whether a Condition holds today and is certain."""
    return (
        codes.token(condition.get("clinicalStatus")) in ACTIVE
        and codes.token(condition.get("verificationStatus")) in {None, "confirmed"}
        and "abatementDateTime" not in condition
    )


def missing(order: Resource) -> Complaint:
    """Say that nobody gave a diagnosis."""
    said = "the order gives no reason coded in ICD-10-CM" if order else "no diagnosis was given"
    return Complaint("/diagnoses", f"{said}: code it in the EHR, or give it in stated.diagnoses")


def _prefixes(family: Family) -> tuple[str, ...]:
    """The diagnoses a family's first rule is about: what the service treats, not its risks."""
    first = next((r for r in family.rules if "condition" in r.kinds and r.codes), None)
    return tuple(c for c in first.codes if c.startswith("ICD-10-CM")) if first else ()


def _newest(item: tuple[str, Resource]) -> tuple[str, str]:
    name, resource = item
    when = tree.moment(resource, "onsetDateTime") or tree.moment(resource, "recordedDate") or ""
    return "".join(chr(0x10FFFF - ord(letter)) for letter in when.ljust(10)), name


def _diagnosis(code: str, concept: Resource | None, onset: object) -> Diagnosis:
    said = codes.words(concept)
    return Diagnosis.model_validate(
        {"code": code, "display": said[:500] if said else None, "onset": onset}
    )


def order_of(diagnoses: Sequence[Diagnosis]) -> tuple[int, ...]:
    """Point at every diagnosis, counted from 1."""
    return tuple(range(1, len(diagnoses) + 1)) or (1,)

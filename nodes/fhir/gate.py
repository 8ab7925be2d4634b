"""Is this the right patient and a living order? What must stop a request before anything else."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from nodes.case import PersonName, Reference, Sex
from nodes.chart import HardStop
from nodes.fhir import codes, orders, people, tree
from nodes.fhir.tree import Resource

WRONG = {"wrong_patient", "name_mismatch", "birth_date_mismatch", "sex_mismatch"}


def identity(
    patient: Resource,
    reference: str,
    *,
    id_: Reference | None,
    name: PersonName | None,
    birth_date: date | None,
    sex: Sex | None,
) -> Iterator[HardStop]:
    """Compare the order's patient with who the order's sender says it is.

    Family name and birth date must agree; given names need not (nicknames). A former family name
    in the EHR counts. Case, accents, hyphens and blanks do not matter.
    """
    if id_ is not None and id_ != reference:
        yield _stop("wrong_patient", "the order is for a different patient than the event names")
    names = {plain(known) for item in tree.items(patient, "name") for known in families(item)}
    if name is not None and plain(name.family) not in names:
        yield _stop("name_mismatch", "the patient's family name differs from the event's")
    if birth_date is not None and birth_date != tree.day(patient, "birthDate"):
        yield _stop("birth_date_mismatch", "the patient's birth date differs from the event's")
    known = people.sex(patient)
    if sex not in (None, "unknown", known) and known != "unknown":
        yield _stop("sex_mismatch", "the patient's sex differs from the event's")


def living(order: Resource) -> Iterator[HardStop]:
    """Check that the order stands: active, an order rather than a plan, and to be done."""
    if order.get("status") != "active":
        yield _stop("order_inactive", "the order is not active in the EHR: order anew or close it")
    elif order.get("intent") not in orders.ORDERING:
        yield _stop("order_inactive", "this is a proposal or plan, not yet an order")
    elif order.get("doNotPerform") is True:
        yield _stop("order_inactive", "the order says that the service is not to be done")


def sides(order: Resource, conditions: Iterable[Resource]) -> Iterator[HardStop]:
    """Compare the order's side with the side its reasons state, where both state one."""
    ordered = orders.laterality(order)
    reasons = [*tree.items(order, "reasonCode"), *(c.get("code") for c in conditions)]
    stated = {orders.side(words) for reason in reasons if (words := codes.words(reason))}
    stated |= {orders.side(words) for c in conditions if (words := codes.words(c.get("bodySite")))}
    other = {"left": "right", "right": "left"}.get(ordered or "")
    if other in stated and not stated & {ordered, "bilateral"}:
        yield _stop(
            "laterality_mismatch", "the order is for one side, its reason is about the other"
        )


def families(name: Resource) -> list[str]:
    """Give the family names of a HumanName."""
    return tree.strings(name, "family")


def plain(name: str) -> str:
    """Make names comparable: no case, accents, hyphens, apostrophes or blanks."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]", "", "".join(c for c in letters if not unicodedata.combining(c)))


def _stop(code: str, detail: str) -> HardStop:
    return HardStop.model_validate({"code": code, "detail": detail, "pointer": "/order"})

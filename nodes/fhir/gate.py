"""Is this the right patient and a living order? What must stop a request before anything else.

A service is not held against the patient's administrative sex: people whose record and body
differ need such services too, and payers have their own way to say so (modifier KX, condition 45).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from nodes.chart import HardStop
from nodes.fhir import names, orders, people, tree
from nodes.fhir.expected import ExpectedPatient
from nodes.fhir.tree import Resource

WRONG = {"wrong_patient", "name_mismatch", "birth_date_mismatch", "sex_mismatch"}
RECORD_NUMBER = {"MR", "MRN", "PI", "PT"}
PARTS = ("family", "given", "suffix")


def identity(patient: Resource, reference: str, expected: ExpectedPatient) -> Iterator[HardStop]:
    """Compare the order's patient with who the order's sender says it is.

    Family name (a former one counts) and birth date must agree, a record number must be one of
    the patient's. Other given names, and Jr against Sr, stop where neither id nor record number
    speaks for this patient: twins and namesakes share the rest. Where one does, it is how a person
    is called, and ``doubts`` says so.
    """
    if expected.id is not None and expected.id != reference:
        yield stop("wrong_patient", "the order is for a different patient than the event names")
    if expected.mrn is not None and same_number(patient, expected.mrn) is False:
        yield stop("wrong_patient", "the patient's record number is not the one of the event")
    if expected.name is not None:
        known = [
            one for name in tree.items(patient, "name") for one in tree.strings(name, "family")
        ]
        if not names.one_family(expected.name.family, known):
            yield stop("name_mismatch", "the patient's family name differs from the event's")
        elif not same_given(patient, expected) and not vouched(patient, reference, expected):
            yield stop(
                "name_mismatch",
                "the patient's given name, or Jr or Sr, differs from the event's: perhaps a twin "
                "or a relative; give the patient's id or record number with the order",
            )
    born = tree.day(patient, "birthDate")
    if expected.birth_date is not None and expected.birth_date != born:
        yield stop("birth_date_mismatch", "the patient's birth date differs from the event's")
    known_sex = people.sex(patient)
    if expected.sex not in (None, "unknown", known_sex) and known_sex != "unknown":
        yield stop("sex_mismatch", "the patient's sex differs from the event's")


def doubts(patient: Resource, reference: str, expected: ExpectedPatient) -> Iterator[str]:
    """Say what does not stop but should be seen."""
    if (
        expected.name is not None
        and not same_given(patient, expected)
        and vouched(patient, reference, expected)
    ):
        yield f"{reference}: the given name differs from the event's; id or record number agrees"
    if expected.mrn is not None and same_number(patient, expected.mrn) is None:
        yield f"{reference}: the EHR gives no record number to compare with the event's"
    for link in tree.items(patient, "link"):
        if tree.string(link, "type") in {"seealso", "refer"}:
            yield f"{reference}: the EHR links another record of this person, which was not read"
    labels = {tree.string(label, "code") for label in tree.items(patient, "meta", "security")}
    if "HTEST" in labels:
        yield f"{reference}: the EHR marks this as a test patient"


def same_given(patient: Resource, expected: ExpectedPatient) -> bool:
    """Whether the event's given names and generation (Jr, Sr) can be the patient's."""
    said = expected.name
    if said is None:
        return True
    ours = [said.given, *filter(None, [said.middle])]
    known = tree.items(patient, "name")
    told = [one for name in known for part in PARTS for one in tree.strings(name, part)]
    return names.one_generation([said.family, *ours], told) and (
        any(names.one_given(ours, tree.strings(name, "given")) for name in known) or not known
    )


def vouched(patient: Resource, reference: str, expected: ExpectedPatient) -> bool:
    """Whether id or record number of the event are this patient's."""
    by_number = expected.mrn is not None and same_number(patient, expected.mrn) is True
    return expected.id == reference or by_number


def same_number(patient: Resource, number: str) -> bool | None:
    """Whether a record number is one of the patient's; None: the EHR gives none to compare."""
    known = [
        (people.types(found), tree.string(found, "value") or "")
        for found in tree.items(patient, "identifier")
    ]
    if any(bare(value) == bare(number) for _, value in known):
        return True
    return False if any(types & RECORD_NUMBER for types, _ in known) else None


def bare(number: str) -> str:
    """Write an identifier without what is put around it: blanks, hyphens, leading zeros."""
    return names.plain(number).lstrip("0")


def record(patient: Resource, starts: Iterable[date | None], as_of: date) -> Iterator[HardStop]:
    """Check that the patient's record is in use and the patient lives, or lived at the service."""
    died = tree.day(patient, "deceasedDateTime")
    if any(link.get("type") == "replaced-by" for link in tree.items(patient, "link")):
        yield stop(
            "wrong_patient", "the EHR has merged this record into another: order on that one"
        )
    elif _dead(patient):
        if died is None or not any((start or as_of) <= died for start in starts):
            yield stop("order_inactive", "the EHR says that the patient has died", "/patient")
    elif patient.get("active") is False:
        yield stop("wrong_patient", "the EHR marks the patient's record as not in use")


def _dead(patient: Resource) -> bool:
    said: Any = patient.get("deceasedBoolean")
    return said is True or said == "true" or tree.string(patient, "deceasedDateTime") is not None


def living(order: Resource) -> Iterator[HardStop]:
    """Check that the order stands: active, an order rather than a plan, and to be done."""
    if order.get("status") != "active":
        yield stop(
            "order_inactive", "the order is not active in the EHR: order anew or close it", "/order"
        )
    elif tree.string(order, "intent") not in orders.ORDERING:
        yield stop("order_inactive", "this is a proposal or plan, not yet an order", "/order")
    elif order.get("doNotPerform") is True:
        yield stop("order_inactive", "the order says that the service is not to be done", "/order")


def stop(code: str, detail: str, pointer: str = "/patient") -> HardStop:
    """Make a hard stop that points into the case."""
    return HardStop.model_validate({"code": code, "detail": detail, "pointer": pointer})

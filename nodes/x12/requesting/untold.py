"""What of a case no 278 request tells, whoever the payer is: X12 has no place for it."""

from collections.abc import Iterator
from typing import NamedTuple

from nodes.case import Case, Coverage, Patient
from nodes.x12.characters import fold


class Omitted(NamedTuple):
    """Something of a case that is not in its request: where it is, what it is, its loop if any."""

    pointer: str | None
    words: str
    loop: str | None = None


def untold(case: Case) -> Iterator[Omitted]:
    """Everything a 278 request has no place for."""
    yield Omitted("/case/patient/id", "The patient's reference in the EHR")
    yield Omitted("/case/order", "The order: its reference, day and reason")
    coverage = case.coverage
    if case.patient.phone:
        yield Omitted("/case/patient/phone", "The patient's phone")
    if coverage.plan_name:
        yield Omitted("/case/coverage/plan_name", "The plan's name")
    if coverage.line_of_business != "unknown":
        yield Omitted("/case/coverage/line_of_business", "The line of business")
    yield from coded(case)


def coded(case: Case) -> Iterator[Omitted]:
    """What is said of diagnoses and services beside their codes."""
    for place, one in enumerate(case.diagnoses):
        pointer, named = f"/case/diagnoses/{place}", f"diagnosis {place + 1}"
        if one.display:
            yield Omitted(f"{pointer}/display", f"The chart's words for {named}: codes only")
        if place and one.onset:
            yield Omitted(
                f"{pointer}/onset", f"The onset of {named}: a request has one, the first's"
            )
    for place, line in enumerate(case.service_lines):
        if line.display:
            words = f"The order's words for service {place + 1}: codes only"
            yield Omitted(f"/case/service_lines/{place}/display", words)


def same_person(coverage: Coverage, patient: Patient) -> bool:
    """Whether who holds the coverage is the patient, as far as it is said."""
    holder = coverage.subscriber
    if holder is None:
        return True
    return all(
        one in (None, "unknown") or one == other
        for one, other in (
            (fold(holder.name.family), fold(patient.name.family)),
            (fold(holder.name.given), fold(patient.name.given)),
            (holder.name.middle, patient.name.middle),
            (holder.birth_date, patient.birth_date),
            (holder.sex, patient.sex),
            (holder.address, patient.address),
        )
    )

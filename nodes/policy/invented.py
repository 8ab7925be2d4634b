"""The request and the chart that a policy's test case tells in short; all people are invented."""

from datetime import UTC, date, datetime, time

from nodes.case import (
    Address,
    Case,
    Coverage,
    Diagnosis,
    Order,
    Patient,
    Payer,
    PersonName,
    Provider,
    ServiceLine,
)
from nodes.chart import Chart, Manifest, Note, Search
from nodes.policy.casebook import Casebook, PolicyCase, ToldCase, whole
from nodes.policy.leaf import before

PATIENT = "Patient/p1"
ASKED = (
    "Condition", "MedicationRequest", "Observation", "Procedure", "Encounter",
    "DiagnosticReport", "DocumentReference", "FamilyMemberHistory",
)  # fmt: skip


def request(book: Casebook, one: PolicyCase) -> Case:
    """Make the request; without more said, of a person born in 1970, first time, Sandbox payer."""
    told = whole(book.case, one.case)
    return Case(
        id="PA-1",
        certification=told.certification or "initial",
        place_of_service=told.place_of_service,
        patient=Patient(
            id=PATIENT,
            name=PersonName(family="Test", given="Pat"),
            birth_date=told.born or date(1970, 5, 1),
            sex=told.sex or "unknown",
            address=_address(told.state),
        ),
        coverage=Coverage(
            payer=Payer(id=told.payer or "SBXHP01", name="Sandbox Health Plan"),
            member_id="M1",
            plan_name=told.plan,
            line_of_business=told.line_of_business or "unknown",
        ),
        requester=Provider(person=PersonName(family="Doc", given="Ada"), taxonomy=told.specialty),
        diagnoses=tuple(Diagnosis(code=code) for code in told.diagnoses or ()),
        service_lines=tuple(_line(service, told) for service in told.services or ()),
        order=Order(reference="ServiceRequest/o1", authored_on=told.ordered or book.as_of),
    )


def chart(book: Casebook, one: PolicyCase) -> Chart:
    """Make the chart, with one search of each kind of resource."""
    as_of, told = one.as_of or book.as_of, one.manifest
    searches = tuple(
        Search(query=f"{kind}?patient", pages=1, read=1, kept=1, truncated=not told.complete)
        for kind in ASKED
    )
    return Chart(
        patient=PATIENT,
        facts=tuple(fact.fact for fact in one.facts),
        notes=tuple(Note(**note.model_dump()) for note in one.notes),
        manifest=Manifest(
            ehr="test",
            at=datetime.combine(as_of, time(), UTC),
            since=told.since or before(as_of, "P1Y"),
            complete=told.complete,
            searches=searches,
        ),
    )


def _address(state: str | None) -> Address | None:
    if state is None:
        return None
    return Address(lines=("1 Main Street",), city="Anytown", state=state, postal_code="99999")


def _line(service: str, told: ToldCase) -> ServiceLine:
    system, code = service.split(" ", 1)
    return ServiceLine.model_validate({"system": system, "code": code, "start": told.service_start})

"""What was refuted, not done, not taken or only proposed never becomes a positive statement."""

from datetime import UTC, date, datetime

import pytest

from nodes.chart import Chart, Manifest
from nodes.fhir import facts
from nodes.fhir.tree import Unreadable
from nodes.policy.index import Index

DAY = date(2026, 11, 20)
NAPROXEN = {"text": "Naproxen 500 mg"}
NOT = {"url": "http://example.org/not", "valueBoolean": True}


def resource(kind, **more):
    return {"resourceType": kind, "id": "x", "code": {"text": "Sciatica"}, **more}


def drug(kind, **more):
    return {"resourceType": kind, "id": "x", "medicationCodeableConcept": NAPROXEN, **more}


def coded(code):
    return {"coding": [{"code": code}]}


NEGATED = [
    (resource("Condition", verificationStatus=coded("refuted")), "refuted", "Refuted: Sciatica"),
    (resource("Condition", verificationStatus="refuted"), "refuted", "Refuted: Sciatica"),
    (resource("Procedure", status="not-done"), "not-done", "Not done: Sciatica"),
    (resource("Procedure", status="completed", notDone=True), "not-done", "Not done: Sciatica"),
    (drug("MedicationStatement", status="not-taken"), "not-taken", "Not taken: Naproxen 500 mg"),
    (drug("MedicationAdministration", status="not-done"), "not-done", "Not done: Naproxen 500 mg"),
    (
        drug("MedicationRequest", status="active", intent="order", doNotPerform=True),
        "not-done",
        "Not done: Naproxen 500 mg",
    ),
    (drug("MedicationRequest", status="cancelled"), "cancelled", "Cancelled: Naproxen 500 mg"),
    (drug("MedicationDispense", status="cancelled"), "cancelled", "Cancelled: Naproxen 500 mg"),
    (
        resource("Immunization", status="not-done", vaccineCode={"text": "Influenza"}),
        "not-done",
        "Not done: Influenza",
    ),
    (
        resource("AllergyIntolerance", verificationStatus=coded("refuted")),
        "refuted",
        "Refuted: Allergy or intolerance: Sciatica",
    ),
    (
        resource("ServiceRequest", status="active", doNotPerform=True),
        "not-done",
        "Ordered not to be done: Sciatica",
    ),
    (resource("ServiceRequest", status="revoked"), "revoked", "Revoked: Ordered: Sciatica"),
    (resource("Encounter", status="cancelled"), "cancelled", "Cancelled: Visit"),
]


@pytest.mark.parametrize(("given", "status", "words"), NEGATED)
def test_what_is_not_says_so_first_and_in_its_status(given, status, words):
    read = facts.read(given)
    assert read
    fact = read.fact("a test")
    assert fact.status == status
    assert fact.quote.partition(";")[0] == words


@pytest.mark.parametrize(("given", "status", "words"), NEGATED)
def test_no_policy_counts_what_is_not(given, status, words):
    read = facts.read({**given, "effectiveDateTime": "2026-10-01"})
    assert read
    chart = Chart(
        patient="Patient/p",
        facts=(read.fact("a test"),),
        notes=(),
        manifest=Manifest(
            ehr="x", at=datetime(2026, 11, 20, tzinfo=UTC), since=date(2025, 1, 1), searches=()
        ),
    )
    assert not any(Index(chart, DAY).by_kind.values())


@pytest.mark.parametrize("kind", sorted(facts.READERS))
def test_an_unknown_modifier_extension_is_refused(kind):
    given = drug(kind, code={"text": "A"}, vaccineCode={"text": "A"}, modifierExtension=[NOT])
    with pytest.raises(Unreadable, match="modifies"):
        facts.read(given)


def test_parts_that_something_unknown_modifies_are_left_out():
    part = {"code": {"text": "Pain"}, "valueInteger": 7}
    panel = resource("Observation", component=[{**part, "modifierExtension": [NOT]}])
    dose = {"text": "twice daily", "modifierExtension": [NOT]}
    relative = {"code": {"text": "Cancer"}, "modifierExtension": [NOT]}
    family = resource("FamilyMemberHistory", condition=[relative])
    amount = {"value": 7, "unit": "cm", "modifierExtension": [NOT]}
    assert "Pain" not in facts.read(panel).quote
    assert len(facts.readings(panel)) == 1
    assert "twice" not in facts.read(drug("MedicationRequest", dosageInstruction=[dose])).quote
    assert "Cancer" not in facts.read(family).quote
    assert facts.read(resource("Observation", valueQuantity=amount)).fact("w").value is None


@pytest.mark.parametrize("intent", ["proposal", "option"])
def test_what_is_only_proposed_says_so(intent):
    order = facts.read(resource("ServiceRequest", status="active", intent=intent))
    request = facts.read(drug("MedicationRequest", status="active", intent=intent))
    assert order and request
    assert order.quote.startswith("Proposed: Sciatica")
    assert (order.status, request.status) == (f"active ({intent})",) * 2


def test_an_intent_of_another_shape_proposes_nothing():
    read = facts.read(resource("ServiceRequest", status="active", intent=["order"]))
    assert read
    assert read.quote == "Ordered: Sciatica; active"


def test_activities_of_a_plan_say_which_are_not_to_be_done():
    plan = {
        "resourceType": "CarePlan",
        "id": "x",
        "status": "active",
        "title": "Back pain",
        "activity": [
            {"detail": {"code": {"text": "Bed rest"}, "doNotPerform": True, "status": "unknown"}},
            {"detail": {"code": {"text": "Exercise"}, "status": "in-progress"}},
            {"detail": {"description": "Injection", "status": "cancelled"}},
        ],
    }
    read = facts.read(plan)
    assert read
    assert read.quote == (
        "Care plan: Back pain; active; not to be done: Bed rest; Exercise (in-progress); "
        "cancelled: Injection"
    )


@pytest.mark.parametrize(
    "withdrawn",
    [
        *(resource(kind, status="entered-in-error") for kind in sorted(facts.READERS)),
        resource("Observation", status="cancelled"),
        resource("DiagnosticReport", status="cancelled"),
        resource("Condition", verificationStatus=coded("entered-in-error")),
    ],
)
def test_what_was_entered_in_error_is_nothing(withdrawn):
    assert facts.readings(withdrawn) == ()

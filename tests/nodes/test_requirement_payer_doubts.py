"""Answers over CRD that must not be believed, and what is said instead."""

from datetime import date

import pytest

from nodes.check_requirement import CheckRequirementRequest, check_requirement
from nodes.requirement.question import AskedLine
from tests.nodes.policy_world import case
from tests.nodes.requirement_world import TODAY, question, row, tables
from tests.nodes.test_requirement_payer_answers import (
    COVERAGE,
    CPT,
    asked,
    information,
    order,
    quantity,
)


def of_a_case(*given):
    """The answer for patient p1's lumbar MRI."""
    held = tables(row("a", payers="[SBXHP01]"))
    request = CheckRequirementRequest(
        case=case(), as_of=TODAY, coverage=COVERAGE, payer_answers=given
    )
    return check_requirement(request, held=lambda: held).lines[0]


def refused(said):
    assert (said.needed, said.basis) == ("auth-needed", "rule")
    return said.refused[0].reason


def test_of_what_is_not_covered_no_word_on_authorization_counts():
    said = asked(information(covered="not-covered"))
    assert (said.needed, said.covered) == ("unknown", "not-covered")
    said = asked(information(covered="not-covered", pa_needed="auth-needed"))
    assert said.needed == "auth-needed"


@pytest.mark.parametrize("name", ["pa_needed", "covered"])
def test_an_answer_that_contradicts_itself_is_unknown(name):
    both = {"pa_needed": ["no-auth", "auth-needed"], "covered": ["covered", "not-covered"]}[name]
    said = asked(information(**{name: both}))
    assert said.needed == "unknown" and "contradicts itself" in said.reason
    assert said.missing and said.payer_answer is None


def test_the_same_said_twice_is_no_contradiction():
    assert asked(information(pa_needed=["no-auth", "no-auth"])).needed == "no-auth"


@pytest.mark.parametrize(
    "reference",
    [
        "https://other.example/fhir/Coverage/c1",
        "urn:uuid:Coverage/c1",
        "Organization/1/Coverage/c1",
        "#Coverage/c1",
    ],
)
def test_a_coverage_of_another_server_is_refused(reference):
    given = information(coverage={"reference": reference})
    assert "another coverage" in refused(asked(given))
    assert "another coverage" in refused(asked(given, fhir_base="https://ehr.example/fhir"))


def test_two_coverages_in_one_answer_are_none():
    both = [{"reference": COVERAGE}, {"reference": "Coverage/c2"}]
    assert "another coverage" in refused(asked(information(coverage=both)))


@pytest.mark.parametrize(
    "whose",
    [
        {"subject": {"display": "Pat"}},
        {"subject": {"reference": "https://other.example/fhir/Patient/p1"}},
        {"subject": {"reference": "Patient/p1"}, "patient": {"reference": "Patient/p9"}},
        {"subject": None},
    ],
)
def test_an_order_that_is_not_surely_this_patients_is_refused(whose):
    assert "another patient" in refused(of_a_case(order(information(), **whose)))


def bare(kind, **fields):
    return {"resourceType": kind, "extension": [information()]} | fields


@pytest.mark.parametrize(
    "resource",
    [
        bare("Appointment", participant=[{"actor": {"reference": "Patient/p9"}}]),
        bare("Appointment", participant=[{"actor": {"type": "Patient", "display": "Pat"}}]),
        bare("Appointment", participant=[{"actor": {"reference": "Practitioner/1"}}]),
        bare("Task", **{"for": {"reference": "Patient/p9"}}),
        bare("Task"),
    ],
)
def test_appointments_and_tasks_say_whose_they_are(resource):
    assert "another patient" in refused(of_a_case(resource))


def test_an_appointment_and_an_order_of_this_patient_count():
    here = {"reference": case().patient.id}
    assert of_a_case(order(information(), subject=here)).needed == "no-auth"
    actors = [{"actor": {"reference": "Practitioner/1"}}, {"actor": here}]
    assert of_a_case(bare("Appointment", participant=actors)).needed == "no-auth"


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "entered-in-error"},
        {"status": "revoked"},
        {"status": "cancelled"},
        {"doNotPerform": True},
    ],
)
def test_an_order_withdrawn_is_refused(fields):
    assert "withdrawn" in refused(asked(order(information(), **fields)))


@pytest.mark.parametrize(
    ("wrap", "why"),
    [
        (lambda one: {"systemActions": [{"type": "delete", "resource": one}]}, "deletes"),
        (lambda one: {"entry": [{"resource": one, "request": {"method": "DELETE"}}]}, "deletes"),
        (
            lambda one: {"cards": [{"suggestions": [{"actions": [{"resource": one}]}]}]},
            "suggestion",
        ),
    ],
)
def test_what_is_deleted_or_only_suggested_is_refused(wrap, why):
    assert why in refused(asked(wrap(order(information()))))


def test_an_order_of_another_code_is_refused_and_one_of_a_finer_system_is_not():
    other = {"coding": [{"system": CPT, "code": "72149"}]}
    assert "another code" in refused(asked(order(information(), code=other)))
    snomed = {"coding": [{"system": "http://snomed.info/sct", "code": "241646009"}]}
    assert asked(order(information(), code=snomed)).needed == "no-auth"


@pytest.mark.parametrize("info", ["performer", "OTH"])
def test_what_the_payer_still_wants_to_know_is_kept(info):
    said = asked(information(info_needed=info))
    assert said.needed == "conditional" and len(said.questions) == 1
    said = asked(information(info_needed=info, pa_needed="auth-needed"))
    assert said.needed == "auth-needed" and len(said.questions) == 1


def line(**fields):
    return AskedLine(system="CPT", code="72148", **fields)


def test_the_last_day_of_a_line_must_be_before_the_expiry():
    about = question().model_copy(update={"lines": (line(until=date(2027, 1, 15)),)})
    said = asked(information(expiry_date="2027-01-14"), about=about)
    assert "last day" in refused(said)
    assert asked(information(expiry_date="2027-01-15"), about=about).needed == "no-auth"


@pytest.mark.parametrize("bad", ["soon", "2027", 5])
def test_an_expiry_that_cannot_be_read_has_passed(bad):
    assert "expired" in refused(asked(information(expiry_date=bad)))


def test_of_two_expiries_the_earlier_counts():
    assert "expired" in refused(asked(information(expiry_date=["2027-02-01", "2026-11-19"])))


def test_an_answer_for_a_code_that_ended_is_refused():
    hcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
    given = information(billing={"system": hcpcs, "code": "K0554"})
    said = asked(given, about=question("K0554", "HCPCS"))
    assert said.needed == "unknown" and "not valid" in said.refused[0].reason


def test_a_very_long_id_or_number_is_none():
    said = asked(information(coverage_assertion_id="A" * 101))
    assert said.needed == "no-auth" and said.payer_answer.assertion is None
    long = information(pa_needed="satisfied", satisfied_pa_id="7" * 101)
    assert "without an authorization number" in refused(asked(long))


def test_a_limit_counts_delivery_and_all_lines_and_must_be_readable():
    few = information(detail=quantity(6))
    visits = {"quantity": 2, "per": "week", "periods": 4, "period": "week"}
    spread = line(quantity=1, unit="visit", delivery=visits)
    about = question().model_copy(update={"lines": (spread,)})
    assert asked(few, about=about).needed == "conditional"
    twice = question().model_copy(update={"lines": (line(quantity=4), line(quantity=4))})
    assert asked(few, about=twice).needed == "conditional"
    assert asked(information(detail=quantity("six")), about=question(quantity=2)).needed == (
        "conditional"
    )


def test_an_answer_is_not_used_when_a_newer_one_could_not_tell():
    newer = information(pa_needed="indeterminate", date="2026-11-19")
    for given in ((information(), newer), (newer, information())):
        said = asked(*given)
        assert (said.needed, said.basis) == ("auth-needed", "rule")
        assert any("newest answer" in one for one in said.warnings)
    older = information(pa_needed="indeterminate", date="2026-11-01")
    assert asked(older, information()).needed == "no-auth"

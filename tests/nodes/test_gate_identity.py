"""Whose order is it? Each difference that stops, and each that must not."""

from copy import deepcopy
from datetime import date

import pytest

from nodes.case import PersonName
from nodes.fetch_chart import ExpectedPatient, fetch_chart
from server.sandbox import ehr as sandbox
from tests.ehr import for_fetch_chart, request_for

BORN = date(1971, 4, 9)


@pytest.fixture
def patient():
    """The sandbox's patient, to be changed at will; put back afterwards."""
    yield sandbox.records.read("Patient", "pt-lopez")
    sandbox.reset()


def fetch(**changes):
    return fetch_chart(request_for("lopez").model_copy(update=changes), **for_fetch_chart())


def stops(**expected):
    answer = fetch(patient=ExpectedPatient(**expected))
    return [stop.code for stop in answer.hard_stops]


def name(given, family="Lopez", middle=None):
    return PersonName(family=family, given=given, middle=middle)


def test_a_twin_stops_where_nothing_else_speaks_for_this_patient(patient):
    assert stops(name=name("Daniela"), birth_date=BORN, sex="female") == ["name_mismatch"]
    assert stops(name=name("Maria"), birth_date=BORN, sex="female") == []
    assert stops(name=name("Marta"), birth_date=BORN, sex="female") == ["name_mismatch"]
    assert stops(name=name("Mario"), birth_date=BORN) == ["name_mismatch"]
    assert stops(name=name("Mary"), birth_date=BORN, sex="female") == []
    assert stops(name=name("María"), birth_date=BORN) == []


@pytest.mark.parametrize(
    ("suffix", "family", "found"),
    [
        ("Jr", "Lopez Sr", ["name_mismatch"]),
        ("Sr.", "Lopez Jr.", ["name_mismatch"]),
        ("Jr", "Lopez", []),
        (None, "Lopez Jr", []),
        ("Jr.", "Lopez II", []),
    ],
)
def test_a_father_and_his_son_are_two(patient, suffix, family, found):
    if suffix:
        patient["name"][0]["suffix"] = [suffix]
    assert stops(name=name("Maria", family), birth_date=BORN) == found
    assert stops(name=name("Maria", family), id="Patient/pt-lopez") == []


@pytest.mark.parametrize("vouching", [{"id": "Patient/pt-lopez"}, {"mrn": "RB-104417"}])
def test_another_given_name_is_a_warning_where_id_or_number_agrees(patient, vouching):
    answer = fetch(patient=ExpectedPatient(name=name("Daniela"), birth_date=BORN, **vouching))
    assert answer.hard_stops == ()
    said = answer.chart.manifest.warnings
    assert any("given name differs" in warning for warning in said)
    assert "Daniela" not in " ".join(said)


@pytest.mark.parametrize("number", ["RB-104417", "rb104417", "RB 104417"])
def test_the_record_number_however_it_is_written(patient, number):
    assert stops(mrn=number) == []


def test_another_record_number_stops(patient):
    assert stops(mrn="RB-104418") == ["wrong_patient"]


def test_one_of_several_record_numbers_is_enough(patient):
    patient["identifier"].append({"type": {"coding": [{"code": "MR"}]}, "value": "0099"})
    assert stops(mrn="99") == []


def test_no_record_number_to_compare_is_a_warning(patient):
    patient["identifier"] = [{"type": {"coding": [{"code": "SS"}]}, "value": "1"}]
    answer = fetch(patient=ExpectedPatient(mrn="RB-104417"))
    assert answer.hard_stops == ()
    assert any("no record number" in warning for warning in answer.chart.manifest.warnings)


def test_a_merged_record_stops_and_its_survivor_does_not(patient):
    patient["link"] = [{"type": "replaces", "other": {"reference": "Patient/old"}}]
    assert stops() == []
    patient["link"] = [{"type": "replaced-by", "other": {"reference": "Patient/new"}}]
    assert stops() == ["wrong_patient"]


def test_a_record_not_in_use_stops(patient):
    patient["active"] = False
    assert stops() == ["wrong_patient"]


def test_a_linked_record_is_a_warning(patient):
    patient["link"] = [{"type": "seealso", "other": {"reference": "Patient/new"}}]
    answer = fetch()
    assert answer.hard_stops == ()
    assert any("another record" in warning for warning in answer.chart.manifest.warnings)


def test_the_dead_need_no_service_to_come(patient):
    patient["deceasedBoolean"] = False
    assert stops() == []
    patient |= {"deceasedBoolean": True, "active": False}
    assert stops() == ["order_inactive"]
    del patient["deceasedBoolean"]
    patient["deceasedDateTime"] = "2026-11-18T04:00:00Z"
    assert stops() == ["order_inactive"]


def test_a_service_given_before_death_may_still_be_asked_about(patient):
    order = sandbox.records.read("ServiceRequest", "sr-lopez-mri")
    order["occurrenceDateTime"] = "2026-11-10"
    patient["deceasedDateTime"] = "2026-11-18"
    assert stops() == []


def test_a_service_is_not_held_against_the_sex(patient):
    patient["gender"] = "male"
    order = sandbox.records.read("ServiceRequest", "sr-lopez-mri")
    order["code"]["coding"][0]["code"] = "58150"
    assert stops() == []


@pytest.mark.parametrize(("kind", "field"), [("Encounter", "encounter"), ("Condition", "reason")])
def test_an_order_that_points_into_another_record_stops(patient, kind, field):
    order = sandbox.records.read("ServiceRequest", "sr-lopez-mri")
    other = deepcopy(
        sandbox.records.read("Encounter", "enc-lopez-1112")
        if kind == "Encounter"
        else sandbox.records.read("Condition", "cond-lopez-radiculopathy")
    )
    other |= {"id": "elsewhere", "subject": {"reference": "Patient/pt-berg"}}
    sandbox.records.put(other)
    pointer = {"reference": f"{kind}/elsewhere"}
    if field == "encounter":
        order["encounter"] = pointer
    else:
        order["reasonReference"].append(pointer)
    answer = fetch()
    assert [stop.code for stop in answer.hard_stops] == ["wrong_patient"]
    assert f"{kind}/elsewhere" in answer.hard_stops[0].detail
    assert answer.chart.facts == ()


def test_an_order_with_another_patients_coverage_stops_and_takes_its_own(patient):
    order = sandbox.records.read("ServiceRequest", "sr-lopez-mri")
    order["insurance"][0]["reference"] = "Coverage/cov-berg"
    answer = fetch()
    assert [stop.code for stop in answer.hard_stops] == ["broken_reference"]
    assert answer.case.coverage.member_id == "SBXLOPEZ01"
    assert answer.chart.facts

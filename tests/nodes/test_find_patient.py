"""Whose fax is it? The sandbox EHR's patients and some that are nearly they."""

from datetime import date

import pytest
from pydantic import ValidationError

from nodes.case import PersonName
from nodes.errors import UnknownName
from nodes.fhir.expected import ExpectedPatient
from nodes.find_patient import FindPatientRequest, find_patient
from tests import world

LOPEZ = {"name": PersonName(family="Lopez", given="Maria"), "birth_date": date(1971, 4, 9)}


def find(ehr="sandbox", **said):
    request = FindPatientRequest(ehr=ehr, patient=ExpectedPatient(**said), as_of=date(2026, 11, 20))
    return find_patient(request, **world.for_find_patient())


def test_name_and_birth_date_find_the_one_patient():
    told = find(**LOPEZ)
    assert (told.found, told.patient, told.matches) == ("one", "Patient/pt-lopez", 1)


def test_a_record_number_of_another_is_doubtful_and_gives_nobody():
    told = find(**LOPEZ, mrn="RB-999999")
    assert (told.found, told.patient) == ("doubtful", None)
    assert any("record number" in one for one in told.why)


def test_another_given_name_is_doubtful():
    told = find(**LOPEZ | {"name": PersonName(family="Lopez", given="Teresa")})
    assert (told.found, told.patient) == ("doubtful", None)


def test_another_sex_is_doubtful():
    assert find(**LOPEZ, sex="male").found == "doubtful"


def test_nobody_of_that_birth_date_is_none():
    told = find(**LOPEZ | {"birth_date": date(1971, 4, 10)})
    assert (told.found, told.patient, told.matches) == ("none", None, 0)


def test_name_and_birth_date_are_needed():
    with pytest.raises(ValidationError, match="give both"):
        find(name=LOPEZ["name"])


def test_an_unknown_ehr_is_refused():
    with pytest.raises(UnknownName):
        find(ehr="other", **LOPEZ)


def test_the_searches_do_not_hold_the_patient():
    told = find(**LOPEZ)
    assert told.searches and "Lopez" not in " ".join(one.query for one in told.searches)

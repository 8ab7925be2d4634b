"""Nothing of a value or a list is lost between a form's fields: it is whole, or told and behind."""

import pytest

from nodes.case import ServiceLine
from tests.nodes.forms_drawn import filled, form, values
from tests.nodes.forms_world import CASE, pages, pdf, with_patient
from tests.nodes.test_form_uploads import changed

PHONE = """
  - id: phone
    from: case.patient.phone
    split:
      - {id: area, cut: [0, 3], pdf: a}
      - {id: rest, cut: [3, 10], pdf: b}
"""
CODE = "  - {id: code, from: case.service_lines.0.code, pdf: a}"


@pytest.mark.parametrize(
    "phone", ["937-555-0121", "(937) 555-0121", "937.555.0121", "+1 937 555 0121", "9375550121"]
)
def test_a_telephone_number_is_cut_by_its_digits(phone):
    done = filled(form("a", "b"), PHONE, case=with_patient(phone=phone))
    assert values(done) == {"phone.area": "937", "phone.rest": "5550121"}
    assert done.notices == ()


def test_a_value_that_its_fields_would_not_hold_is_blank_and_told():
    done = filled(form("a", "b"), PHONE, case=with_patient(phone="937-555-0121 ext 88"))
    assert values(done) == {"phone.area": None, "phone.rest": None}
    assert {(n.field, n.code) for n in done.notices} == {
        ("phone.area", "cut_short"),
        ("phone.rest", "cut_short"),
    }
    assert pages(pdf(done)) == [""]


def test_a_date_is_cut_as_it_is_written():
    fields = """
  - id: born
    from: case.patient.birth_date
    split:
      - {id: mm, cut: [0, 2], pdf: a}
      - {id: rest, cut: [3, 10], pdf: b}
"""
    assert values(filled(form("a", "b"), fields)) == {"born.mm": "04", "born.rest": "09/1971"}


def test_services_a_form_has_no_place_for_go_behind_it():
    lines = [ServiceLine(system="CPT", code=f"9711{n}", display=f"Therapy {n}") for n in range(4)]
    done = filled(form("a"), CODE, case=changed(service_lines=tuple(lines)))
    assert done.overflow == ("further_service_lines",)
    assert {one.page for one in done.continued} == {2}
    behind = pages(pdf(done))[1]
    assert all(f"9711{n}" in behind and f"Therapy {n}" in behind for n in (1, 2, 3))
    assert "97110" not in behind


def test_a_form_that_asks_for_no_services_gets_none_behind_it():
    lines = (*CASE.service_lines, ServiceLine(system="CPT", code="97110"))
    only_name = '  - {id: name, from: case.patient.name, join: "{family}", pdf: a}'
    done = filled(form("a"), only_name, case=changed(service_lines=lines))
    assert done.overflow == () and done.pages == 1


def test_diagnoses_that_are_listed_whole_are_not_said_again():
    fields = """
  - {id: first, from: case.diagnoses.0.code, pdf: a}
  - {id: all, from: case.diagnoses, join: "{code}", pdf: b}
"""
    twice = CASE.diagnoses * 2
    assert filled(form("a", "b"), fields, case=changed(diagnoses=twice)).overflow == ()

"""The cases file of a policy: what it may say, and what the runner finds."""

from datetime import date
from pathlib import Path

import pytest

from nodes.errors import UnreadableDocument
from nodes.policy.casebook import quantity, read_cases
from nodes.policy.invented import chart, request
from nodes.policy.library import read
from nodes.policy.rehearsal import rehearse, uncovered

HELD = read((Path(__file__).parent / "policy.example.yaml").read_text())
HEAD = """
policy: cms.l33822.cgm.initial
case: {services: [HCPCS E2103], diagnoses: [E11.65], line_of_business: medicare,
       ordered: 2026-11-16}
as_of: 2026-11-20
"""
MET = """
  - name: insulin
    expect: met
    criteria: {insulin: met, visit: met}
    conflict: false
    facts:
      - {id: Condition/1, kind: condition, quote: Diabetes, codes: [ICD-10-CM E11.65 type 2],
         status: active}
      - {id: MedicationRequest/1, kind: medication, quote: glargine, codes: [RXNORM 274783],
         status: active, start: 2026-10-05,
         course: {event: ordered, days_supply: 90, quantity: "3 mL"}}
      - {id: Encounter/1, kind: encounter, quote: Office visit for diabetes, status: finished,
         start: 2026-10-05}
"""


def book(cases, head=HEAD):
    return read_cases(f"{head}cases:\n{cases}")


def test_a_case_that_answers_as_told_has_no_fault():
    done = rehearse(HELD, book(MET))
    assert done.faults == [] and done.overall == {"met"}
    assert done.shown["visit"] == {"met"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("expect: met", "expect: unknown", "expected unknown, is met"),
        ("visit: met}", "visit: unknown}", "visit: expected unknown, is met"),
        ("visit: met}", "visits: met}", "visits: there is no such criterion"),
        ("conflict: false", "conflict: true", "conflict: expected true"),
        ("conflict: false", "conflict: [visit]", "visit: expected to be marked"),
        ("conflict: false", "missing: [[visit]]", "missing: expected [[visit]], is []"),
        ("conflict: false", "flips: [[nothing]]", "flips: [[nothing]] is not among"),
        ("conflict: false", "case: {services: [CPT 72148]}", "not for this request"),
        ("conflict: false", "case: {line_of_business: commercial}", "not for this request"),
        ("conflict: false", "case: {ordered: 2020-01-01}", "not for this request"),
        ("conflict: false", "case: {diagnoses: [nonsense]}", "cannot be built: code"),
        ("conflict: false", "case: {state: Texas}", "cannot be built: state"),
    ],
)
def test_what_differs_is_said(old, new, fault):
    assert old in MET
    done = rehearse(HELD, book(MET.replace(old, new)))
    assert any(fault in one.told for one in done.faults), done.faults


def test_what_no_case_shows_is_listed_and_never_must_hold():
    done = rehearse(HELD, book(MET))
    found = uncovered(done)
    assert "no case expects not_met" in found
    assert "insulin: no case shows it unknown" in found
    assert "visit: no case shows it not_met" not in found
    assert "trained: no case shows it unknown" not in found
    head = HEAD + "never: {insulin: {unknown: because, met: because}, nobody: {met: x}}\n"
    found = uncovered(rehearse(HELD, book(MET, head)))
    assert "insulin: no case shows it unknown" not in found
    assert "insulin: a case shows it met, which `never` excludes" in found
    assert "never: nobody is no criterion that is asked" in found


def test_a_case_goes_over_the_header():
    told = MET.replace(
        "conflict: false",
        "case: {born: 1950-02-03, sex: female, specialty: 207RE0101X, state: TX, payer: P1,"
        " plan: Gold, certification: renewal, place_of_service: '12', service_start: 2026-12-01}\n"
        "    as_of: 2026-11-30\n    manifest: {since: 2020-01-01, complete: false}",
    )
    whole = book(told)
    one = whole.cases[0]
    asked, found = request(whole, one), chart(whole, one)
    assert asked.service_lines[0].code == "E2103" and asked.date_of_service == date(2026, 12, 1)
    assert (asked.patient.birth_date, asked.patient.sex) == (date(1950, 2, 3), "female")
    assert asked.patient.address.state == "TX" and asked.coverage.plan_name == "Gold"
    assert asked.requester.taxonomy == "207RE0101X" and asked.certification == "renewal"
    assert found.manifest.since == date(2020, 1, 1) and not found.manifest.complete
    assert found.manifest.searches[0].truncated
    assert found.facts[0].codes[0].display == "type 2"
    assert str(found.facts[1].course.quantity.value) == "3"


@pytest.mark.parametrize(
    ("told", "number", "unit", "comparator"),
    [
        ("88 %", "88", "%", None),
        ("22 {events}/h", "22", "{events}/h", None),
        ("<0.5 mg/L", "0.5", "mg/L", "<"),
        (">= 3", "3", None, ">="),
        ("-2.5 mm", "-2.5", "mm", None),
    ],
)
def test_values_in_short(told, number, unit, comparator):
    found = quantity(told)
    assert (str(found.value), found.unit, found.comparator) == (number, unit, comparator)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("expect: met", "expect: yes"),
        ("expect: met", "expects: met"),
        ("status: finished", "state: finished"),
        ("[ICD-10-CM E11.65 type 2]", "[E11.65]"),
        ("status: finished", "status: finished, value: about ten"),
        ("status: finished", "status: finished, end: yesterday"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(old, new):
    assert old in MET
    with pytest.raises(UnreadableDocument) as error:
        book(MET.replace(old, new, 1))
    assert "yesterday" not in str(error.value) and "about ten" not in str(error.value)


def test_two_cases_of_one_name_and_a_header_without_services_are_refused():
    with pytest.raises(UnreadableDocument):
        book(MET + MET)
    with pytest.raises(UnreadableDocument):
        book(MET, HEAD.replace("services: [HCPCS E2103], ", ""))

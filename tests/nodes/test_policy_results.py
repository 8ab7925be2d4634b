"""Results told in words, beside what notes state."""

from datetime import date

from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.policy.library import Library, read
from tests.nodes.policy_world import case, chart, fact, note

POLICY = """
id: test.tuberculosis
title: TB screen
kind: payer
version: "2026-01-01.1"
status: active
effective: {from: 2026-01-01}
review_by: 2027-01-01
applies: {}
sources: [{id: S, title: T, locator: L, verification: unverified, checked: 2026-01-01}]
services: [{system: CPT, codes: ["72148"]}]
value_sets: {tb: [{system: LOINC, codes: [71774-4]}]}
concepts:
  clear:
    label: a negative TB test
    words: [interferon ... negative, quantiferon ... negative, negative quantiferon]
    denied_by: [interferon ... positive, quantiferon ... positive]
criteria: {id: tb, op: attested, concept: clear, value_set: tb, window: P12M, when_absent: unknown,
  text: No tuberculosis, cite: [{source: S}]}
"""


def told(*parts):
    library = Library([read(POLICY)])
    asked = CheckPolicyRequest(case=case(), chart=chart(*parts), as_of=date(2026, 11, 20))
    found = check_policy(asked, library=lambda: library).assessment
    return found.criteria[0]


def result(says, on=date(2026, 9, 21), status="final"):
    return fact(
        "Observation/1",
        "observation",
        f"Interferon gamma release: {says}; {on}",
        on,
        codes=[("LOINC", "71774-4")],
        status=status,
        value_text=says,
    )


def test_a_result_in_words_decides():
    assert told(result("Negative")).status == "met"
    assert told(result("Positive")).status == "not_met"
    assert told(result("Indeterminate")).status == "unknown"
    assert told().status == "unknown"


def test_a_preliminary_or_old_result_does_not():
    assert told(result("Negative", status="preliminary")).status == "unknown"
    old = told(result("Negative", date(2025, 3, 1)))
    assert (old.status, "too long ago" in old.reason) == ("unknown", True)


def test_the_later_of_result_and_note_counts():
    later = note("QuantiFERON was positive.", date(2026, 10, 20))
    assert told(result("Negative"), later).status == "not_met"
    earlier = note("QuantiFERON was positive.", date(2026, 2, 20))
    assert told(result("Negative"), earlier).status == "met"


def test_two_of_one_day_that_differ_are_a_conflict():
    found = told(result("Negative"), note("QuantiFERON was positive.", date(2026, 9, 21)))
    assert (found.status, found.conflict) == ("unknown", True)
    found = told(result("Negative"), note("QuantiFERON was negative.", date(2026, 9, 21)))
    assert (found.status, found.conflict) == ("met", False)

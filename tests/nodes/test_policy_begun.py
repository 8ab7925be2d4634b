"""The patient's own age when a condition began."""

from datetime import date

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.errors import UnreadableDocument
from nodes.policy.library import Library, read
from tests.nodes.policy_world import case, chart, fact

POLICY = """
id: test.early
title: Early breast cancer
kind: payer
version: "2026-01-01.1"
status: active
effective: {from: 2026-01-01}
review_by: 2027-01-01
applies: {}
sources: [{id: S, title: T, locator: L, verification: unverified, checked: 2026-01-01}]
services: [{system: CPT, codes: ["72148"]}]
value_sets: {cancer: [{system: ICD-10-CM, match: prefix, codes: [C50]}]}
criteria: {id: early, op: code_present, value_set: cancer, ever: true, onset_at_most: 50,
  when_absent: unknown, text: Breast cancer at 50 or younger, cite: [{source: S}]}
"""


def told(*starts, status="active"):
    library = Library([read(POLICY)])
    facts = [
        fact(
            f"Condition/{place}",
            "condition",
            "Breast cancer",
            start,
            codes=[("ICD-10-CM", "C50.412")],
            status=status,
        )
        for place, start in enumerate(starts)
    ]
    asked = CheckPolicyRequest(case=case(), chart=chart(*facts), as_of=date(2026, 11, 20))
    return check_policy(asked, library=lambda: library).assessment.criteria[0].status


def test_the_age_is_counted_on_the_birthday():
    assert told(date(2021, 4, 30)) == "met"
    assert told(date(2021, 5, 1)) == "not_met"


def test_the_earliest_start_counts_and_none_tells_nothing():
    assert told(date(2023, 1, 1), date(2011, 1, 1)) == "met"
    assert told(None) == "unknown"
    assert told() == "unknown"
    assert told(date(2015, 1, 1), status="resolved") == "met"


def test_words_in_notes_tell_no_age_at_onset():
    worded = POLICY.replace("onset_at_most: 50,", "onset_at_most: 50, concept: mood,")
    with pytest.raises(UnreadableDocument, match="without a concept"):
        read(worded)

"""Contacts that are no visit with a clinician about the topic."""

from datetime import date

import pytest

from tests.nodes.policy_world import CGM, case, chart, check, criterion, fact, note

DAY = date(2026, 10, 20)


def visit(quote, *notes):
    seen = fact("Encounter/1", "encounter", quote, DAY, status="finished")
    asked = case(CGM, ("E11.65",), "medicare")
    return criterion(check(asked, chart(seen, *notes)), "visit").status


@pytest.mark.parametrize(
    "quote",
    [
        "Nurse visit; flu shot; finished",
        "Lab draw; finished",
        "Pharmacy refill; finished",
        "Podiatry; nail trim; finished",
        "Inpatient; hip fracture; finished",
        "Group class on diabetes; finished",
        "Telephone encounter; refill; finished",
    ],
)
def test_another_contact_near_a_result_about_the_topic_is_no_visit(quote):
    about = note("Type 2 diabetes, A1c 8.9 %.", DAY, title="Lab letter")
    assert visit(quote, about) != "met"


def test_a_visit_by_its_own_words_or_its_note_is():
    about = note("Type 2 diabetes, A1c 8.9 %.", DAY, title="Office visit")
    assert visit("Office visit; type 2 diabetes; finished") == "met"
    assert visit("Office visit; finished", about) == "met"

"""Nights of use that notes state: of which period, and how long after the first day."""

from datetime import date

import pytest

from tests.nodes.policy_world import CPAP, case, chart, check, criterion, fact, note

START = date(2026, 8, 10)


def adherence(text, written=date(2026, 10, 20)):
    device = fact(
        "Device/1",
        "device",
        "CPAP device; active",
        START,
        status="active",
        codes=[("HCPCS", "E0601")],
    )
    asked = case(CPAP, ("G47.33",), "medicare", certification="renewal")
    return criterion(check(asked, chart(device, note(text, written))), "adherence").status


@pytest.mark.parametrize(
    "text",
    [
        "Compliance: 27/30 nights > 4 h.",
        "Download 9/1/2026 to 10/1/2026: over 4 hours on 88% of nights.",
        "Used CPAP at least 4 hours on 80% of nights over the past 6 weeks.",
        "30-day report: usage of 4 hours or more 91% of nights.",
    ],
)
def test_thirty_days_or_more_of_the_first_three_months_count(text):
    assert adherence(text) == "met"


@pytest.mark.parametrize(
    "text",
    [
        "Last week he used CPAP >4 h on 85% of nights.",
        "From 10/1 to 10/8: more than 4 hours on 100% of nights.",
        "Used CPAP more than 4 hours on 85% of nights.",
        "Download over 30 days (month 5): more than 4 hours on 85% of nights.",
        "Over 2 weeks: 4 hours or more on 90% of nights.",
    ],
)
def test_a_shorter_or_unknown_period_leaves_it_open(text):
    assert adherence(text) == "unknown"


def test_a_report_long_after_the_first_day_is_not_of_the_first_three_months():
    text = "Download of 30 days: 4 hours or more on 83 % of nights."
    early, late = date(2026, 6, 1), date(2026, 11, 15)
    assert adherence(text) == "met"
    assert adherence(text, late) == "unknown"
    assert adherence(text, early) == "met"

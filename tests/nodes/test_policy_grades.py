"""A grade of strength or a score of pain is no day."""

from datetime import date

import pytest

from nodes.policy.durations import dates_in

WRITTEN = date(2026, 11, 12)


@pytest.mark.parametrize("text", ["Left arm 4/5, drift present.", "Pain 8/10 today.", "DF 3/5"])
def test_a_grade_is_no_day(text):
    assert dates_in(text, WRITTEN) == []


@pytest.mark.parametrize("text", ["Seen on 4/5.", "PT since 4/5", "started 4/5/26", "4/6 visit"])
def test_a_day_stays_a_day(text):
    assert [one.month for one in dates_in(text, WRITTEN)] == [4]

"""What only sounds like a failed treatment, and a failure worded plainly."""

import pytest

from nodes.policy.durations import lengths
from nodes.policy.outcomes import outcomes


@pytest.mark.parametrize(
    "text",
    [
        "Therapy has not yet failed.",
        "No relief yet, therapy began on Monday.",
        "Failure of six weeks of therapy would be a reason for imaging.",
    ],
)
def test_no_failure_is_said(text):
    assert [one.outcome for one in outcomes(text)] == []


@pytest.mark.parametrize(
    "text", ["Ibuprofen did not touch her pain.", "Did not get any relief from naproxen."]
)
def test_a_failure_in_plain_words(text):
    assert "failed" in [one.outcome for one in outcomes(text)]


def test_numbers_above_twelve_and_time_since_a_fall():
    assert [one.days for one in lengths("Therapy for sixteen weeks")] == [112]
    assert lengths("6 weeks after a bad fall, took ibuprofen") == []

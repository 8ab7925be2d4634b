"""Care that was done in part or only prescribed, and relief that did not last."""

import pytest

from nodes.policy.durations import lengths
from nodes.policy.outcomes import outcomes
from tests.nodes.policy_world import criterion, lumbar


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Completed 2 of 8 weeks of PT", [14]),
        ("Completed two out of eight weeks of PT", [14]),
        ("Completed 2 weeks of an 8-week course of PT", [14]),
        ("PT week 1 of 8 weeks", [7]),
        ("Attended visit 3 of 8 weeks of PT", []),
        ("Completed half of 8 weeks of PT", []),
        ("Prescribed 6 weeks of PT; attended 1 visit and stopped", []),
        ("8 weeks of PT were recommended, attended 3 weeks", [21]),
        ("Was prescribed and completed 8 weeks of PT", [56]),
        ("Completed PT as prescribed, 8 weeks", [56]),
        ("Prescribed PT, 8 weeks", []),
        ("PT x 8 weeks without relief, MRI ordered", [56]),
    ],
)
def test_only_what_was_done_has_a_length(text, days):
    assert [one.days for one in lengths(text)] == days


@pytest.mark.parametrize(
    "text",
    [
        "Completed 2 of 8 weeks of PT without relief.",
        "PT week 1 of 8 weeks, no improvement so far.",
        "Prescribed 6 weeks of PT; attended 1 visit and stopped.",
        "PT for 8 weeks has not been tried.",
        "8 weeks of PT was not completed.",
        "8 weeks of PT were prescribed; completed 2 weeks without relief.",
    ],
)
def test_care_done_in_part_is_not_enough(text):
    assert criterion(lumbar(text), "care_weeks").status != "met"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT w/o relief", ["failed"]),
        ("PT w/o significant improvement", ["failed"]),
        ("PT s/ improvement", ["failed"]),
        ("Improvement? None", ["failed"]),
        ("Relief: minimal", ["failed"]),
        ("initial improvement but pain returned to baseline", ["partial", "failed"]),
        ("relief at first, then symptoms came back", ["helped", "failed"]),
        ("function improved", ["helped"]),
        ("function is back to baseline", []),
        ("relieved the pain in her back", ["helped"]),
    ],
)
def test_outcomes(text, expected):
    assert [one.outcome for one in outcomes(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Completed 8 weeks of PT w/o relief.",
        "Completed 8 weeks of PT with initial improvement but pain returned to baseline.",
        "Completed 8 weeks of PT. Improvement? None.",
    ],
)
def test_no_lasting_relief_is_a_failure(text):
    assert criterion(lumbar(text), "care_failed").status == "met"

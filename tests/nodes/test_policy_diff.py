"""What differs between two versions, in words, and which open cases it touches."""

from datetime import date
from pathlib import Path

import pytest

from nodes.policy.affected import OpenCase, touched
from nodes.policy.assess import assess
from nodes.policy.difference import difference
from nodes.policy.library import read
from tests.nodes.policy_world import CGM, TODAY, case, chart, fact

HERE = Path(__file__).parent
GOOD = (HERE / "policy.example.yaml").read_text()
OLD = read(GOOD)
NEXT = GOOD.replace('version: "2024-01-01.1"', 'version: "2026-06-01.1"')
ASKED = case(CGM, ("E11.65",), "medicare_advantage")
CHART = chart(
    fact("Condition/1", "condition", "Diabetes; E11.65", codes=(("ICD-10-CM", "E11.65"),),
         status="active"),
    fact("MedicationRequest/1", "medication", "insulin glargine; active", date(2026, 10, 5),
         codes=(("RXNORM", "274783"),), status="active"),
    fact("Encounter/1", "encounter", "Office visit for diabetes", date(2026, 7, 5),
         status="finished"),
)  # fmt: skip


def changes(old, new):
    found = difference(read(old).policy, read(new).policy)
    return {(one.kind, one.about): (one.effect, one.told) for one in found.changes}, found.effect


def cases(new, *open_cases):
    held = read(new)
    return touched(OLD, held, difference(OLD.policy, held.policy), open_cases)


def test_the_same_file_differs_in_nothing():
    assert changes(GOOD, "# Comment\n" + GOOD) == ({}, "same")


@pytest.mark.parametrize(
    ("old", "new", "change", "effect", "words"),
    [
        ("window: P6M", "window: P3M", ("changed", "visit"), "stricter",
         "was: in the 6 months before the order; now: in the 3 months before the order"),
        ("window: P6M", "window: P9M", ("changed", "visit"), "looser", "in the 9 months"),
        ("n: 2,", "n: 3,", ("changed", "level2_events"), "stricter", "at least 3 days"),
        ('"86009", ', "", ("codes", "insulin"), "stricter", "removed RXNORM 86009"),
        ("[2345-7,", "[14743-9, 2345-7,", ("codes", "glucose"), "looser", "added LOINC 14743-9"),
        ("Treated with insulin; one", "Uses insulin; one", ("words", "insulin"), "same", "Worded"),
        ("to: null", "to: 2026-12-31", ("header", "in force"), "same",
         "from 2024-01-01 -> from 2024-01-01 to 2026-12-31"),
        ("verification: read", "verification: secondary", ("source", "LCD L33822"), "same",
         "verification read -> secondary"),
        ("P24M, when_absent: unknown", "P24M, when_absent: not_met", ("changed", "diabetes"),
         "same", "nothing recorded now counts as not met"),
    ],
)  # fmt: skip
def test_each_difference_in_words(old, new, change, effect, words):
    assert old in GOOD
    found, _ = changes(GOOD, GOOD.replace(old, new, 1))
    assert found[change][0] == effect
    assert words in found[change][1]


LEVEL3 = GOOD[GOOD.index("        - {id: level3_event") : GOOD.index("    - {id: visit")]


def test_what_comes_and_goes_says_where_and_what_it_does():
    without = GOOD.replace(LEVEL3, "")
    found, effect = changes(GOOD, without)
    assert effect == "stricter" and found["removed", "level3_event"][0] == "stricter"
    found, effect = changes(without, GOOD)
    assert effect == "looser"
    assert "Part of need." in found["added", "level3_event"][1]
    excluded = (
        GOOD
        + "exclusions:\n  - "
        + LEVEL3.strip().removeprefix("- ").replace("level3_event", "other")
    )
    found, effect = changes(GOOD, excluded)
    assert (effect, found["added", "other"][0]) == ("stricter", "stricter")
    assert "An exclusion" in found["added", "other"][1]


def test_a_case_whose_verdict_changes_is_named_with_the_reason():
    tighter = NEXT.replace("window: P6M", "window: P3M", 1)
    hit = cases(tighter, OpenCase(case=ASKED, chart=CHART, as_of=TODAY))
    assert [(one.case, one.before, one.after, one.judged) for one in hit] == [
        ("PA-1", "met", "unknown", True)
    ]
    assert [(one.criterion, one.before, one.after) for one in hit[0].turned] == [
        ("visit", "met", "unknown")
    ]
    assert "2026-07-05" in hit[0].turned[0].reason


def test_cases_that_the_change_leaves_alone_are_not_named():
    looser = NEXT.replace("window: P6M", "window: P9M", 1)
    assert cases(looser, OpenCase(case=ASKED, chart=CHART, as_of=TODAY)) == ()
    other = case(codes=("M54.16",))
    tighter = NEXT.replace("window: P6M", "window: P3M", 1)
    assert cases(tighter, OpenCase(case=other, chart=CHART, as_of=TODAY)) == ()
    later = tighter.replace("{from: 2024-01-01, to: null}", "{from: 2027-01-01, to: null}")
    assert cases(later, OpenCase(case=ASKED, chart=CHART, as_of=TODAY)) == ()


def test_without_a_chart_the_last_assessment_says_what_to_look_at():
    last = assess(OLD, ASKED, CHART, TODAY)
    tighter = NEXT.replace("window: P6M", "window: P3M", 1)
    hit = cases(tighter, OpenCase(case=ASKED, assessment=last))
    assert (hit[0].before, hit[0].after, hit[0].judged) == ("met", None, False)
    assert "visit (met)" in hit[0].told
    assert cases(GOOD.replace("Treated with", "Uses"), OpenCase(case=ASKED, assessment=last)) == ()


def test_a_request_that_the_new_version_is_not_for_is_named():
    narrower = GOOD.replace("[medicare, medicare_advantage]", "[medicare]")
    hit = cases(narrower, OpenCase(case=ASKED, chart=CHART, as_of=TODAY))
    assert "no longer for this request" in hit[0].told
    old = read(narrower)
    new = read(GOOD)
    found = difference(old.policy, new.policy)
    hit = touched(old, new, found, (OpenCase(case=ASKED, chart=CHART, as_of=TODAY),))
    assert (hit[0].before, hit[0].after) == (None, "met")


def test_an_open_case_has_a_chart_or_an_assessment():
    with pytest.raises(ValueError, match="chart or the last assessment"):
        OpenCase(case=ASKED)

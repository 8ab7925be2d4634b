"""When something happened: the condition's own day and the note's words against silent codes."""

from datetime import date

import pytest

from tests.nodes.policy_world import case, chart, check, criterion, fact, note

SINCE = date(2020, 1, 1)


def stress(*parts):
    asked = case((("CPT", "78452"),), ("R07.9",), "medicare")
    return criterion(check(asked, chart(*parts, since=SINCE)), "after_stent")


def implant(on):
    return fact(
        "Condition/1",
        "condition",
        "Presence of coronary angioplasty implant; Z95.5; active",
        on,
        status="active",
        codes=[("ICD-10-CM", "Z95.5")],
    )


def test_a_condition_dated_in_the_window_leaves_none_open():
    assert stress(implant(date(2022, 2, 10))).status == "met"
    assert stress(implant(date(2026, 8, 15))).status == "unknown"
    assert stress(implant(None)).status == "unknown"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("DES to LAD in August 2026.", "unknown"),
        ("Status post PCI 5 months ago.", "unknown"),
        ("Recent stent to the RCA.", "unknown"),
        ("PCI in 2021.", "met"),
        ("Status post stent.", "met"),
        ("No stent.", "met"),
    ],
)
def test_a_note_that_places_one_in_the_window_leaves_none_open(text, status):
    assert stress(implant(date(2022, 2, 10)), note(text)).status == status


def brain(*parts):
    asked = case((("CPT", "70551"),), ("R51.9",), "medicare")
    return check(asked, chart(*parts, since=SINCE))


@pytest.mark.parametrize(
    "text",
    [
        "Exam: chronic left hemiparesis since birth.",
        "Exam: old right facial droop, unchanged.",
        "Exam: residual hemiparesis after the stroke of 2018.",
    ],
)
def test_what_is_old_is_not_new(text):
    assert criterion(brain(note(text)), "deficit").status != "met"


def test_what_is_new_on_top_of_it_is():
    text = "Exam: new left hemiparesis since yesterday."
    assert criterion(brain(note(text)), "deficit").status == "met"


def test_a_stroke_counts_by_its_onset():
    def stroke(on):
        return fact(
            "Condition/2",
            "condition",
            "Cerebral infarction; active",
            on,
            status="active",
            codes=[("ICD-10-CM", "I63.9")],
        )

    assert criterion(brain(stroke(date(2019, 3, 1))), "stroke").status != "met"
    assert criterion(brain(stroke(date(2026, 10, 30))), "stroke").status == "met"

"""Drugs that a note speaks of: taken now, stopped, past, or only mentioned."""

from datetime import date

import pytest

from tests.nodes.policy_world import CGM, case, chart, check, criterion, fact, note

AUGUST, NOVEMBER = date(2026, 8, 12), date(2026, 11, 12)


def insulin(*parts):
    asked = case(CGM, ("E11.65",), "medicare_advantage")
    return criterion(check(asked, chart(*parts)), "insulin")


@pytest.mark.parametrize(
    "text",
    [
        "Discussed starting Lantus at the next visit if A1c > 8.",
        "Allergies: insulin detemir (rash), penicillin.",
        "Adverse reactions: Humalog - hives.",
        "Lantus 20 units qhs (not taking).",
        "Tresiba prescribed, has not yet started.",
        "Basal insulin ordered today, not yet started.",
        "Received insulin only during hospitalization, since discontinued.",
        "Regular insulin sliding scale while inpatient.",
        "Fasting insulin level 12.",
        "Patient asked about Toujeo.",
        "Considering an insulin pump.",
        "Insulin pump education scheduled.",
        "Prior use of Levemir.",
        "Was switched from Lantus to semaglutide.",
        "Humalog was stopped.",
    ],
)
def test_a_drug_that_is_only_spoken_of_is_not_in_use(text):
    assert insulin(note(text)).status != "met"


@pytest.mark.parametrize(
    "text",
    [
        "Lantus 10 units nightly.",
        "NPH 14 units BID.",
        "Uses an insulin pump.",
        "On Omnipod since 2022.",
        "Requests refill of Lantus, 20 units nightly.",
        "Failed metformin and glipizide, now on Tresiba 16 units.",
        "Takes Lantus 12 units, never skips a dose.",
        "No longer on metformin, takes Humalog with meals.",
        "Allergies: penicillin. Lantus 20 units qhs.",
        "Stopped Levemir, taking Basaglar 22 units.",
    ],
)
def test_a_drug_in_use_is_met(text):
    assert insulin(note(text)).status == "met"


def test_the_later_word_on_a_drug_counts():
    first = note("Lantus 10 units nightly.", AUGUST, "n1")
    stopped = note("Lantus stopped last month.", NOVEMBER, "n2")
    other = note("Lantus stopped last month. On Basaglar 12 units.", NOVEMBER, "n2")
    again = note("Lantus 12 units nightly.", NOVEMBER, "n2")
    assert insulin(first, stopped).status != "met"
    assert insulin(first, other).status == "met"
    assert insulin(note("Lantus was stopped.", AUGUST, "n1"), again).status == "met"


def test_a_recorded_drug_that_a_later_note_stops_is_a_conflict():
    recorded = fact(
        "MedicationRequest/1",
        "medication",
        "insulin glargine 100 UNT/ML; active",
        AUGUST,
        status="active",
        codes=[("RXNORM", "274783")],
    )
    assert insulin(recorded).status == "met"
    assert insulin(recorded, note("Lantus was discontinued.")).conflict
    assert insulin(recorded, note("Humalog was discontinued.")).status == "met"

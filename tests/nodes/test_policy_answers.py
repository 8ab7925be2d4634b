"""Each question to the chart: what counts, what does not, and in which window."""

from datetime import date

import pytest

from nodes.chart import Course
from tests.nodes.policy_world import (
    CGM,
    CPAP,
    case,
    chart,
    check,
    criterion,
    fact,
    lumbar,
    note,
)

AHI = {"codes": [("LOINC", "69990-0")], "status": "final"}


def cgm(*parts, **changes):
    return check(case(CGM, ("E11.65",), "medicare_advantage", **changes), chart(*parts))


def cpap(*parts):
    return check(case(CPAP, ("G47.33",), "medicare_advantage"), chart(*parts))


def test_units_are_converted_and_unknown_units_are_not_guessed():
    low = {"codes": [("LOINC", "2345-7")], "status": "final"}
    days = (date(2026, 8, 1), date(2026, 9, 1))
    for value, expected in (
        ((2.9, "mmol/L"), "met"),
        ((2.9, None), "unknown"),
        ((3.1, "mmol/L"), "unknown"),
    ):
        found = cgm(
            *(
                fact(f"Observation/{n}", "observation", "glucose", day, value=value, **low)
                for n, day in enumerate(days)
            )
        )
        assert criterion(found, "level2_events").status == expected


def test_low_values_on_one_day_count_once():
    low = {"codes": [("LOINC", "2345-7")], "status": "final", "value": (40, "mg/dL")}
    found = cgm(
        *(
            fact(f"Observation/{n}", "observation", "glucose", date(2026, 9, 1), **low)
            for n in (1, 2)
        )
    )
    assert criterion(found, "level2_events").status == "unknown"


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "preliminary"])
def test_values_that_are_not_final_do_not_count(status):
    found = cpap(
        fact(
            "Observation/1",
            "observation",
            "AHI",
            date(2026, 9, 10),
            value=(40, "{events}/h"),
            codes=AHI["codes"],
            status=status,
        )
    )
    assert criterion(found, "index_15").status == "unknown"


def test_the_latest_value_decides_and_equal_days_conflict():
    old = fact("Observation/1", "observation", "AHI 30", date(2024, 9, 10), value=(30, "/h"), **AHI)
    new = fact("Observation/2", "observation", "AHI 4", date(2026, 9, 10), value=(4, "/h"), **AHI)
    same = fact(
        "Observation/3", "observation", "AHI 33", date(2026, 9, 10), value=(33, "/h"), **AHI
    )
    assert criterion(cpap(old, new), "index_15").status == "not_met"
    leaf = criterion(cpap(new, same), "index_15")
    assert (leaf.status, leaf.conflict) == ("unknown", True)


def test_what_was_not_searched_is_not_taken_for_none():
    short = chart(since=date(2026, 10, 1))
    assert criterion(check(case(), short), "recent_imaging").status == "unknown"
    assert criterion(check(case(), chart(truncated=True)), "recent_imaging").status == "unknown"
    assert criterion(check(case(), chart()), "recent_imaging").status == "not_met"


@pytest.mark.parametrize(
    ("quote", "status", "start", "expected"),
    [
        ("insulin glargine; active", "active", date(2026, 1, 1), "met"),
        ("insulin glargine; stopped", "stopped", date(2026, 1, 1), "unknown"),
        ("insulin glargine; active", "active", date(2026, 11, 18), "unknown"),
        ("insulin glargine; draft", "draft", date(2026, 1, 1), "unknown"),
        ("metformin; active", "active", date(2026, 1, 1), "unknown"),
    ],
)
def test_insulin_must_be_in_use_on_the_day_of_the_order(quote, status, start, expected):
    found = cgm(fact("MedicationRequest/1", "medication", quote, start, status=status))
    assert criterion(found, "insulin").status == expected


@pytest.mark.parametrize(
    ("status", "course", "start", "expected"),
    [
        ("active", None, date(2026, 1, 1), "met"),
        ("active (proposal)", None, date(2026, 1, 1), "unknown"),
        ("completed", Course(event="dispensed", days_supply=30), date(2026, 11, 1), "met"),
        ("completed", Course(event="dispensed", days_supply=30), date(2026, 1, 1), "unknown"),
        ("completed", Course(event="dispensed"), date(2026, 11, 1), "unknown"),
        ("completed", Course(event="administered"), date(2026, 11, 1), "unknown"),
        ("not-taken", Course(event="stated"), date(2026, 11, 1), "unknown"),
    ],
)
def test_a_supply_that_was_handed_over_lasts_its_days(status, course, start, expected):
    quote = f"Dispensed: insulin glargine; {status}"
    given = fact("MedicationDispense/m1", "medication", quote, start, status=status, course=course)
    assert criterion(cgm(given), "insulin").status == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Takes Lantus 20 units at bedtime.", "met"),
        ("Not on insulin.", "not_met"),
        ("His brother uses insulin.", "unknown"),
        ("We may consider insulin if A1c rises.", "unknown"),
        ("Will start insulin glargine next month.", "unknown"),
        ("Insulin resistance discussed.", "unknown"),
        ("Insulin was discontinued in August.", "unknown"),
    ],
)
def test_insulin_in_notes(text, expected):
    assert criterion(cgm(note(text, date(2026, 10, 5))), "insulin").status == expected


def test_a_visit_counts_in_its_window_only():
    for day, expected in (
        (date(2026, 5, 16), "met"),
        (date(2026, 5, 15), "unknown"),
        (date(2026, 11, 16), "met"),
        (date(2026, 11, 17), "unknown"),
    ):
        visit = fact("Encounter/1", "encounter", "Visit; for diabetes", day, status="finished")
        leaf = criterion(cgm(visit), "visit")
        assert leaf.status == expected, day
    kinds = {
        one.speaks
        for one in criterion(
            cgm(
                fact(
                    "Encounter/1",
                    "encounter",
                    "Visit; for diabetes",
                    date(2026, 5, 15),
                    status="finished",
                )
            ),
            "visit",
        ).evidence
    }
    assert kinds == {"stale"}


@pytest.mark.parametrize("status", ["cancelled", "planned", "noshow", "entered-in-error"])
def test_a_visit_that_did_not_happen_does_not_count(status):
    visit = fact("Encounter/1", "encounter", "for diabetes", date(2026, 10, 5), status=status)
    assert criterion(cgm(visit), "visit").status == "unknown"


def test_a_video_visit_is_not_in_person():
    seen = fact(
        "Encounter/1", "encounter", "Video visit; for snoring", date(2026, 8, 1), status="finished"
    )
    test = fact(
        "Procedure/1",
        "procedure",
        "PSG",
        date(2026, 9, 1),
        codes=[("CPT", "95810")],
        status="completed",
    )
    assert criterion(cpap(seen, test), "evaluation").status == "unknown"


def test_a_prescription_is_not_a_treatment_unless_a_note_says_it_was_taken():
    drug = fact(
        "MedicationRequest/1",
        "medication",
        "naproxen 500 mg; active",
        date(2026, 8, 1),
        codes=[("RXNORM", "7258")],
        status="active",
    )
    assert criterion(lumbar("Low back pain.", facts=(drug,)), "care_weeks").status == "unknown"
    taken = lumbar("Low back pain. Has taken naproxen without relief.", facts=(drug,))
    assert criterion(taken, "care_weeks").status == "met"


def test_notes_after_the_day_of_the_question_are_not_read():
    later = note("Saddle anesthesia present.", date(2026, 11, 19))
    assert check(case(), chart(later), date(2026, 11, 18)).status != "met"
    assert check(case(), chart(later), date(2026, 11, 19)).status == "met"


@pytest.mark.parametrize("status", ["entered-in-error", "refuted"])
def test_a_withdrawn_condition_does_not_count(status):
    wrong = fact(
        "Condition/9", "condition", "diabetes", codes=[("ICD-10-CM", "E11.9")], status=status
    )
    assert criterion(cgm(wrong), "diabetes").status == "unknown"


def test_a_note_of_another_day_does_not_make_a_visit_about_diabetes():
    seen = fact("Encounter/1", "encounter", "Office visit", date(2026, 10, 5), status="finished")
    letter = "Diabetes supplies mailed."
    near = note(letter, date(2026, 10, 6), title="Letter")
    far = note(letter, date(2026, 7, 1), title="Letter")
    assert criterion(cgm(seen, far), "visit").status == "unknown"
    assert criterion(cgm(seen, near), "visit").status == "met"


def test_a_drug_taken_for_years_is_not_care_for_this_episode():
    drug = fact(
        "MedicationRequest/1",
        "medication",
        "naproxen 500 mg; active",
        date(2023, 1, 1),
        codes=[("RXNORM", "7258")],
        status="active",
    )
    found = lumbar("Low back pain. Has taken naproxen without relief.", facts=(drug,))
    assert criterion(found, "care_weeks").status == "unknown"


def test_a_visit_after_care_must_not_be_long_ago():
    text = "Low back pain, seen after 6 weeks of PT completed 07/10/2026 without relief."
    for day, expected in ((date(2026, 7, 20), "unknown"), (date(2026, 10, 20), "met")):
        leaf = criterion(lumbar((text, day)), "re_evaluation")
        assert leaf.status == expected, leaf.reason

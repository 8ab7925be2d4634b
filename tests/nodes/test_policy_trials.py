"""Drug trials: fills and notes together, days, dose, and what came of it."""

from datetime import date, timedelta

import pytest

from nodes.chart import Course
from tests.nodes.leaf_world import ask
from tests.nodes.policy_world import fact, note

NAMES = ["methotrexate", "mtx", "trexall", "sulfasalazine", "leflunomide", "dmard*"]
TABLES = {
    "concepts": {"dmard": {"label": "a DMARD", "words": NAMES}},
    "value_sets": {"several": ["RXNORM 6851 9524 27169"], "one": ["RXNORM 6851"]},
    "parameters": {"weeks": (12, "weeks"), "days": (90, "days")},
}
ASKED = {"value_set": "several", "concept": "dmard", "days": "weeks", "tables": TABLES}
DOSE = {"dose": {"value": "15", "unit": "mg", "per": "wk"}}
FIRST = date(2026, 1, 1)


def told(text, **fields):
    return ask("drug_trial", note(text), **(ASKED | fields))


def fill(place, start, days=30, event="dispensed", status="completed", **course):
    course = Course(event=event, days_supply=days, **({"dosage": "20 mg weekly"} | course))
    return fact(
        f"MedicationDispense/{place}",
        "medication",
        "Dispensed: methotrexate 2.5 mg tablet",
        start,
        codes=[("RXNORM", "6851")],
        status=status,
        course=course,
    )


def fills(every, count=3):
    return [fill(place, FIRST + timedelta(days=every * place)) for place in range(count)]


@pytest.mark.parametrize(
    "text",
    [
        "Took methotrexate 20 mg weekly for 4 months without benefit.",
        "Failed methotrexate after 16 weeks.",
        "Failed 16 weeks of methotrexate.",
        "Inadequate response to methotrexate 20 mg weekly x 5 months.",
        "MTX 20mg qwk x16wks - no improvement.",
        "Methotrexate: 20 mg weekly, 01/2026-06/2026, inadequate response.",
        "Methotrexate 20 mg weekly since March 2026, disease remains active.",
        "Methotrexate 15 mg weekly from 2026-01-05 to 2026-05-10 without improvement.",
        "Tolerating methotrexate well for 6 months but persistent synovitis.",
        "Methotrexate tried for 2 years, ineffective.",
        "Despite methotrexate 20 mg weekly for 4 months, CDAI is 28.",
        "Completed a 12-week trial of methotrexate with inadequate response.",
        "No improvement on methotrexate after 4 months.",
        "Did not respond to 4 months of methotrexate.",
        "Methotrexate stopped because of lack of efficacy after 4 months.",
        "Has the patient failed methotrexate? Yes, 4 months.",
        "On methotrexate 15 mg weekly for 6 months with ongoing active disease.",
    ],
)
def test_a_trial_that_failed(text):
    found = told(text)
    assert found.status == "met", found.reason
    assert all(voice.fact.quote in text for voice in found.voices)


@pytest.mark.parametrize(
    "text",
    [
        "Methotrexate stopped after 3 weeks because of nausea.",
        "Methotrexate was started in March. Stopped after 3 weeks because of nausea.",
        "She cannot tolerate methotrexate.",
        "Methotrexate is contraindicated because of liver disease.",
        "Not a candidate for methotrexate given cirrhosis.",
        "Developed elevated LFTs on methotrexate.",
        "Methotrexate caused severe nausea and vomiting.",
        "Allergic to sulfasalazine.",
        "History of methotrexate-induced pneumonitis.",
    ],
)
def test_what_cannot_be_taken_needs_no_days(text):
    found = told(text)
    assert found.status == "met", found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Failed methotrexate.",
        "Methotrexate for only 3 weeks, then stopped, no benefit.",
        "Partial response to methotrexate 20 mg weekly after 6 months.",
        "Took methotrexate for 6 months.",
        "No contraindication to methotrexate.",
        "No side effects from methotrexate.",
        "Patient declined methotrexate.",
        "Declined methotrexate because of fear of side effects.",
        "Patient wishes to avoid methotrexate.",
        "Methotrexate ordered today.",
        "Prescribed methotrexate 3 months ago but never started it.",
        "No prior trial of methotrexate.",
        "Methotrexate naive.",
        "Her mother took methotrexate for 6 months without benefit.",
        "If methotrexate fails after 12 weeks, consider adalimumab.",
        "Policy requires failure of methotrexate for 12 weeks.",
        "Will start methotrexate; naproxen for 6 months did not help.",
        "Naproxen for 6 months did not help, will start methotrexate.",
        "Trial of methotrexate for 12 weeks recommended.",
        "Plan:\n- methotrexate 20 mg weekly for 12 weeks\n",
        "Monitor LFTs on methotrexate.",
        "Discussed risks of methotrexate including nausea and liver toxicity.",
        "Methotrexate discontinued due to cost.",
        "Consider methotrexate vs leflunomide if symptoms persist 12 weeks.",
        "Medications: methotrexate 20 mg weekly, folic acid 1 mg daily.",
        "Has the patient failed methotrexate? No.",
        "Nausea with methotrexate, resolved; continues methotrexate with good response.",
        "Sulfasalazine helped but methotrexate for 4 months was tolerated.",
    ],
)
def test_what_is_no_failed_trial_of_several_drugs_is_unknown(text):
    found = told(text)
    assert found.status == "unknown", found.reason


@pytest.mark.parametrize(
    "text",
    [
        "No prior trial of methotrexate.",
        "Patient declined methotrexate.",
        "Methotrexate for only 3 weeks, then stopped, no benefit.",
        "Methotrexate 20 mg weekly since March 2026 with good response.",
    ],
)
def test_of_the_only_drug_a_denial_is_not_met(text):
    found = told(text, value_set="one")
    assert found.status == "not_met", found.reason
    assert {voice.speaks for voice in found.voices} == {"against"}


def test_no_intolerance_is_no_denial_of_the_drug():
    found = told("No history of intolerance to methotrexate.", value_set="one")
    assert found.status == "unknown", found.reason


def test_a_class_that_was_never_used_is_not_met():
    assert told("No prior DMARD use.").status == "not_met"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Took methotrexate 20 mg weekly for 4 months without benefit.", "met"),
        ("Methotrexate 2.5 mg, 6 tablets weekly, for 4 months without benefit.", "met"),
        ("Took methotrexate 10 mg weekly for 4 months without benefit.", "unknown"),
        ("Took methotrexate for 4 months without benefit.", "unknown"),
        ("Increase methotrexate to 20 mg weekly; failed 10 mg weekly for 12 weeks.", "unknown"),
    ],
)
def test_the_dose(text, status):
    found = told(text, **DOSE)
    assert found.status == status, found.reason


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Failed methotrexate and sulfasalazine, each for 4 months.", "met"),
        ("Failed methotrexate (20 mg weekly for 4 months) and leflunomide (for 3 months).", "met"),
        ("Methotrexate for 4 months, sulfasalazine for 4 months: neither helped.", "met"),
        ("Methotrexate for 4 months, then leflunomide for 3 months, both ineffective.", "met"),
        (
            "Took methotrexate for 4 months without benefit, then sulfasalazine, stopped after"
            " 2 weeks due to rash.",
            "met",
        ),
        ("Failed two DMARDs over 6 months.", "met"),
        ("Failed MTX x 4 months and Trexall x 4 months.", "unknown"),
        ("Failed methotrexate for 4 months, never took sulfasalazine.", "unknown"),
        ("Failed methotrexate for 4 months; will try leflunomide for 4 months.", "unknown"),
    ],
)
def test_two_different_drugs(text, status):
    found = told(text, drugs=2)
    assert found.status == status, found.reason


def test_what_is_refused_says_why():
    found = told("Her mother took methotrexate for 6 months without benefit.")
    assert [one.why for one in found.refused] == [
        "It is said of another person, not of the patient."
    ]
    assert "planned" in told("Methotrexate ordered today.").refused[0].why


@pytest.mark.parametrize(
    ("every", "count", "status"),
    [(30, 3, "met"), (25, 3, "met"), (50, 3, "met"), (30, 2, "unknown"), (61, 4, "unknown")],
)
def test_fills_are_merged_over_gaps(every, count, status):
    found = ask(
        "drug_trial", *fills(every, count), **(ASKED | {"days": "days", "outcomes": ["used"]})
    )
    assert found.status == status, found.reason


def test_a_longer_gap_may_be_allowed():
    fields = ASKED | {"days": "days", "outcomes": ["used"], "gap_days": 31}
    assert ask("drug_trial", *fills(61, 3), **fields).status == "met"


def test_fills_alone_do_not_say_what_came_of_it():
    found = ask("drug_trial", *fills(30), **ASKED)
    assert found.status == "unknown" and "not what came of it" in found.reason


def test_a_note_gives_the_outcome_and_the_fills_the_days_and_the_dose():
    found = ask("drug_trial", *fills(30), note("Methotrexate failed."), **(ASKED | DOSE))
    assert found.status == "met"
    assert {voice.fact.kind for voice in found.voices} == {"medication", "statement"}


def test_a_note_of_fewer_days_than_were_filled_is_a_conflict():
    after = note("Stopped methotrexate after 3 weeks, no benefit.")
    assert ask("drug_trial", fill(0, FIRST, 90), after, **ASKED).conflict


@pytest.mark.parametrize(
    ("stopped", "days", "status"),
    [("nausea", 10, "met"), ("ineffective", 90, "met"), ("cost", 90, "unknown")],
)
def test_why_an_order_was_stopped(stopped, days, status):
    order = fill(0, FIRST, days, event="ordered", status="stopped", stopped=stopped)
    assert ask("drug_trial", order, **ASKED).status == status


def test_refills_of_an_order_count():
    order = fill(0, FIRST, 30, event="ordered", status="active", refills=3)
    fields = ASKED | {"outcomes": ["used"]}
    assert ask("drug_trial", order, **fields).status == "met"


def test_an_order_that_was_never_filled_is_no_trial():
    order = fill(0, FIRST, 90, event="ordered", status="active")
    after = note("She never filled the methotrexate.")
    assert ask("drug_trial", order, after, **(ASKED | {"value_set": "one"})).status == "not_met"


@pytest.mark.parametrize("status", ["draft", "on-hold", "unknown", "active (unsure)"])
def test_what_may_not_have_been_taken_is_refused(status):
    found = ask("drug_trial", fill(0, FIRST, 90, event="ordered", status=status), **ASKED)
    assert found.status == "unknown" and status in found.refused[0].why


@pytest.mark.parametrize(("status", "expected"), [("active", "met"), ("inactive", "unknown")])
def test_a_recorded_intolerance(status, expected):
    allergy = fact(
        "AllergyIntolerance/1",
        "allergy",
        "Allergy or intolerance: Sulfasalazine; reaction rash",
        status=status,
    )
    assert ask("drug_trial", allergy, **ASKED).status == expected


def test_the_later_word_counts():
    parts = (
        note("Failed methotrexate for 4 months.", date(2026, 6, 1), "a"),
        note("Methotrexate is working well.", date(2026, 11, 1), "b"),
    )
    assert ask("drug_trial", *parts, **(ASKED | {"value_set": "one"})).status == "not_met"


def test_said_to_be_taken_and_never_taken_is_a_conflict():
    parts = (
        note("Failed methotrexate for 4 months.", date(2026, 6, 1), "a"),
        note("Never took methotrexate.", date(2026, 11, 1), "b"),
    )
    assert ask("drug_trial", *parts, **ASKED).conflict


def test_a_trial_before_the_window_is_stale():
    found = told("Failed methotrexate for 4 months in 2015.", window="P12M")
    assert found.status == "unknown" and found.gap == "stale"

"""Computed figures: body mass index, loss of weight, pretest probability, nights of use."""

from datetime import date, timedelta

import pytest

from nodes.case import Patient, PersonName
from tests.nodes.leaf_world import ask
from tests.nodes.policy_world import case, fact, note

BMI = {"figure": "bmi", "cmp": ">=", "value": "30"}
LOSS = {"figure": "weight_loss", "cmp": ">=", "value": "5"}
USE = {"figure": "adherence", "cmp": ">=", "value": "70"}
CODES = {"weight": "29463-7", "height": "8302-2", "bmi": "39156-5"}


def measured(name, number, unit, day, what):
    return fact(
        f"Observation/{name}",
        "observation",
        what,
        day,
        value=(number, unit),
        codes=[("LOINC", CODES[what])],
        status="final",
    )


def weight(number, day, unit="[lb_av]"):
    return measured(f"w{day}", number, unit, day, "weight")


HEIGHT = measured("h", 68, "[in_i]", date(2024, 1, 1), "height")


def test_the_index_is_computed_from_weight_and_height():
    found = ask("derived", weight(230, date(2026, 10, 1)), HEIGHT, **BMI)
    assert found.status == "met" and "BMI 35.0" in found.reason
    assert {voice.fact.quote for voice in found.voices} == {"weight", "height"}


def test_a_weight_alone_is_no_index():
    found = ask("derived", weight(230, date(2026, 10, 1)), **BMI)
    assert found.status == "unknown" and "no height" in found.reason


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("BMI 36.2, weight 240 lb.", "met"),
        ("Body mass index is 27.4 today.", "not_met"),
        ("BMI goal is below 30.", "unknown"),
        ("Goal BMI 32 by summer.", "unknown"),
        ("Her mother has a BMI of 36.", "unknown"),
        ("BMI 6.2", "unknown"),
    ],
)
def test_the_index_of_a_note(text, status):
    assert ask("derived", note(text), **BMI).status == status


@pytest.mark.parametrize(
    ("code", "value", "status"),
    [("Z68.35", "30", "met"), ("Z68.28", "30", "not_met"), ("Z68.41", "42", "unknown")],
)
def test_a_code_gives_a_range(code, value, status):
    coded = fact(
        "Condition/1",
        "condition",
        f"Body mass index; {code}",
        date(2026, 9, 1),
        codes=[("ICD-10-CM", code)],
    )
    assert ask("derived", coded, **(BMI | {"value": value})).status == status


def test_the_baseline_is_the_first_in_the_window():
    parts = (
        measured("b1", 29, "kg/m2", date(2024, 1, 1), "bmi"),
        measured("b2", 33, "kg/m2", date(2026, 1, 1), "bmi"),
        measured("b3", 28, "kg/m2", date(2026, 10, 1), "bmi"),
    )
    assert ask("derived", *parts, take="first", window="P12M", **BMI).status == "met"
    assert ask("derived", *parts, window="P12M", **BMI).status == "not_met"
    assert ask("derived", parts[0], window="P12M", **BMI).gap == "stale"


@pytest.mark.parametrize(("now", "status"), [(218, "met"), (219, "not_met"), (240, "not_met")])
def test_loss_of_weight_against_the_first(now, status):
    parts = (weight(230, date(2026, 3, 1)), weight(now, date(2026, 10, 1)))
    assert ask("derived", *parts, **LOSS).status == status


def test_loss_needs_two_days():
    found = ask("derived", weight(230, date(2026, 10, 1)), **LOSS)
    assert found.status == "unknown" and "two days" in found.reason


def test_kilograms_and_pounds_are_compared():
    parts = (weight(100, date(2026, 3, 1), "kg"), note("Weight today 205 lb."))
    assert ask("derived", *parts, **LOSS).status == "met"


def person(sex, born=1970):
    patient = Patient(
        id="Patient/p1",
        name=PersonName(family="Test", given="Pat"),
        birth_date=date(born, 5, 1),
        sex=sex,
    )
    return case(patient=patient)


@pytest.mark.parametrize(
    ("text", "sex", "born", "status"),
    [
        ("Typical angina on exertion.", "male", 1970, "met"),
        ("Typical angina on exertion.", "female", 1970, "not_met"),
        ("Atypical chest pain.", "male", 1970, "not_met"),
        ("Non-anginal chest pain.", "male", 1970, "not_met"),
        ("Chest pain.", "male", 1970, "unknown"),
        ("No typical angina.", "male", 1970, "unknown"),
        ("Typical angina.", "unknown", 1970, "unknown"),
        ("Typical angina.", "male", 1946, "unknown"),
    ],
)
def test_pretest_probability(text, sex, born, status):
    found = ask(
        "derived",
        note(text),
        of=person(sex, born),
        figure="pretest_probability",
        cmp=">",
        value="90",
    )
    assert found.status == status, found.reason


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("He used CPAP at least 4 hours on 25 of 30 nights.", "met"),
        ("Download: >= 4 hours/night on 82% of nights over 30 days.", "met"),
        ("Download: >= 4 hours/night on 62% of nights over 30 days.", "not_met"),
        ("Compliance 82%.", "unknown"),
        ("Used CPAP at least 4 hours on 12 of 14 nights.", "unknown"),
        ("Goal is use of at least 4 hours on 70% of nights.", "unknown"),
        ("He must use CPAP at least 4 hours on 70% of nights.", "unknown"),
    ],
)
def test_nights_of_use_in_notes(text, status):
    found = ask("derived", note(text), **USE)
    assert found.status == status, found.reason


@pytest.mark.parametrize(("full", "status"), [(21, "met"), (20, "not_met")])
def test_the_best_thirty_nights_in_a_row(full, status):
    tables = {"value_sets": {"hours": ["LOINC 90563-8"]}}
    nights = [
        fact(
            f"Observation/{place}",
            "observation",
            "Hours of use",
            date(2026, 6, 1) + timedelta(days=place),
            value=(6 if 10 <= place < 10 + full else 2, "h"),
            codes=[("LOINC", "90563-8")],
            status="final",
        )
        for place in range(60)
    ]
    found = ask("derived", *nights, value_set="hours", tables=tables, **USE)
    assert found.status == status, found.reason

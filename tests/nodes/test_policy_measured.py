"""Measured values that do not count: on treatment, implausible, undecided, of another day."""

from datetime import date

import pytest

from tests.nodes.policy_world import CPAP, case, chart, check, criterion, fact

O2 = (("HCPCS", "E1390"),)
DAY, OTHER = date(2026, 11, 3), date(2026, 11, 5)


def saturation(name, value, words, on=DAY):
    return fact(
        name,
        "observation",
        f"Oxygen saturation: {value} %; {words}; final",
        on,
        status="final",
        value=(value, "%"),
        codes=[("LOINC", "59408-5")],
    )


def oxygen(*parts):
    return check(case(O2, ("J44.9",), "medicare"), chart(*parts))


def test_the_three_parts_of_an_exercise_test_are_of_one_day():
    def tested(last):
        return oxygen(
            saturation("Observation/1", 93, "at rest on room air"),
            saturation("Observation/2", 84, "walking on room air"),
            saturation("Observation/3", 92, "walking on 2 L/min oxygen", last),
        )

    assert criterion(tested(DAY), "exercise_better").status == "met"
    assert criterion(tested(OTHER), "exercise_better").status == "unknown"


@pytest.mark.parametrize(
    ("value", "words"),
    [(86, "at rest, not on room air"), (8, "at rest on room air"), (0.86, "at rest on room air")],
)
def test_a_saturation_under_another_condition_or_of_no_patient_is_open(value, words):
    found = criterion(oxygen(saturation("Observation/1", value, words)), "saturation_rest")
    assert found.status == "unknown"


@pytest.mark.parametrize("words", ["on CPAP", "residual, on therapy", "during titration"])
@pytest.mark.parametrize("value", [2, 22])
def test_an_index_on_treatment_is_not_diagnostic(words, value):
    index = fact(
        "Observation/1",
        "observation",
        f"AHI {words}: {value} /h; final",
        DAY,
        status="final",
        value=(value, "/h"),
        codes=[("LOINC", "69990-0")],
    )
    found = criterion(check(case(CPAP, ("G47.33",), "medicare"), chart(index)), "index_15")
    assert found.status == "unknown"

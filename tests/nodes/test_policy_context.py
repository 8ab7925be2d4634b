"""Values under a condition, and which of several values is compared."""

from datetime import date

import pytest

from tests.nodes.leaf_world import ask
from tests.nodes.policy_world import fact, note

TABLES = {
    "concepts": {
        "spo2": {
            "label": "oxygen saturation",
            "words": ["SpO2", "oxygen saturation"],
            "number": "after",
        },
        "rest": ["at rest", "resting"],
        "exertion": ["with exertion", "walking"],
    },
    "value_sets": {"codes": ["LOINC 59408-5"]},
}
ASKED = {"cmp": "<=", "value": "88", "unit": "%", "tables": TABLES}


def told(text, context="rest"):
    return ask("observation_latest", note(text), concept="spo2", context=context, **ASKED)


def measured(*values, **fields):
    facts = (
        fact(
            f"Observation/{place}",
            "observation",
            quote,
            day,
            value=(number, "%"),
            codes=[("LOINC", "59408-5")],
            status="final",
        )
        for place, (number, day, quote) in enumerate(values)
    )
    return ask("observation_latest", *facts, value_set="codes", **ASKED, **fields)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SpO2 87% on room air at rest.", "met"),
        ("At rest, room air, SpO2 87%.", "met"),
        ("SpO2 87%.", "unknown"),
        ("SpO2 86% with exertion, 93% at rest.", "unknown"),
        ("Resting SpO2 93%, SpO2 86% with exertion.", "not_met"),
        ("Goal SpO2 88% at rest.", "unknown"),
        ("SpO2 87%. She was not at rest.", "unknown"),
        ("If SpO2 falls to 87% at rest, call.", "unknown"),
    ],
)
def test_the_condition_must_be_said_of_this_value(text, status):
    found = told(text)
    assert found.status == status, found.reason


def test_each_value_of_a_sentence_has_its_own_condition():
    assert told("Resting SpO2 93%, SpO2 86% with exertion.", "exertion").status == "met"


def test_a_bare_value_is_listed_as_refused():
    found = measured((87, date(2026, 11, 1), "SpO2: 87 %"), context="rest")
    assert found.status == "unknown" and not found.voices
    assert found.refused[0].why == "The value stands there without: rest."


def test_the_condition_may_stand_in_the_facts_own_words():
    quote = "SpO2: 87 %; at rest on room air"
    assert measured((87, date(2026, 11, 1), quote), context="rest").status == "met"


def test_the_condition_may_be_another_part_of_the_same_observation():
    parts = (
        fact(
            "Observation/1#component-1",
            "observation",
            "SpO2: 87 %",
            date(2026, 11, 1),
            value=(87, "%"),
            codes=[("LOINC", "59408-5")],
            status="final",
        ),
        fact("Observation/1#component-2", "observation", "Activity: resting", date(2026, 11, 1)),
    )
    found = ask("observation_latest", *parts, value_set="codes", context="rest", **ASKED)
    assert found.status == "met"
    alone = ask("observation_latest", parts[0], value_set="codes", context="rest", **ASKED)
    assert alone.status == "unknown"


@pytest.mark.parametrize(
    ("take", "status", "said"),
    [
        ("latest", "met", "87"),
        ("first", "not_met", "90"),
        ("lowest", "met", "85"),
        ("highest", "not_met", "91"),
    ],
)
def test_which_of_several_values_is_compared(take, status, said):
    values = (
        (90, date(2026, 8, 1), "SpO2"),
        (85, date(2026, 9, 1), "SpO2"),
        (91, date(2026, 10, 1), "SpO2"),
        (87, date(2026, 11, 1), "SpO2"),
    )
    found = measured(*values, take=take)
    assert found.status == status and said in found.reason

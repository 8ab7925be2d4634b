"""Dates and repeats: how far back, and how many of the same."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from nodes.case import Diagnosis, ServiceLine
from nodes.chart import Coding, Fact, Quantity
from nodes.fhir import asked, facts
from nodes.fhir.need import Need, back
from nodes.fhir.relevance import shipped

TABLE, _ = shipped()
TODAY = date(2026, 11, 20)
LOINC = "http://loinc.org"
CPT = "http://www.ama-assn.org/go/cpt"


def need(system="HCPCS", code="E0601", diagnosis="G47.33", months=None):
    line = ServiceLine(system=system, code=code)
    return Need(TABLE, asked.family(TABLE, [line], [Diagnosis(code=diagnosis)]), TODAY, months)


def coded(kind, system, code, when, display="x", **more):
    field = {"Observation": "effectiveDateTime", "Procedure": "performedDateTime"}[kind]
    concept = {"coding": [{"system": system, "code": code, "display": display}]}
    name = {"resourceType": kind, "id": "1", "status": "final", "code": concept}
    return {**name, field: when, **more}


def why(asked_for, resource):
    if not asked_for.worth(resource):
        return None
    (reading,) = facts.readings(resource)
    return asked_for.why(reading)


@pytest.mark.parametrize(
    ("when", "kept"),
    [("2026-11-01", True), ("2025-11-20", True), ("2025-11-19", False), ("2026-11-21", False)],
)
def test_the_look_back_is_twelve_months_and_ends_today(when, kept):
    weight = coded("Observation", LOINC, "29463-7", when)
    assert bool(why(need(), weight)) == kept


def test_a_rule_may_look_back_farther():
    assert why(need(), coded("Observation", LOINC, "69990-0", "2022-01-01"))
    assert not why(need(), coded("Observation", LOINC, "69990-0", "2021-01-01"))
    assert why(need(), coded("Procedure", CPT, "95810", "2009-05-05"))


def test_the_request_may_look_back_farther_than_the_rules():
    old = coded("Observation", LOINC, "29463-7", "2022-01-01")
    assert why(need(months=60), old)
    assert why(need(months=1), coded("Observation", LOINC, "69990-0", "2022-01-01"))


def test_a_search_goes_back_as_far_as_its_kinds_rules():
    wanted = need()
    assert wanted.asked_since("procedure") is None
    assert wanted.asked_since("observation") == date(2021, 11, 20)
    assert wanted.asked_since("document") == date(2024, 11, 20)
    assert wanted.since == date(2025, 11, 20)


def test_what_no_rule_can_keep_is_not_read():
    wanted = need()
    assert not wanted.worth(coded("Observation", LOINC, "2093-3", "2026-11-01", "Cholesterol"))
    assert wanted.worth(coded("Observation", LOINC, "1-8", "2026-11-01", "Apnea index"))
    assert wanted.worth(coded("Observation", LOINC, "2-6", "2026-11-01", valueString="cpap used"))
    assert not wanted.worth(coded("Observation", LOINC, "69990-0", "1999-11-01"))


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [None], {"coding": [None, 5]}, True])
def test_broken_resources_break_nothing(value):
    wanted = need()
    for field in ("code", "effectiveDateTime", "valueCodeableConcept", "reasonCode"):
        resource = coded("Observation", LOINC, "69990-0", "2026-11-01")
        assert wanted.worth({**resource, field: value}) in (True, False)


def measured(place, value, code="41653-7"):
    return Fact(
        id=f"Observation/{place}",
        kind="observation",
        quote="Glucose",
        codes=(Coding(system="LOINC", code=code),),
        start=TODAY - timedelta(days=place),
        value=Quantity(value=Decimal(value)),
        why="glucose: its lows are a criterion",
    )


def test_of_endless_repeats_newest_oldest_and_lows_are_kept():
    wanted = need("HCPCS", "E2103", "E11.65")
    daily = [measured(place, 100 + place % 7) for place in range(300)]
    daily[150] = measured(150, 41)
    left_out = wanted.repeats(daily)
    kept = [fact.id for fact in daily if fact.id not in left_out]
    assert kept[:8] == [f"Observation/{place}" for place in range(8)]
    assert {"Observation/150", "Observation/299"} <= set(kept)
    assert len(kept) < 25
    assert wanted.repeats(reversed(daily)) == left_out


def test_what_the_order_names_is_no_repeat():
    wanted = need("HCPCS", "E2103", "E11.65")
    daily = [measured(place, 100) for place in range(300)]
    assert "Observation/200" in wanted.repeats(daily)
    assert "Observation/200" not in wanted.repeats(daily, ["Observation/200"])


def test_other_measures_are_no_repeats():
    wanted = need("HCPCS", "E2103", "E11.65")
    each = [measured(place, 100, code=f"{place}-1") for place in range(300)]
    assert wanted.repeats(each) == frozenset()


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2026, 11, 20), 12, date(2025, 11, 20)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(20, 1, 15), 600, date(1, 1, 15)),
    ],
)
def test_months_before_a_day(day, months, first):
    assert back(day, months) == first

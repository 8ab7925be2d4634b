"""Units: UCUM and its usual misspellings, exact; moles and HbA1c only for a named analyte."""

from decimal import Decimal

import pytest

from nodes.chart import Coding, Quantity
from nodes.policy.ucum import unit
from nodes.policy.units import compare, convert
from tests.nodes.leaf_world import ask
from tests.nodes.policy_world import note

GLUCOSE = (Coding(system="LOINC", code="2345-7"),)
HBA1C = (Coding(system="LOINC", code="4548-4"),)
CREATININE = (Coding(system="LOINC", code="2160-0"),)


def converted(value, old, new, codes=()):
    return convert(Quantity(value=Decimal(value), unit=old), new, codes)


@pytest.mark.parametrize(
    ("value", "old", "new", "expected"),
    [
        ("1", "[lb_av]", "kg", "0.45359237"),
        ("200", "lbs", "kg", "90.718474"),
        ("5", "10*3/uL", "10*9/L", "5"),
        ("30", "kg/m2", "g/cm2", "3"),
        ("15", "{events}/h", "/h", "15"),
        ("15", "events per hour", "/h", "15"),
        ("20", "{pack}.a", "pack years", "20"),
        ("100", "MG/DL", "mg/dL", "100"),
        ("70", "KG", "g", "70000"),
        ("60", "mmHg", "mm[Hg]", "60"),
        ("2", "h", "min", "120"),
        ("98.6", "[degF]", "Cel", "37"),
        ("37", "\u00b0C", "[degF]", "98.6"),
        ("3", "{score}", "1", "3"),
    ],
)
def test_units_are_converted_exactly(value, old, new, expected):
    assert converted(value, old, new) == Decimal(expected)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (None, "mg/dL"),
        ("mg", "mL"),
        ("%", "1"),
        ("[iU]/L", "10*9/L"),
        ("meq/L", "mmol/L"),
        ("garbage", "kg"),
        ("kg(", "kg"),
        ("m2222222", "m"),
        ("/" * 50, "kg"),
        ("", "kg"),
        ("mmol/L", "mg/dL"),
        ("mmol/mol", "%"),
    ],
)
def test_what_does_not_fit_is_not_guessed(old, new):
    assert converted("1", old, new) is None


def test_moles_need_the_analyte():
    assert converted("3", "mmol/L", "mg/dL", GLUCOSE) == Decimal("54.048")
    assert round(converted("54", "mg/dL", "mmol/L", GLUCOSE), 4) == Decimal("2.9973")
    assert round(converted("88.4", "umol/L", "mg/dL", CREATININE), 3) == Decimal("1.000")
    assert converted("3", "mmol/L", "mg/dL", HBA1C) is None
    assert converted("3", "mmol/L", "mg/dL", (*GLUCOSE, *CREATININE)) is None


def test_glycated_hemoglobin_by_the_master_equation():
    assert round(converted("48", "mmol/mol", "%", HBA1C), 2) == Decimal("6.54")
    assert round(converted("6.5", "%", "mmol/mol", HBA1C), 1) == Decimal("47.5")
    assert converted("48", "mmol/mol", "%", GLUCOSE) is None


def test_a_value_at_the_limit_stays_at_the_limit():
    kilograms = converted("220.46226218", "[lb_av]", "kg")
    assert compare(kilograms, "<", Decimal("100.0000001")) is True
    assert compare(converted("120", "mg/dL", "g/L"), "<=", Decimal("1.2")) is True


def test_reading_a_unit_is_remembered():
    unit.cache_clear()
    for _ in range(3):
        converted("1", "mg/dL", "g/L")
    assert unit.cache_info().misses <= 2


GLUCOSE_NOTE = {
    "tables": {
        "concepts": {"glucose": {"label": "glucose", "words": ["glucose"], "number": "after"}},
        "value_sets": {"codes": ["LOINC 2345-7"]},
    },
    "concept": "glucose",
    "value_set": "codes",
    "cmp": "<",
    "value": "54",
    "unit": "mg/dL",
}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Glucose 50 this morning.", "met"),
        ("Glucose 2.9 mmol/L this morning.", "met"),
        ("Glucose 3.2 mmol/L this morning.", "not_met"),
        ("Glucose 40 kg this morning.", "unknown"),
        ("Glucose 110 mg/dL.", "not_met"),
    ],
)
def test_a_number_in_a_note_is_read_in_its_unit(text, status):
    found = ask("observation_latest", note(text), **GLUCOSE_NOTE)
    assert found.status == status, found.reason

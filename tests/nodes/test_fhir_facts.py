import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.fhir import (
    background,
    care,
    codes,
    documents,
    dosage,
    facts,
    medications,
    notes,
    observations,
    reading,
    tree,
    values,
    when,
)
from nodes.fhir.codes import system
from nodes.fhir.tree import Unreadable
from nodes.fhir.values import quantity

UCUM = "http://unitsofmeasure.org"


def observation(**more):
    return {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": {"text": "Hemoglobin A1c"},
        "effectiveDateTime": "2026-09-28T23:30:00-05:00",
        **more,
    }


def fact(resource):
    read = facts.read(resource)
    assert read
    return read.fact("a test")


def condition(**more):
    return {"resourceType": "Condition", "id": "c1", "code": {"text": "Sciatica"}, **more}


def test_a_value_keeps_its_digits_and_its_unit():
    body = b'{"value": 1.10, "unit": "percent", "code": "%", "system": "%s"}'
    found = quantity(tree.loads(body.replace(b"%s", UCUM.encode())))
    assert found
    assert (str(found.value), found.unit) == ("1.10", "%")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"value": 14, "comparator": ">"}, (Decimal(14), ">")),
        ({"value": "7.5"}, (Decimal("7.5"), None)),
        ({"value": 14, "comparator": "about"}, None),
        ({"value": True}, None),
        ({"value": "NaN"}, None),
        ({"value": "many"}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_value_that_would_mean_something_else_is_none(said, expected):
    found = quantity(said)
    assert (found and (found.value, found.comparator)) == expected


def test_an_observation_is_quoted_with_value_and_the_day_written_there():
    read = facts.read(
        observation(valueQuantity={"value": Decimal("8.9"), "unit": "%", "comparator": ">"})
    )
    assert read
    assert read.quote == "Hemoglobin A1c: >8.9 %; 2026-09-28"
    assert read.start == date(2026, 9, 28)


def low_high(low, high, unit="cm"):
    bounds = {"low": low, "high": high}
    return {name: {"value": n, "unit": unit} for name, n in bounds.items() if n is not None}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"valueString": "trace"}, "trace"),
        ({"valueCodeableConcept": {"text": "positive"}}, "positive"),
        ({"valueBoolean": False}, "no"),
        ({"valueInteger": 0}, "0"),
        ({"valueRange": low_high(3, 5)}, "3 to 5 cm"),
        ({"valueRange": low_high(None, 5)}, "at most 5 cm"),
        ({"valueRange": low_high(3, None)}, "at least 3 cm"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}}, "1:128"),
        (
            {
                "valueRatio": {
                    "numerator": {"value": 30, "unit": "mg"},
                    "denominator": {"value": 1, "unit": "g"},
                }
            },
            "30 mg per 1 g",
        ),
        ({"valueTime": "07:30:00"}, "07:30:00"),
        ({"valueDateTime": "2026-09-01"}, "2026-09-01"),
        ({"valuePeriod": {"start": "2026-09-01", "end": "2026-09-02"}}, "2026-09-01 to 2026-09-02"),
        ({"valueQuantity": {"value": 7, "comparator": "about"}}, None),
    ],
)
def test_other_values_are_words(value, words):
    read = fact(observation(**value))
    shown = words or "about7"
    assert (read.value, read.value_text) == (None, words)
    assert read.quote == f"Hemoglobin A1c: {shown}; 2026-09-28"


def test_no_value_says_why():
    read = fact(observation(dataAbsentReason={"text": "refused"}))
    assert (read.value, read.value_text) == (None, None)
    assert read.quote == "Hemoglobin A1c: no value (refused); 2026-09-28"


def test_a_series_of_samples_is_refused():
    with pytest.raises(Unreadable, match="samples"):
        facts.read(observation(valueSampledData={"data": "1 2 3", "dimensions": 1}))


def test_the_parts_of_a_panel_stand_in_its_words():
    parts = [
        {"code": {"text": "Systolic"}, "valueQuantity": {"value": 132, "unit": "mmHg"}},
        {"code": {"text": "Diastolic"}, "valueQuantity": {"value": 80, "unit": "mmHg"}},
    ]
    read = fact(observation(component=parts))
    assert read.value_text == "Systolic 132 mmHg, Diastolic 80 mmHg"
    assert read.value is None


@pytest.mark.parametrize(
    ("clinical", "certainty", "status", "lasting"),
    [
        ("active", "confirmed", "active", True),
        ("active", None, "active", True),
        ("active", "provisional", "active (provisional)", True),
        (None, "differential", "unknown (differential)", True),
        ("resolved", "confirmed", "resolved", False),
        (None, None, None, True),
    ],
)
def test_a_condition_that_is_not_confirmed_says_so(clinical, certainty, status, lasting):
    def coded(code):
        return {"coding": [{"code": code}]} if code else None

    read = facts.read(
        condition(clinicalStatus=coded(clinical), verificationStatus=coded(certainty))
    )
    assert read
    assert (read.status, read.lasting) == (status, lasting)


@pytest.mark.parametrize(
    "withdrawn",
    [
        observation(status="entered-in-error"),
        observation(status="cancelled"),
        condition(verificationStatus="entered-in-error"),
        condition(verificationStatus={"coding": [{"code": "entered-in-error"}]}),
    ],
)
def test_what_the_ehr_withdrew_is_no_fact(withdrawn):
    assert facts.read(withdrawn) is None


def test_a_month_or_a_year_is_quoted_but_is_no_day():
    read = facts.read(condition(onsetDateTime="2019-03"))
    assert read
    assert read.start is None
    assert read.quote == "Sciatica; onset 2019-03"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-02-29", None),
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-20T00:30:00+14:00", date(2026, 11, 20)),
        ("2026-11-200", None),
        ("20261120", None),
        ("2026-W47-5", None),
        ("11/20/2026", None),
        (20261120, None),
    ],
)
def test_days(said, day):
    assert tree.day({"d": said}, "d") == day


@pytest.mark.parametrize("said", ["recently, after the fall", "2026-1-1", "since 2026"])
def test_words_are_no_date(said):
    read = facts.read(condition(onsetDateTime=said, recordedDate=said))
    assert read
    assert (read.start, read.quote) == (None, "Sciatica")


def test_ordered_is_not_done():
    read = facts.read(
        {
            "resourceType": "ServiceRequest",
            "id": "s1",
            "status": "active",
            "code": {"text": "Physical therapy"},
        }
    )
    assert read
    assert (read.kind, read.quote) == ("order", "Ordered: Physical therapy; active")


def test_a_relatives_condition_is_family_history():
    read = facts.read(
        {
            "resourceType": "FamilyMemberHistory",
            "id": "f1",
            "relationship": {"text": "Mother"},
            "condition": [{"code": {"text": "Breast cancer"}}],
        }
    )
    assert read
    assert (read.kind, read.quote) == ("family_history", "Mother: Breast cancer")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM"),
        ("https://HL7.org/fhir/sid/icd-10-cm/", "ICD-10-CM"),
        ("urn:oid:2.16.840.1.113883.6.12", "CPT"),
        ("https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "HCPCS"),
        ("http://hl7.org/fhir/sid/icd-10", "OTHER"),
        ("", "OTHER"),
        (None, "OTHER"),
    ],
)
def test_code_systems(url, name):
    assert system(url) == name


# Every name a reader looks for, at whatever depth it stands: found in the readers' own source.
SOURCES = (background, care, codes, documents, dosage, facts, medications, notes, observations,
           reading, values, when)  # fmt: skip
NAMES = sorted(
    {
        word
        for module in SOURCES
        for word in re.findall(r'"([a-z][A-Za-z]+)"', Path(module.__file__).read_text())
    }
)
WORDS = st.sampled_from(
    ["active", "not-done", "2026-02-30", "2026-11-20T10:00:00Z", "d", "#", "\ud800", " ", "refuted"]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=8) | WORDS
SHAPES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=12,
)


SAID = {name: {"text": "A"} for name in ("code", "vaccineCode", "medicationCodeableConcept")}


class Nothing:
    base_url = "http://ehr.test/fhir"

    def read(self, reference, /):
        return None


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(sorted(facts.READERS)),
    st.dictionaries(st.sampled_from(NAMES), SHAPES, max_size=8),
)
def test_no_shape_breaks_a_reader(kind, fields):
    resource = {**SAID, **fields, "resourceType": kind, "id": "x"}
    try:
        found = facts.readings(resource)
        for one in found:
            fact = one.fact("a test")
            assert fact.source == f"{kind}/x"
            assert fact.quote
            assert not tree.UNSEEN.search(fact.quote)
            assert len(one.terms) == len(fact.codes)
        notes.of(resource, found[0], Nothing(), []) if found else None
    except Unreadable as problem:
        assert str(problem)


def test_numbers_that_are_no_measurement_are_none():
    body = b'{"value": 1e999999, "unit": "m"}'
    assert quantity(tree.loads(body)) is None
    read = facts.read(observation(valueQuantity=tree.loads(body)))
    assert read
    assert read.quote == "Hemoglobin A1c: no value; 2026-09-28"

"""The node: what it refuses, what it cites, what it says is missing."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.errors import IncompleteCase, UnknownName
from nodes.policy.library import AmbiguousPolicy, Library, read, shipped
from tests.nodes.policy_world import (
    CGM,
    CPAP,
    MRI,
    ORDERED,
    case,
    chart,
    check,
    fact,
    note,
)
from tests.world import case_and_chart

FOLDER = Path(__file__).parents[2] / "nodes" / "policies"
DIABETES = fact(
    "Condition/1",
    "condition",
    "Type 2 diabetes; E11.65; active",
    date(2020, 1, 1),
    codes=[("ICD-10-CM", "E11.65")],
    status="active",
)
AHI = {"codes": [("LOINC", "69990-0")], "status": "final"}


def cgm(*parts, **changes):
    return check(case(CGM, ("E11.65",), "medicare_advantage", **changes), chart(*parts))


def cpap(*parts):
    return check(case(CPAP, ("G47.33",), "medicare_advantage"), chart(*parts))


def test_an_empty_chart_shows_nothing():
    for found in (check(case(), chart()), cgm(), cpap()):
        assert found.status == "unknown"
        assert not any(
            one.status == "met" and one.operator not in {"not", "ordered"} for one in found.criteria
        )
    silent = {
        one.status for one in check(case(), chart()).criteria if one.operator == "care_duration"
    }
    assert silent == {"unknown"}


def test_another_patients_chart_is_refused():
    other = chart().model_copy(update={"patient": "Patient/p2"})
    with pytest.raises(IncompleteCase) as error:
        check(case(), other)
    assert error.value.complaints[0].pointer == "/chart/patient"
    assert "p2" not in str(error.value)


@pytest.mark.parametrize(
    "asked",
    [
        case((("CPT", "70480"),)),
        case(lob="medicaid"),
        case(lob="unknown"),
        case(CGM, ("E11.65",), "medicare", certification="cancel"),
        case(order=case().order.model_copy(update={"authored_on": date(2023, 5, 1)})),
    ],
    ids=["other service", "other line", "line unknown", "cancel", "before it was in force"],
)
def test_no_policy_is_said_not_guessed(asked):
    with pytest.raises(UnknownName):
        check(asked, chart())


def test_a_named_policy_must_cover_the_service():
    assert check(case(lob="other"), chart(), policy="composite.lumbar-mri.commercial").status
    for name in ("cms.l33822.cgm.initial", "none.such"):
        with pytest.raises(UnknownName):
            check(case(), chart(), policy=name)


def lumbar_file():
    return (FOLDER / "lumbar-mri.commercial.yaml").read_text()


def test_two_policies_in_force_are_refused_and_a_payers_own_goes_first():
    base = read(lumbar_file())
    again = read(lumbar_file().replace("id: composite.lumbar-mri.commercial", "id: other.lumbar"))
    own = read(
        lumbar_file()
        .replace("id: composite.lumbar-mri.commercial", "id: sbxhp01.lumbar")
        .replace("[commercial, exchange]}", "[commercial], payers: [SBXHP01]}")
    )
    request = CheckPolicyRequest(case=case(), chart=chart(), as_of=date(2026, 11, 20))
    with pytest.raises(AmbiguousPolicy):
        check_policy(request, library=lambda: Library([base, again]))
    found = check_policy(request, library=lambda: Library([base, own]))
    assert found.assessment.policy.id == "sbxhp01.lumbar"


def test_the_version_in_force_on_the_date_of_service_decides():
    old = read(lumbar_file().replace("to: null}\nreview_by", "to: 2026-06-30}\nreview_by"))
    new = read(
        lumbar_file()
        .replace('version: "2026-11-22.1"', 'version: "2026-07-01.1"')
        .replace(
            "effective: {from: 2024-01-01, to: null}\nreview_by",
            "effective: {from: 2026-07-01, to: null}\nreview_by",
        )
        .replace("value: 6\n", "value: 12\n")
    )
    library = Library([old, new])
    assert library.choose(case()).policy.version == "2026-07-01.1"
    order = case().order.model_copy(update={"authored_on": date(2026, 6, 30)})
    assert library.choose(case(order=order)).policy.version == "2026-11-22.1"


def test_the_answer_names_its_policy_and_hash():
    asked, record = case_and_chart("lopez")
    answer = check_policy(CheckPolicyRequest(case=asked, chart=record, as_of=date(2026, 11, 20)))
    held = shipped().choose(asked)
    assert answer.used[0].sha256 == answer.assessment.policy.sha256 == held.sha256
    assert answer.assessment.policy.verification == held.policy.sources[0].verification


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["lopez", "hale", "okafor", "nguyen", "costa"]), st.randoms())
def test_the_order_of_the_chart_changes_nothing(key, random):
    asked, record = case_and_chart(key)
    facts, notes = list(record.facts), list(record.notes)
    random.shuffle(facts)
    random.shuffle(notes)
    shuffled = record.model_copy(update={"facts": tuple(facts), "notes": tuple(notes)})
    assert check(asked, shuffled) == check(asked, record)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["lopez", "hale", "okafor", "nguyen", "costa", "berg"]), st.data())
def test_taking_facts_away_never_makes_it_met(key, data):
    asked, record = case_and_chart(key)
    facts = tuple(one for one in record.facts if data.draw(st.booleans()))
    less = record.model_copy(update={"facts": facts})
    before, after = check(asked, record), check(asked, less)
    assert after.status != "met" or before.status == "met"
    assert after.status != "not_met" or before.status == "not_met"


WORDS = [
    *("physical therapy", "PT", "8 weeks", "of", "no", "without", "relief", "denies", "completed"),
    *("saddle anesthesia", ".", ",", "\n", "PLAN:", "ordered", "if", "but", "4/5", "ankle reflex"),
    *("absent", "insulin", "AHI 22", "[x]", "[ ]", "\u00e9", "09/10/2026", "to", "-"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_any_words_are_quoted_as_they_stand(words):
    record = note(" ".join(words))
    for asked in (
        case(MRI),
        case(CGM, ("E11.65",), "medicare"),
        case(CPAP, ("G47.33",), "medicare"),
    ):
        found = check(asked, chart(record, DIABETES))
        for one in found.facts:
            if one.span:
                assert record.text[one.span.start : one.span.end] == one.quote
        known = {one.id for one in found.facts} | {DIABETES.id}
        for leaf in found.criteria:
            assert {shown.fact for shown in leaf.evidence} <= known
            composite = leaf.operator in {"all", "any", "not"}
            assert composite or leaf.status != "met" or leaf.evidence
    assert ORDERED


def test_a_line_that_the_policy_is_not_about_is_named():
    asked = case(services=(("CPT", "72148"), ("CPT", "99999")))
    found = check(asked, chart())
    assert found.not_judged == (2,)
    assert "service line 2" in found.warnings[0]
    assert check(case(), chart()).not_judged == ()

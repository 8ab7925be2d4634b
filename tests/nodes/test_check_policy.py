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
    criterion,
    fact,
    lumbar,
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
        case((("CPT", "70551"),)),
        case(lob="medicare"),
        case(lob="unknown"),
        case(CGM, ("E11.65",), "medicare", certification="renewal"),
        case(order=case().order.model_copy(update={"authored_on": date(2023, 5, 1)})),
    ],
    ids=["other service", "other line", "line unknown", "renewal", "before it was in force"],
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

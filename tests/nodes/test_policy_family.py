"""Relatives: which, how close, by blood, how old at onset; from histories and from notes."""

from datetime import date

import pytest

from tests.nodes.leaf_world import ask
from tests.nodes.policy_world import fact, note

TABLES = {
    "concepts": {
        "bc": {"label": "breast cancer", "words": ["breast cancer", "breast ca"]},
        "oc": ["ovarian cancer"],
    },
    "value_sets": {"codes": ["ICD-10-CM Z80.3 C50.911"]},
}


def told(text, **fields):
    fields = {"concept": "bc", "onset_at_most": 50, "tables": TABLES} | fields
    return ask("family_history", note(text), **fields)


def recorded(quote, **fields):
    fields = {"concept": "bc", "onset_at_most": 50, "tables": TABLES} | fields
    history = fact("FamilyMemberHistory/1", "family_history", quote, status="completed")
    return ask("family_history", history, **fields)


@pytest.mark.parametrize(
    "text",
    [
        "Mother with breast cancer at 44.",
        "Maternal aunt with breast cancer dx 48, ovarian cancer at 60.",
        "Mother's sister had breast cancer at 45.",
        "Breast cancer in mother at 44 and sister at 60.",
        "Mother (72): breast cancer at 44",
        "Mother died of breast cancer at 48.",
        "Grandmother had breast cancer in her forties.",
        "Family history: Father - prostate cancer. Sister - breast cancer, diagnosed at age 39.",
        "FAMILY HISTORY:\nMother: alive, 70, hypertension\nSister: breast ca, dx at 38\nFather: MI",
        "Sister does not have breast cancer; mother had breast cancer at 41.",
        "Mother was diagnosed at age 44 with breast cancer.",
        "Mother with bilateral breast cancer before age 50.",
        "MGM breast ca 45",
    ],
)
def test_a_young_blood_relative_counts(text):
    found = told(text)
    assert found.status == "met", found.reason
    assert found.voices[0].fact.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "Mother had breast cancer.",
        "Family history: mother breast cancer age 62.",
        "Mother, age 72, breast cancer",
        "Mother died of breast cancer at 68.",
        "Grandmother had breast cancer in her 50s.",
        "Maternal grandmother with premenopausal breast cancer",
        "Family history of breast cancer.",
        "Mother possibly had breast cancer at 44.",
        "If mother had breast cancer before 50, offer testing.",
        "The patient has breast cancer diagnosed at 44.",
        "Mother reports that the patient has breast cancer at 44.",
        "Patient is adopted, family history unknown.",
        "Father with ovarian cancer gene, diagnosed at 44.",
    ],
)
def test_what_is_not_clear_is_unknown(text):
    assert told(text).status == "unknown"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Her husband had breast cancer at 40.", "Not a blood relative: husband."),
        ("Stepmother with breast cancer at 40.", "Not a blood relative: step-mother."),
        ("Her husband's mother had breast cancer at 40.", "Not a blood relative"),
        ("Mother-in-law had breast cancer at 41.", "Not a blood relative: mother-in-law."),
        ("Friend had breast cancer at 44.", "Not a blood relative: friend."),
        ("Second cousin had breast cancer at 30.", "Not close enough: cousin."),
        ("Grandmother had breast cancer in her 60s.", "Older at onset than 50: grandmother."),
    ],
)
def test_who_does_not_count_is_listed_with_the_reason(text, why):
    found = told(text)
    assert found.status == "unknown" and not found.voices
    assert why in found.refused[0].why


def test_degrees_are_counted():
    assert told("Aunt with breast cancer at 44.", relatives="first_degree").status == "unknown"
    assert told("Half-sister with breast cancer at 44.", relatives="first_degree").status != "met"
    assert told("Daughter with breast cancer, age 35.", relatives="first_degree").status == "met"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Mother and sister with breast cancer at 44 and 49.", "met"),
        ("Two sisters with breast cancer at 45 and 48.", "met"),
        ("Two sisters with breast cancer.", "unknown"),
        ("Family history of breast cancer (mother, 44; sister, 50).", "met"),
        ("Mother with breast cancer at 44. Mother's breast cancer at 44 was bilateral.", "unknown"),
        ("Aunt with breast cancer at 44, paternal aunt with breast cancer at 46.", "unknown"),
    ],
)
def test_two_different_relatives(text, status):
    assert told(text, n=2).status == status


def test_the_same_relative_in_two_places_is_one():
    history = fact("FamilyMemberHistory/1", "family_history", "Mother: Breast cancer (onset at 44)")
    found = ask(
        "family_history",
        history,
        note("Mother with breast cancer at 44."),
        concept="bc",
        n=2,
        tables=TABLES,
    )
    assert found.status == "unknown"


@pytest.mark.parametrize(
    "text", ["No family history of breast cancer.", "Denies family history of breast cancer."]
)
def test_a_family_without_it_is_not_met(text):
    found = told(text)
    assert found.status == "not_met"
    assert [voice.speaks for voice in found.voices] == ["against"]


def test_a_denial_after_a_relative_is_a_conflict():
    parts = (
        note("Mother with breast cancer at 44.", date(2026, 9, 1), "a"),
        note("No family history of breast cancer.", date(2026, 10, 1), "b"),
    )
    assert ask("family_history", *parts, concept="bc", tables=TABLES).conflict


def test_two_ages_of_one_mother_are_not_clear():
    parts = (
        note("Mother breast cancer at 44", name="a"),
        note("Mother breast cancer at 54", name="b"),
    )
    found = ask("family_history", *parts, concept="bc", onset_at_most=50, tables=TABLES)
    assert found.status == "unknown" and "different ages" in found.reason


@pytest.mark.parametrize(
    ("quote", "status"),
    [
        ("Mother: Breast cancer (onset at age 44 a); 2026-01-01", "met"),
        ("MTH: Breast cancer (onset at age 44 a)", "met"),
        ("maternal aunt (deceased at age 50 a): Breast cancer (onset at age 44 a)", "met"),
        ("Mother: Hypertension (onset at age 40 a), Breast cancer (onset at age 62 a)", "unknown"),
        ("natural mother (aged 70 a): Breast cancer", "unknown"),
        ("Stepmother: Breast cancer (onset at age 44 a)", "unknown"),
        ("relative: No family history of breast cancer", "not_met"),
        ("mother: health unknown", "unknown"),
    ],
)
def test_recorded_histories(quote, status):
    assert recorded(quote).status == status


@pytest.mark.parametrize(("relatives", "status"), [("any", "met"), ("close", "unknown")])
def test_a_code_of_family_history_names_no_relative(relatives, status):
    z80 = fact("Condition/1", "condition", "Family history of", codes=[("ICD-10-CM", "Z80.3")])
    found = ask(
        "family_history", z80, concept="bc", value_set="codes", relatives=relatives, tables=TABLES
    )
    assert found.status == status


def test_the_patients_own_disease_is_no_family_history():
    own = fact("Condition/1", "condition", "Breast ca", codes=[("ICD-10-CM", "C50.911")])
    found = ask(
        "family_history", own, concept="bc", value_set="codes", relatives="any", tables=TABLES
    )
    assert found.status == "unknown" and not found.voices

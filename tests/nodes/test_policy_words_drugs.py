"""How notes word nicotine, grades, movement, relatives and short relief; reading stays fast."""

from datetime import date
from time import perf_counter

import pytest

from nodes.policy.index import Index
from nodes.policy.outcomes import outcomes
from nodes.policy.phrases import Phrases, words
from nodes.policy.words_drugs import DRUG_WORDS
from nodes.policy.words_therapy import THERAPY_WORDS
from tests.nodes.policy_world import chart, note

OURS = {**DRUG_WORDS, **THERAPY_WORDS}


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("Never smoked.", True),
        ("Tobacco use: never.", True),
        ("Quit smoking 3 years ago.", True),
        ("Serum cotinine 3 ng/mL.", True),
        ("Denies tobacco use.", True),
        ("Will quit smoking next week.", False),
        ("Quit smoking 2 weeks ago.", False),
        ("Cotinine positive.", False),
        ("Smoking status: current every day.", False),
        ("Uses nicotine pouches.", False),
        ("Former smoker.", None),
        ("Smoking cessation counseling given.", None),
    ],
)
def test_nicotine(text, free):
    found = DRUG_WORDS["nicotine_free"]
    said, denied = found.pattern.search(text), found.denied_by.search(text)
    assert (bool(said), bool(denied)) == (free is True, free is False)


@pytest.mark.parametrize(
    ("concept", "text", "number"),
    [
        ("kl_grade", "Kellgren-Lawrence grade 4", "4"),
        ("kl_grade", "grade 3 by Kellgren-Lawrence", "3"),
        ("kl_grade", "KL grade III", None),
        ("translation_mm", "5 mm of translation on flexion", "5"),
        ("cotinine", "cotinine <10 ng/mL", "10"),
        ("baseline_bmi", "BMI was 36.4 before starting Wegovy", "36.4"),
        ("baseline_bmi", "BMI today 29.0", None),
        ("stated_loss", "has lost 12% of her body weight", "12"),
        ("own_age_at_breast_cancer", "breast cancer diagnosed at age 45", "45"),
    ],
)
def test_numbers(concept, text, number):
    found = DRUG_WORDS[concept].pattern.search(text)
    assert (found and next(one for one in found.groups() if one)) == number


@pytest.mark.parametrize("who", ["Stepmother", "Step-sister", "Niece", "Great-grandmother"])
def test_what_a_relative_has_is_not_the_patients(who):
    text = f"{who} had a depressive disorder."
    index = Index(chart(note(text)), date(2026, 11, 20))
    (found,) = index.mentions("mood")
    assert found.meaning.family


def test_no_gap_of_a_phrase_swallows_a_denial():
    found = words(Phrases(label="x", words=("options ... discussed",))).pattern
    assert found.search("Options and risks were discussed.")
    assert not found.search("Options were not discussed.")
    assert not found.search("Options weren't discussed.")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Injection with three weeks of relief.", ["partial"]),
        ("Injection helped for 2 weeks.", ["partial"]),
        ("Pain improved 4 weeks ago.", ["helped"]),
        ("6 weeks of therapy without relief.", ["failed"]),
    ],
)
def test_some_weeks_of_relief_are_a_part(text, what):
    assert [one.outcome for one in outcomes(text)] == what


@pytest.mark.parametrize("concept", OURS)
def test_a_hostile_note_is_read_in_time(concept):
    seeds = ("quit smoking ", "goal ", "odi 1 ", "kl grade ", "er 0% ", "spondylolisthesis ", "a ")
    start = perf_counter()
    for seed in seeds:
        text = (seed * 20_000)[:40_000]
        for pattern in (OURS[concept].pattern, OURS[concept].denied_by):
            assert pattern is None or sum(1 for _ in pattern.finditer(text)) < 40_000
    assert perf_counter() - start < 5

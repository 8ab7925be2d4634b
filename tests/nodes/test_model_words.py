"""A model adds no word that claims something, and puts nothing where it does not belong."""

import pytest

from nodes.writing.model_order import more_negated, out_of_order
from nodes.writing.model_words import own_words
from tests.nodes.writing_world import CONDITION, NAPROXEN

CARE = (
    "She completed 8 weeks of physical therapy (09/10/2026 to 11/05/2026, 16 visits) and has taken"
    " naproxen 500 mg twice daily since 09/08/2026 without improvement."
)
REFLEX = "Reflexes: right ankle reflex reduced (1+), left ankle 2+, knees 2+ bilaterally."
DOSES = "naproxen 500 mg twice daily and gabapentin 300 mg at night"


@pytest.mark.parametrize(
    "text",
    [
        CARE,
        "The chart says: the patient completed 8 weeks of physical therapy without improvement.",
        "The patient has taken naproxen 500 mg (ordered since August 2026).",
        "Naproxen 500 MG Oral Tablet, status completed.",
    ],
)
def test_joined_words_of_the_record_are_no_words_of_its_own(text):
    assert own_words(text, (CARE, NAPROXEN.quote), (NAPROXEN,)) == []


@pytest.mark.parametrize(
    "more",
    [
        "with severe disability",
        "weekly",
        "and failed every treatment",
        "as Smith et al. showed",
        "by Dr. Hausmann",
        "before surgery",
        "which is appropriate",
        "after an injection",
    ],
)
def test_a_word_that_claims_something_is_its_own(more):
    assert own_words(f"Lumbar radiculopathy, right, {more}.", (CONDITION.quote,), (CONDITION,))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (CARE, CARE),
        ("The patient completed eight weeks of physical therapy with 16 visits.", CARE),
        ("Naproxen 500 mg twice daily since 09/08/2026 without improvement.", CARE),
        (REFLEX, REFLEX),
        ("The right ankle reflex is reduced (1+).", REFLEX),
        ("Gabapentin 300 mg at night and naproxen 500 mg twice daily.", DOSES),
    ],
)
def test_what_stands_beside_its_own_is_in_order(text, quote):
    assert not out_of_order(text, (quote,))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Left ankle reflex reduced (1+), right ankle 2+.", REFLEX),
        ("The left ankle reflex was reduced.", REFLEX),
        ("Right ankle 2+.", REFLEX),
        ("Gabapentin 500 mg.", DOSES),
        ("Naproxen 300 mg at night.", DOSES),
        ("Physical therapy, 16 weeks with 8 visits.", CARE),
    ],
)
def test_a_side_or_figure_that_changed_its_place_is_found(text, quote):
    assert out_of_order(text, (quote,))


def test_a_sentence_denies_no_more_than_what_it_cites():
    twice = "Physical therapy, 13 visits; completed; for radiculopathy; completed; pain unchanged"
    assert more_negated("Physical therapy, 13 visits; did not complete; pain unchanged.", (twice,))
    assert more_negated("The patient denies relief.", (CARE.replace("without", "with"),))
    assert not more_negated("The patient had no improvement.", (CARE,))
    assert not more_negated(twice, (twice,))

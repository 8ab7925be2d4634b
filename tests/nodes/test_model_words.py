"""A model adds no word that claims something, and puts nothing where it does not belong."""

import pytest

from nodes.writing.model_aligned import Told, astray

CARE = (
    "She completed 8 weeks of physical therapy (09/10/2026 to 11/05/2026, 16 visits) and has taken"
    " naproxen 500 mg twice daily since 09/08/2026 without improvement."
)
REFLEX = "Reflexes: right ankle reflex reduced (1+), left ankle 2+, knees 2+ bilaterally."
DOSES = "naproxen 500 mg twice daily and gabapentin 300 mg at night"
CONDITION = "Lumbar radiculopathy, right"


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
def test_a_word_that_claims_something_is_astray(more):
    assert not astray(f"{CONDITION}.", [Told(CONDITION)])
    assert astray(f"{CONDITION}, {more}.", [Told(CONDITION)])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (CARE, CARE),
        ("The patient completed eight weeks of physical therapy with 16 visits.", CARE),
        ("Naproxen 500 mg twice daily since 09/08/2026 without improvement.", CARE),
        ("The patient had no improvement on naproxen 500 mg twice daily.", CARE),
        (REFLEX, REFLEX),
        ("The right ankle reflex is reduced (1+).", REFLEX),
        ("Gabapentin 300 mg at night and naproxen 500 mg twice daily.", DOSES),
    ],
)
def test_what_stands_beside_its_own_is_told(text, quote):
    assert not astray(text, [Told(quote)])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Left ankle reflex reduced (1+), right ankle 2+.", REFLEX),
        ("The left ankle reflex was reduced.", REFLEX),
        ("Right ankle 2+.", REFLEX),
        ("Gabapentin 500 mg.", DOSES),
        ("Naproxen 300 mg at night.", DOSES),
        ("Physical therapy, 16 weeks with 8 visits.", CARE),
        ("The patient denies relief.", CARE.replace("without", "with")),
    ],
)
def test_a_side_figure_or_denial_that_changed_its_place_is_astray(text, quote):
    assert astray(text, [Told(quote)])

"""Signs of compression: bladder and bowel symptoms that are new, and what people call them."""

import pytest

from tests.nodes.policy_world import criterion, lumbar


def status(name, *texts):
    return criterion(lumbar(*texts), name).status


@pytest.mark.parametrize(
    "text",
    [
        "Urinary retention due to BPH.",
        "Urinary incontinence for years, stress type.",
        "Long-standing bladder incontinence.",
        "Urinary incontinence since childbirth.",
        "Urinary incontinence x 10 yrs.",
        "Urinary retention from opioid medication.",
        "Overactive bladder with urinary incontinence.",
        "Bowel incontinence.",
        "Urinary incontinence, no new weakness.",
        "New urinary retention attributed to prostate enlargement.",
        "Chronic urinary retention. No saddle anesthesia.",
    ],
)
def test_everyday_bladder_trouble_is_no_red_flag(text):
    assert status("cauda_equina", text) == "not_met"


@pytest.mark.parametrize(
    "text",
    [
        "Saddle anesthesia.",
        "Acute urinary retention.",
        "Chronic low back pain with new urinary retention.",
        "Low back pain for 10 years, now acute urinary incontinence.",
        "Urinary incontinence began yesterday.",
        "Bowel incontinence x 3 days.",
        "Bowel incontinence. Reduced rectal tone.",
        "She cannot urinate.",
        "He is numb between the legs.",
        "Lost bowel control.",
        "Loss of control of her bladder.",
        "Overflow incontinence.",
        "Does not deny urinary retention since yesterday.",
    ],
)
def test_new_trouble_is_a_red_flag(text):
    assert status("cauda_equina", text) == "met"


@pytest.mark.parametrize(
    "text",
    ["Denies loss of bowel control.", "No numbness between the legs.", "Not unable to void."],
)
def test_the_same_words_denied(text):
    assert status("cauda_equina", text) == "not_met"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foot drop, rapidly worsening.", "met"),
        ("Foot drop is progressing.", "met"),
        ("Dorsiflexion strength fell from 5/5 to 2/5.", "met"),
        ("Quadriceps power dropped from 4/5 last week to 3/5.", "met"),
        ("Strength went from 4/5 to 5/5.", "not_met"),
        ("No foot drop.", "not_met"),
    ],
)
def test_progressive_deficit(text, expected):
    assert status("progressive_deficit", text) == expected

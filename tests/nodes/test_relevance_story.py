"""What a note is about, without the lists it repeats at every visit."""

import pytest

from nodes.fhir.mention import story

NOTE = """2026-11-01

# Chief Complaint
Knee pain.

# History of Present Illness
She fell. Patient has a history of diabetes, anemia, migraine, stress, obesity, asthma, gout,\
 acne, flu.

# Social History
Snores, says the partner.

# Medications
insulin; metformin

# Assessment and Plan
Meniscal tear suspected.
"""


def test_complaint_history_and_plan_are_the_story():
    told = story(NOTE)
    assert "Knee pain" in told
    assert "She fell" in told
    assert "Meniscal tear" in told


@pytest.mark.parametrize("word", ["diabetes", "Snores", "insulin"])
def test_lists_and_histories_are_not(word):
    assert word not in story(NOTE)


@pytest.mark.parametrize(
    ("text", "kept", "left"),
    [
        ("PAST MEDICAL HISTORY:\nsleep apnea\n\nPLAN:\nMRI", "MRI", "apnea"),
        ("PMH: sleep apnea\n\nHe cannot walk.", "walk", "apnea"),
        ("Past Medical and Surgical History\nhip scope\nPlan\nHIP: brace", "brace", "scope"),
        ("**Current Medications:** insulin\nAssessment: low back pain", "back", "insulin"),
        ("Review of Systems: denies snoring\n\nExam: weak", "weak", "snoring"),
        ("Problem List\n1. apnea\n2. gout\nHPI: cough for weeks", "cough", "apnea"),
        ("Allergies: sulfa\nHPI: rash", "rash", "sulfa"),
        ("Home medications reviewed and reconciled.", "reconciled", "nothing"),
        ("Vital Signs: SpO2 87%\n\nOn room air at rest 87%.", "room air", "Vital"),
    ],
)
def test_headings_as_people_write_them(text, kept, left):
    assert kept in story(text)
    assert left not in story(text)


def test_a_note_without_headings_is_all_story():
    text = "Seen today for snoring. Epworth 14; wakes gasping."
    assert story(text) == "Seen today for snoring.\nEpworth 14; wakes gasping."


def test_much_text_takes_little_time():
    assert len(story("a, b: c d\n" * 40_000)) > 300_000

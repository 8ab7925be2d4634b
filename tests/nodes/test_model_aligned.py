"""A part of a model's sentence tells one clause of what it cites, and leaves out no limit of it."""

import pytest

from nodes.writing.model_aligned import Told, astray
from tests.growth import BOUND, seconds

DOSES = (
    "Naproxen 500 mg twice daily for 6 weeks did not help; gabapentin 300 mg at bedtime helped"
    " partially."
)
COURSE = "Completed 8 weeks of physical therapy from 2026-03-02 to 2026-04-27 without relief."
VALUES = "HbA1c was 9.1% on 2026-01-15 and 8.4% on 2026-07-15; weight 92 kg."
PLAN = "Plan: refer to physical therapy for 6 weeks; consider surgery if no better."
KIN = "Her mother had breast cancer at age 52; her sister has diabetes."
SIDES = "Right knee: effusion and joint line tenderness. Left knee: no effusion, full motion."
FELL = "Oswestry score fell from 52% to 44%. Pain was 8/10 in March and is 6/10 now."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (DOSES, DOSES),
        ("Naproxen 500 mg BID for six weeks did not help.", DOSES),
        ("Gabapentin 300 mg at bedtime helped partially.", DOSES),
        ("The patient completed eight weeks of physical therapy without relief.", COURSE),
        ("HbA1c was 9.1 percent on January 15, 2026.", VALUES),
        ("On 2026-11-03 the chart says: effusion and joint line tenderness, right knee.", "x"),
        ("Her sister has diabetes.", KIN),
        ("No fever.", "She denies fever."),
        ("Pain was 8/10 in March.", FELL),
        ("Oswestry score fell from 52% to 44%; pain is 6/10 now.", FELL),
    ],
)
def test_a_clause_told_in_its_order_is_aligned(text, quote):
    assert astray(text, [Told(text if quote == "x" else quote)]) is False


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Gabapentin 300 mg at bedtime did not help.", DOSES),
        ("Gabapentin 300 mg at bedtime helped.", DOSES),
        ("Naproxen 500 mg twice daily for 6 weeks helped.", DOSES),
        ("Naproxen and gabapentin did not help.", DOSES),
        ("Completed physical therapy on 2026-03-02.", COURSE),
        ("Completed physical therapy from 2026-04-27 to 2026-03-02.", COURSE),
        ("Completed 8 months of physical therapy without relief.", COURSE),
        ("HbA1c was 8.4% on 2026-01-15.", VALUES),
        ("HbA1c was 9.1% on 2026-07-15.", VALUES),
        ("Weight was 92 kg on 2026-01-15.", VALUES),
        ("She had physical therapy for 6 weeks.", PLAN),
        ("Surgery if no better.", PLAN),
        ("The patient had breast cancer at age 52.", KIN),
        ("Her mother had breast cancer and diabetes.", KIN),
        ("Effusion of the left knee.", SIDES),
        ("Knee: no effusion.", SIDES),
        ("Oswestry score fell to 52%.", FELL),
        ("Pain is 8/10 now.", FELL),
        ("Pain was 6/10 in March.", FELL),
        ("No cancer.", "No history of cancer."),
        ("She denies cancer.", "No history of cancer."),
        ("No history of fever.", "She denies fever."),
    ],
)
def test_words_of_another_clause_or_without_their_limit_are_astray(text, quote):
    assert astray(text, [Told(quote)])


def test_each_part_may_tell_another_source():
    both = [Told(COURSE), Told(DOSES)]
    assert not astray(f"{COURSE} Gabapentin 300 mg at bedtime helped partially.", both)
    assert astray("Gabapentin 300 mg at bedtime was without relief.", both)


def test_a_day_belongs_to_the_fact_that_has_it():
    visit = Told("Strength 4/5 in the left ankle.", "2026-10-01")
    imaging = Told("MRI shows a protrusion at L4-L5.", "2026-06-18")
    assert not astray("On 2026-06-18 MRI shows a protrusion at L4-L5.", [visit, imaging])
    assert astray("On 2026-10-01 MRI shows a protrusion at L4-L5.", [visit, imaging])


@pytest.mark.parametrize("words", ["left 5 mg no ", "a, and b; ", "2026-01-02 ", "one two three "])
def test_a_long_sentence_takes_its_share_of_time(words):
    once, often = seconds(lambda text: astray(text, [Told(text)]), lambda n: words * n, 12)
    assert often < BOUND * once

"""What notes mean: denied, past, planned, of a relative, declined, failed."""

from datetime import date

import pytest

from tests.nodes.policy_world import criterion, lumbar


def status(name, *texts):
    return criterion(lumbar(*texts), name).status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saddle anesthesia present.", "met"),
        ("New urinary retention since yesterday.", "met"),
        ("Patient reports saddle numbness and bowel incontinence.", "met"),
        ("[x] Saddle anesthesia  [ ] Fever", "met"),
        ("No fever, but has new urinary retention.", "met"),
        ("No longer able to walk; urinary retention since Monday.", "met"),
        ("Cauda equina syndrome cannot be excluded: urinary retention.", "met"),
        ("She denies saddle anesthesia, urinary retention and incontinence.", "not_met"),
        ("She denies that she has saddle anesthesia.", "not_met"),
        ("Denies fever, chills, weight loss, or saddle anesthesia.", "not_met"),
        ("No evidence of cauda equina syndrome.", "not_met"),
        ("Saddle anesthesia: No", "not_met"),
        ("Saddle anesthesia: denies", "not_met"),
        ("Saddle anesthesia was not present.", "not_met"),
        ("Bowel incontinence absent.", "not_met"),
        ("Urinary retention has resolved.", "not_met"),
        ("History of urinary retention in 2019.", "not_met"),
        ("[ ] Saddle anesthesia", "not_met"),
        ("No red flags.", "not_met"),
        ("Rectal tone normal. Neither saddle anesthesia nor incontinence.", "not_met"),
        ("Return if saddle anesthesia or urinary retention develops.", "not_met"),
        ("Educated about signs of cauda equina syndrome.", "not_met"),
        ("Call for urinary retention.", "not_met"),
        ("Family History: mother with urinary retention.", "not_met"),
        ("Her mother has urinary incontinence.", "not_met"),
        ("MRI to rule out cauda equina compression.", "not_met"),
        ("Should she notice saddle numbness, go to the emergency room.", "not_met"),
        ("He doesn't have saddle anesthesia.", "not_met"),
        ("She does not have any\nsaddle anesthesia.", "not_met"),
    ],
)
def test_red_flags(text, expected):
    assert status("cauda_equina", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Right ankle dorsiflexion 4/5.", "met"),
        ("Strength: EHL 3+/5 on the left, otherwise 5/5.", "met"),
        ("Left Achilles reflex absent, right 2+.", "met"),
        ("Diminished right patellar reflex.", "met"),
        ("Weakness of left ankle dorsiflexion on exam.", "met"),
        ("Strength 5/5 throughout, reflexes symmetric.", "not_met"),
        ("Neurologically intact.", "not_met"),
        ("No motor weakness. No foot drop.", "not_met"),
        ("Patient complains of leg weakness.", "unknown"),
        ("Ankle dorsiflexion 5/5.", "unknown"),
        ("Foot drop in 2019, resolved.", "unknown"),
    ],
)
def test_deficits_are_found_on_examination(text, expected):
    assert status("root_deficit", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She completed 8 weeks of physical therapy without improvement.",
        "Completed six weeks of PT. No improvement in pain.",
        "PT from 9/1/2026 to 10/27/2026 did not help.",
        "Failed 6 weeks of conservative treatment.",
        "Attended physical therapy x 8 wks with no relief.",
        "Pain persists despite 2 months of physical therapy and NSAIDs.",
        "Physical therapy was tried for 6-8 weeks and was ineffective.",
        "He underwent 12 visits of PT over 7 weeks; symptoms have not improved.",
        "Home exercise program performed daily for seven weeks, no benefit.",
        "Tried ibuprofen and PT for 6 weeks but could not tolerate either.",
        "Started PT 8 weeks ago and has attended every visit, without relief.",
        "Three weeks of PT followed by four weeks of chiropractic care, both tried without relief.",
        "Low back pain for 3 months. She has completed 6 weeks of PT with minimal relief.",
        "PT was ordered in August and completed: 6 weeks, no improvement.",
    ],
)
def test_care_that_counts(text):
    found = lumbar(text)
    assert criterion(found, "care_weeks").status == "met", criterion(found, "care_weeks").reason
    assert criterion(found, "care_failed").status == "met", criterion(found, "care_failed").reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Physical therapy ordered, 12 visits over 6 weeks.", "unknown"),
        ("Plan: 6 weeks of physical therapy, then MRI if no improvement.", "unknown"),
        ("Will start PT for 8 weeks.", "unknown"),
        ("Refer to physical therapy 2x/week for 6 weeks.", "unknown"),
        ("If she fails 6 weeks of PT we will order an MRI.", "unknown"),
        ("Follow up after 6 weeks of physical therapy.", "unknown"),
        ("Once he has completed 6 weeks of PT, MRI.", "unknown"),
        ("PT ordered; has not started.", "unknown"),
        ("She should complete 6 weeks of physical therapy.", "unknown"),
        ("Back pain in 2021 treated with 6 weeks of physical therapy, resolved.", "unknown"),
        ("PAST HISTORY: completed 8 weeks of PT for the shoulder in 2024.", "unknown"),
        ("His wife completed 8 weeks of physical therapy without relief.", "unknown"),
        ("FAMILY HISTORY: Mother failed 6 weeks of physical therapy.", "unknown"),
        ("Low back pain for 8 weeks. Tried ibuprofen without relief.", "unknown"),
        ("8 weeks of low back pain despite PT.", "unknown"),
        ("Has been off work for 8 weeks. Attended PT.", "unknown"),
        ("Attended PT without relief. Follow up in 6 weeks.", "unknown"),
        ("Patient declined physical therapy.", "not_met"),
        ("She has not had physical therapy.", "not_met"),
        ("Never attended PT.", "not_met"),
        ("Completed 3 weeks of physical therapy without improvement.", "not_met"),
        ("Completed nearly six weeks of PT without improvement.", "not_met"),
    ],
)
def test_care_that_does_not_count(text, expected):
    found = criterion(lumbar(text), "care_weeks")
    assert found.status == expected, found.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Completed 6 weeks of PT with significant improvement.", "not_met"),
        ("After 6 weeks of PT she feels much better.", "not_met"),
        ("Completed 6 weeks of PT with partial relief.", "unknown"),
        ("Completed 6 weeks of PT.", "unknown"),
        ("PT initially helped, but now pain is worse despite 6 weeks.", "met"),
        ("Completed 6 weeks of PT. Return if no improvement.", "unknown"),
    ],
)
def test_what_came_of_it(text, expected):
    found = criterion(lumbar(text), "care_failed")
    assert found.status == expected, found.reason


def test_overlapping_treatments_are_not_added_up():
    found = lumbar(
        "Completed PT from 10/01/2026 to 10/22/2026 and took naproxen"
        " from 10/01/2026 to 10/22/2026 without relief."
    )
    assert criterion(found, "care_weeks").status == "not_met"


def test_the_same_weeks_told_twice_are_not_added_up():
    found = lumbar(
        ("Completed 4 weeks of PT without relief.", date(2026, 11, 1)),
        ("She completed 4 weeks of PT without relief.", date(2026, 11, 14)),
    )
    assert criterion(found, "care_weeks").status == "not_met"


def test_the_later_note_counts():
    first = ("No physical therapy so far. No saddle anesthesia.", date(2026, 9, 1))
    later = ("Completed 8 weeks of PT without relief. Saddle anesthesia today.", date(2026, 11, 12))
    assert status("care_weeks", first, later) == "met"
    assert status("cauda_equina", first, later) == "met"
    found = lumbar(
        ("Saddle anesthesia today.", date(2026, 11, 1)),
        ("No saddle anesthesia.", date(2026, 11, 9)),
    )
    assert criterion(found, "cauda_equina").status == "not_met"


def test_contradictions_are_a_conflict():
    found = lumbar("HPI: denies saddle anesthesia.\n\nEXAM: Saddle anesthesia present.")
    leaf = criterion(found, "cauda_equina")
    assert (leaf.status, leaf.conflict) == ("unknown", True)
    assert {one.speaks for one in leaf.evidence} == {"for", "against"}
    assert found.criteria[0].conflict
    assert "conflict" in {gap.kind for gap in found.gaps}


def test_done_and_then_never_done_is_a_conflict():
    found = lumbar(
        ("Completed 8 weeks of PT without relief.", date(2026, 11, 5)),
        ("Patient states that she never attended PT.", date(2026, 11, 12)),
    )
    assert criterion(found, "care_weeks").conflict

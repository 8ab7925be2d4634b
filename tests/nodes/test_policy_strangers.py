"""Sentences as other people write them, none of which the rules were first made for."""

import pytest

from tests.nodes.policy_world import criterion, lumbar

STRANGERS = [
    (
        "care_weeks",
        "Pt has been through a full six-week course of supervised PT with no lasting benefit.",
        "met",
    ),
    (
        "care_weeks",
        "Patient has participated in PT twice weekly since 9/1/2026 without improvement.",
        "met",
    ),
    (
        "care_weeks",
        "Conservative management including NSAIDs, home exercises and PT for > 6 weeks has failed.",
        "met",
    ),
    ("care_weeks", "She did 8 weeks of PT; it made no difference.", "met"),
    (
        "care_weeks",
        "Treatment to date: physical therapy (8/15/26 - 10/10/26), naproxen, no relief.",
        "met",
    ),
    ("care_weeks", "Tx: PT x 8 wks - failed. Naproxen - failed.", "met"),
    ("care_weeks", "He has trialed and failed 6+ weeks of conservative therapy.", "met"),
    (
        "care_weeks",
        "Physical therapy: 09/02/2026 through 10/28/2026, 14 sessions. Outcome: no improvement.",
        "met",
    ),
    ("care_weeks", "After eight weeks of physical therapy her pain is unchanged.", "met"),
    ("care_weeks", "PT was started on 9/3 and ended 10/29 without relief.", "met"),
    ("care_weeks", "Completed two months of chiropractic treatment with minimal benefit.", "met"),
    (
        "care_weeks",
        "Patient was referred to PT on 9/1 and attended 8 weeks, discharged without improvement.",
        "met",
    ),
    (
        "care_weeks",
        "She has been doing a home exercise program for 7 weeks without benefit.",
        "met",
    ),
    ("care_weeks", "Patient has not yet completed 6 weeks of PT.", "unknown"),
    ("care_weeks", "Insurance requires 6 weeks of PT. ", "unknown"),
    (
        "care_weeks",
        "Discussed that insurance requires six weeks of physical therapy before MRI.",
        "unknown",
    ),
    ("care_weeks", "Patient refuses PT; wants MRI.", "not_met"),
    ("care_weeks", "Did 6 weeks of PT for knee pain.", "unknown"),
    ("care_weeks", "PT for her shoulder x 8 weeks completed without relief.", "unknown"),
    ("care_weeks", "PT/INR 2.1. Completed 8 weeks of warfarin.", "unknown"),
    ("care_weeks", "Pt with 8 weeks of back pain.", "unknown"),
    ("care_weeks", "Patient requests MRI instead of 6 weeks PT.", "unknown"),
    ("care_weeks", "Prescribed PT 3x/wk x 6 wks.", "unknown"),
    ("care_weeks", "Continue PT for another 6 weeks.", "unknown"),
    ("care_weeks", "Rx: naproxen 500 mg BID x 6 weeks.", "unknown"),
    ("care_weeks", "Last year she completed 8 weeks of PT for a prior episode.", "unknown"),
    ("care_weeks", "In 2024 completed 8 weeks of PT without relief.", "unknown"),
    ("care_weeks", "Has only attended 2 PT visits over 2 weeks.", "not_met"),
    ("care_weeks", "No-showed for PT appointments.", "not_met"),
    ("care_weeks", "Unable to attend PT due to cost.", "not_met"),
    ("care_weeks", "PT not covered; none done.", "unknown"),
    ("care_weeks", "Patient states PT helped her sister after 8 weeks.", "unknown"),
    ("cauda_equina", "Bladder: retention, post void residual 400 ml. Saddle anesthesia +.", "met"),
    ("cauda_equina", "+ saddle anesthesia", "met"),
    ("cauda_equina", "Positive for saddle anesthesia and urinary incontinence.", "met"),
    ("cauda_equina", "Saddle anesthesia (-), urinary retention (-).", "not_met"),
    ("cauda_equina", "Negative for: saddle anesthesia, bowel incontinence.", "not_met"),
    (
        "cauda_equina",
        "ROS: GU: no urinary retention or incontinence. Neuro: no saddle anesthesia.",
        "not_met",
    ),
    ("cauda_equina", "Denies bowel/bladder incontinence.", "not_met"),
    ("cauda_equina", "No bowel or bladder incontinence, no saddle anesthesia.", "not_met"),
    ("cauda_equina", "Bowel/bladder incontinence: none.", "not_met"),
    ("cauda_equina", "Patient without saddle anesthesia.", "not_met"),
    ("cauda_equina", "Stress urinary incontinence, chronic since 2015.", "not_met"),
    (
        "cauda_equina",
        "Red flags reviewed: saddle anesthesia, incontinence, fever - all negative.",
        "not_met",
    ),
    (
        "cauda_equina",
        "Advised to go to the ER for saddle anesthesia or urinary retention.",
        "not_met",
    ),
    (
        "cauda_equina",
        "She understands to call immediately should urinary retention occur.",
        "not_met",
    ),
    (
        "cauda_equina",
        "Patient denies any new weakness but reports sudden urinary retention.",
        "met",
    ),
    ("cauda_equina", "Developed saddle anesthesia overnight.", "met"),
    ("root_deficit", "Motor: 4/5 strength in right dorsiflexion.", "met"),
    ("root_deficit", "Motor exam: R EHL 4/5", "met"),
    ("root_deficit", "DTRs: patellar 2+, Achilles 0 on left.", "met"),
    ("root_deficit", "Right ankle jerk absent.", "met"),
    ("root_deficit", "Strength intact bilaterally.", "not_met"),
    ("root_deficit", "No weakness in ankle dorsiflexion.", "not_met"),
    ("root_deficit", "Last visit ankle dorsiflexion was 4/5, now 5/5.", "unknown"),
    ("care_failed", "Completed 6 weeks of PT. Pain went from 8/10 to 3/10.", "unknown"),
    (
        "care_failed",
        "Completed 6 weeks of PT with no significant improvement in function or pain.",
        "met",
    ),
    ("care_failed", "Completed PT x6wk; pain 50% better.", "unknown"),
    (
        "care_failed",
        "She completed 8 weeks of PT and now has full resolution of symptoms.",
        "not_met",
    ),
    ("care_failed", "6 weeks PT completed - good relief.", "not_met"),
]


@pytest.mark.parametrize(("name", "text", "expected"), STRANGERS)
def test_notes_as_others_write_them(name, text, expected):
    found = criterion(lumbar(text), name)
    assert found.status == expected, found.reason

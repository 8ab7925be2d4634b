"""Rules, questions and boxes in notes are no statements; their answers are."""

import pytest

from tests.nodes.policy_world import criterion, lumbar


def status(name, *texts):
    return criterion(lumbar(*texts), name).status


@pytest.mark.parametrize(
    "text",
    [
        "Per insurance policy, 6 weeks of failed PT required before MRI.",
        "The payer's protocol: 6 weeks of completed physical therapy needed before imaging.",
        "MRI is indicated after 6 weeks of failed conservative therapy.",
        "Guidelines require six weeks of PT without improvement.",
        "Patient educated that 6 weeks of PT without relief comes first.",
        "Insurance denied MRI because 6 weeks of failed PT not documented.",
        "Completed 6 weeks of PT?",
        "[ ] Completed 6 weeks of PT without relief",
        "Completed 6 weeks of PT without relief [ ] yes [ ] no",
    ],
)
def test_a_rule_is_no_care(text):
    assert status("care_weeks", text) == "unknown"
    assert status("care_failed", text) == "unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Completed 6 weeks of PT? Yes.", "met"),
        ("[x] Completed 6 weeks of PT without relief", "met"),
        ("Completed 6 weeks of PT, as required by insurance, without relief.", "met"),
        ("Completed 6 weeks of PT? No.", "not_met"),
        ("Completed 6 weeks of PT? - denied", "not_met"),
    ],
)
def test_an_answer_counts(text, expected):
    assert status("care_weeks", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Saddle anesthesia? No.",
        "Saddle anesthesia - N",
        "Saddle anesthesia - denied",
        "Saddle anesthesia NO; Bowel incontinence NO",
        "Saddle anesthesia NO Fever NO",
        "Saddle anesthesia (neg)",
        "Saddle anesthesia: neg",
        "Saddle anesthesia: N. Fever: N.",
        "Saddle anesthesia? No. New weakness? Yes.",
        "Saddle anesthesia [ ] yes [x] no",
        "Exam w/o saddle anesthesia.",
        "[ ] Fever [ ] saddle anesthesia",
    ],
)
def test_denied_after_the_finding(text):
    assert status("cauda_equina", text) == "not_met"


@pytest.mark.parametrize(
    "text",
    [
        "Saddle anesthesia? Yes.",
        "Fever? No. Saddle anesthesia? Yes.",
        "Saddle anesthesia [x] yes [ ] no",
        "Patient does not deny saddle anesthesia.",
        "Saddle anesthesia - noted on examination.",
        "Saddle anesthesia. No fever.",
    ],
)
def test_affirmed_after_the_finding(text):
    assert status("cauda_equina", text) == "met"

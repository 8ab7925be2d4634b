"""Care for another part of the body, or for another problem, is no care for the back."""

import pytest

from tests.nodes.policy_world import criterion, lumbar


@pytest.mark.parametrize(
    "text",
    [
        "Completed 8 weeks of PT for rotator cuff tear without relief.",
        "Completed 8 weeks of physical therapy after right TKA without improvement.",
        "Did 8 weeks of PT following ankle fracture, no improvement.",
        "Completed 8 weeks of cervical spine physical therapy without relief.",
        "Completed 8 weeks of pelvic floor PT without improvement.",
        "Vestibular therapy: PT completed x 8 weeks, no benefit.",
        "Completed 8 weeks PT directed at plantar fasciitis, failed.",
        "Took gabapentin for 8 weeks for shingles without relief.",
        "Naproxen for headaches taken for 8 weeks without relief.",
        "Ibuprofen for 8 weeks for carpal tunnel syndrome, no relief.",
        "Took meloxicam x 8 weeks for rheumatoid arthritis without relief.",
        "Completed 8 weeks of PT to the left elbow without relief.",
        "Neck pain treated with 8 weeks of PT without relief.",
        "Took prednisone for 8 weeks for poison ivy, no relief.",
        "Completed 8 weeks of PT for her knee; back pain is unchanged.",
        "Completed 8 weeks of PT (shoulder) without relief.",
        "Plantar fasciitis. Completed 8 weeks of PT without relief.",
        "Knee: completed 8 weeks of PT without relief.",
    ],
)
def test_care_for_another_complaint(text):
    assert criterion(lumbar(text), "care_weeks").status == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "Completed 8 weeks of PT for low back pain radiating to the right ankle without relief.",
        "Completed 8 weeks of PT for back and knee pain without relief.",
        "Completed 8 weeks of PT for neck and low back pain without relief.",
        "Completed 8 weeks of PT for sciatica without relief.",
        "Completed 8 weeks of PT without improvement, ankle dorsiflexion 4/5.",
        "Took naproxen for 8 weeks for pain without relief.",
        "Completed 8 weeks of PT for lumbar radiculopathy without relief.",
    ],
)
def test_care_for_the_back(text):
    assert criterion(lumbar(text), "care_weeks").status == "met"

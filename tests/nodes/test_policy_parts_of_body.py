"""What is said of one part of the body is nothing said of another."""

import pytest

from nodes.policy.parts_of_body import of_another_part
from tests.growth import BOUND, seconds


@pytest.mark.parametrize(
    ("text", "words", "home", "other"),
    [
        ("Elbow flexion 4/5 on the left", "flexion 4/5", ("back", "foot"), True),
        ("Ankle: dorsiflexion 4/5", "dorsiflexion 4/5", ("back", "foot"), False),
        ("Shoulder normal, ankle dorsiflexion 4/5", "dorsiflexion 4/5", ("back", "foot"), False),
        ("Osteomyelitis of the left heel", "Osteomyelitis", ("back", "spine"), True),
        ("Osteomyelitis at L3", "Osteomyelitis", ("back", "spine"), False),
        ("Osteomyelitis, and the foot is warm", "Osteomyelitis", ("back", "spine"), None),
        ("Hips and knees are bone on bone", "bone on bone", ("knee",), False),
        ("Bone on bone in knee and hip", "Bone on bone", ("knee",), False),
        ("Hip is bone on bone", "bone on bone", ("knee",), True),
        ("Bone on bone (right hip)", "Bone on bone", ("knee",), True),
        ("Bone on bone, right hip", "Bone on bone", ("knee",), True),
        ("Bone on bone", "Bone on bone", ("knee",), None),
        ("Nonunion of the humerus", "Nonunion", ("back", "spine"), True),
        ("High pretest probability for DVT", "High pretest probability", ("heart",), True),
        ("Home test negative for influenza", "Home test negative", ("sleep",), True),
    ],
)
def test_the_part_named_nearest_decides(text, words, home, other):
    start = text.index(words)
    assert of_another_part(text, start, start + len(words), home) is other


def test_many_parts_take_time_in_proportion():
    def read(text):
        of_another_part(text, len(text), len(text), ("back",))

    once, more = seconds(read, "hip and knee, ".__mul__, 200)
    assert more < BOUND * once

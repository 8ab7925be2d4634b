"""A finding of the other knee is no finding of the knee that was ordered."""

import pytest

from nodes.case import ServiceLine
from nodes.policy.assess import assess
from nodes.policy.library import shipped
from tests.nodes.policy_world import TODAY, case, chart, note

HELD = next(one for one in shipped().held if one.policy.id == "composite.knee-mri.commercial")


def sign(text, *sides):
    lines = tuple(ServiceLine(system="CPT", code="73721", laterality=side) for side in sides)
    found = assess(HELD, case(service_lines=lines), chart(note(text)), TODAY)
    return next(one.status for one in found.criteria if one.id == "sign")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Left knee: McMurray positive.", "unknown"),
        ("McMurray positive on the left.", "unknown"),
        ("Right knee: McMurray positive. Left knee normal.", "met"),
        ("Left knee normal, right knee McMurray positive.", "met"),
        ("LEFT KNEE: Small effusion. Lachman positive.", "unknown"),
        ("Both knees: McMurray positive.", "met"),
        ("McMurray positive.", "met"),
        ("Right knee McMurray positive, left knee McMurray negative.", "met"),
        ("Right knee McMurray negative, left knee McMurray positive.", "not_met"),
    ],
)
def test_what_is_said_of_a_knee_counts_for_that_knee(text, status):
    assert sign(text, "right") == status


@pytest.mark.parametrize("sides", [(None,), ("bilateral",), ("left", "right")])
def test_without_one_ordered_side_either_knee_counts(sides):
    assert sign("Left knee: McMurray positive.", *sides) == "met"

"""A finding of the other knee is no finding of the knee that was ordered."""

import pytest

from nodes.case import Diagnosis, ServiceLine
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


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Left knee: trace effusion. Lachman positive. Right knee: every test is normal.",
            "unknown",
        ),
        ("Exam. L knee: effusion, Thessaly positive. R knee: full motion.", "unknown"),
        ("Exam. L knee: full motion. R knee: Thessaly positive.", "met"),
        ("Left knee: effusion.\nImpression: Lachman positive.", "met"),
        ("She left work early. Lachman positive.", "met"),
        ("Lachman positive; left shoulder sore.", "met"),
    ],
)
def test_a_side_at_the_head_of_a_sentence_governs_those_after_it(text, status):
    assert sign(text, "right") == status


@pytest.mark.parametrize(
    ("code", "status"),
    [("M25.561", "unknown"), ("M25.562", "met"), ("S83.511A", "unknown"), ("M25.569", "met")],
)
def test_the_side_of_the_diagnosis_is_the_ordered_one(code, status):
    lines = (ServiceLine(system="CPT", code="73721"),)
    asked = case(service_lines=lines, diagnoses=(Diagnosis(code=code),))
    found = assess(HELD, asked, chart(note("Left knee: McMurray positive.")), TODAY)
    assert next(one.status for one in found.criteria if one.id == "sign") == status


@pytest.mark.parametrize(("modifiers", "status"), [(("RT",), "unknown"), (("LT",), "met")])
def test_a_modifier_names_the_side(modifiers, status):
    lines = (ServiceLine(system="CPT", code="73721", modifiers=modifiers),)
    found = assess(
        HELD, case(service_lines=lines), chart(note("Left knee: McMurray positive.")), TODAY
    )
    assert next(one.status for one in found.criteria if one.id == "sign") == status

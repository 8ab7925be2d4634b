"""The sandbox's scenes for imaging: the good chart is met, the other says what it lacks."""

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from tests.server.test_sandbox_scenes import AS_OF, fetched

KNEE, LUMBAR = "composite.knee-mri.commercial", "composite.lumbar-mri.commercial"


def assessed(scene):
    answer = fetched(scene)
    request = CheckPolicyRequest(case=answer.case, chart=answer.chart, as_of=AS_OF)
    return check_policy(request).assessment


@pytest.mark.parametrize(
    ("scene", "policy"),
    [("knee-mri-good", KNEE), ("lumbar-mri-good", LUMBAR), ("lumbar-mri-urgent-good", LUMBAR)],
)
def test_the_good_chart_is_met(scene, policy):
    found = assessed(scene)
    assert (found.policy.id, found.status, found.missing_sets) == (policy, "met", ())


@pytest.mark.parametrize(
    ("scene", "policy", "gaps"),
    [
        ("knee-mri-gap", KNEE, {"film", "therapy_weeks", "therapy_failed", "sign"}),
        ("lumbar-mri-gap", LUMBAR, {"care_weeks"}),
        ("lumbar-mri-urgent-gap", LUMBAR, {"care_weeks", "care_failed", "re_evaluation"}),
    ],
)
def test_the_other_chart_lacks_what_the_scene_lacks(scene, policy, gaps):
    found = assessed(scene)
    assert (found.policy.id, found.status) == (policy, "unknown")
    assert gaps <= {name for one in found.missing_sets for name in one}


def test_a_film_can_be_done_without_when_a_named_test_is_positive():
    found = assessed("knee-mri-gap")
    assert ("sign",) in found.missing_sets


def test_the_good_knee_is_met_by_care_by_a_sign_and_by_locking():
    shown = {one.id: one for one in assessed("knee-mri-good").criteria}
    for name in ("film", "therapy_weeks", "therapy_failed", "sign", "locked"):
        assert shown[name].status == "met", name
        assert shown[name].evidence, name

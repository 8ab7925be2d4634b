"""The sandbox's scenes of drugs, surgery and genes, fetched and judged: good is met, gap is not."""

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from tests.ehr import AS_OF
from tests.server.test_sandbox_scenes import fetched

SCENES = {
    "adalimumab-good": ("composite.adalimumab.commercial", "met"),
    "adalimumab-gap": ("composite.adalimumab.commercial", "unknown"),
    "brca-good": ("composite.brca.commercial", "met"),
    "brca-gap": ("composite.brca.commercial", "unknown"),
    "knee-replacement-good": ("cms.l40231.knee-replacement", "met"),
    "knee-replacement-gap": ("composite.knee-replacement.commercial", "not_met"),
}


def judged(name):
    answer = fetched(name)
    asked = CheckPolicyRequest(case=answer.case, chart=answer.chart, as_of=AS_OF)
    return check_policy(asked).assessment


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_gets_its_verdict(name):
    found = judged(name)
    said = [f"{one.id}: {one.status}, {one.reason}" for one in found.criteria]
    assert (found.policy.id, found.status) == SCENES[name], said


@pytest.mark.parametrize("name", [name for name in SCENES if name.endswith("good")])
def test_every_met_of_a_scene_rests_on_words_of_the_chart(name):
    answer, found = fetched(name), judged(name)
    quotes = {one.id: one.quote for one in (*answer.chart.facts, *found.facts)}
    evidence = [shown for one in found.criteria if one.status == "met" for shown in one.evidence]
    assert evidence
    assert all(quotes[shown.fact] == shown.quote for shown in evidence)


GAPS = {
    "adalimumab-gap": {"methotrexate", "no_tuberculosis", "rheumatologist", "cdai"},
    "brca-gap": {"relative_breast_50", "counselling_visit", "pedigree"},
}


@pytest.mark.parametrize("name", GAPS)
def test_a_gap_of_a_scene_is_asked_for(name):
    asked = {leaf for group in judged(name).missing_sets for leaf in group}
    assert asked >= GAPS[name]


def test_the_knee_of_the_gap_fails_by_grade_care_and_weight():
    found = {one.id: one.status for one in judged("knee-replacement-gap").criteria}
    failed = ("grade", "severe_narrowing", "care_weeks", "weight", "no_smoking")
    assert {found[name] for name in failed} == {"not_met"}

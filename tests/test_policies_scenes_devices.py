"""The sandbox's device scenes, fetched by the real node, against the shipped policies."""

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from tests.ehr import AS_OF
from tests.nodes.policy_world import criterion
from tests.server.test_sandbox_scenes import ALL, fetched

POLICIES = {
    "cgm": "cms.l33822.cgm.initial",
    "cpap": "cms.l33718.cpap.initial",
    "home-oxygen": "cms.l33797.oxygen.initial",
    "power-wheelchair": "cms.l33789.power-wheelchair.k0823",
}
GAPS = {
    "cgm": {"insulin", "visit"},
    "cpap": {"evaluation", "sleepiness", "instruction"},
    "home-oxygen": {"result_reviewed", "saturation_rest"},
    "power-wheelchair": {
        "visit", "activity_impaired", "no_cane", "no_walker", "no_manual_chair", "no_scooter",
        "operates", "home", "improvement",
    },
}  # fmt: skip


def assessed(service, variant):
    answer = fetched(f"{service}-{variant}")
    asked = CheckPolicyRequest(case=answer.case, chart=answer.chart, as_of=AS_OF)
    return check_policy(asked).assessment


@pytest.mark.parametrize("service", POLICIES)
def test_the_good_chart_meets_the_policy(service):
    found = assessed(service, "good")
    assert (found.policy.id, found.status) == (POLICIES[service], "met")
    assert found.missing_sets == ()


@pytest.mark.parametrize("service", POLICIES)
def test_the_gap_chart_lacks_what_its_scene_lacks(service):
    found = assessed(service, "gap")
    assert (found.policy.id, found.status) == (POLICIES[service], "unknown")
    assert set(found.missing_sets[0]) == GAPS[service]
    assert {gap.criterion for gap in found.gaps} >= GAPS[service]


@pytest.mark.parametrize("service", POLICIES)
@pytest.mark.parametrize("variant", ["good", "gap"])
def test_every_quote_is_in_the_chart(service, variant):
    chart = fetched(f"{service}-{variant}").chart
    found = assessed(service, variant)
    known = {fact.id: fact for fact in (*chart.facts, *found.facts)}
    texts = {note.id: note.text for note in chart.notes}
    shown = [one for leaf in found.criteria for one in leaf.evidence]
    assert shown
    for one in shown:
        assert known[one.fact].quote == one.quote
        source, _, span = one.fact.partition("#")
        if span and source in texts:
            assert one.quote in texts[source]


def test_a_scene_of_each_service_is_there():
    assert {f"{service}-{variant}" for service in POLICIES for variant in ("good", "gap")} <= set(
        ALL
    )


def test_the_bare_saturation_of_the_triage_is_refused_for_want_of_its_condition():
    leaf = criterion(assessed("home-oxygen", "gap"), "saturation_rest")
    assert leaf.status == "unknown"
    assert "not its condition" in leaf.reason


def test_the_walking_test_is_read_by_its_conditions():
    found = assessed("home-oxygen", "good")
    assert criterion(found, "saturation_exercise_89").status == "met"
    assert criterion(found, "saturation_rest").status == "met"
    # Low at rest already: the drop on exertion is only asked of who has enough at rest that day.
    assert criterion(found, "exercise_low").status == "unknown"


def test_the_first_visit_after_the_sleep_test_is_no_evaluation_before_it():
    leaf = criterion(assessed("cpap", "gap"), "evaluation")
    assert leaf.status == "unknown"
    assert "before the test of 2026-10-08" in leaf.reason

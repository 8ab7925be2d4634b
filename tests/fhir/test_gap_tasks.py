"""The Task drafts of check-policy against FHIR R4, as a client of others reads them."""

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from tests.fhir.test_sandbox_shapes import wrong
from tests.nodes.policy_world import TODAY
from tests.world import case_and_chart


def drafts(patient="hale"):
    asked, record = case_and_chart(patient)
    answer = check_policy(CheckPolicyRequest(case=asked, chart=record, as_of=TODAY))
    assert answer.tasks
    return [{"id": f"t{place}", **task} for place, task in enumerate(answer.tasks)]


@pytest.mark.usefixtures("sekmet_installed")
def test_every_draft_has_the_shape_of_r4():
    assert wrong(drafts()) == {}


@pytest.mark.usefixtures("sekmet_installed")
@pytest.mark.parametrize("change", [{"asks": "x"}, {"input": "x"}, {"intent": None}])
def test_a_wrong_task_is_seen(change):
    task = {name: value for name, value in (drafts()[0] | change).items() if value is not None}
    assert set(wrong([task])) == {"Task/t0"}

"""The Task drafts of gaps: one for each, the same one twice, and ready for write-back."""

import json

from nodes.ehr.writing.filings import filings
from nodes.ehr.writing.matter import CareTask, CaseOutcome, Matter
from tests.nodes.policy_monitor import DIABETES, answer
from tests.nodes.policy_world import TODAY


def test_a_task_for_each_gap_and_the_same_one_twice():
    first, again = answer(), answer(DIABETES)
    assert [task["input"][0]["valueString"] for task in first.tasks] == [
        gap.ask for gap in first.assessment.gaps
    ]
    names = [task["identifier"][0]["value"] for task in first.tasks]
    assert len(set(names)) == 3 and names[0] == "PA-1/test.monitor/diabetes"
    assert {task["identifier"][0]["value"] for task in again.tasks} < set(names)
    last = first.tasks[-1]
    assert (last["status"], last["intent"], last["focus"]["reference"]) == (
        "draft", "proposal", "ServiceRequest/o1",
    )  # fmt: skip
    assert last["owner"] == {"display": "Riverbend"} and last["for"]["reference"] == "Patient/p1"
    assert last["input"][1]["valueString"] == first.assessment.gaps[-1].addendum
    assert json.loads(json.dumps(first.tasks)) == list(first.tasks)


def test_a_workflow_hands_the_drafts_to_write_back():
    """Field for field: what a workflow does with one expression."""
    tasks = tuple(
        CareTask(
            title=task["code"]["text"],
            words=task["reasonCode"]["text"],
            of=task["performerType"][0]["coding"][0]["code"],
            asks=tuple(one["valueString"] for one in task["input"]),
        )
        for task in answer().tasks
    )
    fields = dict.fromkeys(Matter.model_fields) | {
        "case_id": "PA-1", "attempt": "1", "patient": "Patient/p1", "order": "ServiceRequest/o1",
        "as_of": TODAY, "urgent": False, "outcome": CaseOutcome(status="needs_information"),
        "letter_draft": True, "tasks": tasks,
    }  # fmt: skip
    filed = list(filings(Matter(**fields)))
    assert [one.asks for one in filed] == [one.asks for one in tasks]
    assert filed[-1].role == "the ordering provider"

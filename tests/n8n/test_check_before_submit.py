"""An order is checked before anybody works on it: ready, gaps as tasks, or stopped for a person."""

from typing import Any

import pytest
import requests

from tests.n8n.cases import written
from tests.n8n.instance import until
from tests.n8n.orders import event
from tests.n8n.stage import Stage

pytestmark = [pytest.mark.n8n, pytest.mark.slow]
Json = dict[str, Any]


def tasks(stage: Stage, case_id: str, count: int) -> list[Json]:
    """Wait until the EHR has so many tasks of a case."""

    def look() -> list[Json] | None:
        found = written(stage, case_id, "Task")
        return found if len(found) >= count else None

    return list(until(f"{count} tasks of {case_id}", look, 60))


def test_a_red_flag_passes_without_weeks_of_care(stage: Stage) -> None:
    answer = stage.check(event("costa", "PA-CHECK-1"))
    assert answer.status_code == 200
    told = answer.json()
    assert (told["verdict"], told["needed"], told["status"]) == ("ready", "auth-needed", "met")
    assert told["gaps"] == []
    assert written(stage, "PA-CHECK-1", "Task") == []


def test_gaps_become_tasks_once(stage: Stage) -> None:
    told = stage.check(event("hale", "PA-CHECK-2")).json()
    assert (told["verdict"], told["status"]) == ("gaps", "unknown")
    assert told["readiness"]["percent"] < 100
    whom = {gap["of"] for gap in told["gaps"]}
    found = tasks(stage, "PA-CHECK-2", len(whom))
    asked = " ".join(one["description"] for one in found)
    assert all(gap["ask"] in asked for gap in told["gaps"])
    assert any("____" in (gap["addendum"] or "") for gap in told["gaps"])

    again = stage.check(event("hale", "PA-CHECK-2")).json()
    assert again == told
    until("both runs have ended", lambda: not stage.n8n.executions("status=running"), 60)
    assert len(written(stage, "PA-CHECK-2", "Task")) == len(found)


def test_an_unknown_requirement_stops(stage: Stage) -> None:
    url = f"{stage.sandbox.base_url}/sandbox/ehr/orders?service=brca&variant=good"
    [listed] = requests.get(url, timeout=10).json()
    told = stage.check(listed["event"] | {"case_id": "PA-CHECK-3"}).json()
    assert (told["verdict"], told["needed"]) == ("stopped", "unknown")
    assert told["policy"] is None
    [task] = tasks(stage, "PA-CHECK-3", 1)
    assert "do not take it for not needed" in task["description"]


def test_another_patients_order_stops(stage: Stage) -> None:
    told = stage.check(
        event("lopez", "PA-CHECK-4") | {"patient": event("hale", "x")["patient"]}
    ).json()
    assert told["verdict"] == "stopped"
    assert told["needed"] is None


def test_an_event_without_an_order_is_refused(stage: Stage) -> None:
    assert stage.check({"case_id": "PA-CHECK-5"}).status_code == 400

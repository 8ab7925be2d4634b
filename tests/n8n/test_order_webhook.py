"""What an EHR announces becomes one case, or a task that says why not, in the real n8n."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.n8n.cases import written
from tests.n8n.instance import until
from tests.n8n.orders import PATIENTS
from tests.n8n.stage import Json, Stage

pytestmark = [pytest.mark.n8n, pytest.mark.slow, pytest.mark.browser]


def signed(stage: Stage, who: str, **wish: object) -> str:
    """Sign an order in the EHR; give its reference."""
    order = stage.sign(PATIENTS[who][0], **wish)
    return f"{order['resourceType']}/{order['id']}"


def taken(stage: Stage, order: str) -> list[Json]:
    """The rows of an order among those taken in."""
    return [r for r in stage.n8n.rows("prior_auth_orders") if r["order_reference"] == order]


def until_taken(stage: Stage, order: str, status: str, seconds: float = 60) -> Json:
    """Wait until an order was taken in; give its one row."""

    def look() -> list[Json]:
        return [row for row in taken(stage, order) if row["status"] == status]

    [row] = until(f"{order} is {status}", look, seconds)
    return dict(row)


def cases(stage: Stage, case_id: str) -> list[Json]:
    """The rows of a case in the main workflow."""
    return [r for r in stage.n8n.rows("prior_auth_cases") if r["case_id"] == case_id]


def test_a_new_order_becomes_a_case_and_the_same_again_does_not(stage: Stage) -> None:
    order = signed(stage, "lopez")

    answer = stage.announce(stage.notification(order))

    assert answer.status_code == 202
    row = until_taken(stage, order, "handed_on")
    case_id = answer.json()["orders"][0]["case_id"]
    assert (row["case_id"], row["patient_reference"]) == (case_id, "Patient/pt-lopez")
    assert row["services"] == "CPT 72148"
    assert stage.until_status(case_id, "waiting_for_review")["patient"] == "Maria Lopez"

    for payload in ("id-only", "full-resource"):
        again = stage.announce(stage.notification(order, payload=payload))
        assert (again.status_code, again.json()["already_known"]) == (200, True)
    assert len(taken(stage, order)) == len(cases(stage, case_id)) == 1
    assert "Lopez" not in json.dumps(stage.n8n.rows("prior_auth_orders"))

    second = signed(stage, "lopez")
    assert stage.announce(stage.notification(second, payload="full-resource")).status_code == 202
    other = until_taken(stage, second, "ordered_again")
    assert cases(stage, other["case_id"]) == []
    [task] = written(stage, other["case_id"], "Task")
    assert "No second request was begun" in task["description"]

    revoked = signed(stage, "lopez", id=order.partition("/")[2], set={"status": "revoked"})
    assert revoked == order
    for _ in range(2):
        stage.announce(stage.notification(order))
    [gone] = until("the end is told", lambda: written(stage, case_id, "Task"))
    assert "no longer stands" in gone["description"]


def test_sent_many_times_at_once_is_one_case(stage: Stage) -> None:
    order = signed(stage, "okafor")
    event = stage.notification(order, payload="full-resource")

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: stage.announce(event).status_code, range(6)))

    assert set(answers) <= {200, 202}
    row = until_taken(stage, order, "handed_on")
    stage.until_status(row["case_id"], "waiting_for_review")
    until("the others are done", lambda: len(taken(stage, order)) == 1)
    assert len(cases(stage, row["case_id"])) == 1


def test_the_wrong_patient_stops_with_a_task_before_there_is_a_case(stage: Stage) -> None:
    order = signed(stage, "reed")
    patient = {"id": "Patient/pt-reed", "birth_date": "1984-05-05"}

    answer = stage.announce({"case_id": "PA-ANN-1", "order": order, "patient": patient})

    assert answer.status_code == 202
    until_taken(stage, order, "stopped")
    [task] = written(stage, "PA-ANN-1", "Task")
    assert "for" not in task
    assert cases(stage, "PA-ANN-1") == []


def test_an_order_that_lacks_something_ends_with_a_task_that_says_what(stage: Stage) -> None:
    order = signed(stage, "berg", set={"code": {"text": "MRI of the back"}})

    stage.announce(stage.notification(order))

    row = until_taken(stage, order, "needs_information")
    [task] = written(stage, row["case_id"], "Task")
    assert "/service_lines/0/code" in task["description"]
    assert cases(stage, row["case_id"]) == []


def test_another_server_and_what_is_no_order_are_refused(stage: Stage) -> None:
    foreign = {"order": "https://evil.example/fhir/ServiceRequest/sr-lopez-mri"}
    refused = stage.announce(foreign)
    assert (refused.status_code, "evil" in refused.text) == (409, False)
    unread = stage.announce({"order": "Canary"})
    assert (unread.status_code, unread.json()["errors"][0]["pointer"]) == (422, "/event/order")
    assert "Canary" not in unread.text
    for kind in ("handshake", "heartbeat"):
        quiet = stage.announce(stage.notification(type=kind))
        assert (quiet.status_code, quiet.json()["orders"]) == (200, [])
        assert kind in quiet.json()["nothing"]


def test_a_hook_is_answered_with_no_cards_and_its_order_found_once_signed(stage: Stage) -> None:
    draft = {
        "resourceType": "DeviceRequest",
        "id": "draft-1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/pt-nguyen"},
        "codeCodeableConcept": {"text": "CPAP"},
    }
    hook = {
        "hook": "order-sign",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {
            "userId": "Practitioner/pr-osei",
            "patientId": "pt-nguyen",
            "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": draft}]},
        },
    }

    answer = stage.announce(hook)
    order = signed(stage, "nguyen")

    assert (answer.status_code, answer.json()) == (200, {"cards": []})
    row = until_taken(stage, order, "handed_on")
    stage.until_status(row["case_id"], "waiting_for_review")


def test_an_ehr_that_is_down_leaves_the_order_to_the_next_poll(stage: Stage) -> None:
    order = signed(stage, "costa")
    event = stage.notification(order)
    stage.break_sandbox("ehr", down=1000, status=503)

    assert stage.announce(event).status_code == 202

    row = until_taken(stage, order, "failed", seconds=120)
    stage.break_sandbox("ehr")
    assert cases(stage, row["case_id"]) == []
    assert stage.poll().status_code == 202
    until_taken(stage, order, "handed_on")
    stage.until_status(row["case_id"], "waiting_for_review")
    assert len(taken(stage, order)) == 1

"""Orders walk through the imported workflows in a real n8n; the payer and the EHR are asked."""

import base64
import json

import pytest
from playwright.sync_api import Browser

from tests.n8n.cases import DECIDED, assert_chain_holds, filed, read, sent, waiting, written
from tests.n8n.instance import until
from tests.n8n.orders import PATIENTS, event
from tests.n8n.reviewer import Reviewer, approve_in_browser
from tests.n8n.stage import Stage

pytestmark = [pytest.mark.n8n, pytest.mark.slow, pytest.mark.browser]


def test_certified_by_a_reviewer_in_the_browser(stage: Stage, chromium: Browser) -> None:
    waiting(stage, "lopez", "PA-CERT")
    page = chromium.new_page()
    token = stage.server.reviewer_token
    approve_in_browser(page, stage.server.base_url, token, "PA-CERT", "Lopez")

    row = stage.until_closed("PA-CERT", "certified")

    assert sent(stage, row)["outcome"] == "certified"
    assert row["authorization_number"]
    documents = filed(stage, "PA-CERT", "certified")
    assert set(documents) == {"decision", "form", "summary", "audit"}
    assert {d["subject"]["reference"] for d in documents.values()} == {"Patient/pt-lopez"}
    assert row["authorization_number"] in documents["form"]["description"]
    assert f"Authorization number: {row['authorization_number']}" in read(documents["decision"])
    pdf = base64.b64decode(documents["form"]["content"][0]["attachment"]["data"])
    assert pdf.startswith(b"%PDF-")
    chain = json.loads(read(documents["audit"]))
    assert [one["node"] for one in chain] == list(DECIDED)
    assert written(stage, "PA-CERT", "Task") == []
    assert_chain_holds(row, *DECIDED)


def test_patient_and_packet_leave_the_tables(stage: Stage, reviewer: Reviewer) -> None:
    before = waiting(stage, "costa", "PA-CLEAN")
    assert before["patient"] == "Julia Costa"
    assert "Julia Costa" in reviewer.queue()
    reviewer.decide("PA-CLEAN", "approved")

    row = stage.until_closed("PA-CLEAN", "certified")

    assert not row["patient"]
    assert "Costa" not in json.dumps(stage.n8n.rows("prior_auth_cases"))
    packets = stage.n8n.rows("prior_auth_packets")
    assert "PA-CLEAN" not in {packet["case_id"] for packet in packets}
    assert stage.n8n.executions("status=success") == []


@pytest.mark.parametrize(
    ("who", "outcome"), [("okafor", "pended"), ("nguyen", "modified"), ("dumas", "rejected")]
)
def test_a_person_must_act(stage: Stage, reviewer: Reviewer, who: str, outcome: str) -> None:
    case_id = f"PA-{outcome.upper()}"
    waiting(stage, who, case_id)
    assert reviewer.decide(case_id, "approved").ok

    row = stage.until_closed(case_id, outcome)

    assert sent(stage, row)["outcome"] == outcome
    [task] = written(stage, case_id, "Task")
    assert task["status"] == "requested"
    assert task["for"]["reference"] == f"Patient/pt-{who}"
    assert task["focus"]["reference"] == PATIENTS[who][0]
    assert set(filed(stage, case_id, outcome)) >= {"form", "summary", "audit"}
    assert_chain_holds(row, *DECIDED)


def test_denied_gets_a_drafted_appeal(stage: Stage, reviewer: Reviewer) -> None:
    waiting(stage, "berg", "PA-DENIED")
    reviewer.decide("PA-DENIED", "approved")

    row = stage.until_closed("PA-DENIED", "denied")

    assert sent(stage, row)["outcome"] == "denied"
    documents = filed(stage, "PA-DENIED", "denied")
    assert documents["form"]["docStatus"] == "final"
    assert documents["letter"]["docStatus"] == "preliminary"
    assert "Berg" in read(documents["letter"])
    [task] = written(stage, "PA-DENIED", "Task")
    assert "appeal" in task["description"]
    assert_chain_holds(row, *DECIDED, "draft-appeal")


def test_gap_ends_with_a_task_that_says_what_is_missing(stage: Stage) -> None:
    assert stage.order(event("hale", "PA-GAP")).status_code == 202

    row = stage.until_closed("PA-GAP", "needs_information")

    tasks = written(stage, "PA-GAP", "Task")
    assert all(asked["valueString"] for task in tasks for asked in task["input"])
    assert [(task["performerType"][0]["text"], bool(task["input"])) for task in tasks] == [
        ("the care team", True),
        ("the ordering provider", True),
    ]
    assert written(stage, "PA-GAP", "DocumentReference") == []
    assert_chain_holds(row, "fetch-chart", "check-policy")
    assert row["trace_number"] is None


def test_gap_mended_may_come_again(stage: Stage) -> None:
    stage.order(event("hale", "PA-AGAIN"))
    first = stage.until_closed("PA-AGAIN", "needs_information")

    assert stage.order(event("hale", "PA-AGAIN")).status_code == 202

    again = until(
        "the second run ended",
        lambda: (
            (row := stage.until_closed("PA-AGAIN", "needs_information"))["id"] != first["id"]
            and row
        ),
    )
    assert again["execution_id"] != first["execution_id"]


def test_wrong_patient_stops_before_anything_is_read(stage: Stage) -> None:
    stage.order(event("reed", "PA-WRONG"))

    row = stage.until_closed("PA-WRONG", "stopped")

    assert "wrong_patient" in row["reason"]
    [task] = written(stage, "PA-WRONG", "Task")
    assert "for" not in task
    assert_chain_holds(row, "fetch-chart")


@pytest.mark.parametrize(
    ("decision", "status", "claim"),
    [("sent_back", "sent_back", "released"), ("declined", "declined", "open")],
)
def test_reviewer_says_no(
    stage: Stage, reviewer: Reviewer, decision: str, status: str, claim: str
) -> None:
    case_id = f"PA-{status.upper()}"
    trace = waiting(stage, "lopez", case_id)["trace_number"]
    reviewer.decide(case_id, decision, "The re-evaluation note is not signed.")

    row = stage.until_closed(case_id, status)

    assert row["claim"] == claim
    assert trace not in {r["trace"] for r in stage.payer()["requests"]}
    [task] = written(stage, case_id, "Task")
    assert "The re-evaluation note is not signed." in task["description"]
    assert reviewer.packet(case_id).status_code == 409
    assert "not signed" not in json.dumps(stage.n8n.rows("prior_auth_cases"))

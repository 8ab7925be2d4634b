"""What goes wrong on the way: systems down, lost answers, restarts, duplicates, forgeries."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from tests.n8n.cases import DECIDED, DRAFTED, assert_chain_holds, filed, sent, waiting, written
from tests.n8n.instance import until
from tests.n8n.orders import event
from tests.n8n.reviewer import Reviewer
from tests.n8n.stage import Stage

pytestmark = [pytest.mark.n8n, pytest.mark.slow, pytest.mark.browser]


def test_payer_down_then_up_sees_one_request(stage: Stage, reviewer: Reviewer) -> None:
    trace = waiting(stage, "lopez", "PA-DOWN")["trace_number"]
    stage.break_sandbox("payer", down=1000, status=503)
    reviewer.decide("PA-DOWN", "approved")
    stage.until_status("PA-DOWN", "submitting")
    assert trace not in {r["trace"] for r in stage.payer()["requests"]}
    stage.break_sandbox("payer")

    row = stage.until_closed("PA-DOWN", "certified")

    assert sent(stage, row)["times"] == 1
    assert_chain_holds(row, *DECIDED)


def test_lost_answers_are_asked_for_again(stage: Stage, reviewer: Reviewer) -> None:
    waiting(stage, "lopez", "PA-LOST")
    stage.break_sandbox("payer", drop_after_processing=2)
    reviewer.decide("PA-LOST", "approved")

    row = stage.until_closed("PA-LOST", "certified")

    assert sent(stage, row)["times"] == 3


def test_ehr_down_then_up_is_told_once(stage: Stage, reviewer: Reviewer) -> None:
    waiting(stage, "okafor", "PA-EHRDOWN")
    stage.break_sandbox("ehr", down=2, status=503)
    reviewer.decide("PA-EHRDOWN", "approved")

    stage.until_closed("PA-EHRDOWN", "pended")

    assert set(filed(stage, "PA-EHRDOWN", "pended")) >= {"form", "summary", "audit"}
    assert len(written(stage, "PA-EHRDOWN", "Task")) == 1


def test_edited_sentence_is_what_is_attested_and_sent(stage: Stage, reviewer: Reviewer) -> None:
    drafted = waiting(stage, "lopez", "PA-EDIT")["packet_sha256"]
    words = "The patient was seen again on 2026-11-12 without improvement."

    assert reviewer.edit_and_approve("PA-EDIT", words).ok

    row = stage.until_closed("PA-EDIT", "certified")
    assert row["packet_sha256"] != drafted
    entries = [entry["node"] for entry in json.loads(row["audit"])]
    assert entries[:6] == list(DRAFTED)
    assert entries[-5:-1] == ["attest", "verify-attestation", "submit-request", "parse-278"]
    assert_chain_holds(row, *entries[:-1])


def test_the_same_order_twice_at_once_is_one_case(stage: Stage, reviewer: Reviewer) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: stage.order(event("lopez", "PA-TWICE")), range(6)))

    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [202]
    known = [answer.json() for answer in answers if answer.status_code == 200]
    assert all(answer["already_known"] for answer in known)
    stage.until_status("PA-TWICE", "waiting_for_review")
    rows = [r for r in stage.n8n.rows("prior_auth_cases") if r["case_id"] == "PA-TWICE"]
    assert len(rows) == 1
    reviewer.decide("PA-TWICE", "approved")
    row = stage.until_closed("PA-TWICE", "certified")
    late = stage.order(event("lopez", "PA-TWICE"))
    assert (late.status_code, late.json()["status"]) == (200, "certified")
    assert sent(stage, row)["times"] == 1


def test_restart_of_everything_while_the_reviewer_reads(stage: Stage, reviewer: Reviewer) -> None:
    waiting(stage, "costa", "PA-RESTART")
    stage.n8n.stop()
    stage.stop_server()
    stage.start_server()
    stage.n8n.start()
    until("the webhooks are back", stage.listens)

    def decided() -> bool:
        """Press the button, again when the page says that n8n could not be reached yet."""
        answer = reviewer.decide("PA-RESTART", "approved")
        assert answer.ok or answer.status_code in (409, 502, 503, 504), answer.text
        return answer.ok or answer.status_code == 409

    until("the decision is taken", decided)

    row = stage.until_closed("PA-RESTART", "certified")
    assert sent(stage, row)["times"] == 1
    assert_chain_holds(row, *DECIDED)


def test_forged_decision_changes_nothing(stage: Stage, reviewer: Reviewer) -> None:
    waiting(stage, "lopez", "PA-FORGED")
    handed = stage.ask("packet?case_id=PA-FORGED").json()
    word = {"decision": "approved", "by": "x", "packet": handed["packet"], "attestation": {}}

    forged = requests.post(handed["resume_url"], json=word, timeout=30)
    until("it waits again", lambda: stage.waits("PA-FORGED"))
    nonsense = requests.post(handed["resume_url"], json={"decision": "perhaps"}, timeout=30)
    until("it waits again", lambda: stage.waits("PA-FORGED"))
    unsigned = requests.post(handed["resume_url"].split("?")[0], json=word, timeout=30)

    assert (forged.status_code, nonsense.status_code) == (422, 422)
    assert unsigned.status_code == 401
    assert stage.row("PA-FORGED")["status"] == "waiting_for_review"
    assert reviewer.decide("PA-FORGED", "approved").ok
    stage.until_closed("PA-FORGED", "certified")


def test_attestation_of_another_case_is_not_accepted(stage: Stage) -> None:
    waiting(stage, "costa", "PA-OTHER")
    waiting(stage, "lopez", "PA-MINE")
    other, mine = (stage.ask(f"packet?case_id={i}").json() for i in ("PA-OTHER", "PA-MINE"))
    word = stage.attest(other)

    for packet in (mine["packet"], other["packet"]):
        body = {"decision": "approved", "by": "x", "packet": packet, "attestation": word}
        assert requests.post(mine["resume_url"], json=body, timeout=30).status_code == 422
        until("it waits again", lambda: stage.waits("PA-MINE"))

    assert stage.row("PA-MINE")["status"] == "waiting_for_review"
    assert mine["packet"]["transaction"]["trace_number"] not in {
        request["trace"] for request in stage.payer()["requests"]
    }


@pytest.mark.parametrize(
    "body", [{}, {"case_id": "PA-X"}, {"case_id": "no spaces", "order": "ServiceRequest/x"}]
)
def test_event_that_says_too_little_is_refused(stage: Stage, body: dict[str, Any]) -> None:
    assert stage.order(body).status_code == 400


def test_failed_run_is_noted_without_the_patient(stage: Stage) -> None:
    unknown = event("lopez", "PA-UNKNOWN") | {"order": "ServiceRequest/sr-nowhere"}
    stage.order(unknown)

    row = stage.until_closed("PA-UNKNOWN", "failed")

    assert row["claim"] == "released"
    assert row["reason"].startswith("reading: ")
    assert written(stage, "PA-UNKNOWN", "Task")


def test_unreachable_server_is_recorded_and_the_order_may_come_again(stage: Stage) -> None:
    stage.stop_server()
    stage.order(event("lopez", "PA-NOSERVER"))

    row = stage.until_status("PA-NOSERVER", "failed", seconds=90)

    stage.start_server()
    assert (row["claim"], row["reason"]) == ("released", "Fetch the chart")
    [error] = [e for e in stage.n8n.rows("prior_auth_errors") if e["case_id"] == "PA-NOSERVER"]
    assert error["node"] == "Fetch the chart"
    assert "refused" in error["message"]
    assert "Lopez" not in json.dumps(stage.n8n.rows("prior_auth_errors"))
    waiting(stage, "lopez", "PA-NOSERVER")

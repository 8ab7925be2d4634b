"""Cases the payer has yet to decide are asked about by inquiry, in the imported workflows."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.n8n.cases import (
    ASKED,
    DECIDED,
    TOLD,
    assert_chain_holds,
    changes,
    filed,
    followed,
    read,
    waiting,
    written,
)
from tests.n8n.instance import until
from tests.n8n.reviewer import Reviewer
from tests.n8n.stage import Json, Stage

pytestmark = [pytest.mark.n8n, pytest.mark.slow, pytest.mark.browser]
PENDED = ("submitting", "pended")


def pended(stage: Stage, reviewer: Reviewer, case_id: str) -> Json:
    """Have the payer pend a case; give the row by which it is followed."""
    waiting(stage, "okafor", case_id)
    assert reviewer.decide(case_id, "approved").ok
    stage.until_closed(case_id, "pended")
    return followed(stage, case_id)


def asked(stage: Stage, case_id: str, times: int) -> Json:
    """Ask about a case, and wait until it has been answered so many times."""
    assert stage.ask_status(case_id).status_code == 202
    return dict(
        until(
            f"{case_id} is answered {times} times",
            lambda: (
                (row := followed(stage, case_id)).get("asked") == times
                and row["held_by"] == "nobody"
                and row
            ),
        )
    )


def test_pended_then_certified_then_near_its_end(stage: Stage, reviewer: Reviewer) -> None:
    first = pended(stage, reviewer, "PA-ASK")
    assert changes(stage, "PA-ASK") == [PENDED]

    still = asked(stage, "PA-ASK", 1)

    assert still["known"] == first["known"]
    assert stage.row("PA-ASK")["status"] == "pended"
    assert changes(stage, "PA-ASK") == [PENDED]

    certified = asked(stage, "PA-ASK", 2)

    row = stage.until_closed("PA-ASK", "certified")
    assert changes(stage, "PA-ASK") == [PENDED, ("pended", "certified")]
    assert (certified["status"], certified["known"]) == ("certified", "")
    decision = filed(stage, "PA-ASK", "certified")["decision"]
    assert row["authorization_number"] in decision["description"]
    assert decision["subject"]["reference"] == "Patient/pt-okafor"
    words = read(decision)
    assert row["authorization_number"] in words
    assert certified["ends"] in words
    assert_chain_holds(row, *DECIDED, *TOLD, *ASKED)

    assert stage.ask_status("PA-ASK").status_code == 202

    until("it is followed no longer", lambda: not followed(stage, "PA-ASK"))
    assert changes(stage, "PA-ASK")[2:] == [("certified", "renewal_due")]
    assert stage.row("PA-ASK")["status"] == "certified"
    tasks = written(stage, "PA-ASK", "Task")
    assert certified["ends"] in tasks[-1]["description"]
    assert tasks[-1]["for"]["reference"] == "Patient/pt-okafor"


def test_only_what_an_inquiry_needs_is_kept(stage: Stage, reviewer: Reviewer) -> None:
    row = pended(stage, reviewer, "PA-LITTLE")

    known = json.loads(row["known"])

    assert set(known["patient"]) == {"id", "name", "birth_date", "sex"}
    assert set(known["requester"]) == {"person", "organization", "npi"}
    assert known["trace_number"] == row["trace_number"]
    assert known["administrative_reference"]
    log = json.dumps(stage.n8n.rows("prior_auth_changes"))
    assert not any(word in log for word in ("Okafor", "SBXOKAFOR01", "Patient/", "1958"))


def test_payer_down_leaves_the_case_for_the_next_run(stage: Stage, reviewer: Reviewer) -> None:
    before = pended(stage, reviewer, "PA-QUIET")
    stage.break_sandbox("payer", down=1000, status=503)

    assert stage.ask_status("PA-QUIET").status_code == 202

    after = until(
        "it is let go without an answer",
        lambda: (
            (row := followed(stage, "PA-QUIET"))["misses"] == 1
            and row["held_by"] == "nobody"
            and row
        ),
    )
    stage.break_sandbox("payer")
    kept = ("status", "mark", "asked", "known", "ends")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    assert changes(stage, "PA-QUIET") == [PENDED]
    assert stage.row("PA-QUIET")["status"] == "pended"

    assert stage.ask_status().status_code == 202

    until("the next run asks", lambda: followed(stage, "PA-QUIET")["asked"] == 1)
    assert followed(stage, "PA-QUIET")["misses"] == 0
    assert changes(stage, "PA-QUIET") == [PENDED]


def test_denied_late_gets_a_drafted_appeal(stage: Stage, reviewer: Reviewer) -> None:
    stage.break_sandbox("payer", later="A3")
    pended(stage, reviewer, "PA-NO")
    stage.break_sandbox("payer")
    asked(stage, "PA-NO", 1)

    assert stage.ask_status("PA-NO").status_code == 202

    until("it is followed no longer", lambda: not followed(stage, "PA-NO"))
    row = stage.until_closed("PA-NO", "denied")
    assert changes(stage, "PA-NO") == [PENDED, ("pended", "denied")]
    documents = filed(stage, "PA-NO", "denied")
    decision, letter = documents["decision"], documents["letter"]
    assert decision["type"]["text"] == "Prior authorization decision"
    assert letter["docStatus"] == "preliminary"
    assert "Okafor" in read(letter)
    assert "appeal" in written(stage, "PA-NO", "Task")[-1]["description"]
    assert_chain_holds(row, *DECIDED, *TOLD, *ASKED, "fetch-chart", "check-policy", "draft-appeal")


def test_asked_many_times_at_once_is_written_once(stage: Stage, reviewer: Reviewer) -> None:
    pended(stage, reviewer, "PA-ATONCE")
    asked(stage, "PA-ATONCE", 1)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: stage.ask_status("PA-ATONCE").status_code, range(6)))

    assert answers == [202] * 6
    stage.until_status("PA-ATONCE", "certified")
    stage.until_closed("PA-ATONCE", "certified")
    until(
        "nobody is on it", lambda: followed(stage, "PA-ATONCE").get("held_by") in (None, "nobody")
    )
    assert changes(stage, "PA-ATONCE").count(("pended", "certified")) == 1
    assert set(filed(stage, "PA-ATONCE", "certified")) == {"decision", "audit"}


def test_ehr_down_at_the_decision_leaves_it_to_a_person(stage: Stage, reviewer: Reviewer) -> None:
    pended(stage, reviewer, "PA-LATER")
    asked(stage, "PA-LATER", 1)
    stage.break_sandbox("ehr", down=1000, status=503)
    assert stage.ask_status("PA-LATER").status_code == 202
    row = until("a person is to file it", lambda: left_to_a_person(stage, "PA-LATER"))
    stage.break_sandbox("ehr")

    [kept] = [r for r in stage.n8n.rows("prior_auth_to_file") if r["case_id"] == "PA-LATER"]
    assert row["status"] == "certified" and row["authorization_number"]
    decision = json.loads(kept["things"])[0]
    assert decision["title"] == "Prior authorization decision"
    words = base64.b64decode(decision["file"]["data"]).decode()
    assert row["authorization_number"] in words
    assert changes(stage, "PA-LATER") == [PENDED, ("pended", "certified")]


def left_to_a_person(stage: Stage, case_id: str) -> Json | None:
    """The case's row as soon as it says that a person files what came of it."""
    row = stage.row(case_id)
    return row if row.get("write_back") == "person" else None

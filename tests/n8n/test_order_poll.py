"""Orders that nothing announces are found on schedule, each once, in the real n8n."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import requests

from tests.n8n.instance import until
from tests.n8n.stage import Json, Stage
from tests.n8n.test_order_webhook import cases, signed, taken, until_taken

NOTE = base64.b64encode(b"Back pain goes on. Home exercises were shown today.").decode()
pytestmark = [pytest.mark.n8n, pytest.mark.slow, pytest.mark.browser]


def mark(stage: Stage) -> Json:
    """The row of the last poll."""
    rows = stage.n8n.rows("prior_auth_polls")
    assert len(rows) <= 1
    return dict(rows[0]) if rows else {"since": "", "documents": "[]"}


def polled(stage: Stage) -> Json:
    """Poll, and wait until the mark moved."""
    before = mark(stage)["since"]
    assert stage.poll().status_code == 202
    until("the mark moves on", lambda: mark(stage)["since"] > before)
    return mark(stage)


def other(code: str) -> Json:
    """A service that no other test orders for the patient."""
    system = "http://www.ama-assn.org/go/cpt"
    return {"code": {"coding": [{"system": system, "code": code}], "text": "MRI"}}


def test_an_order_is_found_once_however_often_is_asked(stage: Stage) -> None:
    order = signed(stage, "dumas", set=other("72149"))

    polled(stage)

    row = until_taken(stage, order, "handed_on")
    until("the case is there", lambda: cases(stage, row["case_id"]))
    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(lambda _: stage.poll().status_code, range(3))) == {202}
    polled(stage)
    assert len(taken(stage, order)) == len(cases(stage, row["case_id"])) == 1
    assert "Dumas" not in json.dumps(stage.n8n.rows("prior_auth_orders"))


def test_orders_signed_while_polls_run_are_all_found(stage: Stage) -> None:
    orders = []
    for code in ("72156", "72157", "72158", "70551"):
        stage.poll()
        orders.append(signed(stage, "dumas", set=other(code)))
        stage.poll()
    polled(stage)

    for order in orders:
        row = until_taken(stage, order, "handed_on")
        until("the case is there", lambda row=row: len(cases(stage, row["case_id"])) == 1)
    assert all(len(taken(stage, order)) == 1 for order in orders)


def test_an_ehr_that_is_down_moves_nothing_on(stage: Stage) -> None:
    before = polled(stage)
    order = signed(stage, "dumas", set=other("70552"))
    stage.break_sandbox("ehr", down=1000, status=503)
    assert stage.poll().status_code == 202
    until("the failure is recorded", lambda: failures(stage))
    stage.break_sandbox("ehr")
    assert mark(stage)["since"] == before["since"]

    polled(stage)

    assert until_taken(stage, order, "handed_on")["verdict"] == "new"


def test_a_document_added_for_a_case_that_lacks_something_sends_it_again(stage: Stage) -> None:
    order = signed(stage, "hale")
    polled(stage)
    case_id = until_taken(stage, order, "handed_on")["case_id"]
    stage.until_closed(case_id, "needs_information")
    document = {
        "resourceType": "DocumentReference",
        "status": "current",
        "subject": {"reference": "Patient/pt-hale"},
        "type": {"text": "Progress note"},
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "content": [{"attachment": {"contentType": "text/plain", "data": NOTE}}],
    }
    url = f"{stage.sandbox.base_url}/sandbox/ehr/fhir/DocumentReference"
    assert requests.post(url, json=document, timeout=10).status_code == 201

    polled(stage)

    until("the case is looked at again", lambda: len(cases(stage, case_id)) == 2)
    stage.until_closed(case_id, "needs_information")
    polled(stage)
    assert len(cases(stage, case_id)) == 2


def failures(stage: Stage) -> list[Json]:
    """What was recorded of failed polls."""
    return [
        row
        for row in stage.n8n.rows("prior_auth_errors")
        if row["message"].startswith("The poll for new orders failed")
    ]


def test_what_a_poll_warns_of_becomes_a_row_once(stage: Stage) -> None:
    foreign = {"reference": "https://elsewhere.example/fhir/Practitioner/1"}
    order = signed(stage, "dumas", set={**other("70553"), "requester": foreign})

    polled(stage)
    polled(stage)

    def told() -> list[Json]:
        rows = stage.n8n.rows("prior_auth_errors")
        return [row for row in rows if row["message"].startswith(f"{order}: requester")]

    assert len(until("the warning is recorded", told)) == 1

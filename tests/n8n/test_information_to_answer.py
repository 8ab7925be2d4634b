"""A payer's request for information becomes an answer item by item, and tasks for what lacks."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.n8n.cases import written
from tests.n8n.orders import event
from tests.n8n.stage import Stage
from tests.n8n.test_denial_to_appeal import filed, settled

pytestmark = [pytest.mark.n8n, pytest.mark.slow]
Json = dict[str, Any]
FILE = Path(__file__).parents[2] / "workflows_json" / "10-information-to-answer.json"
SAMPLE = json.loads(FILE.read_text())["pinData"]["Request received"][0]["json"]["body"]


def test_a_letter_is_answered_item_by_item_once(stage: Stage) -> None:
    told = stage.information(SAMPLE | {"case_id": "PA-INFO-1"}).json()
    assert told["verdict"] in ("drafted", "partly")
    assert told["answer_by"] == "2026-12-02"
    assert told["answered"]
    [paper] = told["papers"]
    assert paper["kind"] == "answer" and "Anna Berg" in paper["text"]
    documents = filed(stage, "PA-INFO-1", "DocumentReference", 1)
    found = filed(stage, "PA-INFO-1", "Task", 1 + bool(told["unanswered"]))
    assert all("2026-12-02" in one["description"] for one in found)
    assert stage.information(SAMPLE | {"case_id": "PA-INFO-1"}).json() == told
    settled(stage)
    assert len(written(stage, "PA-INFO-1", "DocumentReference")) == len(documents)
    assert len(written(stage, "PA-INFO-1", "Task")) == len(found)


def test_a_list_of_items_is_answered_and_what_lacks_is_a_task(stage: Stage) -> None:
    asked = ["Physical therapy notes", "Operative report of the kidney transplant"]
    told = stage.information(event("berg", "PA-INFO-2") | {"asked": asked}).json()
    assert told["verdict"] == "partly"
    assert told["unanswered"] == ["Operative report of the kidney transplant"]
    found = filed(stage, "PA-INFO-2", "Task", 2)
    assert any("kidney transplant" in one["description"] for one in found)
    assert "kidney" in told["papers"][0]["text"]


def test_a_letter_that_asks_nothing_stops(stage: Stage) -> None:
    letter = "Sandbox Health Plan\n\nMember: Anna Berg\n\nThank you for choosing us."
    told = stage.information(SAMPLE | {"case_id": "PA-INFO-3", "letter": letter}).json()
    assert (told["verdict"], told["papers"]) == ("stopped", [])


def test_an_event_that_asks_nothing_is_refused(stage: Stage) -> None:
    assert stage.information(event("berg", "PA-INFO-4")).status_code == 400

"""A denial becomes an appeal and a brief ready to sign; nothing is sent, nothing filed twice."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.n8n.cases import written
from tests.n8n.instance import until
from tests.n8n.orders import event
from tests.n8n.stage import Stage

pytestmark = [pytest.mark.n8n, pytest.mark.slow]
Json = dict[str, Any]
FILE = Path(__file__).parents[2] / "workflows_json" / "09-denial-to-appeal.json"
SAMPLE = json.loads(FILE.read_text())["pinData"]["Denial received"][0]["json"]["body"]


def filed(stage: Stage, case_id: str, kind: str, count: int) -> list[Json]:
    """Wait until the EHR has so many of a case."""

    def look() -> list[Json] | None:
        found = written(stage, case_id, kind)
        return found if len(found) >= count else None

    return list(until(f"{count} {kind} of {case_id}", look, 60))


def settled(stage: Stage) -> None:
    until("all runs have ended", lambda: not stage.n8n.executions("status=running"), 60)


def test_a_letter_becomes_an_appeal_and_a_brief_once(stage: Stage) -> None:
    told = stage.denial(SAMPLE | {"case_id": "PA-DENIAL-1"}).json()
    assert (told["verdict"], told["outcome"]) == ("drafted", "denied")
    assert told["causes"][0]["category"] == "medical_necessity"
    assert told["causes"][0]["words"] in SAMPLE["letter"]
    assert {step["level"]: step["due"] for step in told["steps"]}["first"] == "2027-05-17"
    appeal, brief = told["papers"]
    assert (appeal["kind"], brief["kind"]) == ("appeal", "brief")
    assert "Appeals" in appeal["text"] and "Anna Berg" in appeal["text"]
    assert told["writing"]["writer"] == "deterministic"

    documents = filed(stage, "PA-DENIAL-1", "DocumentReference", 2)
    found = filed(stage, "PA-DENIAL-1", "Task", 2)
    assert any("2027-05-17" in one["description"] for one in found)
    assert stage.denial(SAMPLE | {"case_id": "PA-DENIAL-1"}).json() == told
    settled(stage)
    assert len(written(stage, "PA-DENIAL-1", "DocumentReference")) == len(documents)
    assert len(written(stage, "PA-DENIAL-1", "Task")) == len(found)


def test_a_278_is_read_too(stage: Stage) -> None:
    edi = json.loads((FILE.parents[1] / "nodes/examples/parse_278.request.json").read_text())["edi"]
    told = stage.denial(event("berg", "PA-DENIAL-2") | {"edi": edi}).json()
    assert (told["verdict"], told["outcome"]) == ("drafted", "denied")
    assert told["papers"][0]["kind"] == "appeal"


def test_a_request_for_information_is_no_denial(stage: Stage) -> None:
    letter = (
        "Sandbox Health Plan\nNovember 18, 2026\n\nMember: Anna Berg\n\nWe need more information"
        " before we can decide on the MRI of the lumbar spine. Please send the physical therapy"
        " notes by December 2, 2026."
    )
    told = stage.denial(SAMPLE | {"case_id": "PA-DENIAL-3", "letter": letter}).json()
    assert (told["verdict"], told["papers"]) == ("information", [])
    [task] = filed(stage, "PA-DENIAL-3", "Task", 1)
    assert "asks for documents" in task["description"]


def test_an_approval_and_another_patients_letter_stop(stage: Stage) -> None:
    approval = (
        "Sandbox Health Plan\nNovember 18, 2026\n\nMember: Anna Berg\n\nYour request for an MRI of"
        " the lumbar spine has been approved. Authorization number A123456, valid through"
        " February 1, 2027."
    )
    told = stage.denial(SAMPLE | {"case_id": "PA-DENIAL-4", "letter": approval}).json()
    assert (told["verdict"], told["papers"]) == ("stopped", [])
    other = SAMPLE["letter"].replace("Anna Berg", "Walter Quist")
    told = stage.denial(SAMPLE | {"case_id": "PA-DENIAL-5", "letter": other}).json()
    assert (told["verdict"], told["papers"]) == ("stopped", [])
    settled(stage)
    for case_id in ("PA-DENIAL-4", "PA-DENIAL-5"):
        assert written(stage, case_id, "DocumentReference") == []


def test_an_event_without_a_letter_is_refused(stage: Stage) -> None:
    assert stage.denial(event("berg", "PA-DENIAL-6")).status_code == 400

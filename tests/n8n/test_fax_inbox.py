"""Faxes become cases, go to the workflow that answers them, or ask a person; none twice."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import requests
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from tests.faxes import FINE, fax, tiff
from tests.n8n.cases import written
from tests.n8n.instance import until
from tests.n8n.stage import Stage
from tests.pages import drawn

pytestmark = [pytest.mark.n8n, pytest.mark.slow]
Json = dict[str, Any]
FOLDER = Path(__file__).parents[2] / "workflows_json"
EXAMPLE = json.loads((FOLDER.parent / "nodes/examples/read_order.request.json").read_text())
DENIAL = json.loads((FOLDER / "09-denial-to-appeal.json").read_text())["pinData"]


def page(text: str) -> bytes:
    """A one-page PDF of a text."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    lines = canvas.beginText(54, 730)
    lines.setFont("Courier", 10)
    lines.textLines(text)
    canvas.drawText(lines)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def order(**changes: str) -> str:
    """The example's faxed order, some words changed."""
    text = str(EXAMPLE["text"])
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def became(stage: Stage, content: bytes, name: str = "fax.pdf") -> Json:
    """Post a file and tell what became of it."""
    answer = stage.fax(content, name)
    assert answer.status_code == 200, answer.text[:500]
    [told] = answer.json()
    return dict(told)


def test_an_order_becomes_a_case_with_a_task_and_the_same_file_changes_nothing(
    stage: Stage,
) -> None:
    told = became(stage, page(order()))
    assert (told["verdict"], told["kind"]) == ("case", "order"), told["why"]
    assert told["case"]["patient"]["id"] == "Patient/pt-lopez"
    assert [line["code"] for line in told["case"]["service_lines"]] == ["72148"]
    tasks = written(stage, told["case_id"], "Task")
    assert len(tasks) == 1 and "Nothing was sent" in tasks[0]["description"]
    again = became(stage, page(order()))
    assert (again["verdict"], again["case_id"]) == ("duplicate", told["case_id"])
    assert written(stage, told["case_id"], "Task") == tasks
    rows = [r for r in stage.n8n.rows("prior_auth_faxes") if r["sha256"] == told["sha256"]]
    assert [row["verdict"] for row in rows] == ["case"]
    assert "Lopez" not in json.dumps(rows)


def test_a_scanned_order_is_read_by_ocr(stage: Stage, tmp_path: Path) -> None:
    text = order().replace("Order date: 11/16/2026", "Order date: 11/17/2026")
    (tmp_path / "order.pdf").write_bytes(page(text))
    [picture] = drawn(tmp_path / "order.pdf", 200)
    told = became(stage, tiff([fax(picture, FINE)], FINE.down), "scan.tif")
    assert told["kind"] == "order"
    assert told["verdict"] in ("case", "ask")
    assert told["verdict"] == "case" or told["must_look"]


def test_an_order_for_nobody_here_asks(stage: Stage) -> None:
    told = became(stage, page(order(**{"04/09/1971": "04/10/1971"})))
    assert (told["verdict"], told["case"]) == ("ask", None)
    assert "patient: none" in told["why"]


def test_an_order_without_a_code_asks_for_it(stage: Stage) -> None:
    told = became(stage, page(order(**{", CPT 72148": ""})))
    assert told["verdict"] == "ask"
    assert "not found: the service's CPT or HCPCS code" in told["why"]


def test_a_letter_whose_case_is_not_certain_asks_with_its_last_day(stage: Stage) -> None:
    letter = DENIAL["Denial received"][0]["json"]["body"]["letter"]
    told = became(stage, page(letter))
    assert (told["verdict"], told["kind"]) == ("ask", "denial_letter")
    assert told["letter"]["outcome"] == "denied" and told["due"]


def test_a_broken_file_is_kept_for_a_person(stage: Stage) -> None:
    told = became(stage, b"%PDF-1.7 and then nothing")
    assert told["verdict"] == "unreadable" and told["why"]


def test_a_post_without_a_file_is_refused(stage: Stage) -> None:
    answer = requests.post(
        f"{stage.n8n.url}/webhook/prior-auth/fax",
        json={},
        headers={"X-Order-Token": stage.order_token},
        timeout=30,
    )
    assert answer.status_code == 400 and "No file came" in answer.text


def test_mail_and_folder_are_taken_in_too(stage: Stage) -> None:
    note = (
        "PROGRESS NOTE\n\nChief complaint: low back pain\nHPI: ten weeks.\n"
        "Assessment and plan: rest."
    )
    known = len(stage.n8n.rows("prior_auth_faxes"))
    stage.mailbox.receive(
        ("a.pdf", "application/pdf", page(note)), ("b.txt", "text/plain", order().encode())
    )
    rows = until(
        "both attachments are recorded",
        lambda: (found := stage.n8n.rows("prior_auth_faxes")) and len(found) >= known + 2 and found,
        90,
    )
    assert {row["verdict"] for row in rows[-2:]} == {"ask", "case"}

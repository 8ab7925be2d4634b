"""A form is filled and comes back as a PDF: ours, an issuer's sent along, or one with a mapping."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.n8n.stage import Stage

pytestmark = [pytest.mark.n8n, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
FILE = ROOT / "workflows_json" / "12-fill-and-preview-form.json"
SAMPLE: dict[str, Any] = json.loads(FILE.read_text())["pinData"]["Form asked"][0]["json"]["body"]


def words(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_filled_form_comes_back_as_a_pdf(stage: Stage) -> None:
    answer = stage.form(SAMPLE)
    assert answer.status_code == 200, answer.text[:500]
    assert answer.headers["content-type"].startswith("application/pdf")
    assert "Lopez, Maria" in words(answer.content)
    assert int(answer.headers["X-Form-Pages"]) == len(PdfReader(io.BytesIO(answer.content)).pages)


def test_the_report_says_where_each_value_came_from(stage: Stage) -> None:
    told = stage.form(SAMPLE | {"answer": "report"}).json()
    by_id = {one["id"]: one for one in told["form"]["fields"]}
    assert by_id["patient.name"]["by"] == "case"
    assert told["form"]["pdf_base64"] is None


def test_a_blank_pdf_with_its_mapping_is_filled(stage: Stage) -> None:
    folder = ROOT / "forms_templates" / "generic" / "prior-auth-request"
    mapping = (folder / "mapping.yaml").read_text()
    event = SAMPLE | {"mapping": mapping, "patient": json.dumps(SAMPLE["patient"])}
    answer = stage.form(event, (folder / "form.pdf").read_bytes())
    assert answer.status_code == 200, answer.text[:500]
    assert "Lopez, Maria" in words(answer.content)


def test_the_packet_has_a_cover_sheet(stage: Stage) -> None:
    alone, packet = stage.form(SAMPLE), stage.form(SAMPLE | {"packet": True})
    assert packet.status_code == 200, packet.text[:500]
    reader = PdfReader(io.BytesIO(packet.content))
    assert len(reader.pages) > len(PdfReader(io.BytesIO(alone.content)).pages)
    assert reader.outline


def test_what_cannot_be_filled_says_why(stage: Stage) -> None:
    assert stage.form(SAMPLE | {"order": ""}).status_code == 400
    unknown = stage.form(SAMPLE | {"template": "nobody/nothing"})
    assert unknown.status_code == 404
    broken = stage.form(
        SAMPLE | {"mapping": "kind: acroform", "patient": json.dumps(SAMPLE["patient"])},
        base64.b64decode("JVBERi0xLjcK"),
    )
    assert broken.status_code in (409, 422)

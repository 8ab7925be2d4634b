"""The pictures of "Letters and briefs" show what the nodes write now.

UPDATE_PICTURES=1 pytest tests/server/test_letters.py takes them again (pdftoppm is needed).
"""

import base64
import hashlib
import html
import io
import json
import os
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfWriter

from nodes.draft_appeal import DraftAppealRequest, draft_appeal
from nodes.draft_peer_to_peer import DraftPeerToPeerRequest, draft_peer_to_peer
from nodes.fill_form import FillFormRequest
from nodes.pdf.letter import pdf
from nodes.pdf.packet.binding import packet
from nodes.pdf.packet.parts import PacketParts, Part
from nodes.settings import Settings
from nodes.summarize import SummarizeRequest, summarize
from nodes.writing.summary_sheet import summary_paper
from server.app import create_app
from server.letters import PICTURES
from tests.server.installation import client

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "server/static/letters"
FORM = ROOT / "forms_templates/generic/prior-auth-request/form.pdf"
MADE = FOLDER / "pictures.json"
AS_OF = date(2026, 11, 20)


def asked(model, name: str):
    body = json.loads((ROOT / f"nodes/examples/{name}.request.json").read_text())
    known = {key: body[key] for key in body if key not in {"formats", "writer"}}
    return model.model_validate_json(json.dumps(known)).model_copy(
        update={"writer": "deterministic"} if "writer" in model.model_fields else {}
    )


@cache
def written(name: str) -> tuple[str, bytes]:
    """A page's words, and its PDF."""
    if name == "summary":
        request = asked(SummarizeRequest, "summarize")
        paper = summary_paper(request.case, summarize(request).summary, AS_OF)
        return paper.text, pdf(paper)
    if name in {"cover", "attachment"}:
        return packet_page(name)
    if name == "appeal":
        request = asked(DraftAppealRequest, "draft_appeal").model_copy(update={"formats": ("pdf",)})
        answer = draft_appeal(request)
        text = answer.letter.text
    else:
        request = asked(DraftPeerToPeerRequest, "draft_peer_to_peer")
        answer = draft_peer_to_peer(request.model_copy(update={"formats": ("pdf",)}))
        text = answer.brief.text
    return text, base64.b64decode(answer.documents[0].data)


def packet_page(name: str) -> tuple[str, bytes]:
    """The cover sheet of a packet, or its last page."""
    request = asked(FillFormRequest, "fill_form")
    (note, *_) = asked(SummarizeRequest, "summarize").chart.notes
    letter = asked_letter(request.case)
    enclosed = (Part(note.title, note.text.encode(), "text/plain"),)
    form = Part("Prior authorization request form", FORM.read_bytes())
    urgent = request.case.model_copy(update={"urgency": "urgent"})
    made = packet(PacketParts(urgent, (form, letter, *enclosed), AS_OF, ("Fax 937-555-0188",)))
    page = 0 if name == "cover" else made.pages - 1
    one = PdfWriter()
    one.append(io.BytesIO(made.pdf), pages=(page, page + 1), import_outline=False)
    target = io.BytesIO()
    one.write(target)
    return one.pages[0].extract_text(), target.getvalue()


def asked_letter(case) -> Part:
    request = asked(SummarizeRequest, "summarize").model_copy(update={"case": case})
    paper = summary_paper(case, summarize(request).summary, AS_OF)
    return Part("Clinical summary", pdf(paper), own=True)


def digest(name: str) -> str:
    drawn = sorted((ROOT / "nodes/pdf/drawn").glob("*.typ"))
    look = "".join(file.read_text() for file in [ROOT / "nodes/pdf/letter.py", *drawn])
    return hashlib.sha256((written(name)[0] + look).encode()).hexdigest()


def take(name: str, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(written(name)[1])
    command = ["pdftoppm", "-png", "-r", "100", "-f", "1", "-l", "1", "-singlefile", "page.pdf"]
    subprocess.run([*command, str(FOLDER / name)], cwd=tmp_path, check=True)
    held = json.loads(MADE.read_text()) if MADE.exists() else {}
    MADE.write_text(json.dumps(held | {name: digest(name)}, indent=2, sort_keys=True) + "\n")


@pytest.mark.parametrize("name", [one.file for one in PICTURES])
def test_a_picture_shows_what_is_written_now(name, tmp_path):
    if os.environ.get("UPDATE_PICTURES"):
        take(name, tmp_path)
    assert json.loads(MADE.read_text())[name] == digest(name), (
        "UPDATE_PICTURES=1 pytest tests/server/test_letters.py"
    )


def test_the_page_shows_each_picture_with_its_words():
    page = html.unescape(client().get("/docs/letters").get_data(as_text=True))
    for one in PICTURES:
        assert f'alt="{one.alt}"' in page
        with create_app(Settings()).test_client().get(f"/static/letters/{one.file}.png") as got:
            assert got.status_code == 200
            assert got.data.startswith(b"\x89PNG")

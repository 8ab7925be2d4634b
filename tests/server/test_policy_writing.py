"""New, draft and approve, as somebody types them."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from reportlab.pdfgen import canvas

from nodes.errors import UnreadableDocument
from nodes.policy.library import with_folder
from nodes.policy.reading import read
from nodes.settings import settings
from server.__main__ import main
from tests.claude import Fails, Says, scripted
from tests.nodes.drafting_world import PAGE_ONE, PAGE_TWO, PARTS, told

DRAFT = ["--id", "sandbox.wobble-board", "--title", "Home wobble board", "--code", "E9998"]
TODAY = str(date.today())
MET = f"""
  - name: all there
    expect: met
    facts:
      - {{id: Condition/1, kind: condition, quote: Ankle instability, codes: [ICD-10-CM M25.371],
         status: active, start: 2020-01-01}}
      - {{id: Encounter/1, kind: encounter, quote: "Office visit; for the ankle; finished",
         status: finished, start: {TODAY}}}
    notes:
      - {{written: {TODAY},
         text: "Ankle instability. No relief after 8 weeks of physical therapy."}}
  - name: a child
    expect: not_met
    case: {{born: {date.today().year - 5}-01-01}}
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    monkeypatch.delenv("PRIOR_AUTH_CONFIG", raising=False)
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def run(*arguments, status=0):
    assert main(["policy", *arguments]) == status


def asking(here, where, monkeypatch):
    told = {"model": {"key": "sk-test", "base_url": where.base_url, "timeout": 30}}
    (here / "settings.yaml").write_text(yaml.safe_dump(told))
    monkeypatch.setenv("PRIOR_AUTH_CONFIG", str(here / "settings.yaml"))
    settings.cache_clear()


def drafted(here, monkeypatch, *answers, parts=PARTS, file="source.txt", status=0):
    if file == "source.txt":
        (here / file).write_text(f"{PAGE_ONE}\f{PAGE_TWO}")
    answers = answers or (Says(text=json.dumps(told(*parts))),)
    with scripted(*answers) as (endpoint, where):
        asking(here, where, monkeypatch)
        run("draft", file, *DRAFT, status=status)
    return endpoint


@pytest.mark.parametrize("code", ["L1833", "CPT 72148", "00169413212"])
def test_a_new_policy_loads_passes_and_is_chosen(here, capsys, code):
    run("new", "mine.yaml", "--id", "acme.brace", "--title", 'A: "b" #c', "--code", code)
    run("test", "--coverage", "mine.yaml")
    assert "4 cases, 0 faults" in capsys.readouterr().out
    run("show", "mine.yaml")
    assert "A: b #c" in capsys.readouterr().out


def test_new_for_a_payer_and_line_of_business(here, capsys):
    options = ["--payer", "SBXHP01", "--line-of-business", "medicaid", "--source", "MP-1: knees"]
    run("new", "mine.yaml", "--id", "acme.brace", "--title", "Brace", "--code", "L1833", *options)
    run("test", "--coverage", "mine.yaml")
    held = read((here / "mine.yaml").read_text())
    assert held.policy.applies.payers == ("SBXHP01",)
    assert held.policy.sources[0].id == "MP-1: knees"


def test_new_asks_nothing_without_a_terminal_and_overwrites_nothing(here):
    done = subprocess.run(
        [sys.executable, "-m", "server", "policy", "new", "x.yaml"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert done.returncode == 2 and "give --id, --title, --code" in done.stderr
    options = ["--id", "acme.brace", "--title", "Brace", "--code", "L1833"]
    run("new", "x.yaml", *options)
    before = (here / "x.yaml").read_text()
    run("new", "x.yaml", *options, status=2)
    assert (here / "x.yaml").read_text() == before


def test_a_code_of_no_known_form_is_refused(here, capsys):
    run("new", "x.yaml", "--id", "acme.b", "--title", "B", "--code", "knee", status=1)
    assert "a code is such as" in capsys.readouterr().err and not (here / "x.yaml").exists()


def test_without_a_key_draft_says_what_to_set(here, capsys):
    (here / "source.txt").write_text(PAGE_ONE)
    run("draft", "source.txt", *DRAFT, status=1)
    said = capsys.readouterr().err
    assert "set ANTHROPIC_API_KEY" in said and "settings" in said
    assert [one.name for one in here.iterdir()] == ["source.txt"]


def test_from_draft_to_decision(here, capsys, monkeypatch):
    drafted(here, monkeypatch)
    assert "5 questions" in capsys.readouterr().out
    file, cases = here / "sandbox.wobble-board.yaml", here / "cases" / "sandbox.wobble-board.yaml"
    assert "# not covered: a signed rental agreement" in file.read_text()
    run("show", file.name)
    said = " ".join(capsys.readouterr().out.split())
    assert "draft" in said and "page 2" in said
    assert "It says “The member has chronic ankle instability”" in said
    run("approve", file.name, "--by", "A. Nurse", status=1)
    assert "no case is met" in capsys.readouterr().err and "status: draft" in file.read_text()
    cases.write_text(cases.read_text() + MET)
    run("test", file.name)
    run("lint", file.name)
    run("approve", file.name, "--by", 'A. "Nurse": é', "--on", TODAY)
    assert "ALL OF: All criteria of the policy are met" in capsys.readouterr().out
    policy = read(file.read_text()).policy
    assert (policy.status, policy.approved.by) == ("active", 'A. "Nurse": é')
    assert str(policy.approved.on) == TODAY
    run("test", file.name)
    edited = file.read_text().replace("value: 6", "value: 5")
    with pytest.raises(UnreadableDocument, match="changed after it was approved"):
        read(edited)
    assert read(file.read_text() + "# a remark\n").policy == policy
    file.write_text(edited)
    run("show", file.name, status=1)
    run("approve", file.name, "--by", "B. Nurse")
    assert read(file.read_text()).policy.approved.by == "B. Nurse"


def test_a_folder_with_an_edited_draft_is_refused(here, capsys, monkeypatch):
    drafted(here, monkeypatch)
    (here / "own").mkdir()
    file = here / "own" / "sandbox.wobble-board.yaml"
    text = (here / file.name).read_text().replace("status: draft", "status: active")
    file.write_text(text)
    from nodes.errors import NotConfigured
    from nodes.policy.library import shipped

    with pytest.raises(NotConfigured, match="needs `approved`"):
        with_folder(shipped(), here / "own")


def test_failing_cases_stop_an_approval(here, capsys, monkeypatch):
    drafted(here, monkeypatch)
    cases = here / "cases" / "sandbox.wobble-board.yaml"
    cases.write_text(cases.read_text() + MET.replace("8 weeks", "2 weeks"))
    run("approve", "sandbox.wobble-board.yaml", "--by", "A. Nurse", status=1)
    assert "case all there: expected met" in capsys.readouterr().err
    shutil.rmtree(here / "cases")
    run("approve", "sandbox.wobble-board.yaml", "--by", "A. Nurse", status=1)
    assert "no cases file" in capsys.readouterr().err


def test_a_pdf_gives_page_numbers(here, capsys, monkeypatch):
    page = canvas.Canvas(str(here / "source.pdf"))
    for text in (PAGE_ONE, PAGE_TWO):
        for row, line in enumerate(text.splitlines()):
            page.drawString(40, 800 - 14 * row, line)
        page.showPage()
    page.save()
    drafted(here, monkeypatch, file="source.pdf")
    policy = read((here / "sandbox.wobble-board.yaml").read_text()).policy
    assert policy.exclusions[0].cite[0].at == "page 2"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Says(text="", stop_reason="refusal"), "refused"),
        (Says(text="{", stop_reason="max_tokens"), "truncated"),
        (Says(text="sure!"), "invalid_output"),
        (Fails(kind="error", status=429, retry_after=3600), "left alone"),
    ],
)
def test_a_model_that_fails_is_a_sentence_and_writes_nothing(
    here, capsys, monkeypatch, answer, said
):
    drafted(here, monkeypatch, answer, status=1)
    assert said in capsys.readouterr().err
    assert not (here / "sandbox.wobble-board.yaml").exists()


def test_what_lint_finds_stops_an_approval(here, capsys, monkeypatch):
    drafted(here, monkeypatch)
    file, cases = here / "sandbox.wobble-board.yaml", here / "cases" / "sandbox.wobble-board.yaml"
    cases.write_text(cases.read_text() + MET)
    file.write_text(file.read_text().replace("Sandbox SB-114", "LCD L33382"))
    file.write_text(file.read_text().replace("id: Home wobble board", "id: LCD L33382"))
    file.write_text(file.read_text().replace("source: Home wobble board", "source: LCD L33382"))
    run("approve", file.name, "--by", "A. Nurse", status=1)
    assert "retired" in capsys.readouterr().err and "status: draft" in file.read_text()


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"%PDF-1.4 broken"])
def test_a_file_that_cannot_be_read_is_a_sentence(here, capsys, monkeypatch, raw):
    (here / "broken").write_bytes(raw)
    drafted(here, monkeypatch, file="broken", status=1)
    assert "PDF" in capsys.readouterr().err

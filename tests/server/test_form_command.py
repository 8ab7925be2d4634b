"""``prior-auth form``: begin a payer's form, check it, fill it; wrong calls in clear words."""

import io
import json
import shlex

import pdfplumber
import pytest
from PIL import Image

from server.__main__ import main
from tests.nodes import inspect_world


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.pdf").write_bytes(inspect_world.with_fields())
    return tmp_path


def run(command, capsys):
    status = main(shlex.split(command))
    return status, *capsys.readouterr()


def test_new_writes_a_folder_that_checks_and_fills(here, capsys):
    status, out, _ = run("form new acme.pdf --name acme/pa", capsys)
    folder = here / "forms" / "acme" / "pa"
    assert status == 0
    assert "prior-auth form fill forms/acme/pa" in out
    assert "PRIOR_AUTH_FORMS=forms   template: acme/pa" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "case.requester.npi" in out and "for a hand: never filled" in out
    assert (folder / "form.pdf").read_bytes() == (here / "acme.pdf").read_bytes()
    assert "FILL IN" in (folder / "SOURCE.md").read_text()
    with Image.open(folder / "page-1.png") as picture:
        assert picture.width > 600
    status, out, _ = run("form check forms/acme/pa", capsys)
    assert status == 0 and "0 faults" in out
    status, out, _ = run("form fill forms/acme/pa", capsys)
    assert status == 0 and "the sandbox's invented patient" in out
    with pdfplumber.open(io.BytesIO((folder / "preview.pdf").read_bytes())) as filled:
        text = filled.pages[0].extract_text()
    assert "Lopez, Maria" in text and "72148" in text


def test_check_names_the_place_of_each_fault(here, capsys):
    run("form new acme.pdf --name acme/pa", capsys)
    mapping = here / "forms" / "acme" / "pa" / "mapping.yaml"
    text = mapping.read_text().replace("case.patient.name", "case.patient.nom")
    mapping.write_text(text.replace('pdf: "Text6"', 'pdf: "Text66"'))
    status, out, _ = run("form check forms/acme/pa", capsys)
    assert status == 1
    assert "there is nothing at case.patient.nom" in out
    assert "Text66" in out and "2 faults" in out
    status, _, err = run("form fill forms/acme/pa", capsys)
    assert status == 1 and "form check" in err


def test_nothing_is_overwritten(here, capsys):
    run("form new acme.pdf --name acme/pa", capsys)
    mapping = here / "forms" / "acme" / "pa" / "mapping.yaml"
    mapping.write_text("mine")
    status, _, err = run("form new acme.pdf --name acme/pa", capsys)
    assert (status, mapping.read_text()) == (2, "mine")
    assert "not overwritten" in err
    (here / "out.pdf").write_bytes(b"mine")
    assert run("form check forms/acme/pa", capsys)[0] == 1


@pytest.mark.parametrize(
    ("command", "status", "words"),
    [
        ("form new absent.pdf", 2, "absent.pdf"),
        ("form new notes.txt", 1, "no PDF"),
        ("form new acme.pdf --name Acme", 2, "payer/form"),
        ("form check nowhere", 2, "nowhere"),
        ("form fill nowhere", 2, "nowhere"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(here, capsys, command, status, words):
    (here / "notes.txt").write_text("no form")
    got, _, err = run(command, capsys)
    assert got == status
    assert words in err and "Traceback" not in err


def test_a_case_of_ones_own(here, capsys):
    run("form new acme.pdf --name acme/pa", capsys)
    (here / "case.json").write_text(json.dumps({"patient": {"name": "secret words"}}))
    status, _, err = run("form fill forms/acme/pa --case case.json", capsys)
    assert status == 1 and "does not fit" in err and "secret" not in err
    (here / "out.pdf").write_bytes(b"mine")
    status, _, err = run("form fill forms/acme/pa -o out.pdf", capsys)
    assert (status, (here / "out.pdf").read_bytes()) == (2, b"mine")
    assert "not overwritten" in err

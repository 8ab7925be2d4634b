"""The ``vendors`` commands, the docs page and the table all say what the files say."""

import html
import json
from pathlib import Path

import pytest

from nodes.ehr.vendors import shipped
from server.__main__ import main
from server.vendors import COLUMNS, UNKNOWN, row, rows
from tests.generate import vendor_table
from tests.server.installation import client

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "nodes" / "vendors"


def told(capsys, *arguments, status=0):
    assert main(["vendors", *arguments]) == status
    return capsys.readouterr().out


def test_list_names_every_vendor_and_how_documents_are_filed(capsys):
    lines = told(capsys, "list").splitlines()
    assert [line.split()[0] for line in lines] == list(shipped())
    assert next(line for line in lines if line.startswith("tebra")).endswith(
        "documents: Tebra SOAP, then by hand"
    )


def test_show_gives_a_file_as_json(capsys):
    found = json.loads(told(capsys, "show", "drchrono"))
    assert (found["id"], found["limits"]["requests"]) == ("drchrono", 500)


def test_show_of_an_unknown_vendor_is_a_sentence(capsys):
    assert main(["vendors", "show", "nobody"]) == 1
    assert "no vendor file of this name" in capsys.readouterr().err


def test_check_of_a_folder_and_of_a_file(capsys):
    assert told(capsys, "check", str(FOLDER)) == f"in order: {len(shipped())} vendor files\n"
    assert told(capsys, "check", str(FOLDER / "epic.yaml")) == "in order: 1 vendor file\n"


def test_check_names_every_fault(capsys, tmp_path):
    (tmp_path / "mine.yaml").write_text("id: mine\nname: ''\n")
    (tmp_path / "other.yaml").write_text("[")
    said = told(capsys, "check", str(tmp_path), status=1)
    assert "vendor file mine.yaml: name: String should have" in said
    assert "vendor file mine.yaml: sources: Field required" in said
    assert "vendor file other.yaml: line 1" in said


def test_a_file_that_is_not_there(capsys, tmp_path):
    assert main(["vendors", "check", str(tmp_path / "none.yaml")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_what_is_not_known_is_said_to_be_unknown():
    cells = dict(zip(COLUMNS, row(shipped()["carecloud"][0]), strict=True))
    assert cells["limits"] == UNKNOWN and cells["FHIR R4"].endswith(
        "types searched by patient: unknown"
    )
    assert cells["auth"] == UNKNOWN and cells["push"].startswith(UNKNOWN)
    assert cells["writes documents"] == "FHIR where its statement lists it, then by hand"
    assert dict(zip(COLUMNS, row(shipped()["epic"][0]), strict=True))["limits"] == UNKNOWN


def test_limits_are_told_whole():
    cells = {name: row(vendor)[-2] for name, (vendor, _) in shipped().items()}
    assert cells["drchrono"] == "500 an hour, 10 a second"
    assert cells["eclinicalworks"] == "250 a minute, tokens included"


def test_the_table_in_the_readme_is_fresh():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert vendor_table() in text, "run make docs"
    assert all(vendor.name in text for vendor, _ in shipped().values())


@pytest.mark.parametrize("name", list(shipped()))
def test_the_page_has_each_vendor_with_its_sources(name):
    page = html.unescape(client().get("/vendors/").get_data(as_text=True))
    vendor = shipped()[name][0]
    section = page[page.index(f'id="{name}"') :]
    assert vendor.write_back.instructions in section
    assert vendor.sources[vendor.limits.source].title in section
    assert all(words in section for words in vendor.unknown)
    assert all(cell in page for cell in rows({name: shipped()[name]})[0][2:])


def test_the_menu_leads_to_the_page():
    assert 'href="/vendors/"' in client().get("/").get_data(as_text=True)

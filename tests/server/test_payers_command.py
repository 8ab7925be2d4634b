import json
from pathlib import Path

import pytest

from nodes.x12.payer.companions import shipped
from server.__main__ import main

FOLDER = Path(__file__).parents[2] / "nodes" / "payers"


def told(capsys, *arguments, status=0):
    assert main(["payers", *arguments]) == status
    return capsys.readouterr().out


def test_list_names_every_profile_and_whether_it_is_an_example(capsys):
    lines = told(capsys, "list").splitlines()
    assert [line.split()[0] for line in lines] == [one.profile.id for one in shipped()]
    assert "example" in next(line for line in lines if line.startswith("cgs-esmd"))


@pytest.mark.parametrize("name", ["SBXHP01", "sandbox"])
def test_show_gives_the_profile_a_name_leads_to(capsys, name):
    assert json.loads(told(capsys, "show", name))["id"] == "sandbox"


def test_show_of_an_unknown_payer_is_a_sentence(capsys):
    assert main(["payers", "show", "NOBODY"]) == 1
    assert "no payer profile of this name" in capsys.readouterr().err


def test_check_of_a_folder_and_of_a_file(capsys):
    count = len(shipped())
    assert told(capsys, "check", str(FOLDER)) == f"in order: {count} payer profiles\n"
    assert told(capsys, "check", str(FOLDER / "generic.yaml")) == "in order: 1 payer profile\n"


def test_check_names_every_fault(capsys, tmp_path):
    (tmp_path / "mine.yaml").write_text("id: mine\nkind: bank\n")
    (tmp_path / "other.yaml").write_text("[")
    said = told(capsys, "check", str(tmp_path), status=1)
    assert "payer profile mine.yaml: kind: Input should be" in said
    assert "payer profile mine.yaml: sources: Field required" in said
    assert "payer profile other.yaml: line 1" in said


def test_check_finds_two_profiles_for_one_payer(capsys, tmp_path):
    text = (FOLDER / "sandbox.yaml").read_text()
    (tmp_path / "one.yaml").write_text(text.replace("id: sandbox\n", "id: one\n", 1))
    (tmp_path / "two.yaml").write_text(text.replace("id: sandbox\n", "id: two\n", 1))
    assert "one.yaml has the same name" in told(capsys, "check", str(tmp_path), status=1)


def test_a_file_that_is_not_there(capsys, tmp_path):
    assert main(["payers", "check", str(tmp_path / "none.yaml")]) == 2
    assert "No such file" in capsys.readouterr().err

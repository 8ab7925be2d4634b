import json
from pathlib import Path

import pytest

from nodes.policy.library import shipped_files
from nodes.policy.reading import read
from server.__main__ import main
from tests.nodes.policy_world import CGM, case, chart, fact

HERE = Path(__file__).parents[1] / "nodes"
GOOD = (HERE / "policy.example.yaml").read_text()


def told(capsys, *arguments, status=0):
    assert main(["policy", *map(str, arguments)]) == status
    return capsys.readouterr().out


@pytest.fixture
def file(tmp_path):
    (tmp_path / "cases").mkdir()
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD)
    (tmp_path / "cases" / "mine.yaml").write_text(
        "case: {services: [HCPCS E2103], diagnoses: [E11.65], line_of_business: medicare,"
        " ordered: 2026-11-16}\nas_of: 2026-11-20\ncases:\n  - {name: nothing, expect: unknown}\n"
    )
    return path


def test_the_cases_run_and_a_fault_is_exit_status_one(capsys, file):
    assert told(capsys, "test", file) == "1 policies, 1 cases, 0 faults\n"
    assert "insulin: no case shows it met" in told(capsys, "test", "--coverage", file, status=1)
    cases = file.parent / "cases" / "mine.yaml"
    cases.write_text(cases.read_text().replace("expect: unknown", "expect: met"))
    assert "mine: nothing: expected met, is unknown" in told(capsys, "test", file, status=1)
    cases.write_text("policy: other\n" + cases.read_text())
    assert "names another policy" in told(capsys, "test", file.parent, status=1)
    cases.unlink()
    assert "it has no cases file" in told(capsys, "test", file.parent, status=1)
    file.write_text("[")
    assert "line 1" in told(capsys, "test", file, status=1)


def test_lint_of_a_folder_of_a_file_and_of_what_is_no_text(capsys, file):
    assert told(capsys, "lint", file.parent).endswith("1 files, 1 read: 0 errors, 0 warnings\n")
    file.write_text(GOOD.replace("L33822", "L33797"))
    said = told(capsys, "lint", file, status=1)
    assert "citation-topic" in said and "L33797 is about: Oxygen" in said
    found = json.loads(told(capsys, "lint", "--json", file, status=1))
    assert found[0]["severity"] == "error" and found[0]["path"] == "sources/0"
    file.write_bytes(b"\xff\xfe\x00 policy")
    assert "unreadable" in told(capsys, "lint", file, status=1)


def test_lint_knows_the_day_for_reviews(capsys, file):
    assert "review-overdue" in told(capsys, "lint", "--at", "2030-01-01", file)


def test_lint_of_what_is_shipped_finds_no_error(capsys):
    said = told(capsys, "lint", "--at", "2026-11-23")
    assert said.splitlines()[-1].startswith(f"{len(shipped_files())} files")


def test_diff_in_words_and_as_json(capsys, file):
    new = file.parent / "new.yaml"
    new.write_text(GOOD.replace("window: P6M", "window: P3M").replace("-01.1", "-01.2"))
    said = told(capsys, "diff", file, new)
    assert "CHANGED CRITERIA\n  visit  [stricter]" in said and "OPEN CASES" not in said
    found = json.loads(told(capsys, "diff", "--json", file, new))
    assert found["effect"] == "stricter" and "cases" not in found
    assert "Nothing differs." in told(capsys, "diff", file, file)


def test_diff_names_the_open_cases(capsys, file):
    new = file.parent / "new.yaml"
    new.write_text(GOOD.replace("window: P6M", "window: P3M").replace("-01.1", "-01.2"))
    visit = fact("Encounter/1", "encounter", "Visit for diabetes", None, status="finished")
    visit = visit.model_copy(update={"start": case().order.authored_on.replace(month=7)})
    one = {
        "case": case(CGM, ("E11.65",), "medicare").model_dump(mode="json"),
        "chart": chart(visit).model_dump(mode="json"),
    }
    cases = file.parent / "cases.json"
    cases.write_text(json.dumps([one]))
    said = told(capsys, "diff", file, new, "--cases", cases)
    assert "OPEN CASES: 1 of 1 touched\n  PA-1  open -> open" in said
    assert "visit: met -> open" in said
    found = json.loads(told(capsys, "diff", "--json", file, new, "--cases", cases))
    assert found["cases"][0]["turned"][0]["criterion"] == "visit"


def test_what_cannot_be_compared_is_a_sentence(capsys, file):
    assert main(["policy", "diff", "no.such.policy", str(file)]) == 1
    assert "there is none" in capsys.readouterr().err
    cases = file.parent / "cases.json"
    cases.write_text('[{"case": {"secret": 1}}]')
    assert main(["policy", "diff", str(file), str(file), "--cases", str(cases)]) == 1
    said = capsys.readouterr().err
    assert "0/case" in said and "secret" not in said


def test_diff_takes_policies_by_their_id(capsys):
    base = read((HERE / "policy.example.yaml").read_text()).policy.id
    said = told(capsys, "diff", base, HERE / "policy.example.yaml")
    assert base in said

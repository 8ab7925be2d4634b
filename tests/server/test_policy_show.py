import json
from pathlib import Path
from typing import get_args

import pytest
import yaml

from nodes.policy.asked import AnyLeaf
from nodes.policy.library import shipped
from nodes.policy.plain import few, length, within
from nodes.policy.shown_by import OPERATORS
from server import policy_show
from server.__main__ import main

CGM = "cms.l33822.cgm.initial"
FILE = Path(__file__).parents[2] / "nodes" / "policies" / "l33822.cgm.initial.yaml"


def told(capsys, *arguments, status=0):
    assert main(["policy", "show", *arguments]) == status
    return capsys.readouterr().out


def plain(text):
    return " ".join(text.split())


def test_a_nurse_reads_who_when_and_each_criterion(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "88")
    lines = told(capsys, CGM).splitlines()
    assert lines[0] == "Continuous glucose monitor, initial coverage"
    assert max(map(len, lines)) <= 88
    text = plain("\n".join(lines))
    assert "Medicare or Medicare Advantage; any payer; initial requests" in text
    assert "4 ANY OF: Treated with insulin" in text and "4.2 ALL OF:" in text
    assert "in the 6 months before the order" in text
    assert "If silent unknown. Ask the ordering clinician: Visit note" in text
    assert "LCD L33822, criterion 5" in text and "the text was read" in text


def test_the_beginning_of_an_id_is_enough(capsys):
    shown = told(capsys, "cms.l33822.cgm")
    assert shown.startswith("Continuous glucose monitor, initial coverage") and CGM in shown


def test_many_policies_are_listed_by_id(capsys, monkeypatch):
    monkeypatch.setattr(policy_show, "MANY", 1)
    assert main(["policy", "show", "c"]) == 1
    said = capsys.readouterr().err
    assert all(one in said for one in (CGM, "cms.l33718.cpap.initial"))


def test_an_unknown_policy_is_a_sentence(capsys):
    assert main(["policy", "show", "zzz"]) == 1
    assert "no policy here has an id that begins so" in capsys.readouterr().err


@pytest.mark.parametrize("width", ["30", "60", "100", "200"])
def test_every_policy_fits_the_terminal(capsys, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    wide = min(max(int(width), 40), 100)
    for held in shipped().held:
        lines = told(capsys, held.policy.id).splitlines()
        long = [line for line in lines if len(line) > wide and len(line.split()) > 2]
        assert not long, held.policy.id
        assert lines[0].startswith(held.policy.title[:20])


@pytest.mark.parametrize("held", shipped().held, ids=lambda held: held.policy.id)
def test_every_criterion_is_told_once(capsys, held):
    day = str(held.policy.effective.first)
    outline = json.loads(told(capsys, held.policy.id, "--json", "--at", day))
    assert outline["sha256"] == held.sha256
    steps = [outline["criteria"], *outline.get("exclusions", []), *outline.get("exceptions", [])]
    told_ids = []
    while steps:
        one = steps.pop()
        told_ids.append(one["id"])
        assert ("shown_by" in one) == (one["id"] in held.compiled.leaves)
        assert "None" not in one.get("shown_by", "")
        steps += one.get("below", [])
    assert set(held.compiled.leaves) <= set(told_ids)
    assert len(told_ids) == len(set(told_ids))


def test_every_operator_has_words():
    assert set(get_args(get_args(AnyLeaf)[0])) == set(OPERATORS)


def test_a_file_is_shown_like_a_policy(capsys):
    assert CGM in told(capsys, str(FILE))


def test_codes_that_ended_are_not_shown_on_a_later_day(capsys, tmp_path):
    data = yaml.safe_load(FILE.read_text())
    ended = {"from": "2020-01-01", "to": "2024-12-31"}
    data["value_sets"]["glucose"].insert(
        0, {"system": "LOINC", "codes": ["1-8"], "effective": ended}
    )
    (tmp_path / "mine.yaml").write_text(json.dumps(data, default=str))
    file = str(tmp_path / "mine.yaml")
    assert "1-8" in told(capsys, file, "--at", "2024-06-01")
    later = told(capsys, file, "--at", "2026-06-01")
    assert "1-8" not in later and "1 range of codes not in force" in plain(later)


def test_windows_and_lists_are_words():
    assert within("P6M") == "in the 6 months before the order"
    assert within("P1Y") == "in the year before the order"
    assert within(None) == "at any time before the order"
    assert length("P1D") == "1 day"
    assert few(list("abcdefg")) == "a, b, c and 4 more"
    assert few(list("abcdef")) == "a, b, c, d, e, f"

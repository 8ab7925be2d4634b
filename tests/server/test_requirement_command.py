"""``prior-auth requirement``: list, lint, check."""

from pathlib import Path

import pytest

from nodes.requirement import library
from server.__main__ import main
from tests.nodes.requirement_world import HEAD, row

ASK = ["requirement", "check", "--as-of", "2026-11-20", "--on", "2026-12-01"]


def test_list_shows_the_rules_of_a_payer(capsys):
    assert main(["requirement", "list", "--payer", "sbxhp01"]) == 0
    out = capsys.readouterr().out
    assert "spine-mri" in out and "cms-opd" not in out
    assert "quantity at most 12 (unit)" in out
    assert "For medicare the rules for any payer hold too" in out


def test_list_says_that_no_rule_names_a_payer_and_shows_those_for_any(capsys):
    assert main(["requirement", "list", "--payer", "15004"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("No rule held here names this payer.")
    assert "facet: auth-needed, from 2023-07-01" in out and "spine-mri" not in out


def test_list_keeps_to_a_terminal_and_hides_no_circumstance(capsys):
    assert main(["requirement", "list"]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) < 80
    assert "same day as J0585-J0588" in out and "billed with ST" in out
    assert "2026-01-15 to 2031-12-31" in out


def test_lint_says_that_a_folder_is_empty_and_what_a_table_shadows(tmp_path: Path, capsys):
    assert main(["requirement", "lint", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "no tables" in out and "in order" not in out
    text = (HEAD + row("a")).replace("id: own", "id: sandbox")
    (tmp_path / "sandbox.yaml").write_text(text)
    assert main(["requirement", "lint", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "goes before the shipped table of this id" in out and "note     sandbox" in out


def test_lint_of_what_is_in_force_is_in_order(capsys):
    assert main(["requirement", "lint", "--as-of", "2026-11-23"]) == 0
    out = capsys.readouterr().out
    assert "in order: 53 rules" in out and "warning  cms-opd/list" in out


def test_lint_finds_the_fault_of_an_own_table(tmp_path: Path, capsys):
    text = HEAD + row("a") + row("b", needed="no-auth")
    (tmp_path / "own.yaml").write_text(text)
    assert main(["requirement", "lint", str(tmp_path)]) == 1
    assert "ties with own/b" in capsys.readouterr().out
    assert main(["requirement", "lint", str(tmp_path / "own.yaml")]) == 1
    (tmp_path / "own.yaml").write_text(text.replace("needed: no-auth", "needed: perhaps"))
    assert main(["requirement", "lint", str(tmp_path)]) == 1
    assert "own.yaml: rows/1/needed" in capsys.readouterr().out


def test_check_says_rule_source_and_age(capsys):
    assert main([*ASK, "72148", "--payer", "SBXHP01", "--lob", "commercial"]) == 0
    out = capsys.readouterr().out
    assert "72148 on 2026-12-01: AUTH-NEEDED" in out
    assert "sandbox/spine-mri" in out and "19 days ago" in out


def test_check_asks_what_it_must_know(capsys):
    assert main([*ASK, "97110", "--payer", "SBXHP01"]) == 0
    assert "ask: How many are asked for in all, counted by unit?" in capsys.readouterr().out


def test_check_of_what_nobody_knows_is_unknown(capsys):
    assert main([*ASK, "72148", "--payer", "NOBODY", "--lob", "commercial"]) == 0
    out = capsys.readouterr().out
    assert "UNKNOWN" in out and "missing: a requirement table of this payer" in out


def test_a_wrong_call_is_told(capsys):
    assert main([*ASK, "72148", "--payer", "P1", "--place", "office"]) == 2
    assert "place_of_service" in capsys.readouterr().err
    assert main([*ASK, "72148", "--payer", "P1", "--state", "ZZ"]) == 2
    assert "no state or territory" in capsys.readouterr().err


def test_a_date_that_is_none_is_told(capsys):
    with pytest.raises(SystemExit) as end:
        main([*ASK, "72148", "--payer", "P1", "--on", "2026-13-01"])
    assert end.value.code == 2
    assert "2026-11-20" in capsys.readouterr().err


def test_check_takes_a_state_in_small_letters_and_prints_the_rules_end(capsys):
    given = [*ASK, "64483", "--payer", "15004", "--lob", "medicare", "--place", "11"]
    assert main([*given, "--state", "tx"]) == 0
    assert "in force from 2026-01-15 to 2031-12-31" in capsys.readouterr().out


@pytest.fixture(autouse=True)
def _shipped_alone(monkeypatch):
    monkeypatch.delenv("PRIOR_AUTH_CONFIG", raising=False)
    library.in_force.cache_clear()
    yield
    library.in_force.cache_clear()

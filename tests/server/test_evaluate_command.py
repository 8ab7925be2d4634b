"""``prior-auth evaluate denial``."""

import json

import pytest

from server.__main__ import main
from tests.nodes.risk_world import generated, record

DAY = ("--as-of", "2026-11-20")


def written(tmp_path, text, name="history.json"):
    file = tmp_path / name
    file.write_text(text)
    return str(file)


def lines(records):
    return "\n".join(one.model_dump_json() for one in records)


def table(records):
    names = ("payer", "line_of_business", "service_group", "service_code", "decided_on", "denied")
    rows = [",".join(str(getattr(one, name)) for name in names) for one in records]
    return "\n".join([",".join((*names, "reason")), *(f"{row}," for row in rows)])


def test_the_report_is_a_table_for_a_person(tmp_path, capsys):
    file = written(tmp_path, lines(generated(2_000, seed=1)))
    assert main(["evaluate", "denial", file, "--split", "2025-12-01", "--as-of", "2026-11-20"]) == 0
    out = capsys.readouterr().out
    assert "before 2025-12-01" in out and "hierarchical" in out and "AUROC" in out
    assert "warning: Measured is the base rate" in out
    assert max(map(len, out.splitlines())) <= 80


def test_json_list_lines_and_csv_say_the_same(tmp_path, capsys):
    records = generated(800, seed=2)
    texts = (f"[{','.join(one.model_dump_json() for one in records)}]", lines(records),
             table(records))  # fmt: skip
    said = []
    for text in texts:
        assert main(["evaluate", "denial", written(tmp_path, text), "--json", *DAY]) == 0
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1] == said[2]
    assert {one["model"] for one in said[0]["scores"]} >= {"hierarchical", "base rate"}


def test_a_history_too_small_says_so(tmp_path, capsys):
    file = written(tmp_path, lines([record()]))
    assert main(["evaluate", "denial", file, *DAY]) == 1
    assert "nothing was measured" in capsys.readouterr().out


def test_what_is_no_history_is_refused_without_its_words(tmp_path, capsys):
    for text in ("SECRET", '{"payer": "SECRET"}', '[{"SECRET": 1}]', "{SECRET", "\n\n"):
        assert main(["evaluate", "denial", written(tmp_path, text)]) == 1
        told = capsys.readouterr()
        assert "history" in told.err or "nothing was measured" in told.out
        assert "SECRET" not in told.err or "SECRET" in text[:12]


def test_the_place_and_field_of_what_is_wrong_are_named_without_the_value(tmp_path, capsys):
    records = [record(), record(denied=True)]
    good = [one.model_dump_json() for one in records]
    bad = good[0].replace("2026-11-20", "SECRET")
    rows = table(records)
    for text, place in (
        (f"[{good[0]},{bad}]", "entry 2: decided_on"),
        ("\n".join((good[0], "", bad)), "line 3: decided_on"),
        ("\n".join((*good, "{SECRET")), "line 3"),
        (rows.replace("True", "SECRET"), "line 3: denied"),
        (f"{rows}SECRET,", "line 3: more cells"),
    ):
        assert main(["evaluate", "denial", written(tmp_path, text)]) == 1
        told = capsys.readouterr().err
        assert place in told and "SECRET" not in told


def test_an_empty_history_is_called_so(tmp_path, capsys):
    for text in ("", "[]", "\n", table([]).strip()):
        assert main(["evaluate", "denial", written(tmp_path, text)]) == 1
        assert capsys.readouterr().out == (
            "warning: The history has no outcomes: nothing was measured\n"
        )


def test_the_future_is_left_out(tmp_path, capsys):
    file = written(tmp_path, lines(generated(2_000, seed=1)))
    assert main(["evaluate", "denial", file, "--as-of", "2026-01-01"]) == 0
    assert "Decided in the future" in capsys.readouterr().out


@pytest.mark.parametrize("months", ["0", "-1", "241", "x", "1.5"])
def test_a_half_life_out_of_bounds_is_an_error_of_the_argument(months, capsys):
    with pytest.raises(SystemExit):
        main(["evaluate", "denial", "-", f"--half-life={months}"])
    assert "give whole months from 1 to 240" in capsys.readouterr().err

"""``prior-auth evaluate denial``."""

import json

from server.__main__ import main
from tests.nodes.risk_world import generated, record


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
    assert main(["evaluate", "denial", file, "--split", "2025-12-01"]) == 0
    out = capsys.readouterr().out
    assert "before 2025-12-01" in out and "hierarchical" in out and "AUROC" in out
    assert "warning: Measured is the base rate" in out


def test_json_list_lines_and_csv_say_the_same(tmp_path, capsys):
    records = generated(800, seed=2)
    texts = (f"[{','.join(one.model_dump_json() for one in records)}]", lines(records),
             table(records))  # fmt: skip
    said = []
    for text in texts:
        assert main(["evaluate", "denial", written(tmp_path, text), "--json"]) == 0
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1] == said[2]
    assert {one["model"] for one in said[0]["scores"]} >= {"hierarchical", "base rate"}


def test_a_history_too_small_says_so(tmp_path, capsys):
    file = written(tmp_path, lines([record()]))
    assert main(["evaluate", "denial", file]) == 1
    assert "nothing was measured" in capsys.readouterr().out


def test_what_is_no_history_is_refused_without_its_words(tmp_path, capsys):
    for text in ("SECRET", '{"payer": "SECRET"}', '[{"SECRET": 1}]', "{SECRET", "\n\n"):
        assert main(["evaluate", "denial", written(tmp_path, text)]) == 1
        told = capsys.readouterr()
        assert "history" in told.err or "nothing was measured" in told.out
        assert "SECRET" not in told.err or "SECRET" in text[:12]

"""Drift between two periods: said when it is there, silent when chance alone moved things."""

import json
from random import Random

from server.__main__ import main
from server.evaluating.drift import DriftRecord, drift, records


def period(seed, size=400, overridden=0.1, fax=0.3, off=0.0):
    chance = Random(seed)
    made = []
    for _ in range(size):
        p = chance.random()
        made.append(
            DriftRecord(
                inputs={"document": "fax" if chance.random() < fax else "note"},
                outcome="denied" if chance.random() < 0.2 else "certified",
                overridden=chance.random() < overridden,
                predicted=p,
                denied=chance.random() < min(1.0, p + off),
            )
        )
    return made


def test_the_same_world_shows_no_drift_in_most_pairs():
    alarms = sum(drift(period(n), period(n + 1000)).drifted for n in range(20))
    assert alarms <= 5


def test_a_new_mix_of_documents_is_named():
    told = drift(period(1), period(2, fax=0.8))
    mix = next(one for one in told.mixes if one.field == "document")
    assert mix.level == "much" and mix.p < 0.01 and mix.most in {"fax", "note"}
    assert told.drifted


def test_more_overrides_are_sure():
    told = drift(period(1), period(2, overridden=0.3))
    rate = next(one for one in told.rates if one.name == "overridden")
    assert rate.sure and rate.low > 0


def test_forecasts_that_became_too_low_show_in_the_large():
    told = drift(period(1), period(2, off=0.3))
    before, now = told.forecasts
    assert before and now and abs(before.in_the_large) < 0.05 and now.in_the_large < -0.1


def test_few_records_are_said_to_be_few():
    assert drift(period(1, 5), period(2, 5)).warnings


def test_the_outcomes_of_predict_denial_are_taken_too(tmp_path, capsys):
    head = "payer,line_of_business,service_group,service_code,decided_on,denied,reason\n"
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for file, payer in zip(files, ("P1", "P2"), strict=True):
        row = f"{payer},commercial,SPINE,72148,2026-03-01,true,missing_info\n"
        file.write_text(head + row * 40)
    assert main(["evaluate", "drift", *map(str, files)]) == 1
    said = capsys.readouterr().out
    assert "payer" in said and "(much)" in said


def test_lists_and_lines_say_the_same_and_faults_name_the_place(tmp_path, capsys):
    told = [one.model_dump(mode="json") for one in period(1, 40)]
    lines = "\n".join(map(json.dumps, told)).encode()
    assert records(json.dumps(told).encode(), "a") == records(lines, "b")
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    files[0].write_bytes(lines)
    files[1].write_text(json.dumps([*told, {"outcome": 7, "name": "Canary"}]))
    assert main(["evaluate", "drift", *map(str, files)]) != 0
    said = capsys.readouterr().err
    assert "record 41" in said and "Canary" not in said
    files[1].write_bytes(lines)
    assert main(["evaluate", "drift", *map(str, files)]) == 0
    assert "document" in capsys.readouterr().out

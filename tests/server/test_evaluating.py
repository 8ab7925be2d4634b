"""The evaluation harness: metrics with intervals, gates, comparison of two versions."""

import json
from math import isclose

import pytest

from nodes.audit import Used
from nodes.errors import UnreadableDocument
from nodes.node import VERSION
from server.__main__ import main
from server.evaluating import cases, gates
from server.evaluating.comparing import compare, mcnemar
from server.evaluating.gates import Gate, passed
from server.evaluating.measuring import measure, wilson
from server.evaluating.point import Point
from server.evaluating.report import CaseResult, EvaluationReport, by_kind, counted, measures


def result(name, *points, kind=None, tokens=0, milliseconds=1.0):
    return CaseResult(
        id=name,
        kind=kind,
        counted=counted(points),
        milliseconds=milliseconds,
        output_tokens=tokens,
    )


def report(*results, used=(), sha="a" * 64):
    return EvaluationReport(
        node="summarize",
        about="made for this test",
        cases_sha256=sha,
        version=VERSION,
        used=used,
        measures=measures(results),
        strata=by_kind(results),
        cases=results,
    )


HIT, MISS = Point("side", "hit"), Point("side", "miss", "left")
ALARM, SILENCE = Point("side", "false_alarm", "right"), Point("side", "silence")


def test_rates_count_what_they_say():
    told = measure(
        "side", [counted([HIT, HIT, HIT, MISS])["side"], counted([ALARM, SILENCE])["side"]]
    )
    assert (told.hits, told.misses, told.false_alarms, told.silences) == (3, 1, 1, 1)
    assert told.recall and told.recall.value == 0.75
    assert told.precision and told.precision.value == 0.75
    assert told.f1 and told.f1.value == 0.75
    assert told.accuracy and isclose(told.accuracy.value, 4 / 6)


@pytest.mark.parametrize(
    ("good", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_newcombe_1998(good, of, low, high):
    rate = wilson(good, of)
    assert rate and isclose(rate.low, low, abs_tol=2e-4) and isclose(rate.high, high, abs_tol=2e-4)


def test_nothing_to_measure_is_no_rate():
    told = measure("side", [counted([SILENCE])["side"]])
    assert told.recall is told.precision is told.f1 is None
    assert wilson(0, 0) is None


def test_strata_are_measured_by_themselves():
    told = report(result("a", HIT, kind="fax"), result("b", MISS, kind="note"))
    recalls = {kind: rates[0].recall.value for kind, rates in told.strata.items()}
    assert recalls == {"fax": 1.0, "note": 0.0}


def gate(**changes):
    return Gate.model_validate(
        {"node": "summarize", "metric": "side", "measure": "recall", "least": 750} | changes
    )


def test_a_gate_holds_or_fails_and_nothing_measured_fails():
    told = report(result("a", HIT, HIT, HIT, MISS, kind="fax"))
    held = passed(
        [
            gate(),
            gate(least=751),
            gate(on="low"),
            gate(metric="dose"),
            gate(kind="note"),
            gate(node="x"),
        ],
        told,
    )
    assert [one.ok for one in held] == [True, False, False, False, False]


def test_two_versions_are_compared_case_by_case():
    old = Used(kind="prompt", id="write-summary", version="1", sha256="1" * 64)
    new = Used(kind="prompt", id="write-summary", version="2", sha256="2" * 64)
    before = report(result("a", MISS), result("b", HIT), result("c", HIT), used=(old,))
    now = report(
        result("a", HIT), result("b", MISS), result("c", HIT, milliseconds=3.0), used=(new,)
    )
    told = compare(before, now)
    assert (told.mended, told.broken, told.p) == (("a",), ("b",), 1.0)
    assert (told.came, told.went) == ((new,), (old,))
    assert told.same_cases and told.cases == 3


def test_an_uneven_split_of_turned_cases_is_more_than_chance():
    assert isclose(mcnemar(0, 6), 2 / 64)
    assert mcnemar(3, 3) == 1.0


def test_reports_of_two_nodes_are_not_compared():
    other = report(result("a", HIT)).model_copy(update={"node": "check-policy"})
    with pytest.raises(UnreadableDocument):
        compare(other, report(result("a", HIT)))


def test_every_set_of_the_project_reads_and_has_its_scorer():
    found = sorted(cases.SHIPPED.glob("*.yaml"))
    assert found
    for path in found:
        if path.name != "gates.yaml":
            told, _ = cases.read(path)
            assert told.node == path.stem and told.node in cases.names()
            assert callable(cases.scorer(told.node).score)


def test_every_scorer_has_a_set_and_every_gate_a_scorer():
    for name in cases.names():
        assert cases.shipped(name).exists(), name
    for one in gates.read(cases.SHIPPED / "gates.yaml").gates:
        assert one.node in cases.names()


def written(tmp_path, *told, name="cases.yaml"):
    file = tmp_path / name
    file.write_text(json.dumps({"node": "summarize", "about": "ours", "cases": told}))
    return str(file)


CASE = {
    "id": "one",
    "request": {"policy": "cms.l33822.cgm.initial", "case": "nobody"},
    "expect": {},
}


def test_a_fault_of_the_file_names_its_place_and_none_of_its_words(tmp_path, capsys):
    file = written(tmp_path, CASE | {"secret-canary": 1})
    assert main(["evaluate", "summarize", "--cases", file]) != 0
    said = capsys.readouterr().err
    assert "cases/0" in said and "nobody" not in said


def test_a_case_that_cannot_be_built_is_named(tmp_path, capsys):
    assert main(["evaluate", "summarize", "--cases", written(tmp_path, CASE)]) == 1
    assert "case one: request" in capsys.readouterr().err


def test_cases_of_another_node_are_refused(tmp_path, capsys):
    assert main(["evaluate", "read-denial", "--cases", written(tmp_path, CASE)]) == 1
    assert "not of read-denial" in capsys.readouterr().err


def test_the_same_id_twice_is_refused(tmp_path, capsys):
    assert main(["evaluate", "summarize", "--cases", written(tmp_path, CASE, CASE)]) != 0
    assert "twice" in capsys.readouterr().err


def test_a_failing_gate_is_exit_status_1(tmp_path, capsys):
    told, _ = cases.read(cases.shipped("summarize"))
    few = [one.model_dump() for one in told.cases[:3]]
    file = written(tmp_path, *few)
    floor = tmp_path / "gates.yaml"
    for metric, status in (("checklist", 0), ("never measured", 1)):
        one = {"node": "summarize", "metric": metric, "measure": "recall", "least": 1000}
        floor.write_text(json.dumps({"gates": [one]}))
        assert main(["evaluate", "summarize", "--cases", file, "--gates", str(floor)]) == status
    assert "FAIL summarize" in capsys.readouterr().out


def test_a_report_is_kept_and_compared_with(tmp_path, capsys):
    told, _ = cases.read(cases.shipped("summarize"))
    file = written(tmp_path, told.cases[0].model_dump())
    assert main(["evaluate", "summarize", "--cases", file, "--json"]) == 0
    kept = tmp_path / "before.json"
    kept.write_text(capsys.readouterr().out)
    assert main(["evaluate", "summarize", "--cases", file, "--against", str(kept)]) == 0
    assert "0 mended, 0 broken" in capsys.readouterr().out


def test_a_file_of_the_public_negation_set_is_measured(tmp_path, capsys):
    lines = (
        "Number\tConcept\tSentence\tNegation",
        "1\tfever\tThe patient denies FEVER.\tNegated",
        "2\tpneumonia\tPNEUMONIA is seen in the right lower lobe.\tAffirmed",
        "3\teffusion\tThere is an EFFUSION on the left.\tNegated",
    )
    file = tmp_path / "set.tsv"
    file.write_text("\n".join(lines))
    assert main(["evaluate", "negation", "--set", str(file)]) == 0
    assert "1 hits, 1 misses, 0 false alarms, 1 rightly silent" in capsys.readouterr().out

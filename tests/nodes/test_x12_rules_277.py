"""Rules of the 277 beyond its table: each is quiet on sound documents, and speaks up."""

import os
from pathlib import Path

import pytest

from nodes.x12.guide import guide_for, guides
from nodes.x12.loops import locate
from nodes.x12.reading.envelope import read
from nodes.x12.validating.rules_277 import RULES, loinc, rules
from tests.nodes.test_parse_277 import HEAD
from tests.nodes.test_parse_277_meaning import ACKNOWLEDGED, ASKED
from tests.nodes.x12_text import wrapped

STATUS = (*HEAD, "TRN*2*T", "STC*F1:65*20261124**150*100", "REF*1K*P", "DTP*472*D8*20261101")
SOUND = {
    "277-status": (STATUS, "005010X212"),
    "277-acknowledgment": (ACKNOWLEDGED, "005010X214"),
    "277-request-for-information": (ASKED, "005010X213"),
}
CASES = Path(os.environ.get("PRIOR_AUTH_CASES", "/nowhere")) / "x12"


def found(name, *changes):
    segments, guide = SOUND[name]
    text = wrapped(*segments, kind="277", guide=guide, group="HN")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    [transaction] = read(text).sets
    table, _ = guides()[name]
    return list(rules(table, locate(table, transaction.segments)))


@pytest.mark.parametrize("name", SOUND)
def test_sound_documents_are_left_alone(name):
    assert found(name) == []


@pytest.mark.parametrize(
    ("name", "change", "rule", "where"),
    [
        ("277-status", ("HL*4*3*22", "HL*4*2*22"), "277.level-parent", ("HL", 2, None)),
        ("277-status", ("STC*F1:65", "STC*R1:65"), "277.category", ("STC", 1, 1)),
        ("277-status", ("STC*F1:65", "STC*F9:65"), "277.category-known", ("STC", 1, 1)),
        ("277-status", ("STC*F1:65", "ZZZ*F1:65"), "277.leaf", ("STC", None, None)),
        ("277-acknowledgment", ("STC*A2:20*", "STC*F1:20*"), "277.category", ("STC", 1, 1)),
        ("277-acknowledgment", ("A7:187", "P1:187"), "277.category", ("STC", 10, 1)),
        ("277-acknowledgment", ("STC*A7:562:85*20261121*U", "STC*A7:562:85*20261121*WQ"),
         "277.action", ("STC", 3, None)),
        ("277-acknowledgment", ("QTY*90*1", "QTY*90*2"), "277.totals", ("QTY", 2, None)),
        ("277-acknowledgment", ("AMT*YY*265.5", "AMT*YY*265"), "277.totals", ("AMT", 2, None)),
        ("277-request-for-information", ("STC*R4:18842-5", "STC*P3:18842-5"), "277.category",
         ("STC", 1, 1)),
        ("277-request-for-information", ("18842-5", "18842-6"), "277.document", ("STC", 1, 2)),
        ("277-request-for-information", ("18842-5::LOI", "18842-5"), "277.document",
         ("STC", 1, 4)),
    ],
)  # fmt: skip
def test_each_rule_speaks_up(name, change, rule, where):
    hits = [one for one in found(name, change) if one.rule == rule]
    assert hits and (hits[0].segment_id, hits[0].element, hits[0].component) == where
    asked = rule == "277.category" and name == "277-request-for-information"
    certain = asked or rule == "277.level-parent"
    assert hits[0].severity == ("error" if certain else "warning")


def test_a_request_without_a_day_to_answer():
    gone = (("DTP*106*D8*20261210", "DTP*472*D8*20261210"), ("DTP*106*D8*20261205", "REF*FJ*1"))
    hits = [one.rule for one in found("277-request-for-information", *gone)]
    assert hits == ["277.due"]


def test_every_rule_is_tried():
    assert len(RULES) == 7


@pytest.mark.parametrize(
    ("code", "right"),
    [("18842-5", True), ("11506-3", True), ("18626-2", True), ("18842-4", False), ("X-1", False)],
)
def test_loinc_check_digits(code, right):
    assert loinc(code) is right


@pytest.mark.skipif(not CASES.is_dir(), reason="PRIOR_AUTH_CASES names no folder with x12/ in it")
def test_real_files_stand_wholly_in_their_tables_and_raise_no_false_errors():
    placed_sets, untabled = 0, set()
    for path in sorted(CASES.iterdir()):
        if not any(kind in path.name.lower() for kind in ("276", "277", "transmission")):
            continue
        for transaction in read(path.read_bytes()).sets:
            if transaction.kind not in {"276", "277"}:
                continue
            purpose = transaction.segments[1].get(2)
            table = guide_for(transaction.kind, transaction.guide, purpose)
            if table is None:
                untabled.add(transaction.guide)
                continue
            placed = locate(table, transaction.segments)
            assert [one.segment for one in placed if one.use is None] == [], path.name
            assert [one for one in rules(table, placed) if one.severity == "error"] == [], path.name
            placed_sets += 1
    assert placed_sets >= 14
    assert untabled <= {"005010X364"}, "the data reporting acknowledgment has no table here"

"""Sets against the maps made of our tables: what is found, where, and by which code of a 999."""

import logging
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from nodes.x12.guide import Guide, guides
from nodes.x12.reading.envelope import read
from nodes.x12.validating.pyx12_map import guide_map, made, stock_map
from nodes.x12.validating.pyx12_walk import walk
from tests.nodes.x12_text import HEAD, answer, wrapped

UM, HCR = "UM*HS*I*1", "HCR*A1*AUTH0001"


def held(edi, guide="278-response", **limits):
    """What one set's walk finds, as (loop, segment, element, component, rule, code)."""
    [transaction] = read(edi).sets
    found = walk(guide_map(guide), transaction.segments, **{"most": 9999, "errors": 999} | limits)
    return found


def places(edi, guide="278-response"):
    return [
        (one.loop, one.segment_id, one.element, one.component, one.rule.split(".")[1], one.code)
        for one in held(edi, guide).findings
    ]


def response(*event):
    return answer(event)


@pytest.mark.parametrize("guide", [name for name in guides() if name != "ta1"])
def test_every_table_makes_a_map_with_all_its_segments(guide):
    table = guides()[guide][0]
    assert guide_map(guide).names == {"ST", "SE", *(use.segment for _, use in table.segments())}


def test_a_right_set_has_nothing_to_find():
    assert places(response(UM, HCR)) == []


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        (("UM*ZZ*I*1", HCR), [("2000E", "UM", 1, None, "element-code", "7")]),
        (("UM*HS*I*1*11:X", HCR), [("2000E", "UM", 4, 2, "element-code", "7")]),
        (("UM*HS*I*1*11:B:1:9:9", HCR), [("2000E", "UM", 4, 4, "component-extra", "13")]),
        (("UM*HS*I*1*:B", HCR), [("2000E", "UM", 4, 1, "element-missing", "1")]),
        (("UM*HS:X*I*1", HCR), [("2000E", "UM", 1, None, "component-extra", "13")]),
        ((UM, "HCR"), [("2000E", "HCR", 1, None, "element-missing", "1")]),
        ((UM, HCR, "MSG*A****E"), [("2000E", "MSG", 4, None, "element-extra", "3")]),
        ((UM, HCR, "DTP*007*D8*20261399"), [("2000E", "DTP", 3, None, "element-date", "8")]),
        (
            (UM, HCR, "DTP*007*RD8*20260101-20260102-20260103"),
            [("2000E", "DTP", 3, None, "element-date", "8")],
        ),
        ((UM, HCR, "DTP*ZZZ*D8*20260101"), [("2000E", "DTP", 1, None, "element-code", "7")]),
        ((UM, HCR, "XYZ*1"), [("2000E", None, None, None, "segment-unknown", "1")]),
        ((UM, HCR, "AK1*1"), [("2000E", "AK1", None, None, "segment-unknown", "2")]),
        ((UM, HCR, HCR), [("2000E", "HCR", None, None, "segment-repeat", "5")]),
        ((HCR, UM), [("2000E", "UM", None, None, "segment-order", "7")]),
        ((UM, HCR, "HCR*A1*AUTH^AUTH2"), None),
    ],
)
def test_one_fault_is_one_finding_at_its_place(segments, expected):
    found = places(response(*segments))
    if expected is None:
        assert ("2000E", "HCR", 2, None, "element-repeat", "12") in found
    else:
        assert found == expected


def test_a_required_segment_that_is_missing_is_named_where_it_should_stand():
    edi = response(UM, HCR).replace("NM1*X3*2*SANDBOX HEALTH PLAN*****PI*SBXHP01~", "")
    assert places(edi)[0] == ("2010A", "NM1", None, None, "loop-missing", "3")


def test_a_set_that_ends_early_lacks_what_it_lacks():
    edi = wrapped(HEAD[0])
    assert ("2000A", "HL", None, None, "loop-missing", "3") in places(edi)


def test_a_set_without_se_is_closed_for_the_check():
    edi = wrapped(HEAD[0]).replace("SE*3*0001~", "")
    assert ("2000A", "HL", None, None, "loop-missing", "3") in places(edi)


def test_each_repetition_is_checked():
    edi = response(UM, "HCR*A3**X^TOOLONGACODETOBEAREASONFORANYTHINGATALL^Y")
    found = [one for one in held(edi).findings if one.code == "5"]
    assert [(one.segment_id, one.element, one.repetition) for one in found] == [("HCR", 3, 2)]


def test_a_wrong_level_does_not_hide_what_it_holds():
    edi = (
        response(UM, HCR)
        .replace("HL*4*3*EV*1", "HL*4*3*SS*0")
        .replace("HL*4*3*EV*0", "HL*4*3*SS*0")
    )
    edi = edi.replace("HCR*A1", "HCR*QQ")
    found = places(edi)
    assert found[0] == ("2000F", "HL", None, None, "level-order", "7")
    assert ("2000F", "HCR", 1, None, "element-code", "7") in found


def test_a_level_of_no_kind_is_the_level_that_should_stand_there():
    edi = response(UM, HCR).replace("HL*3*2*22*", "HL*3*2*ZZ*")
    assert places(edi) == [("2000C", "HL", 3, None, "element-code", "7")]


def test_a_party_of_no_kind_is_not_the_loops_second_one():
    party = ("NM1*ZZ*1*BERG*ANNA****XX*9000000031", "N3*1 MAIN STREET", "N4*DAYTON*OH*45402")
    assert places(response(UM, HCR, *party)) == [("2010EA", "NM1", 1, None, "element-code", "7")]


def test_a_limit_of_segments_is_kept_and_told():
    many = response(UM, HCR, *["MSG*A"] * 50)
    assert held(many, most=20).segments == 20
    assert held(many, errors=3).segments < 60


def test_a_tiny_table_of_anyone_makes_a_map():
    tiny = Guide.model_validate_json(
        """{"id": "tiny", "transaction": "999", "guide": "T", "group": "FA", "version": "1",
            "source": "a test", "verified": "unverified", "effective": "2026-01-01", "content": [
            {"segment": "AK1", "name": "group", "usage": "R", "elements": "RR"},
            {"loop": "2000", "usage": "R", "repeat": 2, "content": [
              {"segment": "AK2", "name": "set", "usage": "R", "elements": "RR"},
              {"segment": "IK5", "name": "result", "usage": "R", "elements": "RS",
               "codes": {"1": {"A": "yes", "R": "no"}}}]}]}"""
    )
    sets = "AK1*HI*1", "AK2*278*0001", "IK5*A", "AK2*278*0002", "IK5*X", "AK2*278*0003", "IK5*A"
    [transaction] = read(wrapped(*sets, kind="999", guide="T", group="FA")).sets
    found = walk(made(tiny), transaction.segments, most=99, errors=99).findings
    assert [(one.loop, one.segment, one.rule, one.code) for one in found] == [
        ("2000", 6, "guide.element-code", "7"),
        ("2000", 7, "guide.loop-repeat", "4"),
    ]


def test_pyx12s_own_maps_are_found_by_isa12_gs01_gs08_st01_and_bht02():
    known = stock_map("00401", "HI", "004010X094A1", "278", "13")
    assert known is not None and known is stock_map("00401", "HI", "004010X094A1", "278", "13")
    assert stock_map("00401", "HI", "004010X094A1", "278", "11") is not known
    assert stock_map("00401", "HC", "004010X094A1", "278", "13") is not None
    assert stock_map("00401", "HI", "004010X094A1", "837", "") is None
    assert stock_map("00501", "", "", "", "") is None
    assert stock_map("00501", "HC", "005010X222A1", "837", "") is not None


def test_threads_share_maps_and_disturb_nobody():
    right, wrong = response(UM, HCR), response("UM*ZZ*I*1", HCR)
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda number: len(places(wrong if number % 2 else right)), range(80))
        )
    assert found == [0, 1] * 40


def test_nothing_of_the_machine_is_read_and_nothing_is_logged(monkeypatch, caplog, tmp_path):
    trap = tmp_path / ".pyx12.conf.xml"
    trap.write_text("<this is no settings file")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "bin" / "run")])
    caplog.set_level(logging.INFO)
    tables = [guide for guide, _ in guides().values()]
    assert made(tables[0]).start.id == "ST"
    assert len(places(response("UM*ZZ*I*1", HCR))) == 1
    assert caplog.records == []

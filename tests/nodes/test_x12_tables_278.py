"""The tables of the 278: whole in themselves, and wide enough for files nobody here wrote."""

import os
from pathlib import Path

import pytest

from nodes.x12.guide import Guide, SegmentUse, dictionary, guide_for, guides
from nodes.x12.loops import HEADER, Placed, locate
from nodes.x12.reading.envelope import read
from nodes.x12.segments import Segment
from nodes.x12.validating.rules_278 import rules

CASES = Path(os.environ.get("PRIOR_AUTH_CASES", "/nowhere")) / "x12"
NAMES = ("278-inquiry", "278-inquiry-response", "278-request", "278-response")
TABLES = [guides()[name][0] for name in NAMES]
FILES = sorted(CASES.glob("*278*")) + sorted(CASES.glob("*ServicesReview*"))


def codes_of(use: SegmentUse, position: str) -> dict[str, str]:
    codes = use.codes[position]
    return dictionary().lists[codes] if isinstance(codes, str) else codes


@pytest.mark.parametrize("guide", TABLES, ids=NAMES)
def test_every_use_fits_its_segment(guide: Guide) -> None:
    known = dictionary()
    for loop, use in guide.segments():
        kinds = [kind for _, kind in known.segments[use.segment].elements]
        assert len(use.elements) == len(kinds), (loop, use.name)
        for position in (*use.codes, *use.parts, *filter(None, [use.key])):
            element, _, component = position.partition("-")
            kind = kinds[int(element) - 1]
            assert not component or int(component) <= len(known.composites[kind])
        for position, letters in use.parts.items():
            assert len(letters) <= len(known.composites[kinds[int(position) - 1]])
        for position in use.codes:
            assert codes_of(use, position), (loop, use.name, position)


@pytest.mark.parametrize("guide", TABLES, ids=NAMES)
def test_codes_are_no_longer_than_their_element(guide: Guide) -> None:
    known = dictionary()
    for _, use in guide.segments():
        for position in use.codes:
            element, _, component = position.partition("-")
            kind = known.segments[use.segment].elements[int(element) - 1][1]
            if component:
                kind = known.composites[kind][int(component) - 1][1]
            lengths = known.elements[kind]
            for code in codes_of(use, position):
                assert lengths.shortest <= len(code) <= lengths.longest, (use.name, position)


@pytest.mark.parametrize("guide", TABLES, ids=NAMES)
def test_uses_have_a_name_of_their_own_and_a_key_where_a_segment_comes_twice(guide: Guide) -> None:
    seen: dict[tuple[str, str], list[SegmentUse]] = {}
    for loop, use in guide.segments():
        seen.setdefault((loop, use.segment), []).append(use)
    for (loop, _), uses in seen.items():
        assert len({use.name for use in uses}) == len(uses), loop
        if len(uses) > 1:
            keys = [code for use in uses for code in codes_of(use, use.key or "")]
            assert len(set(keys)) == len(keys), loop


def test_the_purpose_chooses_the_direction() -> None:
    for purpose, name in [("13", 2), ("01", 2), ("36", 2), ("11", 3)]:
        assert guide_for("278", "005010X217", purpose) is TABLES[name]
    for purpose, name in [("28", 0), ("51", 0), ("49", 1), ("52", 1)]:
        assert guide_for("278", "005010X215E1", purpose) is TABLES[name]
    assert guide_for("278", "005010X217", "00") is None


def test_loops_are_those_of_the_guide() -> None:
    loops = {loop for loop, _ in TABLES[2].segments()}
    assert loops == {
        *(HEADER, "2000A", "2010A", "2000B", "2010B", "2000C", "2010C", "2000D", "2010D"),
        *("2000E", "2010EA", "2010EB", "2010EC", "2000F", "2010F"),
    }
    answer = {loop for loop, use in TABLES[3].segments() if use.segment == "AAA"}
    assert answer == {
        *("2000A", "2010A", "2010B", "2010C", "2010D"),
        *("2000E", "2010EA", "2010EC", "2000F", "2010FA"),
    }
    assert not any(use.segment == "CRC" for _, use in TABLES[3].segments())


def sets() -> list[tuple[str, Guide, list[Placed]]]:
    found = []
    for path in FILES:
        for one in read(path.read_bytes().decode("latin-1")).sets:
            guide = guide_for(one.kind, one.guide, one.segments[1].get(2))
            if guide is not None:
                found.append((path.name, guide, locate(guide, one.segments)))
    return found


@pytest.mark.skipif(not FILES, reason="PRIOR_AUTH_CASES names no folder with X12 files")
def test_real_files_stand_in_the_tables() -> None:
    assert len(sets()) >= 11
    for name, _, placed in sets():
        lost = [place for place, one in enumerate(placed, start=1) if one.use is None]
        assert not lost, name


@pytest.mark.skipif(not FILES, reason="PRIOR_AUTH_CASES names no folder with X12 files")
def test_real_files_keep_to_usages_and_codes_of_the_tables() -> None:
    found = {
        (name, place, what)
        for name, _, placed in sets()
        for place, one in enumerate(placed, start=1)
        for what in complaints(one)
    }
    assert not found


def test_a_wrong_code_and_a_missing_element_would_be_seen() -> None:
    rows = ["ST*278*1*005010X217", "BHT*0007*13*1*20260101", "HL*1**20*1", "NM1*X3*3*PLAN*****PI*1"]
    placed = locate(TABLES[2], [Segment(n, row.split("*")) for n, row in enumerate(rows, start=1)])
    assert [complaints(one) for one in placed] == [[], ["BHT05 R"], [], ["NM12 code"]]


def complaints(placed: Placed) -> list[str]:
    segment, _, use = placed
    if use is None:
        return ["unknown"]
    said = []
    for number, letter in enumerate(use.elements, start=1):
        if (letter == "R") > bool(segment.get(number)) or (letter == "N" and segment.get(number)):
            said.append(f"{use.segment}{number:02d} {letter}")
    for position in use.codes:
        element, _, component = position.partition("-")
        value = (
            segment.part(int(element), int(component)) if component else segment.get(int(element))
        )
        if value and value not in codes_of(use, position):
            said.append(f"{use.segment}{position} code")
    return said


@pytest.mark.skipif(not FILES, reason="PRIOR_AUTH_CASES names no folder with X12 files")
def test_real_files_break_no_rule_that_makes_a_278_invalid() -> None:
    for name, guide, placed in sets():
        assert not [one for one in rules(guide, placed) if one.severity == "error"], name


INQUIRY = """ST*278*0001*005010X215
BHT*0007*28*Q1*20261120*0900
HL*1**20*1
NM1*X3*2*SANDBOX HEALTH PLAN*****PI*SBXHP01
HL*2*1*21*1
NM1*1P*2*RIVERBEND*****XX*9000000001
HL*3*2*22*1
NM1*IL*1*STONE*ADA****MI*M1
HL*4*3*23*1
NM1*QC*1*STONE*BEN
DMG*D8*20050101
HL*5*4*EV*0
UM*AR**2
REF*NT*R1
DTP*AAH*RD8*20261101-20261130
NM1*SJ*2*RIVERBEND*****XX*9000000001
SE*17*0001"""
FOUND = """ST*278*0001*005010X215
BHT*0007*49*Q1*20261120*0901*RD
HL*1**20*1
NM1*X3*2*SANDBOX HEALTH PLAN*****PI*SBXHP01
HL*2*1*21*1
NM1*1P*2*RIVERBEND*****XX*9000000001
HL*3*2*22*1
NM1*IL*1*STONE*ADA****MI*M1
HL*4*3*EV*1
TRN*1*P1*9900000001
TRN*2*Q1*9900000001
UM*SC**3*11:B
HCR*A1*AUTH1
HSD*VS*1
HL*5*4*SS*0
HCR*A1*AUTH1
DTP*472*D8*20261120
SV2*0300*HC:97110*73.42*UN*1
HL*6*2*22*1
NM1*IL*1*STONE*ADA****MI*M2
HL*7*6*EV*0
HCR*A4**0V
SE*23*0001"""


@pytest.mark.parametrize(("rows", "table"), [(INQUIRY, 0), (FOUND, 1)])
def test_an_inquiry_and_its_answer_stand_in_their_tables(rows: str, table: int) -> None:
    segments = [Segment(n, row.split("*")) for n, row in enumerate(rows.splitlines(), start=1)]
    placed = locate(TABLES[table], segments)
    assert [complaints(one) for one in placed] == [[]] * len(segments)
    assert not [one for one in rules(TABLES[table], placed) if one.severity == "error"]

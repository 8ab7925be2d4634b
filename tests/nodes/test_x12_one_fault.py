"""One fault in a set is one finding, at the place where it has to be mended."""

import pytest

from nodes.x12.validating.validate import validate
from tests.nodes.x12_text import HEAD, answer, wrapped

UM, HCR = "UM*HS*I*1", "HCR*A1*AUTH0001"
CLAIM = (
    "BHT*0010*08*OURTRACE*20261120*0931*DG",
    "HL*1**20*1",
    "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
    "HL*2*1*21*1",
    "NM1*41*2*RIVERBEND*****46*RIVERBEND",
    "HL*3*2*19*1",
    "NM1*1P*2*RIVERBEND*****XX*9000000031",
    "HL*4*3*22*0",
    "NM1*IL*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
    "TRN*2*OURTRACE",
    "STC*F1:65*20261115**100*80",
    "REF*1K*PAYERSNUMBER",
    "REF*EJ*ACCOUNT",
    "DTP*472*D8*20261101",
)


def told(edi, *severities):
    """Findings as (loop, segment id, place, element, rule, code); errors unless told otherwise."""
    found = validate(edi).findings
    return [
        (one.loop, one.segment_id, one.segment, one.element, one.rule.partition(".")[2], one.code)
        for one in found
        if one.severity in (severities or ("error",))
    ]


def without(segments, gone):
    return [one for one in segments if one != gone]


def status(segments=CLAIM):
    return wrapped(*segments, kind="277", guide="005010X212", group="HN")


def test_the_sets_used_here_are_right():
    assert told(answer((UM, HCR)), "error", "warning") == []
    assert told(status(), "error", "warning") == []


@pytest.mark.parametrize(
    ("segment", "element"),
    [("PER*IC*ANN*TE", 4), ("PER*IC*ANN**5551212", 3), ("PER*IC*ANN*TE*5551212**5551213", 5)],
)
def test_of_a_pair_the_missing_element_is_named(segment, element):
    edi = wrapped(*HEAD[:5], segment, *HEAD[5:7], "HL*4*3*EV*0", HEAD[8], UM, HCR)
    assert [one[3:] for one in told(edi)] == [(element, "element-conditional", "2")]


def test_a_missing_element_that_is_required_anyway_is_told_once():
    edi = answer((UM, HCR)).replace("*****PI*SBXHP01", "*****PI")
    assert [one[3:] for one in told(edi)] == [(9, "element-missing", "1")]


def test_a_loop_that_lacks_its_first_segment_is_told_once_and_walked():
    party = "NM1*IL*1*LOPEZ*MARIA****MI*SBXLOPEZ01"
    segments = [*without(HEAD, party), UM, HCR]
    at = segments.index("HL*3*2*22*1") + 1
    segments[at:at] = [
        "REF*SY*900000001",
        "N3*1 MAIN STREET",
        "N4*DAYTON*OH*45402",
        "DMG*D8*19700101",
    ]
    segments[segments.index("HL*4*3*EV*1")] = "HL*4*3*EV*0"
    assert told(wrapped(*segments)) == [("2010C", "NM1", 8, None, "loop-missing", "3")]


def test_a_claim_without_its_trace_lacks_that_and_nothing_else():
    assert told(status(without(CLAIM, "TRN*2*OURTRACE"))) == [
        ("2200D", "TRN", 11, None, "loop-missing", "3")
    ]


ASKED = (
    "BHT*0007*13*OURTRACE*20261120*0931",
    *HEAD[1:7],
    "HL*4*3*EV*1",
    "TRN*1*OURTRACE*9900000003",
    "UM*HS*I*1*11:B",
    "HI*ABK:M545",
    "HL*5*4*SS*0",
    "SV1*HC:99213*100*UN*1***1",
)


def request(*segments):
    return wrapped(*segments)


def test_a_missing_level_is_told_where_the_next_one_begins():
    segments = [*ASKED[:3], "HL*2*1*22*1", ASKED[6], "HL*3*2*EV*1", *ASKED[8:11], "HL*4*3*SS*0"]
    assert told(request(*ASKED)) == []
    assert told(request(*segments, ASKED[12])) == [("2000B", "HL", 5, None, "loop-missing", "3")]


def test_one_wrong_number_of_a_level_is_one_finding():
    segments = ["HL*3*3*EV*1" if one == "HL*4*3*EV*1" else one for one in ASKED]
    assert told(request(*segments), "error", "warning") == [("2000E", "HL", 9, 1, "duplicate", "7")]


def test_a_level_that_names_no_parent_lacks_it_and_no_more():
    segments = ["HL*2**21*1" if one == "HL*2*1*21*1" else one for one in ASKED]
    found = told(request(*segments), "error", "warning")
    assert found == [("2000B", "HL", 5, 2, "element-missing", "1")]


def test_a_missing_st_is_told_once_where_it_should_stand():
    lines = request(*ASKED).split("~")
    found = validate("~".join([*lines[:2], *lines[3:]])).findings
    assert [(one.rule, one.line, one.segment_id) for one in found] == [("envelope.no-st", 3, "BHT")]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("LOPEZ*MARIA", "LOPEZ*MA\x07RIA", ("2010C", "NM1", 8, 4, "element-character", "6")),
        ("TRN*1*", "trn*1*", ("2000E", None, 10, None, "id", "1")),
        ("*PI*", "*PIPIPI*", ("2010A", "NM1", 4, 8, "element-code", "7")),
    ],
)
def test_a_fault_that_two_checks_see_is_told_once(right, wrong, expected):
    assert told(request(*ASKED).replace(right, wrong)) == [expected]


def test_a_segment_with_another_code_does_not_make_a_loop_of_services():
    edi = answer((UM, HCR, "DTP*472*D8*20261120"))
    assert [one[4] for one in told(edi)] == ["element-code"]


@pytest.mark.parametrize(
    ("segment", "name", "code"),
    [("CLM*1*100", "CLM", "2"), ("HCR*A1*1", "HCR", "I4"), ("XQX*1", None, "1")],
)
def test_a_segment_of_the_standard_is_named_wherever_it_stands(segment, name, code):
    [one] = told(request(*ASKED[:11], segment, *ASKED[11:]))
    assert (one[1], one[5]) == (name, code)


def test_the_header_is_no_loop():
    edi = request("BHT*9999*13*OURTRACE*20261120*0931", *ASKED[1:])
    assert [one[:4] for one in told(edi)] == [(None, "BHT", 2, 1)]


def test_a_guide_of_5010_names_itself_in_st03():
    edi = request(*ASKED).replace("ST*278*0001*005010X217", "ST*278*0001")
    assert told(edi) == [(None, "ST", 1, 3, "guide-missing", "1")]


def test_a_997_of_5010_has_no_st03_to_miss():
    edi = wrapped("AK1*HI*7", "AK9*A*1*1*1", kind="997", guide="005010", group="FA")
    assert told(edi.replace("*0001*005010~", "*0001~")) == []


def test_a_wrong_qualifier_of_a_date_does_not_spoil_its_format():
    segments = [*ASKED[:10], "DTP*999*RD8*20261201-20261231", *ASKED[10:]]
    assert [one[1:5] for one in told(request(*segments))] == [("DTP", 12, 1, "element-code")]


def test_hl04_is_0_or_1():
    segments = ["HL*5*4*SS*2" if one == "HL*5*4*SS*0" else one for one in ASKED]
    assert [one[1:] for one in told(request(*segments))] == [("HL", 13, 4, "children-code", "7")]


ACKNOWLEDGED = (
    "AK1*HI*7",
    "AK2*278*0001",
    "IK3*NM1*8*2000*8",
    "IK4*9*67*1",
    "IK5*R*5",
    "AK9*R*1*1*0",
)


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [("*2000*", "*2010AA*", ("IK3", 4, 3)), ("HI*7", "HI*G7A", ("AK1", 2, 2))],
)
def test_what_an_acknowledgment_echoes_is_no_reason_to_refuse_it(right, wrong, place):
    edi = wrapped(*ACKNOWLEDGED, kind="999", guide="005010X231A1", group="FA")
    assert told(edi, "error", "warning") == []
    edi = edi.replace(right, wrong)
    assert told(edi) == []
    assert [one[1:4] for one in told(edi, "warning")] == [place]


def test_a_level_of_no_kind_does_not_spoil_those_below_it():
    segments = ["HL*3*2*99*1" if one == "HL*3*2*22*1" else one for one in ASKED]
    assert [one[1:4] for one in told(request(*segments))] == [("HL", 7, 3)]


def test_the_header_is_no_loop_for_rules_and_missing_segments_either():
    edi = wrapped(*ACKNOWLEDGED[:-1], "AK9*A*1*1*0", kind="999", guide="005010X231A1", group="FA")
    assert {one[0] for one in told(edi, "warning")} == {None}
    assert told(request(*ASKED[1:]))[0][:2] == (None, "BHT")
    claim = ["NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01", "NM1*41*2*RIVERBEND*****46*RIVERBEND"]
    found = told(wrapped(*claim, kind="275", guide="005010X210", group="PI"))
    assert (None, "BGN") in {one[:2] for one in found}


def test_a_postal_code_too_short_is_told_once():
    at = ASKED.index("HL*3*2*22*1") + 2
    edi = request(*ASKED[:at], "N4*DAYTON*OH*4", *ASKED[at:])
    assert [one[1:] for one in told(edi, "error", "warning")] == [
        ("N4", 9, 3, "element-short", "4")
    ]


def test_a_missing_loop_among_its_like_is_told_once():
    parties = (
        "BGN*02*1*20261120",
        "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
        "NM1*1P*2*RIVERBEND*****XX*9000000031",
        "NM1*QC*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
        "LX*1",
        "TRN*1*ATT1",
        "DTP*368*D8*20261120",
        "CAT*OZ*TX",
    )
    edi = wrapped(*parties, kind="275", guide="005010X210", group="PI")
    assert told(edi) == [("1000B", "NM1", 4, None, "loop-missing", "3")]

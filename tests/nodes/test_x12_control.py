"""What the reader finds wrong with envelopes and HL trees: where, and by which standard code."""

import pytest

from nodes.errors import UnreadableDocument
from nodes.x12.finding import Finding
from nodes.x12.reading.envelope import pick, read
from nodes.x12.reading.faults import FAULTS, READABLE
from nodes.x12.reading.limits import Limits
from tests.nodes.x12_text import ISA, answer, wrapped

EDI = answer(("HCR*A1*NUMBER1", "DTP*036*D8*20270101", "MSG*A"))
SET = EDI[EDI.index("ST*") : EDI.index("GE*")]
GROUP = EDI[EDI.index("GS*") : EDI.index("IEA*")]
CASES = [
    ("ISA*00", "ISA*99", "isa.authorization-qualifier", "TA105 010", 1, 1),
    ("*00*          *ZZ", "*99*          *ZZ", "isa.security-qualifier", "TA105 012", 1, 3),
    ("*ZZ*SBXHP01        ", "*XX*SBXHP01        ", "isa.sender-qualifier", "TA105 005", 1, 5),
    ("*SBXHP01        *", "*               *", "isa.sender", "TA105 006", 1, 6),
    ("*ZZ*RIVERBEND", "*39*RIVERBEND", "isa.receiver-qualifier", "TA105 007", 1, 7),
    ("*RIVERBEND      *", "*               *", "isa.receiver", "TA105 008", 1, 8),
    ("*261120*0931*^", "*261320*0931*^", "isa.date", "TA105 014", 1, 9),
    ("*261120*0931*^", "*261120*2461*^", "isa.time", "TA105 015", 1, 10),
    ("*00501*", "*5010 *", "isa.version", "TA105 017", 1, 12),
    ("00501*000000007", "00501*00000000X", "isa.control-number", "TA105 018", 1, 13),
    ("*0*T*:", "*2*T*:", "isa.acknowledgment", "TA105 019", 1, 14),
    ("*0*T*:", "*0*X*:", "isa.usage", "TA105 020", 1, 15),
    ("IEA*1*000000007", "IEA*1*000000008", "envelope.trailer-control-number", "TA105 001", 18, 2),
    ("IEA*1*", "IEA*2*", "envelope.group-count", "TA105 021", 18, 1),
    ("IEA*1*", "IEA*01*", None, None, None, None),
    ("GS*HI*", "GS**", "group.function", "AK905 1", 2, 1),
    ("GS*HI*SBXHP01", "GS*HI*", "group.sender", "TA105 024", 2, 2),
    ("*RIVERBEND*20261120", "**20261120", "group.receiver", "TA105 024", 2, 3),
    ("*20261120*0931*7*X", "*20260230*0931*7*X", "group.date", "TA105 024", 2, 4),
    ("*20261120*0931*7*X", "*20261120*93*7*X", "group.time", "TA105 024", 2, 5),
    ("*0931*7*X", "*0931*A*X", "group.control-number", "AK905 6", 2, 6),
    ("*0931*7*X", "*0931*7*Y", "group.agency", "TA105 024", 2, 7),
    ("*X*005010X217", "*X*", "group.version", "AK905 2", 2, 8),
    ("GE*1*7", "GE*2*7", "group.set-count", "AK905 5", 17, 1),
    ("GE*1*7", "GE*1*8", "group.trailer-control-number", "AK905 4", 17, 2),
    (SET, "", "group.empty", "AK905 5", 2, None),
    (GROUP, "", "envelope.empty", "TA105 022", 2, None),
    ("GE*1*7~", "", "group.no-ge", "AK905 3", 2, None),
    ("GS*HI*", "GS*HC*", "set.function", "IK502 18", 3, 1),
    ("*0001*005010X217", "*0001*005010X216", "set.guide", "IK502 19", 3, 3),
    ("*0001*005010X217", "*0001*005010X217E1", None, None, None, None),
    ("ST*278*", "ST*27*", "set.kind", "IK502 6", 3, 1),
    ("ST*278*0001", "ST*278*1", "set.control-number", "IK502 7", 3, 2),
    ("ST*278*0001", "ST*278*0002", "set.trailer-control-number", "IK502 3", 16, 2),
    ("SE*14*0001~", "", "set.no-se", "IK502 2", 3, None),
    ("SE*14", "SE*13", "set.segment-count", "IK502 4", 16, 1),
    ("SE*14", "SE*", "set.segment-count", "IK502 4", 16, 1),
    ("ST*278*0001*005010X217~", "", "envelope.no-st", "TA105 024", 15, None),
    ("IEA*1*000000007~", "", "envelope.cut", "TA105 023", 17, None),
    ("IEA*1*000000007~", "IEA*1*000000007~IEA*1*000000007~",
     "envelope.after-end", "TA105 022", 18, None),
    ("IEA*1*000000007~", "IEA*1*000000007~and more", "envelope.after-end", "TA105 022", 18, None),
    ("GS*HI", "REF*A*B~GS*HI", "envelope.outside-set", "TA105 024", 2, None),
    ("GE*1", "REF*A*B~GE*1", "envelope.outside-set", "TA105 024", 17, None),
    ("~HL*2*1", "~TA1*000000001*261120*0930*A*000~HL*2*1", "envelope.misplaced", "TA105 022", 7,
     None),
    ("HL*2*1", "HL**1", "hl.number", "IK403 7", 7, 1),
    ("HL*2*1", "HL*1*1", "hl.duplicate", "IK403 7", 7, 1),
    ("HL*2*1", "HL*2*2", "hl.parent", "IK403 7", 7, 2),
    ("HL*2*1", "HL*2*9", "hl.parent", "IK403 7", 7, 2),
    ("HL*4*3*EV", "HL*9*3*EV", "hl.sequence", "IK403 7", 11, 1),
    ("EV*0", "EV*1", "hl.children", "IK403 7", 11, 4),
    ("21*1", "21*0", "hl.children", "IK403 7", 7, 4),
    ("~HCR", "~hcr", "segment.id", "IK304 1", 13, None),
    ("~HCR", "~~HCR", "segment.empty", "IK304 1", 13, None),
    ("~HCR", "~  HCR", "segment.indent", "IK304 1", 13, None),
    ("MARIA", "MA\0RIA", "segment.control-character", "IK403 6", 10, None),
]  # fmt: skip


def located(finding: Finding):
    return f"{finding.standard} {finding.code}", finding.line, finding.element


@pytest.mark.parametrize(("before", "after", "rule", "code", "line", "element"), CASES)
@pytest.mark.parametrize("end", ["~", "~\r\n"])
def test_each_fault_is_found_where_it_is(before, after, rule, code, line, element, end):
    assert read(EDI).findings == () and before in EDI
    found = read(EDI.replace(before, after, 1).replace("~", end)).findings
    if rule is None:
        assert found == ()
        return
    [finding] = [item for item in found if item.rule == rule]
    assert located(finding) == (code, line, element)
    assert finding.interchange == 1
    assert finding.words == FAULTS[rule].words


def test_a_finding_knows_its_group_set_and_loop():
    later = GROUP.replace("*7*X", "*8*X").replace("GE*1*7", "GE*2*8")
    second = SET.replace("0001", "0002").replace("~HCR", "~hcr")
    edi = ISA + GROUP + later.replace("GE*2", second + "GE*2") + "IEA*2*000000007~"
    [finding] = read(edi).findings
    assert (finding.interchange, finding.group, finding.transaction) == (1, 2, 2)
    assert (finding.loop, finding.segment, finding.segment_id) == ("2000E", 11, None)
    assert finding.line == 2 + 14 + 1 + 1 + 14 + 11
    assert finding.where == "loop 2000E, segment 11 (no id)"


@pytest.mark.parametrize(
    ("level", "loop"), [("1**20", "2000A"), ("2*1*21", "2000B"), ("3*2*22", "2000C")]
)
def test_a_lie_about_children_names_the_loop_of_its_level(level, loop):
    [finding] = read(EDI.replace(f"HL*{level}*1", f"HL*{level}*0")).findings
    assert (finding.rule, finding.loop) == ("hl.children", loop)


def test_numbers_used_twice():
    both = ISA + GROUP.replace("GE*1", SET + "GE*2") + GROUP + "IEA*2*000000007~"
    found = {item.rule: located(item) for item in read(both + both).findings}
    assert found == {
        "set.duplicate-set": ("IK502 23", 17, 2),
        "group.duplicate-group": ("AK905 19", 32, 6),
        "envelope.duplicate-interchange": ("TA105 025", 1, 13),
    }
    other = both.replace("ZZ*SBXHP01 ", "ZZ*SBXHP02 ", 1)
    rules = {item.rule for item in read(both + other).findings}
    assert "envelope.duplicate-interchange" not in rules


@pytest.mark.parametrize(
    ("numbers", "twice"),
    [
        (("0001", "0002", "0003", "0002"), 1),
        (("0005", "0004", "0003", "0003"), 1),
        (("A001", "A002", "A001"), 1),
        (("0009", "0010", "0011", "0010", "0009"), 2),
        (("9999", "10000", "10001"), 0),
        (("0001", "00001", "01000"), 0),
        (("0001", "0003", "0002", "0003"), 1),
    ],
)
def test_repeats_in_any_order(numbers, twice):
    sets = "".join(f"ST*278*{one}~SE*2*{one}~" for one in numbers)
    head = EDI[: EDI.index("ST*")]
    edi = f"{head}{sets}GE*{len(numbers)}*7~IEA*1*000000007~"
    rules = [item.rule for item in read(edi).findings]
    assert rules == ["set.duplicate-set"] * twice


def test_repeats_are_looked_for_within_bounds():
    sets = "".join(f"ST*278*X{place:04d}~SE*2*X{place:04d}~" for place in range(50))
    edi = ISA + EDI[EDI.index("GS*") : EDI.index("ST*")] + sets + "GE*50*7~IEA*1*000000007~"
    rules = [item.rule for item in read(edi, Limits(control_numbers=20)).findings]
    assert rules == ["text.control-numbers"]


def test_a_group_of_another_function_is_an_error_in_any_kind():
    assert [item.rule for item in read(wrapped("BHT*0010*08*X", kind="277")).findings] == [
        "set.function"
    ]
    assert read(wrapped("BHT*0010*08*X", kind="277", group="HN")).findings == ()


def test_a_level_may_not_hang_under_itself_whatever_its_name():
    found = read(EDI.replace("HL*2*1", "HL*X*X").replace("HL*3*2", "HL*3*X")).findings
    assert [item.rule for item in found][:2] == ["hl.sequence", "hl.parent"]


def test_wrong_counts_may_be_tolerated_but_what_is_cut_or_hangs_nowhere_not():
    wrong = EDI.replace("SE*14", "SE*15").replace("IEA*1", "IEA*2")
    document = read(wrong)
    with pytest.raises(UnreadableDocument):
        document.require()
    assert document.require(tolerate=READABLE) is document
    assert pick(document, "278", ("005010X217",), READABLE) == document.sets
    for broken in (EDI[:-30], EDI.replace("HL*2*1", "HL*2*9"), EDI + "more"):
        with pytest.raises(UnreadableDocument):
            read(broken).require(tolerate=READABLE)


def test_every_rule_has_words_and_codes_of_the_standard():
    for name, fault in FAULTS.items():
        assert fault.words[0].isalnum() and name.count(".") == 1
        assert (fault.standard is None) == (fault.code is None)
        assert fault.standard or fault.severity != "error", name
    assert {name for name in READABLE if FAULTS[name].severity == "error"} == READABLE

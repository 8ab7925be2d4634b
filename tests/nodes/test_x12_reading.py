import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.errors import NodeError, UnreadableDocument
from nodes.parse_277 import Parse277Request, parse_277
from nodes.parse_278 import Parse278Request, parse_278
from nodes.x12.reading.envelope import pick, read
from nodes.x12.reading.faults import READABLE
from nodes.x12.reading.hierarchy import hierarchy
from nodes.x12.reading.limits import Limits
from tests.nodes.x12_text import ISA, answer, wrapped

CASES = os.environ.get("PRIOR_AUTH_CASES")
EDI = answer(("HCR*A1*NUMBER1",))


def findings(text):
    return {finding.words for finding in read(text).findings}


def plain(document):
    return [segment.elements for item in document.sets for segment in item.segments]


@pytest.mark.parametrize(
    "text",
    [
        EDI.replace("~", "~\n"),
        EDI.replace("~", "~\r\n"),
        EDI.replace("~", "\n"),
        EDI.replace("~", "\r\n").replace("\r\n", "\n", 1),
        "\ufeff\r\n  " + EDI,
        EDI + "\r\n\r\n",
        EDI[:-1],
        "\n".join(EDI[place : place + 80] for place in range(0, len(EDI), 80)),
        " ".join(EDI[:106].split()) + EDI[106:],
        EDI.replace("RIVERBEND      *", "RIVERBEND\n*", 1),
        EDI.replace("~HL", "~\n   HL"),
        EDI.replace("~HCR", "~~HCR"),
        EDI.replace("*", "\x1d").replace("~", "\x1c"),
        EDI.replace("*", "\t"),
        EDI.replace("*", "\t").replace("~", "~\r\n"),
    ],
    ids=[
        "line feeds", "carriage returns", "line feed ends segments", "mixed", "byte order mark",
        "blank end", "no last terminator", "eighty columns", "collapsed header",
        "header wrapped", "indented", "empty segment", "control characters separate",
        "tabs separate", "tabs separate in lines",
    ],
)  # fmt: skip
def test_one_text_in_many_shapes_reads_the_same(text):
    assert plain(read(text).require()) == plain(read(EDI).require(strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (EDI.replace("SE*12", "SE*13"), "SE01 is not the count of segments, ST to SE"),
        (EDI.replace("SE*12*0001", "SE*12*0002"), "SE02 is not the control number of the ST"),
        (EDI.replace("GE*1*7", "GE*2*7"), "GE01 is not the count of transaction sets"),
        (EDI.replace("GE*1*7", "GE*1*8"), "GE02 is not the control number of the GS"),
        (EDI.replace("IEA*1", "IEA*2"), "IEA01 is not the count of groups"),
        (EDI.replace("IEA*1*000000007", "IEA*1*000000008"),
         "IEA02 is not the control number of the ISA"),
        (EDI.replace("SE*12*0001~", ""), "the transaction set has no SE"),
        (EDI.replace("ST*278*0001*005010X217~", ""), "there is no ST that this SE could close"),
        (EDI.replace("GE*1*7~", ""), "the group has no GE"),
        (EDI.replace("IEA*1*000000007~", ""),
         "the interchange ends without an IEA: it may be cut"),
        (EDI.replace("ST*278*0001*005010X217", "ST*278*0001*005010X216"),
         "ST03 names another guide than GS08"),
        (EDI + "more", "text follows the IEA"),
        (EDI.replace("MARIA", "MA\nRIA"),
         "there is a control character or line break inside the segment"),
        (EDI.replace("~HCR", "~hcr"), "this is no segment identifier"),
        (EDI.replace("~HCR", "~HC-R"), "this is no segment identifier"),
        (EDI.replace("GS*HI", "REF*A*B~GS*HI"),
         "the segment stands outside any transaction set"),
    ],
)  # fmt: skip
def test_a_broken_envelope_is_found_and_refused(text, words):
    assert words in findings(text)
    with pytest.raises(UnreadableDocument) as caught:
        read(text).require()
    assert any(words in complaint.detail for complaint in caught.value.complaints)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "hello", "ISA", "ISA*", ISA[:60], "GS*HI~", "ISAAC NEWTON WAS HERE",
        ISA.replace("*:~", "*~~"), "ISA" + "A" * 200,
        "\ufeff" * 10, "{}", "<xml/>",
    ],
)  # fmt: skip
def test_what_is_no_x12_is_refused(text):
    with pytest.raises(UnreadableDocument):
        read(text)


def test_tabs_separate_only_where_each_stands_at_its_place():
    with pytest.raises(UnreadableDocument, match="not X12"):
        read("\t".join(EDI[:106].split("*")).replace("  ", "") + EDI[106:])


@pytest.mark.parametrize("text", ["\0", "\0" * 1000, b"\0" * 1000, "\0" + EDI, b"PK\3\4\0\0\0\0"])
def test_zeros_are_binary_and_no_other_encoding(text):
    with pytest.raises(UnreadableDocument, match="binary"):
        read(text)


def test_isa_in_a_name_begins_no_interchange():
    assert len(read(EDI.replace("LOPEZ", "ISAAC")).require().sets) == 1


def test_a_lost_component_separator_is_a_fault():
    assert "ISA16 is missing: the component separator is not known" in findings(
        EDI.replace("*T*:~", "*T*~", 1)
    )


def test_u_in_isa11_repeats_nothing():
    header = read(EDI.replace("*^*00501", "*U*00401", 1)).interchanges[0].header
    assert header.separators.repetition is None


def test_several_interchanges_groups_and_sets():
    other = EDI.replace("*", "|").replace(":", ">")
    other = other.replace("000000007", "000000008")
    document = read(EDI + "\n" + other).require()
    assert len(document.interchanges) == 2 and len(document.sets) == 2
    twice = EDI[EDI.index("GS*") : EDI.index("IEA")]
    again = twice.replace("*7*X", "*8*X").replace("GE*1*7", "GE*1*8")
    document = read(ISA + twice + again + "IEA*2*000000007~").require()
    assert len(document.sets) == 2


@pytest.mark.parametrize(
    "limits",
    [Limits(characters=100), Limits(segments=5), Limits(segment_characters=30), Limits(elements=5)],
)
def test_limits_refuse(limits):
    with pytest.raises(UnreadableDocument, match="than this reader takes"):
        read(EDI, limits)


def test_findings_are_capped():
    text = wrapped(*("hl*1" for _ in range(1000)))
    *listed, last = read(text).findings
    assert len(listed) == 100 and last.rule == "findings.more"
    assert last.words.startswith("900 more errors and 0 more")


def test_trifles_do_not_hide_a_fault():
    with pytest.raises(UnreadableDocument, match="trusted"):
        read(ISA + "~" * 1000).require()


@pytest.mark.parametrize(
    ("before", "after"),
    [("HL*2*1", "HL*2*9"), ("HL*2*1", "HL*1*1"), ("HL*2*1", "HL**1"), ("HL*2*1", "HL*2*2")],
)
def test_a_level_that_hangs_nowhere_is_refused(before, after):
    document = read(EDI.replace(before, after))
    with pytest.raises(UnreadableDocument, match="trusted"):
        document.require(tolerate=READABLE)
    with pytest.raises(UnreadableDocument, match="hierarchy"):
        hierarchy(document.sets[0])


def test_a_bottomless_hierarchy_is_refused():
    chain = ("HL*1**20*1", *(f"HL*{place}*{place - 1}*22*1" for place in range(2, 40)))
    document = read(wrapped(*chain))
    assert "hl.depth" in {finding.rule for finding in document.findings}
    with pytest.raises(UnreadableDocument) as caught:
        hierarchy(document.sets[0])
    assert "deeper" in caught.value.complaints[0].detail


def test_hl04_that_lies_is_noted_only():
    [transaction] = read(EDI.replace("EV*0", "EV*1")).require().sets
    assert [finding.severity for finding in hierarchy(transaction).findings] == ["warning"]


def test_acknowledgments_are_told_by_name():
    ta1 = ISA + "TA1*000000001*261120*0930*R*010~IEA*0*000000007~"
    with pytest.raises(UnreadableDocument, match=r"TA1 .*rejected.*not a 278"):
        pick(read(ta1), "278")
    ack = wrapped("AK1*HI*1", "AK9*R*1*1*0", kind="999", guide="005010X231A1", group="FA")
    with pytest.raises(UnreadableDocument, match=r"999 .*rejected.*not a 278"):
        pick(read(ack), "278")


def test_no_value_is_said():
    text = EDI.replace("~HCR", "~SECRETNAME*1~HCR").replace("SE*12", "SE*SECRET")
    with pytest.raises(UnreadableDocument) as caught:
        read(text).require()
    assert "SECRET" not in str(caught.value) + repr(caught.value.complaints)


@given(st.text(max_size=300), st.integers(0, len(EDI)), st.integers(0, 40))
def test_damage_is_refused_or_read_but_never_crashes(text, place, gap):
    try:
        damaged = EDI[:place] + text + EDI[place + gap :]
        for item in read(damaged).require().sets:
            hierarchy(item)
    except NodeError as error:
        assert str(error)


FAULTS_OF_OTHERS = {
    "EdiFabric__X12.NET__997.txt": {"group.date"},
    "EdiFabric__X12.NET__RequestTransmission.txt": {"set.function"},
    "EdiFabric__X12.NET__ResponseTransmission.txt": {"set.function"},
    "EdiFabric__X12.NET__ServicesReview.txt": {"set.function"},
    "apimeister__x12-types___278_test.rs.2.edi": {"set.trailer-control-number"},
    "imsweb__x12-parser__x12_277_x212.txt": {"envelope.trailer-control-number"},
    "imsweb__x12-parser__x12_999_accepted.txt": {"envelope.trailer-control-number", "group.time"},
}
"""What is really wrong in the envelopes of these files; in those of all others, nothing is."""


def cases():
    folder = Path(CASES or "", "x12")
    files = sorted(folder.iterdir()) if CASES and folder.is_dir() else []
    return [file for file in files if file.suffix != ".tsv"]


@pytest.mark.skipif(not cases(), reason="PRIOR_AUTH_CASES names no folder with x12/ in it")
def test_files_of_others_are_read_or_refused_with_a_reason():
    for file in cases():
        edi = file.read_bytes().decode("utf-8")
        document = read(edi)
        assert document.sets, file.name
        assert read(file.read_bytes()) == document
        errors = {item.rule for item in document.findings if item.severity == "error"}
        assert errors == FAULTS_OF_OTHERS.get(file.name, set()), file.name
        for item in document.sets:
            hierarchy(item)
        for parse in (
            lambda text: parse_278(Parse278Request(edi=text)),
            lambda text: parse_277(Parse277Request(edi=text)),
        ):
            try:
                assert parse(edi).used
            except UnreadableDocument as error:
                assert str(error), file.name

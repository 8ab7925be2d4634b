"""The stream of segments: sources, shapes, encodings, binary data."""

import io

import pytest

from nodes.errors import UnreadableDocument
from nodes.x12.reading.envelope import read, transaction_sets
from nodes.x12.reading.limits import Limits
from nodes.x12.reading.stream import Reader
from tests.nodes.x12_text import ISA, answer, wrapped

EDI = answer(("HCR*A1*NUMBER1", "MSG*" + " ".join(["A LONG MESSAGE"] * 12)))


def rules(source):
    reader = Reader(source)
    for _ in reader:
        pass
    return [finding.rule for finding in reader.findings]


def errors(source):
    return [item.rule for item in read(source).findings if item.severity == "error"]


def columns(text, width, end="\n"):
    return end.join(text[place : place + width] for place in range(0, len(text), width))


@pytest.mark.parametrize(
    "source",
    [
        lambda text: text,
        str.encode,
        lambda text: bytearray(text.encode()),
        lambda text: memoryview(text.encode()),
        lambda text: io.StringIO(text, newline=""),
        lambda text: io.BytesIO(text.encode()),
    ],
    ids=["str", "bytes", "bytearray", "memoryview", "text file", "binary file"],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_every_source_gives_the_same(source, end):
    text = EDI.replace("~", "~" + end)
    reader = Reader(source(text))
    assert [list(map(str.strip, row)) for row in reader] == [
        list(map(str.strip, row.split("*"))) for row in EDI.split("~")[:-1]
    ]
    assert reader.findings == ()


@pytest.mark.parametrize("width", [20, 30, 72, 79, 80, 81, 100, *range(103, 108), 128, 132])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_wrap_at_any_column_is_undone(width, end):
    found = read(columns(EDI, width, end))
    assert found.sets == read(EDI).sets
    assert [item.rule for item in found.findings] == ["text.wrapped"]
    assert read(io.BytesIO(columns(EDI, width, end).encode())) == found


def test_long_segments_wrapped_on_lines_of_their_own():
    text = "\n".join(columns(row + "~", 80) for row in EDI.split("~")[:-1]) + "\n"
    found = read(text)
    assert found.sets == read(EDI).sets
    assert {item.rule for item in found.findings} == {"text.wrapped"}


def test_a_wrap_across_pieces_of_a_file():
    text = wrapped(*(f"MSG*NUMBER {place} OF MANY MESSAGES" for place in range(20_000)))
    found = read(io.BytesIO(columns(text, 80).encode()))
    assert found.sets == read(text).sets
    assert [item.rule for item in found.findings] == ["text.wrapped"]


def test_one_broken_line_is_no_wrap():
    text = EDI.replace("~", "~\n").replace("MARIA", "MA\nRIA")
    assert errors(text) == ["segment.control-character"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("\ufeff" + EDI, "text.blank-start"),
        ("\n\t " + EDI, "text.blank-start"),
        (EDI[:-1], "text.last-terminator"),
        (" ".join(EDI[:106].split()) + EDI[106:], "isa.padding"),
        (EDI.replace("RIVERBEND      *", "RIVERBEND\n*", 1), "isa.padding"),
        (EDI.replace("~HL*2", "~\n   HL*2"), "segment.indent"),
        (EDI.replace("~HCR", "~~HCR"), "segment.empty"),
        (EDI.replace("~HCR", "~ ~HCR"), "segment.empty"),
        (EDI.replace("*^*", "*U*", 1), "isa.repetition-separator"),
    ],
)
def test_what_leaves_no_doubt_is_a_warning(text, rule):
    for source in (text, text.encode()):
        found = read(source)
        assert [(item.rule, item.severity) for item in found.findings] == [(rule, "warning")]
        rows = [[row.elements for row in item.segments] for item in found.sets]
        assert rows == [[row.elements for row in item.segments] for item in read(EDI).sets]


def test_u_in_isa11_of_4010_is_no_separator_and_no_fault():
    text = EDI.replace("*^*00501", "*U*00401", 1)
    found = read(text)
    assert found.findings == ()
    assert found.interchanges[0].header.separators.repetition is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_end_as_terminator(end):
    assert rules(EDI.replace("~", end)) == []
    assert rules(EDI.replace("~", end).replace(end, "\n", 1)) == []
    assert rules(EDI.replace("~", end) + end * 5) == []


@pytest.mark.parametrize("lost", ["*T*~", "*T~"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_isa16_lost(lost, end):
    text = EDI.replace("*T*:~", lost, 1).replace("~", "~" + end)
    found = read(text)
    assert {item.rule for item in found.findings} == {"isa.component-separator", "isa.padding"}
    assert [row.elements for row in found.sets[0].segments] == [
        row.elements for row in read(EDI).sets[0].segments
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused_by_name(encoding):
    with pytest.raises(UnreadableDocument, match="UTF-16"):
        read(EDI.encode(encoding))
    with pytest.raises(UnreadableDocument, match="EBCDIC"):
        read(EDI.encode("cp037"))


def test_utf8_and_latin1():
    text = EDI.replace("MARIA", "JOSÉ")
    assert read(text.encode()) == read(text) and read(text).findings == ()
    found = read(text.encode("latin-1"))
    assert found.sets == read(text).sets
    [finding] = found.findings
    assert (finding.rule, finding.severity, finding.line) == ("segment.not-utf8", "warning", 10)


def test_a_text_file_in_another_encoding_is_refused():
    file = io.TextIOWrapper(io.BytesIO(EDI.replace("MARIA", "JOSÉ").encode("latin-1")), "utf-8")
    with pytest.raises(UnreadableDocument, match="encoding"):
        read(file)


DATA = ["", "x", "a~b*c:d", "\0\1\2~\n\r\n", "ISA*~IEA*1*1~", "\xff\xfe" * 3, "~" * 300, "é" * 9]


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("form", ["BIN*{}*{}", "BDS*B64*{}*{}"])
def test_binary_data_is_as_long_as_it_says(data, form):
    raw = data.encode("latin-1")
    edi = wrapped(form.format(len(raw), data), "MSG*AFTER", kind="275", group="PI")
    found = read(edi.encode("latin-1")).require()
    assert [row.id for row in found.sets[0].segments] == ["ST", form[:3], "MSG", "SE"]
    assert found.sets[0].segments[1].elements[-1] == data


def test_binary_data_in_a_text_counts_as_utf8_or_as_characters():
    for length in (2 * len("é~é~"), len("é~é~"), len("é~é~".encode())):
        edi = wrapped(f"BIN*{length}*é~é~", "MSG*X", kind="275", group="PI")
        if length != 8:
            assert read(edi).require().sets[0].segments[1].get(2) == "é~é~"
        else:
            assert "segment.binary-length" in errors(edi)


@pytest.mark.parametrize("size", [8_000, 9_000, 70_000, 190_000])
def test_a_long_segment_is_read_whole(size):
    found = read(io.BytesIO(wrapped("MSG*" + "A" * size, "MSG*B").encode())).require(strict=True)
    assert [len(row.get(1)) for row in found.sets[0].segments[1:3]] == [size, 1]


@pytest.mark.parametrize(
    ("before", "after"),
    [("*ZZ*SBXHP01  ", "*ZZ*SBXHP01      "), ("*0931*^", "* 0931 *^"), ("ISA*00*", "ISA* 00*")],
)
def test_blanks_too_many_in_the_header(before, after):
    found = read(EDI.replace(before, after, 1))
    assert [item.rule for item in found.findings] == ["isa.padding"]
    assert found.interchanges[0].header.get(6) == "SBXHP01"


def test_a_megabyte_of_binary_data():
    data = bytes(range(256)) * 8_000
    edi = wrapped("BIN*{}*@@", "MSG*X", kind="275", group="PI").encode()
    edi = edi.replace(b"{}*@@", str(len(data)).encode() + b"*" + data)
    for source in (edi, io.BytesIO(edi)):
        segment = read(source).require().sets[0].segments[1]
        assert segment.get(2).encode("latin-1") == data
    with pytest.raises(UnreadableDocument, match="BIN or BDS is longer"):
        read(edi, Limits(binary=len(data) - 1))


@pytest.mark.parametrize("length", ["7", "5", "99999", "", "X", "-1", "²", "1" * 40])
def test_a_length_that_does_not_hold_is_found_and_the_terminator_holds(length):
    edi = wrapped(f"BIN*{length}*ABCDEF", "MSG*X", kind="275", group="PI")
    found = read(edi)
    assert [item.rule for item in found.findings] == ["segment.binary-length"]
    assert [row.id for row in found.sets[0].segments] == ["ST", "BIN", "MSG", "SE"]


@pytest.mark.parametrize(
    "row", ["BIN", "BDS", " BIN", "BIN\n", "\n BDS", "ISA", " ISA", "BIN*", "BDS*"]
)
def test_a_segment_without_its_elements_is_passed(row):
    found = read(wrapped(row, "MSG*X", row, row, kind="275", group="PI"))
    rules = {"envelope.misplaced", "segment.binary-length"} & {one.rule for one in found.findings}
    assert len(rules) == 1
    name = row.strip()[:3]
    assert [one.id for one in found.sets[0].segments] == ["ST", name, "MSG", name, name, "SE"]


def test_isa_inside_data_begins_no_interchange():
    edi = EDI.replace("LOPEZ", "ISAAC").replace("MARIA", "NARCISA").replace("~TRN", "~ISA*1~TRN")
    found = read(edi)
    assert len(found.interchanges) == 1
    assert "envelope.misplaced" in {item.rule for item in found.findings}
    assert [row.id for row in found.sets[0].segments].count("ISA") == 1


def test_a_second_interchange_may_have_other_separators():
    other = EDI.replace("*", "|").replace("~", "'").replace("000000007", "000000008")
    third = EDI.replace("~", "\n").replace("000000007", "000000009")
    found = read(EDI + "\n" + other + third).require(strict=True)
    assert [item.header.separators.segment for item in found.interchanges] == ["~", "'", "\n"]
    assert len(found.sets) == 3


def test_an_interchange_cut_before_the_next_is_found():
    other = EDI.replace("000000007", "000000008")
    found = read(EDI.replace("IEA*1*000000007~", "") + other)
    assert len(found.interchanges) == 2 and len(found.sets) == 2
    assert [item.rule for item in found.findings] == ["envelope.cut"]


def test_text_between_interchanges_is_found_and_passed_over():
    other = EDI.replace("000000007", "000000008")
    found = read(EDI + "-- next --\nISA is no header\n" + other)
    assert [item.rule for item in found.findings] == ["envelope.after-end"]
    assert len(found.sets) == 2


def test_sets_come_one_by_one():
    twice = EDI + EDI.replace("000000007", "000000008")
    reader = Reader(io.BytesIO(twice.encode()))
    assert list(transaction_sets(reader)) == read(twice).sets
    cut = EDI[: EDI.index("SE*")]
    assert list(transaction_sets(Reader(cut + ISA))) == read(cut + ISA).sets

"""Hostile X12: never another exception than UnreadableDocument, never more than linear time."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodes.errors import NodeError, NotConfigured, UnreadableDocument
from nodes.settings import load
from nodes.x12.reading.envelope import read
from nodes.x12.reading.hierarchy import hierarchy
from nodes.x12.reading.limits import X12, Limits
from nodes.x12.reading.stream import Reader
from tests.growth import BOUND, seconds
from tests.nodes.x12_text import ISA, answer, wrapped

EDI = answer(("HCR*A1*NUMBER1",), ("HCR*A3**0F", "MSG*NO"))
BIN = wrapped("BIN*9*a~b*c:d\n~", "BDS*B64*3*x~y", "MSG*JOSÉ", kind="275", group="PI")
HEAD, TAIL = EDI[: EDI.index("BHT*")], EDI[EDI.index("SE*") :]
END = "IEA*0*000000007~"


def chain(size):
    return wrapped(*(f"HL*{n}*{n - 1 or ''}*22*1" for n in range(1, size + 1)))


GROWING = {
    "unknown segments": lambda n: wrapped(*["ZZZ*1"] * n),
    "no identifiers": lambda n: wrapped(*["z-z*1"] * n),
    "sets in one group": lambda n: (
        HEAD.replace("ST*278*0001*005010X217~", "")
        + "".join(f"ST*278*{one:05d}*005010X217~SE*2*{one:05d}~" for one in range(n))
        + f"GE*{n}*7~IEA*1*000000007~"
    ),
    "sets numbered at random": lambda n: (
        HEAD + "".join(f"ST*278*{one * 7919 % 99991:05d}~SE*2*0001~" for one in range(n))
    ),
    "the same set number": lambda n: HEAD + "ST*278*0001~SE*2*0001~" * n,
    "a deep hierarchy": chain,
    "a wide hierarchy": lambda n: wrapped(*(f"HL*{1 + one}*1*22*0" for one in range(1, n))),
    "a hierarchy with names": lambda n: wrapped(*(f"HL*A{n}*A{n - 1}*C{n}*7" for n in range(n))),
    "groups that never end": lambda n: ISA + "GS*HI*A*B*20261120*0931*7*X*005010X217~" * n,
    "interchanges": lambda n: (ISA + END) * (n // 4),
    "interchanges of two kinds": lambda n: (ISA + END + (ISA + END).replace("*", "|")) * (n // 8),
    "false headers": lambda n: wrapped(*["ISA*1"] * n),
    "terminators": lambda n: ISA + "~" * n * 5,
    "blanks and terminators": lambda n: ISA + " ~" * n * 5,
    "line ends": lambda n: ISA + "\n" * n * 10,
    "carriage returns": lambda n: ISA + "\r\n" * n * 10,
    "separators": lambda n: ISA + "*" * n * 10,
    "no terminator": lambda n: ISA + "A" * n * 20,
    "blanks before": lambda n: " \n\ufeff" * n + EDI,
    "text behind": lambda n: EDI + "ISA*x" * n,
    "binary data that is longer than it says": lambda n: wrapped(*["BIN*2*abc"] * n),
    "binary data that is shorter than it says": lambda n: wrapped(*["BIN*999999*abc"] * n),
    "binary data that is as long as it says": lambda n: wrapped(*["BIN*3*a~c"] * n),
    "lines of eighty": lambda n: "\n".join(
        text[at : at + 80] for text in [wrapped(*["MSG*HELLO"] * n)] for at in range(0, 9 * n, 80)
    ),
    "Latin-1": lambda n: wrapped(*["MSG*JOS\xe9"] * n),
    "line ends of three kinds": lambda n: wrapped(*["MSG*A~\nMSG*B~\r\nMSG*C"] * (n // 3)),
}


def read_through(source):
    """Read text, or bytes as a file; whatever comes of it, the findings are few."""
    reader = Reader(io.BytesIO(source) if isinstance(source, bytes) else source)
    try:
        for _ in reader:
            pass
    except UnreadableDocument as refused:
        assert str(refused)
    assert len(reader.findings) <= 201


@pytest.mark.parametrize("name", GROWING)
@pytest.mark.parametrize("form", ["text", "file"])
@pytest.mark.slow
def test_time_is_linear_and_findings_are_bounded(name, form):
    def source(size):
        text = GROWING[name](size)
        if form == "text":
            return text
        return text.encode("latin-1" if name == "Latin-1" else "utf-8")

    small, large = seconds(read_through, source, 1_000)
    assert large < BOUND * small
    assert large < 5


def test_a_long_chain_is_refused_by_the_tree_too():
    with pytest.raises(UnreadableDocument):
        hierarchy(read(chain(1_000)).sets[0])


@pytest.mark.parametrize(
    ("edi", "limits", "words"),
    [
        (EDI, Limits(characters=300), "document is larger"),
        (EDI, Limits(segments=10), "more segments"),
        (EDI, Limits(segment_characters=40), "segment is longer"),
        (EDI, Limits(elements=5), "more elements"),
        (wrapped("HI*" + "BF:M545:" * 50), Limits(parts=20), "more parts"),
        (wrapped("HI*" + "A^" * 50), Limits(parts=20), "more parts"),
        (BIN, Limits(binary=8), "BIN or BDS"),
        (ISA + "A" * 10_000, Limits(segment_characters=9_000), "segment is longer"),
        (ISA + "~" * 1_000, Limits(segments=999), "more segments"),
    ],
)
def test_beyond_a_limit_nothing_is_read(edi, limits, words):
    for source in (edi, edi.encode(), io.BytesIO(edi.encode())):
        with pytest.raises(UnreadableDocument, match=words):
            read(source, limits)
    assert read(edi).interchanges


def test_limits_come_from_the_settings(tmp_path):
    file = tmp_path / "settings.yaml"
    file.write_text("x12: {document: {segments: 7, findings: 3}}\n")
    x12 = load(file).x12
    assert (x12.document.segments, x12.document.findings) == (7, 3)
    assert x12.document.characters == Limits().characters and x12.stream == X12().stream
    with pytest.raises(UnreadableDocument, match="more segments"):
        read(EDI, x12.document)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x12: {document: {segments: 0}}", "x12/document/segments"),
        ("x12: {document: {depth: 201}}", "x12/document/depth"),
        ("x12: {document: {segments: many}}", "x12/document/segments"),
        ("x12: {stream: {bytes: 1}}", "x12/stream/bytes"),
    ],
)
def test_a_limit_that_is_none_names_its_place(tmp_path, text, place):
    file = tmp_path / "settings.yaml"
    file.write_text(text)
    with pytest.raises(NotConfigured, match=place):
        load(file)


def mutated(text: str, moves: list[tuple[str, int, int, str]]) -> str:
    """Apply moves to a text: each at a place, over so many characters."""
    for move, at, span, extra in moves:
        at %= len(text) + 1
        part = text[at : at + span]
        text = {
            "delete": text[:at] + text[at + span :],
            "double": text[:at] + part + text[at:],
            "swap": text[:at] + part[::-1] + text[at + span :],
            "cut": text[:at],
            "insert": text[:at] + extra + text[at:],
        }[move]
    return text


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["delete", "double", "swap", "cut", "insert"]),
        st.integers(0, 2_000),
        st.integers(1, 120),
        st.sampled_from(["~", "*", ":", "^", "\n", "\r\n", "\0", "ISA*", "IEA*1*1~", "BIN*9*",
                         "BDS*B64*99*", "HL*1*1*20*1~", "HL*A*A*22*0~", "HL*B*1*EV~",
                         "ST*278*0001~", "SE*1*1~", "\xff", "²", "\ud800", "~" * 40, " ",
                         "\ufeff", "TA1~", "GS~", "HL~"]),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(max_examples=600, deadline=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([EDI, BIN, EDI.replace("~", "~\r\n"), EDI + EDI]), MOVES)
def test_damage_is_read_or_refused_alike_from_every_source(text, moves):
    damaged = mutated(text, moves)
    outcomes = []
    raw = damaged.encode("utf-8", "surrogatepass")
    for source in (damaged, raw, io.BytesIO(raw)):
        try:
            document = read(source)
        except UnreadableDocument as refused:
            outcomes.append(str(refused))
            continue
        outcomes.append([[row.id for row in item.segments] for item in document.sets])
        assert not set(document.findings) & {None}
        for item in document.sets:
            try:
                hierarchy(item)
            except NodeError as refused:
                assert str(refused)
    assert outcomes[1] == outcomes[2]
    if damaged.isascii():
        assert outcomes[0] == outcomes[1]


@settings(max_examples=300, deadline=20_000)
@given(st.binary(max_size=400), st.integers(0, 800), st.integers(0, 40))
def test_bytes_of_any_kind_are_read_or_refused(noise, place, gap):
    raw = BIN.encode()
    damaged = raw[:place] + noise + raw[place + gap :]
    try:
        found = read(damaged)
    except UnreadableDocument as refused:
        assert str(refused)
    else:
        assert all(item.line is None or item.line >= 1 for item in found.findings)
        assert read(io.BytesIO(damaged)) == found

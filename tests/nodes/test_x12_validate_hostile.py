"""What nobody should send: validation answers, in time, in bounded size, and never raises."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodes.catalog import NODES
from nodes.validate_x12 import ValidateX12Request, validate_x12
from nodes.x12.reading.limits import X12
from nodes.x12.validating.validate import validate
from tests.growth import BOUND, seconds
from tests.nodes.cases_278 import requests
from tests.nodes.x12_text import ISA, answer, wrapped

EVENT = ("UM*HS*I*1", "HCR*A1*AUTH0001")
RIGHT = answer(EVENT)


def texts(value):
    """Every interchange in an example, however deep."""
    if isinstance(value, dict):
        for inside in value.values():
            yield from texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from texts(inside)
    elif isinstance(value, str) and value.startswith("ISA") and "IEA" in value:
        yield value


DOCUMENTS = sorted(
    {
        text
        for name in ("build-278", "parse-277", "parse-278", "build-acknowledgment")
        for side in ("request", "response")
        for text in texts(json.loads(NODES[name].example(side)))
    }
)
PIECES = ["*", ":", "~", "^", "~~", "", "\n", "\x00", "é", "ZZ", "-", "2026-01-01", "HL*1**20*1~",
          "ISA*", "ST*278*0001~", "SE*1*1~", "IEA*1*1~", "A" * 300, "9" * 40]  # fmt: skip
calm = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def mutated(draw):
    """A right document with some places cut, doubled, exchanged or filled with something else."""
    edi = draw(st.sampled_from(DOCUMENTS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(edi)))
        end = min(len(edi), start + draw(st.integers(0, 12)))
        edi = edi[:start] + draw(st.sampled_from([*PIECES, edi[start:end] * 2])) + edi[end:]
    return edi


@st.composite
def shuffled(draw):
    """A right document with its segments in another order, dropped or doubled."""
    edi = draw(st.sampled_from(DOCUMENTS))
    mark = edi[105]
    lines = edi[106:].split(mark)
    kept = draw(st.lists(st.sampled_from(lines), max_size=2 * len(lines)))
    return edi[:106] + mark.join(kept)


@st.composite
def refilled(draw):
    """A right document with elements of it replaced, the envelopes are left as they were."""
    edi = draw(st.sampled_from(DOCUMENTS))
    mark, element = edi[105], edi[3]
    lines = [line.split(element) for line in edi[106:].split(mark)]
    for _ in range(draw(st.integers(1, 10))):
        line = draw(st.sampled_from(lines))
        at = draw(st.integers(0, len(line)))
        value = draw(st.sampled_from(PIECES) | st.text("AZ09:^-. ", max_size=30))
        line[at : at + 1] = [value]
    return edi[:106] + mark.join(element.join(line) for line in lines)


@calm
@given(mutated() | shuffled() | refilled())
def test_no_change_of_a_right_document_raises(edi):
    found = validate(edi)
    assert found.verdict in {"valid", "invalid", "unsupported"}
    assert (found.verdict == "invalid") == (found.counts.errors > 0)
    assert len(found.findings) <= 101


@calm
@given(st.text(max_size=300) | st.text("ISA*:~^0 ", max_size=300).map(ISA.__add__))
def test_no_text_at_all_raises(text):
    assert validate(text).verdict != "valid"


@calm
@given(st.binary(max_size=300) | st.binary(max_size=200).map(ISA.encode().__add__))
def test_no_bytes_at_all_raise(raw):
    assert validate(raw).verdict != "valid"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(requests())
def test_whatever_build_278_writes_is_valid(request):
    edi = NODES["build-278"].function(request).transaction.edi
    found = validate(edi)
    wrong = [f"{one.where}: {one.words}" for one in found.findings if one.severity == "error"]
    assert wrong == [] and found.verdict == "valid"


@pytest.mark.parametrize(
    "edi",
    [
        "\n" + RIGHT,
        "\ufeff" + RIGHT,
        RIGHT.replace("*00501*", "*00999*"),
        RIGHT.replace("005010X217", "005010X999"),
        RIGHT.replace("ST*278*0001*005010X217~", ""),
        RIGHT + "IEA*1*000000007~",
        RIGHT.replace("~HL*1*", "~~HL*1*"),
        RIGHT + "some text behind it",
        RIGHT.replace("UM*HS*I*1", "UM*HS*I*1*11:B:1:2:3:4"),
        RIGHT.replace("HCR*A1", "DTP*007*RD8*20260101-20260102-20260103~HCR*A1"),
        RIGHT.replace("AUTH0001", "AUTH\x000001"),
        RIGHT.replace("AUTH0001", "ÄÖÜ"),
        RIGHT.replace("AUTH0001", "A" * 20_000),
        RIGHT.replace("AUTH0001", ":" * 500),
        RIGHT.replace("AUTH0001", "^" * 500),
        RIGHT.replace("*:~", "**~", 1),
        RIGHT.replace("*^*", "***", 1),
        RIGHT.replace("SE*", "TA1*"),
        RIGHT.replace("HL*4*3*EV", "HL*4*4*EV"),
        ISA + "TA1*1~TA1*2~IEA*0*000000007~",
        ISA + "IEA*0*000000007~",
        ISA,
    ],
)
def test_what_makes_pyx12_stop_or_raise(edi):
    found = validate(edi)
    assert found.verdict != "valid"
    assert found.findings


def test_a_document_is_not_valid_because_nothing_in_it_was_checked():
    assert validate(ISA + "IEA*0*000000007~").sets == ()
    assert validate(ISA + "IEA*0*000000007~").verdict != "valid"


def crowd(kind, count):
    """A document with very many of something."""
    if kind == "unknown segments":
        return answer((*EVENT, *["XQ*1"] * count))
    if kind == "unexpected segments":
        return answer((*EVENT, *["SV3*1"] * count))
    if kind == "warnings":
        return answer((*EVENT, *["MSG*A**"] * count))
    if kind == "levels":
        return wrapped(*[f"HL*{place}*{place - 1}*20*1" for place in range(1, count)])
    body = RIGHT[RIGHT.index("ST*") : RIGHT.index("GE*")]
    few = count // 40
    if kind == "interchanges":
        return RIGHT * few
    return RIGHT.replace(body, body * few).replace("GE*1*", f"GE*{few}*")


@pytest.mark.parametrize(
    "kind",
    ["unknown segments", "unexpected segments", "warnings", "levels", "sets", "interchanges"],
)
@pytest.mark.slow
def test_time_is_linear_and_the_answer_small(kind):
    def check(edi):
        found = validate_x12(ValidateX12Request(edi=edi))
        assert len(found.model_dump_json()) < 400_000
        assert len(found.findings) <= 101

    small, large = seconds(check, lambda count: crowd(kind, count), 2_000)
    assert large < BOUND * small


def test_a_document_too_long_for_the_guide_says_so():
    found = validate(RIGHT, limits=X12(checked=8))
    assert "guide.not-to-the-end" in {one.rule for one in found.findings}
    assert [one.verdict for one in found.sets] == ["unsupported"]

"""Acknowledgments nobody here wrote, broken ones, and the rules that hold them together."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.build_acknowledgment import BuildAcknowledgmentRequest, build_acknowledgment
from nodes.errors import NodeError
from nodes.parse_acknowledgment import ParseAcknowledgmentRequest, parse_acknowledgment
from nodes.x12.guide import guide_for
from nodes.x12.loops import locate
from nodes.x12.reading.envelope import read
from nodes.x12.validating.rules_999 import rules
from nodes.x12.validating.validate import validate
from tests.nodes.ack_text import acknowledged

CASES = os.environ.get("PRIOR_AUTH_CASES")
needs_cases = pytest.mark.skipif(
    CASES is None, reason="set PRIOR_AUTH_CASES to the folder of real files"
)
A, E, R = "accepted", "accepted_with_errors", "rejected"
PYX12 = "azoner__pyx12__x12testdata.py."
REAL = {
    "EdiFabric__X12.NET__997.txt": ([], [(R, [A, R], ["IK403 7"])]),
    "apimeister__x12-types___999_test.rs.1.edi": ([], [(A, [A], [])]),
    "azoner__pyx12__834_lui_id_5010.999.txt": ([], [(A, [A], [])] * 4),
    f"{PYX12}10.edi": (["R 018"], [(R, [R, A], ["IK502 4", "AK905 4"])]),
    f"{PYX12}12.edi": ([], [(R, [R], ["IK403 1"])]),
    f"{PYX12}14.edi": ([], [(R, [R], ["IK304 3"])]),
    f"{PYX12}16.edi": (
        [],
        [(R, [R], ["IK403 7"] * 3 + ["IK403 5", "IK403 7", "IK403 8", "IK403 7", "IK403 7"]
          + ["IK502 4"])],
    ),
    f"{PYX12}18.edi": ([], [(R, [R], ["IK403 8", *["IK304 1"] * 4, "IK502 4"])]),
    f"{PYX12}2.edi": ([], [(A, [A], [])]),
    f"{PYX12}20.edi": ([], [(R, [R], ["IK403 7", "IK403 1"] * 2)]),
    f"{PYX12}22.edi": (["R 015"], [(R, [R], ["IK502 3", "IK502 7", "AK905 1"])]),
    f"{PYX12}24.edi": (["R 023"], [(R, [R], ["IK304 3", "IK304 3", "IK502 4"])]),
    f"{PYX12}26.edi": (["A"], [(R, [R], ["IK304 4"] * 4)]),
    f"{PYX12}28.edi": (
        [],
        [(R, [R] * 3, ["IK304 3"] * 3), (R, [R], ["IK304 3"] * 4), (R, [R], ["IK304 3"])],
    ),
    f"{PYX12}30.edi": ([], [(A, [A], [])]),
    f"{PYX12}32.edi": ([], [(R, [R], ["IK304 5"])]),
    f"{PYX12}34.edi": ([], [(A, [A], [])]),
    f"{PYX12}36.edi": ([], [(R, [R], ["IK304 3", "IK304 3"])]),
    f"{PYX12}38.edi": (["A"], [(A, [A], [])]),
    f"{PYX12}4.edi": ([], [(A, [A], [])]),
    f"{PYX12}42.edi": ([], [(A, [A], [])]),
    f"{PYX12}44.edi": ([], [(R, [R], ["IK403 6"])]),
    f"{PYX12}5.edi": (["A"], [(A, [A], [])]),
    f"{PYX12}7.edi": (["R 023"], [(R, [R], ["IK502 2", "AK905 3"])]),
    "imsweb__x12-parser__x12_999_accepted.txt": ([], [(A, [A], [])]),
    "imsweb__x12-parser__x12_999_rejected.txt": ([], [(R, [R], ["IK304 1"])]),
}  # fmt: skip


def text_of(name):
    return (Path(CASES) / "x12" / name).read_bytes().decode("utf-8", "replace")


def parsed(edi, **more):
    return parse_acknowledgment(ParseAcknowledgmentRequest(edi=edi, **more))


def codes(errors):
    return [f"{one.standard} {one.code}" for one in errors]


@needs_cases
def test_every_real_acknowledgment_is_in_the_list():
    folder = Path(CASES) / "x12"
    found = {
        path.name
        for path in folder.iterdir()
        if path.name != "manifest.tsv"
        and any(mark in path.read_bytes() for mark in (b"ST*997*", b"ST*999*", b"TA1*"))
    }
    assert found == set(REAL)


@needs_cases
@pytest.mark.parametrize("name", REAL)
def test_a_real_acknowledgment_says_what_it_says(name):
    interchanges, groups = REAL[name]
    response = parsed(text_of(name))
    assert [
        " ".join([one.code or "", *(error.code or "" for error in one.errors)])
        for one in response.interchanges
    ] == interchanges
    assert [
        (
            one.outcome,
            [each.outcome for each in one.sets],
            [*(c for each in one.sets for c in codes(each.errors)), *codes(one.errors)],
        )
        for one in response.groups
    ] == groups
    assert response.unread == ()
    assert all(one.known for each in response.groups for s in each.sets for one in s.errors)


def mutated(name, data):
    text = text_of(name)
    at = data.draw(st.integers(0, len(text) - 1))
    piece = data.draw(
        st.sampled_from(
            ["", "~", "*", "^", ":", "AK2*", "IK3*NM1*99999999999*x*8~", "CTX*", "é", "0"]
        )
    )
    return text[:at] + piece + text[at + data.draw(st.integers(0, 30)) :]


@needs_cases
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(REAL)), st.data())
def test_a_broken_acknowledgment_is_read_or_refused_never_worse(name, data):
    edi = mutated(name, data)
    try:
        response = parsed(edi, request_edi=edi)
    except NodeError:
        return
    assert response.words


@needs_cases
def test_whatever_really_came_gets_a_valid_answer():
    told = 0
    for path in sorted((Path(CASES) / "x12").iterdir()):
        edi = path.read_bytes().decode("utf-8", "replace")
        try:
            answers = build_acknowledgment(
                BuildAcknowledgmentRequest(
                    edi=edi, control_number="000000731", created_at=datetime(2026, 11, 20, 9, 31)
                )
            ).acknowledgments
        except NodeError:
            assert path.name == "manifest.tsv"
            continue
        for one in answers:
            assert validate(one.edi).verdict == "valid", (path.name, validate(one.edi).findings)
            parsed(one.edi, request_edi=edi) if one.groups else parsed(one.edi)
            told += 1
    assert told > 30


def warned(*segments, kind="999", guide="005010X231A1"):
    (one,) = read(acknowledged(*segments, kind=kind, guide=guide)).sets
    table = guide_for(one.kind, one.guide)
    assert table is not None
    found = list(rules(table, locate(table, one.segments)))
    assert all(each.severity == "warning" and each.loop and each.segment for each in found)
    return {each.rule.partition(".")[2] for each in found}


HEAD = ("AK1*HI*42*005010X217", "AK2*278*0001*005010X217")


@pytest.mark.parametrize(
    ("segments", "rule"),
    [
        ((*HEAD, "IK5*A", "AK9*A*2*2*2"), "received-count"),
        ((*HEAD, "IK5*A", "AK9*A*1*1*0"), "accepted-count"),
        ((*HEAD, "IK5*A", "AK9*A*1*1*2"), "more-accepted"),
        ((*HEAD, "IK5*R*4", "AK9*A*1*1*0"), "group-result"),
        ((*HEAD, "IK5*A", "AK9*R*1*1*1"), "group-result"),
        ((*HEAD, "IK5*R*4", "AK9*P*1*1*0"), "group-result"),
        ((*HEAD, "IK5*R*4", "AK9*E*1*1*0"), "group-result"),
        ((*HEAD, "IK5*R", "AK9*R*1*1*0"), "no-reason"),
        ((*HEAD, "IK3*HI*13**2", "IK5*A", "AK9*A*1*1*1"), "accepted-with-errors"),
        ((*HEAD, "IK3*HI*13**8", "IK5*R*5", "AK9*R*1*1*0"), "element-missing"),
        ((*HEAD, "IK3*HI*13**2", "IK4*1**7", "IK5*R*5", "AK9*R*1*1*0"), "segment-code"),
    ],
)
def test_what_does_not_hold_together_is_found(segments, rule):
    assert rule in warned(*segments)


@pytest.mark.parametrize(
    "segments",
    [
        ("AK1*HI*42", "AK9*A*3*3*3"),
        (*HEAD, "IK5*A", "AK9*A*1*1*1"),
        (*HEAD, "IK3*HI*13**8", "IK4*1**7", "IK5*R*5", "AK9*R*1*1*0"),
        (*HEAD, "IK5*A", "AK9*R*1*1*0*4"),
        (*HEAD, "IK5*R*4", "AK2*278*0002", "IK5*E*5", "AK9*P*2*2*1"),
    ],
)
def test_what_holds_together_is_let_be(segments):
    assert warned(*segments) == set()


def test_ctx_repeats_unlike_in_the_public_map():
    """Stock pyx12 takes one business unit for a segment; the standard ten contexts of any sort."""
    lines = ("IK3*HI*13**8", "CTX*TRN02:A", "CTX*CLM01:B", "IK4*1**7", "IK5*R*5", "AK9*R*1*1*0")
    found = validate(acknowledged(*HEAD, *lines))
    assert found.verdict == "valid", found.findings

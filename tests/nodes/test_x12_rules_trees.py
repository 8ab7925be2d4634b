"""Rules about what hangs under what: where nothing is judged, and what a level above decides."""

import pytest

from nodes.x12.guide import guides
from nodes.x12.loops import locate
from nodes.x12.segments import Segment
from nodes.x12.validating import rules_277
from nodes.x12.validating.rules_278 import TREE
from tests.nodes.test_x12_rules_278 import NO_REVIEW, REQUEST, found, request, swap


@pytest.mark.parametrize("place", [4, 6, 8])
def test_an_event_below_a_rejected_level_needs_no_decision(place: int) -> None:
    rows = [*NO_REVIEW[:place], "AAA*N**72*C", *NO_REVIEW[place:]]
    assert "278.decided" not in {one.rule for one in found("278-response", rows)}


def test_a_rejection_of_another_patient_decides_nothing() -> None:
    rows = [*NO_REVIEW, "HL*6*2*22*0", "NM1*IL*1*STONE*BEN****MI*M2", "AAA*N**72*C"]
    assert "278.decided" in {one.rule for one in found("278-response", rows)}


@pytest.mark.parametrize(
    "case", [request(r25="HL*6*9*SS*0"), request(r25="HL*5*5*SS*0"), request(r25="HL*5**SS*0")]
)
def test_levels_that_make_no_tree_are_not_judged_by_it(case: tuple[str, list[str]]) -> None:
    told = found(*case)
    assert [(one.severity, one.line) for one in told if one.rule == "278.tree"] == [("note", 28)]
    assert not {one.rule for one in told} & {
        f"278.{one.__name__.replace('_', '-')}" for one in TREE
    }
    assert all(one.standard is None for one in told if one.rule == "278.tree")


def test_a_date_out_of_order_is_found_behind_one_that_is_no_date() -> None:
    rows = swap(REQUEST, r17="DTP*435*D8*X", r19="DTP*096*D8*20261130")
    assert "278.dates-in-order" in {one.rule for one in found("278-request", rows)}


def test_levels_of_a_277_that_make_no_tree_are_not_judged_by_it() -> None:
    rows = ["ST*277*1*005010X212", "BHT*0010*08*1*20261120*0900*DG", "HL*1**20*1", "HL*2*7*21*1"]
    guide = guides()["277-status"][0]
    placed = locate(guide, [Segment(n, row.split("*")) for n, row in enumerate(rows, start=3)])
    told = list(rules_277.rules(guide, placed))
    assert [(one.rule, one.severity, one.segment) for one in told] == [("277.tree", "note", 4)]

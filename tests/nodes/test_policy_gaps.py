"""Gaps: what is asked for and in which order, its statement in blanks, its task, near misses."""

import re
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.policy.addendum import FORMS, LONGEST, addendum
from nodes.policy.answering import ANSWERS
from nodes.policy.asked import AnyLeaf
from nodes.policy.finding import Finding, Refused, against, met
from nodes.policy.gaps import gaps
from nodes.policy.index import Index, Question
from nodes.policy.library import Library, read, shipped
from nodes.policy.near import near_miss
from nodes.policy.told import criteria
from nodes.policy.verdict import verdict
from tests.nodes.policy_monitor import DIABETES, FILE, HELD, answer, glucose, visit
from tests.nodes.policy_world import CGM, TODAY, case, chart, criterion, fact, note
from tests.world import case_and_chart


def test_what_is_cheap_and_decides_is_asked_first():
    found = answer().assessment
    assert [gap.criterion for gap in found.gaps] == ["diabetes", "low", "visit"]
    assert {gap.weight for gap in found.gaps} == {Decimal("0.2500")}
    assert found.missing_sets == (("diabetes", "low", "visit"),)
    assert [flip.changes for flip in found.flips] == [("diabetes", "low", "visit")]
    assert (found.readiness.met, found.readiness.required, found.readiness.percent) == (1, 4, 25)
    assert set(found.blocking) == {"diabetes", "low", "visit"}


def test_what_is_met_is_carried_by_what_shows_it():
    found = answer(DIABETES, glucose(50, date(2026, 11, 1)), visit(date(2026, 10, 1))).assessment
    assert found.status == "met" and found.gaps == () and found.readiness.percent == 100
    assert [(flip.to, flip.changes) for flip in found.flips] == [
        ("not_met", (name,)) for name in ("adult", "diabetes", "low", "visit")
    ]
    assert "Has diabetes" in found.flips[1].told


def test_a_value_off_its_limit_is_a_near_miss_and_no_paper_mends_it():
    found = answer(DIABETES, glucose(58, date(2026, 11, 1)), visit(date(2026, 10, 1))).assessment
    assert found.status == "not_met"
    [near] = found.near_misses
    assert near.criterion == "low" and not near.remediable
    assert "58" in near.told and "4 mg/dL off" in near.told
    assert found.flips[0].changes == ("low",) and found.flips[0].to == "met"
    assert (found.readiness.contrary, found.readiness.met) == (1, 3)
    assert found.blocking == ("low",)


def test_days_outside_the_window_and_years_of_age():
    young = case().patient.model_copy(update={"birth_date": date(2010, 5, 1)})
    found = answer(DIABETES, visit(date(2026, 5, 1)), patient=young).assessment
    told = {near.criterion: near for near in found.near_misses}
    assert "15 days before the window opens" in told["visit"].told and told["visit"].remediable
    assert "2 years younger" in told["adult"].told and not told["adult"].remediable


def test_nothing_recorded_is_no_near_miss():
    young = case().patient.model_copy(update={"birth_date": date(2010, 5, 1)})
    assert [near.criterion for near in answer(patient=young).assessment.near_misses] == ["adult"]


def test_weeks_of_care_that_are_short():
    text = "Completed 4 weeks of physical therapy from 2026-09-01 to 2026-09-29 for low back pain."
    asked = case()
    request = CheckPolicyRequest(case=asked, chart=chart(note(text)), as_of=TODAY)
    held = shipped().choose(asked)
    findings = check_policy(request).assessment
    weeks = criterion(findings, "care_weeks")
    assert weeks.status != "met"
    question = Question(held.policy, asked, Index(request.chart, TODAY, held.compiled.words), TODAY)
    leaf = held.compiled.leaves["care_weeks"]
    near = near_miss(leaf, ANSWERS["care_duration"](leaf, question), question)
    assert near.remediable and re.search(r"of 6 weeks are shown: \d+ days short", near.told)


def test_every_operator_has_a_form_and_none_writes_in_what_the_policy_wants():
    operators = get_args(get_args(AnyLeaf)[0])
    assert set(FORMS) == {get_args(one.model_fields["op"].annotation)[0] for one in operators}
    for held in (*shipped().held, HELD):
        for leaf in held.compiled.leaves.values():
            bare = leaf.model_copy(update={"addendum": None})
            for kind in ("absent", "conflict"):
                said = addendum(bare, kind, held.compiled.words)
                assert "____" in said and len(said) <= LONGEST
            limit = getattr(leaf, "value", None)
            assert limit is None or not re.search(rf"\b{limit}\b", said)
            given = addendum(leaf, "absent", held.compiled.words)
            assert leaf.addendum is None or given == leaf.addendum


def test_a_statement_says_when_the_record_disagrees():
    leaf = HELD.compiled.leaves["diabetes"]
    assert addendum(leaf, "conflict", HELD.compiled.words).startswith("The record says both.")


def test_old_rules_unread_sources_and_a_cut_chart_are_said():
    found = answer(DIABETES, visit(date(2026, 10, 1))).assessment
    assert any("reviewed by 2026-06-30" in one for one in found.warnings)
    assert any("Past the review date of their source: Has diabetes" in w for w in found.warnings)
    assert any("nobody has verified: Glucose below" in one for one in found.warnings)
    low = criterion(found, "low")
    assert (low.verification, low.review_by) == ("unverified", date(2026, 6, 30))
    assert criterion(found, "diabetes").review_by == date(2026, 3, 1)
    order = case().order.model_copy(update={"authored_on": date(2026, 2, 1)})
    early = answer(as_of=date(2026, 2, 1), order=order).assessment
    assert not any("review" in one for one in early.warnings)
    asked = case(CGM[:1], ("E11.65",), "medicare_advantage")
    cut = CheckPolicyRequest(case=asked, chart=chart(truncated=True), as_of=TODAY)
    found = check_policy(cut, library=lambda: Library([HELD])).assessment
    assert any("incomplete" in one for one in found.warnings)


def finding(status, **more):
    made = met("Shown.", []) if status == "met" else against("Not so.", [])
    return Finding(status, made.reason, gap=None if status == "met" else "absent", **more)


def test_what_was_refused_is_told_newest_first_and_never_cited():
    old, new = (
        Refused(fact(f"Condition/{n}", "condition", f"denied {n}"), "The note denies it.", day)
        for n, day in ((1, date(2026, 1, 1)), (2, date(2026, 5, 1)))
    )
    findings = {name: finding("met") for name in HELD.compiled.leaves}
    findings["diabetes"] = finding("unknown", refused=(old, new, new))
    said = verdict(HELD.compiled, tuple(one.status for one in findings.values()))
    listed = criteria(HELD.compiled, said.gates, said.parts, findings)
    diabetes = next(one for one in listed if one.id == "diabetes")
    assert [one.fact for one in diabetes.considered] == ["Condition/2", "Condition/1"]
    assert diabetes.evidence == () and diabetes.considered[0].refused == "The note denies it."


def test_a_conflict_is_asked_about_though_nothing_hangs_on_it():
    held = read(FILE.replace("  all:\n", "  any:\n", 1))
    findings = {name: finding("met") for name in held.compiled.leaves}
    findings["diabetes"] = Finding("unknown", "Both.", conflict=True, gap="conflict")
    said = verdict(held.compiled, tuple(one.status for one in findings.values()))
    assert said.status == "met"
    [gap] = gaps(held.compiled, said, findings)
    assert (gap.criterion, gap.kind, gap.weight) == ("diabetes", "conflict", 0)
    listed = criteria(held.compiled, said.gates, said.parts, findings)
    assert {one.id for one in listed if one.conflict} == {"all", "diabetes"}


def test_notes_that_disagree_raise_the_conflict_of_the_whole():
    day = date(2026, 11, 12)
    texts = [note("Type 2 diabetes.", day, "a"), note("No diabetes.", day, "b")]
    found = answer(*texts, glucose(50, date(2026, 11, 1)), visit(date(2026, 10, 1))).assessment
    assert (found.status, found.conflict) == ("unknown", True)
    assert criterion(found, "diabetes").conflict and criterion(found, "all").conflict
    assert [gap.kind for gap in found.gaps] == ["conflict"]
    assert not answer(DIABETES).assessment.conflict


def test_every_gap_of_a_sandbox_patient_can_be_answered():
    asked, record = case_and_chart("hale")
    found = check_policy(CheckPolicyRequest(case=asked, chart=record, as_of=TODAY)).assessment
    assert found.gaps
    for gap in found.gaps:
        assert "____" in gap.addendum and 0 < gap.weight <= 1


@pytest.mark.parametrize("limit", [Decimal("54"), Decimal("7.5")])
def test_a_wordless_value_is_asked_for_without_its_limit(limit):
    leaf = HELD.compiled.leaves["low"].model_copy(update={"value": limit})
    assert str(limit) not in addendum(leaf, "absent", {})
    assert addendum(leaf, "absent", {}).startswith("Value: ____ mg/dL")

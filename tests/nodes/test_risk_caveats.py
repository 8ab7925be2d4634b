"""What is said beside the number: an assessment amiss, unvalidated weights, capped suggestions."""

from datetime import date, timedelta

import pytest

from nodes.assessment import PolicyRef
from nodes.policy.library import shipped
from nodes.predict_denial import PredictDenialResponse
from nodes.risk.outcomes import RiskCell
from nodes.risk.signals import DenialSignals
from tests.nodes.risk_world import CELL, TODAY, assessment, count, gap, predict

PLENTY = (count(200, 40),)


def by_shipped(**changes):
    """An assessment by a policy of the library, and a code that it is about."""
    held = next(one for one in shipped().held if one.policy.services[0].system == "CPT")
    policy = held.policy
    ref = PolicyRef(
        id=policy.id, version=policy.version, title="A policy", source="Own",
        verification="read", effective_from=date(2026, 1, 1), review_by=date(2027, 1, 1),
        sha256="0" * 64,
    )  # fmt: skip
    judged = assessment(status="met").model_copy(update={"policy": ref} | changes)
    return judged, policy.services[0].codes[0]


def test_an_assessment_of_another_service_is_said():
    judged, code = by_shipped()
    for asked, warned in ((code, False), ("99199", True)):
        about = RiskCell(**(CELL | {"service_code": asked}))
        said = predict(about=about, counts=PLENTY, assessment=judged)
        assert any("not about this service code" in one for one in said.warnings) == warned


def test_a_policy_not_known_here_is_not_called_wrong():
    said = predict(counts=PLENTY, assessment=assessment(status="met"))
    assert said.warnings == ()


@pytest.mark.parametrize(("days", "told"), [(400, "400 days before"), (-30, "30 days after")])
def test_an_assessment_of_another_day_is_said(days, told):
    judged = assessment(status="met").model_copy(update={"as_of": TODAY - timedelta(days=days)})
    said = predict(counts=PLENTY, assessment=judged)
    assert said.warnings == (f"The assessment is of {told} the day asked about",)


def test_a_chart_that_says_both_is_said():
    judged = assessment(status="met").model_copy(update={"conflict": True})
    said = predict(counts=PLENTY, assessment=judged)
    assert any("contradicts itself" in one for one in said.warnings)


def test_what_the_unvalidated_weights_did_is_a_number_and_a_sentence():
    said = predict(counts=PLENTY, assessment=assessment(status="not_met"))
    way = 100 * (said.probability - said.base_rate)
    assert said.basis == "data" and said.from_weights == pytest.approx(way)
    assert said.from_weights == pytest.approx(sum(one.points for one in said.contributions))
    (told,) = said.warnings
    assert f"{way:+.1f} points by weights that nobody validated" in told
    assert "base rate only" in told
    assert predict(counts=PLENTY).from_weights == 0


def test_the_basis_is_described_as_the_base_rates():
    fields = PredictDenialResponse.model_json_schema()["properties"]
    assert fields["basis"]["description"].startswith("Of the base rate alone")


def test_a_suggestion_that_changes_nothing_alone_says_why():
    many = assessment(*map(gap, "abcdef"), blocking=tuple("abcdef"))
    said = predict(counts=PLENTY, assessment=many)
    assert all(one.points == 0 and "than count" in one.why for one in said.suggestions)
    few = predict(counts=PLENTY, assessment=assessment(gap("a"), gap("b"), blocking=("a", "b")))
    assert all(one.points > 1 and one.why is None for one in few.suggestions)


def test_where_the_number_is_at_its_end_that_is_why():
    low = predict(counts=(count(1_000_000, 0),), assessment=assessment(gap("a")))
    assert [("too near" in one.why, one.points < 0.05) for one in low.suggestions] == [(True, True)]


def test_there_are_ten_suggestions_at_most():
    names = tuple(f"Paper {n}" for n in range(20))
    judged = assessment(*map(gap, "abcdefgh"), blocking=("a",))
    signals = DenialSignals(missing_documents=names)
    said = predict(counts=PLENTY, assessment=judged, signals=signals)
    assert len(said.suggestions) == 10 and said.suggestions[0].criterion == "a"
    assert len(predict(assessment=judged, signals=signals).suggestions) == 10

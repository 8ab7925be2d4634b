"""predict-denial: what the number is made of, when there is none; nothing blocks on it."""

import json
import math
import re
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from nodes.predict_denial import PredictDenialRequest
from nodes.risk.outcomes import RiskCell, categories
from nodes.risk.signals import DenialSignals
from nodes.risk.weights import shipped
from nodes.x12.codes import codes
from tests.nodes.risk_world import (
    CELL,
    TODAY,
    assessment,
    count,
    criterion,
    gap,
    noted,
    predict,
    record,
)  # fmt: skip

ROOT = Path(__file__).parents[2]
PLENTY = (count(200, 40),)
K = 20


def test_the_base_rate_shrinks_each_level_towards_the_one_above():
    counts = (count(100, 30), count(60, 6, service_code="72158"), count(300, 30, payer="P2"))
    said = predict(counts=counts)
    rate = 0.077
    for level, decided, denied in (
        ("all", 300, 30),
        ("payer", 0, 0),
        ("payer_line_of_business", 0, 0),
        ("payer_line_of_business_service_group", 60, 6),
        ("payer_line_of_business_service", 100, 30),
    ):
        rate = (denied + K * rate) / (decided + K)
        (told,) = [one for one in said.levels if one.level == level]
        assert (told.decided, told.denied) == (decided, denied)
        assert told.rate == pytest.approx(rate)
    assert said.base_rate == said.probability == pytest.approx(rate)
    assert said.interval[0] < said.probability < said.interval[1]


def test_without_history_the_prior_is_the_one_measured_and_named():
    about = RiskCell(**(CELL | {"line_of_business": "medicare_advantage"}))
    said = predict(about=about, assessment=assessment(status="met"))
    assert said.basis == "prior" and said.prior.rate == 0.077 and "KFF" in said.prior.source
    assert said.probability == pytest.approx(0.077)
    low, high = said.interval
    assert low < 0.02 and high > 0.18


@pytest.mark.parametrize(
    ("line", "known", "decided", "speaks"),
    [
        ("medicare_advantage", True, 0, True),
        ("medicare_advantage", False, 0, False),
        ("commercial", True, 0, False),
        ("commercial", True, 19, False),
        ("commercial", True, 20, True),
        ("commercial", False, 20, True),
    ],
)
def test_below_the_floor_it_abstains_and_says_why(line, known, decided, speaks):
    about = RiskCell(**(CELL | {"line_of_business": line}))
    judged = assessment(gap("a")) if known else None
    counts = (count(decided, decided // 5, payer="P1"),) if decided else ()
    said = predict(about=about, assessment=judged, counts=counts)
    assert (said.probability is not None) == speaks
    assert (said.abstained is None) == speaks
    if not speaks:
        assert said.interval is said.base_rate is None and said.contributions == ()
        assert all(one.probability is one.points is None for one in said.suggestions)


@pytest.mark.parametrize(
    ("own", "others", "basis"),
    [(50, 0, "data"), (49, 0, "shrunk"), (49, 5000, "shrunk"), (0, 100, "shrunk"), (0, 0, "prior")],
)
def test_data_needs_fifty_outcomes_of_this_payer_and_service(own, others, basis):
    counts = [count(own, 5)] if own else []
    counts += [count(others, 50, service_code="99999")] if others else []
    said = predict(counts=tuple(counts))
    assert (said.basis, said.n_effective) == (basis, own)


def test_half_life_halves():
    old = TODAY - timedelta(days=round(24 * 30.4375))
    said = predict(counts=(count(100, 10, on=old),), half_life_months=24)
    assert said.n_effective == pytest.approx(50, abs=0.1)
    assert predict(counts=(count(100, 10, on=old),)).n_effective == 100


def test_what_was_decided_later_is_left_out_and_said():
    later = count(500, 500, on=TODAY + timedelta(days=1))
    said = predict(counts=(*PLENTY, later))
    assert said.probability == predict(counts=PLENTY).probability
    assert said.warnings == ("500 outcomes decided after this day were left out",)


def test_records_and_counts_are_the_same_thing():
    records = tuple(record(denied=n < 12) for n in range(60))
    one, other = predict(history=records), predict(counts=(count(60, 12),))
    assert one.model_dump(exclude={"used"}) == other.model_dump(exclude={"used"})


@pytest.mark.parametrize("denied", [0, 10_000_000])
def test_a_payer_that_denies_all_or_nothing(denied):
    said = predict(counts=(count(10_000_000, denied),))
    low, high = said.interval
    assert 0 <= low <= high <= 1
    assert abs(said.probability - (denied > 0)) < 3e-6


def test_the_order_of_the_history_changes_nothing():
    days = [TODAY - timedelta(days=7 * n) for n in range(90)]
    records = [record(denied=n % 7 == 0, on=day) for n, day in enumerate(days)]
    mixed = list(records)
    Random(3).shuffle(mixed)
    one = predict(history=tuple(records), half_life_months=7)
    assert one == predict(history=tuple(mixed), half_life_months=7)


def test_names_are_compared_without_case_and_blanks():
    assert predict(counts=(count(60, 6, payer=" p1 ", service_group="imaging"),)).n_effective == 60


JUDGED = assessment(
    gap("a"), gap("b"), gap("c", "stale"), blocking=("a",), missing_sets=(("a", "b"), ("a", "c"))
)


def test_contributions_sum_to_the_way_from_base_rate_to_probability():
    signals = DenialSignals(out_of_network=True, gold_carded=True, missing_documents=("X",))
    said = predict(counts=PLENTY, assessment=JUDGED, signals=signals)
    way = 100 * (said.probability - said.base_rate)
    assert sum(one.points for one in said.contributions) == pytest.approx(way)
    odds = math.log(said.probability / (1 - said.probability))
    base = math.log(said.base_rate / (1 - said.base_rate))
    assert sum(one.log_odds for one in said.contributions) == pytest.approx(odds - base)
    assert {one.signal for one in said.contributions} == {
        "blocking_gap", "other_gap", "stale_evidence", "out_of_network", "gold_carded",
        "missing_document",
    }  # fmt: skip


def test_points_depend_on_no_order():
    gaps = JUDGED.gaps
    turned = JUDGED.model_copy(update={"gaps": gaps[::-1]})
    one, other = (predict(counts=PLENTY, assessment=each) for each in (JUDGED, turned))
    assert one.contributions == other.contributions and one.suggestions == other.suggestions


def test_addends_that_cancel_each_other_still_have_points():
    weights = shipped()[0].weights
    signals = DenialSignals(gold_carded=True, out_of_network=True)
    said = predict(counts=PLENTY, signals=signals, assessment=assessment())
    by = {one.signal: one.points for one in said.contributions}
    assert by["gold_carded"] < 0 < by["out_of_network"]
    assert weights["gold_carded"].log_odds == -1.5


def test_a_criterion_in_every_missing_set_counts_as_required():
    said = predict(counts=PLENTY, assessment=assessment(
        gap("a"), gap("b"), missing_sets=(("a", "b"), ("a",))))  # fmt: skip
    assert {one.about: one.signal for one in said.contributions} == {
        "a": "blocking_gap", "b": "other_gap",
    }  # fmt: skip


def test_not_met_counts_once_and_no_paper_is_suggested_for_it():
    said = predict(
        counts=PLENTY,
        assessment=assessment(gap("a", "contrary"), gap("b", "contrary"), status="not_met"),
    )
    assert [(one.signal, one.log_odds) for one in said.contributions] == [("not_met", 3.0)]
    assert said.suggestions == ()


def test_met_by_notes_alone_counts():
    alone = assessment(status="met", criteria=(criterion("a", facts=("Note/1",)),), facts=())
    assert predict(counts=PLENTY, assessment=alone).contributions == ()
    fact = noted("Note/1")
    alone = alone.model_copy(update={"facts": (fact,)})
    assert predict(counts=PLENTY, assessment=alone).contributions[0].signal == "notes_only"
    both = alone.model_copy(update={"criteria": (criterion("a", facts=("Note/1", "Condition/2")),)})
    assert predict(counts=PLENTY, assessment=both).contributions == ()


def test_the_suggestion_that_lowers_it_most_comes_first_and_says_by_how_much():
    said = predict(counts=PLENTY, assessment=JUDGED)
    assert [one.criterion for one in said.suggestions] == ["a", "c", "b"]
    shown = predict(
        counts=PLENTY,
        assessment=JUDGED.model_copy(update={"gaps": JUDGED.gaps[1:]}),
    )
    first = said.suggestions[0]
    assert first.probability == shown.probability
    assert first.points == pytest.approx(100 * (said.probability - shown.probability))


GAPS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["absent", "stale", "conflict",
                                                             "contrary"])),
    max_size=10,
)  # fmt: skip


@given(GAPS, st.tuples(st.sampled_from("abcdefghij"), st.sampled_from(["absent", "stale",
       "conflict", "contrary"])), st.sets(st.sampled_from("abcdefgh")))  # fmt: skip
def test_adding_a_gap_never_lowers_the_probability(gaps, further, blocking):
    before = assessment(*(gap(*one) for one in gaps), blocking=tuple(sorted(blocking)))
    after = before.model_copy(update={"gaps": (*before.gaps, gap(*further))})
    low, high = (predict(counts=PLENTY, assessment=one) for one in (before, after))
    assert high.probability >= low.probability
    assert high.interval[0] >= low.interval[0] and high.interval[1] >= low.interval[1]


def test_a_gap_more_than_count_changes_nothing_at_all():
    three, four = (assessment(*map(gap, names)) for names in ("abc", "abcd"))
    assert predict(counts=PLENTY, assessment=three).probability == (
        predict(counts=PLENTY, assessment=four).probability
    )


@pytest.mark.parametrize("size", range(3))
def test_every_signal_but_the_gold_card_raises_it(size):
    names = ("diagnosis_not_covered", "out_of_network", "duplicate")
    plain = predict(counts=PLENTY).probability
    for some in combinations(names, size + 1):
        signals = DenialSignals(**dict.fromkeys(some, True))
        assert predict(counts=PLENTY, signals=signals).probability > plain
    gold = predict(counts=PLENTY, signals=DenialSignals(gold_carded=True))
    assert gold.probability < plain


def test_reasons_are_shrunk_and_sum_to_one_over_all_categories():
    counted = count(100, 30, reasons={"missing_info": 20, "medical_necessity": 8})
    said = predict(counts=(counted,))
    assert [one.category for one in said.reasons[:2]] == ["missing_info", "medical_necessity"]
    assert said.reasons[0].counted == 20 and said.reasons[0].then
    assert 0.5 < said.reasons[0].share < 20 / 28
    assert sum(one.share for one in said.reasons) < 1
    assert predict(counts=PLENTY).reasons == ()


def test_reasons_of_another_line_of_business_weigh_as_the_payers_only():
    own = count(100, 10, reasons={"missing_info": 10})
    other = count(100, 10, line_of_business="medicaid", reasons={"duplicate": 10})
    shares = {one.category: one.share for one in predict(counts=(own, other)).reasons}
    assert shares["missing_info"] > 1.5 * shares["duplicate"]


def test_reasons_of_later_denials_are_left_out():
    early = count(100, 30, reasons={"missing_info": 20})
    later = count(100, 90, on=TODAY + timedelta(days=1), reasons={"duplicate": 90})
    assert predict(counts=(early, later)).reasons == predict(counts=(early,)).reasons


def test_reasons_are_the_categories_of_the_code_table():
    assert set(categories()) | {"pend", "no_pa_needed"} == set(codes()[0].categories)
    with pytest.raises(ValidationError, match="a reason is one of"):
        record(denied=True, reason="bad luck")


@pytest.mark.parametrize(
    "changes",
    [{"denied": 11}, {"reasons": {"missing_info": 9}}, {"denied": 3, "reasons": {"nonsense": 1}}],
)
def test_counts_that_cannot_be_are_refused(changes):
    with pytest.raises(ValidationError):
        count(**({"decided": 10, "denied": 5} | changes))


def test_the_history_is_bounded():
    limits = PredictDenialRequest.model_json_schema()["properties"]
    assert limits["history"]["maxItems"] == 50_000 and limits["counts"]["maxItems"] == 5_000


def test_the_weights_say_that_nobody_validated_them():
    said = predict(counts=PLENTY)
    assert said.weights == "unvalidated starting weights"
    assert "Never used to withhold" in said.use


def test_a_history_of_other_payers_alone_is_said():
    said = predict(counts=(count(100, 20, payer="P9"),))
    assert any("No outcome of this payer" in one for one in said.warnings)


GATES = ("nodes/gates", "nodes/assemble_packet.py", "nodes/attest.py", "nodes/submit_request.py",
         "nodes/verify_attestation.py", "nodes/check_requirement.py", "nodes/requirement",
         "nodes/policy", "nodes/check_policy.py", "server/review/decision.py")  # fmt: skip
DECIDING = {"if", "switch", "filter", "stopAndError", "code"}


def readers(text):
    return re.findall(r"nodes\.risk|predict[_-]denial|PredictDenial", text)


def test_no_gate_knows_the_number():
    files = [
        file
        for place in GATES
        for file in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    ]
    assert len(files) > 20
    assert [str(file) for file in files if readers(file.read_text(encoding="utf-8"))] == []


def blocked_on(workflow):
    """Nodes of a workflow that decide by what predict-denial said."""
    names = {
        one["name"] for one in workflow["nodes"] if readers(json.dumps(one.get("parameters", {})))
    }
    fed = {
        link["node"]
        for name in names
        for outputs in workflow["connections"].get(name, {}).get("main", [])
        for link in outputs or []
    }
    return [
        one["name"]
        for one in workflow["nodes"]
        if one["type"].rpartition(".")[2] in DECIDING
        and (
            one["name"] in fed
            or any(name in json.dumps(one.get("parameters", {})) for name in names)
            or "probability" in json.dumps(one.get("parameters", {}))
        )
    ]


def test_no_workflow_decides_by_the_number():
    files = sorted((ROOT / "workflows_json").glob("*.json"))
    assert files
    assert {file.name: found for file in files
            if (found := blocked_on(json.loads(file.read_text())))} == {}  # fmt: skip


@pytest.mark.parametrize("asks", ["={{ $json.probability }}", "={{ $('Risk').item.json.basis }}"])
def test_a_workflow_that_would_is_found(asks):
    risk = {"name": "Risk", "type": "n8n-nodes-base.httpRequest",
            "parameters": {"url": "http://x/nodes/predict-denial"}}  # fmt: skip
    gate = {"name": "Gate", "type": "n8n-nodes-base.if", "parameters": {"left": asks}}
    links = {"Risk": {"main": [[{"node": "Gate"}]]}}
    assert blocked_on({"nodes": [risk, gate], "connections": links}) == ["Gate"]
    assert blocked_on({"nodes": [risk, gate], "connections": {}}) == ["Gate"]


def test_today_is_the_day_given():
    assert predict(counts=PLENTY, as_of=date(2030, 1, 1)).probability == pytest.approx(
        predict(counts=PLENTY).probability
    )

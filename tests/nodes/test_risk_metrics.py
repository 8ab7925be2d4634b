"""The numbers behind risk: Beta quantiles, measures by hand, and calibration on invented worlds."""

import math
from datetime import date
from random import Random

import pytest

from nodes.risk import metrics
from nodes.risk.beta import cumulative, quantile
from nodes.risk.evaluation import evaluate, split_day
from nodes.risk.likelihood import expit
from nodes.risk.weights import shipped
from tests.nodes.risk_world import generated, record

WEIGHTS = shipped()[0]


@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 5), (9, 3), (30, 200), (700, 5)])
@pytest.mark.parametrize("x", [0.001, 0.03, 0.2, 0.5, 0.77, 0.99])
def test_the_beta_distribution_is_the_binomials_tail(a, b, x):
    n = a + b - 1
    tail = math.fsum(math.comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
    assert cumulative(x, a, b) == pytest.approx(tail, rel=1e-10, abs=1e-14)


@pytest.mark.parametrize("p", [0.05, 0.5, 0.95])
@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (1.54, 18.46), (30.5, 211.5), (1e4, 9e4)])
def test_a_quantile_is_where_the_distribution_has_come_so_far(p, a, b):
    assert cumulative(quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-9)


def test_closed_forms():
    assert quantile(0.05, 1, 1) == pytest.approx(0.05)
    assert quantile(0.9, 1, 4) == pytest.approx(1 - 0.1 ** (1 / 4))
    assert quantile(0.5, 0.5, 0.5) == pytest.approx(0.5)
    assert (cumulative(0, 2, 3), cumulative(1, 2, 3)) == (0.0, 1.0)


def test_measures_by_hand():
    given, came = [0.1, 0.4, 0.8], [0, 1, 1]
    assert metrics.brier(given, came) == pytest.approx((0.01 + 0.36 + 0.04) / 3)
    logs = math.log(0.9) + math.log(0.4) + math.log(0.8)
    assert metrics.log_loss(given, came) == pytest.approx(-logs / 3)
    assert metrics.in_the_large(given, came) == pytest.approx(1.3 / 3 - 2 / 3)
    assert metrics.auroc(given, came) == 1.0
    assert metrics.auroc([0.5, 0.5, 0.5], came) == 0.5
    assert metrics.auroc(given, [1, 0, 0]) == 0.0
    assert metrics.auroc(given, [1, 1, 1]) is None


def test_equal_probabilities_stay_in_one_bin():
    given, came = [0.3] * 100, [1] * 30 + [0] * 70
    assert metrics.ece(given, came) == pytest.approx(0, abs=1e-12)
    assert metrics.ece(given, came[::-1]) == pytest.approx(0, abs=1e-12)
    assert metrics.ece([0.5] * 100, came) == pytest.approx(0.2)


def test_the_bins_are_of_equal_mass():
    given = [0.01 * n for n in range(1, 101)]
    came = [int(p > 0.5) for p in given]
    by_hand = [abs(sum(given[n : n + 10]) - sum(came[n : n + 10])) for n in range(0, 100, 10)]
    assert metrics.ece(given, came) == pytest.approx(sum(by_hand) / 100)


def test_the_slope_tells_too_extreme_from_too_timid():
    dice = Random(1)
    truth = [dice.gauss(-1, 1) for _ in range(20_000)]
    came = [int(dice.random() < expit(x)) for x in truth]
    assert metrics.slope([expit(x) for x in truth], came) == pytest.approx(1, abs=0.06)
    assert metrics.slope([expit(2 * x) for x in truth], came) == pytest.approx(0.5, abs=0.04)
    assert metrics.slope([expit(x / 2) for x in truth], came) == pytest.approx(2, abs=0.12)
    assert metrics.slope([0.3] * 10, came[:10]) is None
    assert metrics.slope([0.2, 0.8], [0, 0]) is None


def test_the_interval_of_the_ece_is_the_same_each_time():
    dice = Random(2)
    given = [dice.random() for _ in range(400)]
    came = [int(dice.random() < p) for p in given]
    low, high = metrics.ece_interval(given, came)
    assert metrics.ece_interval(given, came) == (low, high)
    assert 0 <= low < high < 0.3


@pytest.fixture(scope="module")
def report():
    return evaluate(generated(40_000, seed=11), WEIGHTS, date(2025, 5, 15))


def by_name(report):
    return {one.model: one for one in report.scores}


def test_on_an_invented_world_it_is_calibrated(report):
    ours = by_name(report)["hierarchical"]
    assert report.learned > 19_000 and report.foretold > 19_000
    assert 0.8 <= ours.slope <= 1.2
    assert ours.ece < 0.03
    assert abs(ours.in_the_large) < 0.02


def test_it_beats_the_raw_rate_and_the_base_rate_out_of_sample(report):
    scores = by_name(report)
    ours, raw = scores["hierarchical"], scores["raw rate of cells"]
    assert ours.brier < min(raw.brier, scores["base rate"].brier)
    assert ours.log_loss < raw.log_loss
    assert abs(ours.slope - 1) < abs(raw.slope - 1)
    assert ours.skill > 0.02 and scores["base rate"].skill == 0


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_with_little_history_it_beats_the_raw_rate_by_far(seed):
    scores = by_name(evaluate(generated(1_500, seed=seed), WEIGHTS))
    ours, raw = scores["hierarchical"], scores["raw rate of cells"]
    assert ours.brier < raw.brier and ours.log_loss < raw.log_loss


def test_a_world_whose_rates_move_shows_in_the_large():
    early = generated(5_000, seed=1, first=date(2024, 1, 1), days=300)
    late = [
        one.model_copy(update={"denied": one.denied or place % 5 == 0})
        for place, one in enumerate(generated(5_000, seed=2, first=date(2025, 1, 1), days=300))
    ]
    ours = by_name(evaluate(early + late, WEIGHTS, date(2025, 1, 1)))["hierarchical"]
    assert ours.in_the_large < -0.1


def test_nothing_of_the_later_outcomes_is_learned_from():
    records = generated(3_000, seed=9)
    day = date(2025, 6, 1)
    turned = [
        one.model_copy(update={"denied": not one.denied}) if one.decided_on >= day else one
        for one in records
    ]
    one, other = (evaluate(each, WEIGHTS, day) for each in (records, turned))
    assert one.learned_rate == other.learned_rate
    assert by_name(one)["hierarchical"].in_the_large - (
        by_name(other)["hierarchical"].in_the_large
    ) == pytest.approx(other.foretold_rate - one.foretold_rate)


def test_the_order_of_the_outcomes_changes_nothing():
    records = generated(2_000, seed=8)
    turned = records[::-1]
    assert evaluate(records, WEIGHTS) == evaluate(turned, WEIGHTS)


def test_too_little_is_said():
    few = [record(denied=n % 4 == 0, on=date(2026, 1, 1 + n)) for n in range(20)]
    report = evaluate(few, WEIGHTS)
    assert report.learned == 15 and report.foretold == 5
    assert any("say little" in one for one in report.warnings)
    nothing = evaluate(few, WEIGHTS, date(2020, 1, 1))
    assert nothing.scores == () and "nothing was measured" in nothing.warnings[0]
    empty = evaluate([], WEIGHTS)
    assert empty.scores == () and empty.warnings == (
        "The history has no outcomes: nothing was measured",
    )


def test_probabilities_given_at_the_time_are_measured_too():
    records = [one.model_copy(update={"predicted": 0.2}) for one in generated(2_000, seed=6)]
    assert "as given then" in by_name(evaluate(records, WEIGHTS))
    records[0] = records[0].model_copy(update={"predicted": None})
    last = max(records, key=lambda one: one.decided_on)
    records[records.index(last)] = last.model_copy(update={"predicted": None})
    report = evaluate(records, WEIGHTS)
    assert "as given then" not in by_name(report)
    assert "`predicted` is on 499 of 500 outcomes foretold" in " ".join(report.warnings)


def test_the_split_is_the_last_quarter():
    records = [record(on=date(2026, 1, 1 + n)) for n in range(20)]
    assert split_day(records) == date(2026, 1, 16)


def test_what_is_decided_in_the_future_is_left_out_and_said():
    records = generated(2_000, seed=6)
    later = [one.model_copy(update={"decided_on": date(2031, 1, 1)}) for one in records[:7]]
    told = evaluate([*records, *later], WEIGHTS, as_of=date(2026, 11, 20))
    assert told.scores == evaluate(records, WEIGHTS).scores
    assert "Decided in the future, so left out: 7 of 2007 outcomes" in told.warnings


def test_outcomes_that_are_equal_are_counted_and_hinted_at():
    records = generated(2_000, seed=6)
    plain, twice = evaluate(records, WEIGHTS), evaluate(records + records[:9], WEIGHTS)
    assert twice.learned + twice.foretold == plain.learned + plain.foretold + 9
    (hint,) = [one for one in twice.warnings if one.startswith("Equal to another")]
    assert int(hint.partition(": ")[2].split()[0]) >= 9


def cells(seed, each=30, later=200):
    """Forty services of one payer, thirty outcomes each, with rates that differ as they do."""
    dice, made = Random(seed), []
    for number in range(40):
        rate = expit(dice.gauss(-1.5, 0.6))
        for on, many in ((date(2026, 1, 1), each), (date(2026, 6, 1), later)):
            made += [
                record(denied=dice.random() < rate, on=on, service_code=f"S{number}")
                for _ in range(many)
            ]
    return made


def test_forty_cells_of_thirty_are_neither_too_extreme_nor_too_timid():
    each = [by_name(evaluate(cells(seed), WEIGHTS, date(2026, 6, 1))) for seed in range(6)]
    ours = [scores["hierarchical"] for scores in each]
    assert 0.8 <= sum(one.slope for one in ours) / len(ours) <= 1.25
    assert all(
        one.brier < scores["raw rate of cells"].brier
        for one, scores in zip(ours, each, strict=True)
    )

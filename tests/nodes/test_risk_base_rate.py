"""The base rate: each outcome once, lines of business apart, and an interval that holds."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.risk.base_rate import Tally, base_rate
from nodes.risk.outcomes import RiskCell
from nodes.risk.weights import shipped
from tests.nodes.risk_world import CELL, TODAY, assessment, count, predict

WEIGHTS = shipped()[0]
ABOUT = RiskCell(**CELL)
K = 20
OTHERS = {
    "other payers": {"payer": "P9", "service_group": "H", "service_code": "70551"},
    "services of the group": {"service_code": "70551"},
}


def rated(*counts):
    return base_rate(Tally((), counts, TODAY), ABOUT, WEIGHTS)


def test_twenty_outcomes_weigh_half():
    all_denied, none_denied = rated(count(20, 20)), rated(count(20, 0))
    assert all_denied.mean == pytest.approx((20 + K * 0.077) / 40)
    assert none_denied.mean == pytest.approx(K * 0.077 / 40)
    assert all_denied.prior_weight == none_denied.prior_weight == 0.5


def test_a_cells_own_outcomes_are_not_in_its_parents():
    said = rated(count(30, 30))
    assert [(one.decided, one.denied) for one in said.levels] == [(0, 0)] * 4 + [(30, 30)]
    assert [one.rate for one in said.levels[:4]] == pytest.approx([0.077] * 4)


SOME = st.lists(
    st.tuples(
        st.sampled_from(["P1", "P2"]),
        st.sampled_from(["commercial", "medicaid"]),
        st.sampled_from(["IMAGING", "G"]),
        st.sampled_from(["72148", "72158"]),
        st.integers(1, 60),
        st.floats(0, 1),
    ),
    max_size=8,
)


@given(SOME)
def test_each_outcome_counts_once_and_the_weights_are_the_whole(some):
    counts = [
        count(number, int(number * part), payer=payer, line_of_business=line, service_group=group,
              service_code=code)
        for payer, line, group, code, number, part in some
    ]  # fmt: skip
    said = rated(*counts)
    assert said.all == sum(one.decided for one in counts)
    assert sum(one.denied for one in said.levels) == sum(one.denied for one in counts)
    weights = [one.weight for one in said.levels]
    assert sum(weights) + said.prior_weight == pytest.approx(1)
    assert 0 < said.mean < 1
    low, high = predict(counts=tuple(counts)).interval or (0, 1)
    assert low <= said.mean <= high


def coverage(n, p, others):
    """The exact chance that the 90 % interval of a cell of n holds its true rate."""
    held = 0.0
    for denied in range(n + 1):
        low, high = predict(counts=(count(n, denied), *others)).interval
        if low <= p <= high:
            held += comb(n, denied) * p**denied * (1 - p) ** (n - denied)
    return held


@pytest.mark.parametrize("place", OTHERS)
@pytest.mark.parametrize("n", [20, 50])
@pytest.mark.parametrize("p", [0.05, 0.1, 0.2])
def test_the_interval_covers_a_rate_half_or_twice_that_of_5000_others(n, p, place):
    found = coverage(n, p, (count(5000, 500, **OTHERS[place]),))
    assert found >= 0.89, f"{found:.3f}"


@pytest.mark.parametrize("n", [20, 50])
@pytest.mark.parametrize("p", [0.05, 0.1, 0.2])
def test_the_interval_covers_the_rate_that_others_share(n, p):
    others = count(5000, round(5000 * p), **OTHERS["services of the group"])
    assert coverage(n, p, (others,)) >= 0.9


def test_a_rate_four_times_lower_than_that_of_others_is_covered_less():
    others = count(5000, 1000, **OTHERS["services of the group"])
    assert 0.7 < coverage(20, 0.05, (others,)) < 0.85


@pytest.mark.parametrize("decided", [0, 20, 50, 5000])
@pytest.mark.parametrize("others", [0, 5000, 10_000_000])
def test_the_interval_holds_the_estimate_even_without_denials(decided, others):
    counts = [count(others, 0, service_code="70551")] if others else []
    counts += [count(decided, 0)] if decided else []
    said = predict(counts=tuple(counts))
    if said.probability is None:
        assert decided + others == 0
        return
    assert said.interval[0] <= said.probability <= said.interval[1]
    assert decided or said.interval[1] > 0.15


def test_another_line_of_business_is_only_the_payers():
    said = predict(counts=(count(100, 50, line_of_business="medicare_advantage"),))
    assert (said.n_effective, said.basis) == (0, "shrunk")
    assert [one.level for one in said.levels if one.decided] == ["payer"]
    assert any("No outcome of this line of business" in one for one in said.warnings)


def test_a_service_known_from_other_lines_alone_is_said():
    counts = (count(100, 50, line_of_business="medicaid"), count(100, 9, service_code="70551"))
    said = predict(counts=counts)
    assert said.n_effective == 0
    assert "The outcomes of this payer and service are all of other lines of business" in (
        said.warnings
    )
    assert not any("lines of business" in one for one in predict(counts=counts[1:]).warnings)


def test_a_line_of_its_own_is_not_moved_by_what_it_is_asked_beside():
    alone = predict(counts=(count(500, 50),))
    beside = predict(counts=(count(500, 50), count(500, 400, line_of_business="medicaid")))
    assert abs(alone.probability - beside.probability) < 0.03


@pytest.mark.parametrize(("decided", "share"), [(5, 80), (19, 51)])
def test_below_the_floor_text_and_number_say_the_same_of_the_prior(decided, share):
    about = RiskCell(**(CELL | {"line_of_business": "medicare_advantage"}))
    own = count(decided, decided, line_of_business="medicare_advantage")
    said = predict(about=about, counts=(own,), assessment=assessment(status="met"))
    assert round(100 * said.prior_weight) == share
    assert any(f"the prior makes {share} % of the base rate" in one for one in said.warnings)
    assert said.base_rate == pytest.approx(
        said.prior_weight * 0.077 + (1 - said.prior_weight), abs=1e-9
    )
    assert decided > 5 or said.probability < 0.3

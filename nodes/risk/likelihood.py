"""From a base rate and addends to a probability, an interval, and what each addend did."""

from collections.abc import Sequence
from math import exp, fsum, log

from nodes.risk.base_rate import LEAST, BaseRate
from nodes.risk.beta import quantile
from nodes.risk.signals import Term


def logit(p: float) -> float:
    """Log-odds; a rate of 0 or 1 counts as next to it."""
    p = min(max(p, LEAST), 1 - LEAST)
    return log(p / (1 - p))


def expit(x: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def total(found: Sequence[Term]) -> float:
    """The sum of the addends, the same in any order and however a weight is divided among many."""
    return round(fsum(one.log_odds for one in found), 9)


def probability(base: BaseRate, found: Sequence[Term]) -> float:
    """The probability of a denial."""
    return expit(logit(base.mean) + total(found))


def interval(base: BaseRate, found: Sequence[Term]) -> tuple[float, float]:
    """The 90 % interval of the base rate, moved by the addends; their own doubt is not in it."""
    moved = total(found)
    low, high = (quantile(p, base.alpha, base.beta) for p in (0.05, 0.95))
    ends = (min(low, base.mean), max(high, base.mean))
    low, high = (expit(logit(end) + moved) for end in ends)
    return low, high


def points(base: BaseRate, found: Sequence[Term]) -> tuple[float, ...]:
    """Percentage points of each addend; their sum is the whole way from base rate to probability.

    Aumann-Shapley: each addend's part of the way, taken along the straight line in log-odds. It
    depends on no order: probability is a function of the sum, so each gets its share of the sum.
    """
    start, way = logit(base.mean), total(found)
    if abs(way) < 1e-12:
        rate = base.mean
        slope = rate * (1 - rate)
    else:
        slope = (expit(start + way) - expit(start)) / way
    return tuple(100 * one.log_odds * slope for one in found)

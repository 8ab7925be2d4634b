"""How good probabilities were: Brier, log loss, calibration and discrimination, by their own names.

Each takes probabilities and outcomes (1 denied) of the same length; ties change nothing.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from math import fsum, log
from random import Random

from nodes.risk.base_rate import LEAST
from nodes.risk.likelihood import expit, logit

BINS, RESAMPLES, NEWTON = 10, 200, 50
Numbers = Sequence[float]
Outcomes = Sequence[int]


def brier(given: Numbers, came: Outcomes) -> float:
    """Mean squared distance; 0 is perfect."""
    return fsum((p - y) ** 2 for p, y in zip(given, came, strict=True)) / len(given)


def log_loss(given: Numbers, came: Outcomes) -> float:
    """Mean negative log-likelihood; probabilities are kept a little away from 0 and 1."""
    near = [min(max(p, LEAST), 1 - LEAST) for p in given]
    return -fsum(log(p if y else 1 - p) for p, y in zip(near, came, strict=True)) / len(near)


def in_the_large(given: Numbers, came: Outcomes) -> float:
    """Mean probability less the rate that came: above 0 it forecasts too many denials."""
    return (fsum(given) - sum(came)) / len(given)


def auroc(given: Numbers, came: Outcomes) -> float | None:
    """The chance that a denial had the higher probability; ties count half."""
    denied = sum(came)
    if not denied or denied == len(came):
        return None
    below, won = 0, 0.0
    for _, pairs in groupby(sorted(zip(given, came, strict=True)), key=lambda one: one[0]):
        group = [y for _, y in pairs]
        granted = len(group) - sum(group)
        won += sum(group) * (below + granted / 2)
        below += granted
    return won / (denied * (len(came) - denied))


def slope(given: Numbers, came: Outcomes) -> float | None:
    """The slope of a logistic regression of the outcome on the log-odds; 1 is calibrated.

    Below 1 the probabilities are too extreme, above 1 too timid; none where it cannot be fitted.
    """
    odds = [logit(p) for p in given]
    if max(odds) - min(odds) < 1e-9 or not 0 < sum(came) < len(came):
        return None
    a, b = logit(sum(came) / len(came)), 0.0
    for _ in range(NEWTON):
        fitted = [expit(a + b * x) for x in odds]
        away = [y - p for y, p in zip(came, fitted, strict=True)]
        spread = [max(p * (1 - p), 1e-12) for p in fitted]
        s0, s1 = fsum(spread), fsum(w * x for w, x in zip(spread, odds, strict=True))
        s2 = fsum(w * x * x for w, x in zip(spread, odds, strict=True))
        g0, g1 = fsum(away), fsum(r * x for r, x in zip(away, odds, strict=True))
        size = s0 * s2 - s1 * s1
        if size <= 1e-12 * s0 * s2:
            return None
        step_a, step_b = (s2 * g0 - s1 * g1) / size, (s0 * g1 - s1 * g0) / size
        a, b = a + step_a, b + step_b
        if abs(step_a) + abs(step_b) < 1e-10:
            return b
    return None


def ece(given: Numbers, came: Outcomes) -> float:
    """Expected calibration error over ten bins of equal mass; equal probabilities stay together."""
    places, tokens = _tokens(given, came)
    return _ece(places, Counter(tokens), len(tokens))


def ece_interval(given: Numbers, came: Outcomes, seed: int = 20261120) -> tuple[float, float]:
    """The 90 % bootstrap interval of the ECE; the same seed gives the same interval.

    Percentiles: resampling adds noise to a measure that noise can only raise, so it sits high.
    """
    (places, tokens), dice = _tokens(given, came), Random(seed)
    size = len(tokens)
    found = sorted(
        _ece(places, Counter(dice.choices(tokens, k=size)), size) for _ in range(RESAMPLES)
    )
    return found[int(0.05 * RESAMPLES)], found[int(0.95 * RESAMPLES) - 1]


def _tokens(given: Numbers, came: Outcomes) -> tuple[list[float], list[int]]:
    """Each distinct probability once, and each pair as twice its place there plus its outcome."""
    places = sorted(set(given))
    at = {p: 2 * place for place, p in enumerate(places)}
    return places, sorted(at[p] + y for p, y in zip(given, came, strict=True))


def _ece(places: list[float], counted: Counter[int], size: int) -> float:
    away, before = [0.0] * BINS, 0
    for place, p in enumerate(places):
        denied = counted[2 * place + 1]
        many = counted[2 * place] + denied
        if many:
            away[min(int(BINS * (before + many / 2) / size), BINS - 1)] += many * p - denied
            before += many
    return fsum(map(abs, away)) / size

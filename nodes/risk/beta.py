"""Quantiles of the Beta distribution, by the standard library alone.

The regularized incomplete beta function by its continued fraction (DLMF 8.17.22), evaluated by
Lentz's method, and bisection for the quantile.
"""

from math import exp, lgamma, log, log1p

TINY, NEAR, STEPS, HALVINGS = 1e-300, 1e-15, 10_000, 200


def cumulative(x: float, a: float, b: float) -> float:
    """The probability of Beta(a, b) to be at most x; a and b above 0."""
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    if x > (a + 1) / (a + b + 2):
        return 1.0 - cumulative(1.0 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return front * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 / _away(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d, c = 1.0 / _away(1.0 + term * d), _away(1.0 + term / c)
            value *= c * d
        if abs(c * d - 1.0) < NEAR:
            break
    return value


def _away(value: float) -> float:
    return value if abs(value) > TINY else TINY


def quantile(p: float, a: float, b: float) -> float:
    """The value that Beta(a, b) is at most with probability p."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if cumulative(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2

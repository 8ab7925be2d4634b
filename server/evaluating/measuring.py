"""Rates with the doubt that few cases leave: Wilson intervals, and a bootstrap for F1."""

from collections.abc import Sequence
from math import sqrt
from random import Random

from pydantic import Field

from nodes.audit import Model
from server.evaluating.point import Kind

RESAMPLES, SEED, Z = 1000, 278, 1.959964
Counts = dict[Kind, int]


class Rate(Model):
    """A share and its 95 % interval."""

    value: float = Field(ge=0, le=1)
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    of: int = Field(ge=1)


class Measure(Model):
    """What was measured under one name; none: nothing to measure it on."""

    metric: str
    hits: int = Field(ge=0)
    misses: int = Field(ge=0)
    false_alarms: int = Field(ge=0)
    silences: int = Field(ge=0)
    accuracy: Rate | None
    precision: Rate | None
    recall: Rate | None
    f1: Rate | None


def measure(metric: str, cases: Sequence[Counts]) -> Measure:
    """Measure what the cases counted; intervals of F1 resample whole cases."""
    hit, miss, alarm, silence = total(cases)
    return Measure(
        metric=metric,
        hits=hit,
        misses=miss,
        false_alarms=alarm,
        silences=silence,
        accuracy=wilson(hit + silence, hit + miss + alarm + silence),
        precision=wilson(hit, hit + alarm),
        recall=wilson(hit, hit + miss),
        f1=resampled(cases) if hit + miss else None,
    )


def total(cases: Sequence[Counts]) -> tuple[int, int, int, int]:
    """Add up hits, misses, false alarms and silences."""
    kinds: tuple[Kind, ...] = ("hit", "miss", "false_alarm", "silence")
    hit, miss, alarm, silence = (sum(one.get(kind, 0) for one in cases) for kind in kinds)
    return hit, miss, alarm, silence


def wilson(good: int, of: int) -> Rate | None:
    """Give a share with its score interval (Wilson 1927)."""
    if of == 0:
        return None
    share, z2 = good / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Rate(value=share, low=min(low, share), high=max(high, share), of=of)


def f1(cases: Sequence[Counts]) -> float:
    """Harmonic mean of precision and recall."""
    hit, miss, alarm, _ = total(cases)
    return 2 * hit / (2 * hit + miss + alarm) if hit else 0.0


def resampled(cases: Sequence[Counts]) -> Rate:
    """Give F1 with a percentile interval over cases drawn again, always the same draws."""
    chance, value = Random(SEED), f1(cases)
    drawn = sorted(f1(chance.choices(cases, k=len(cases))) for _ in range(RESAMPLES))
    low, high = drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES) - 1]
    return Rate(value=value, low=min(low, value), high=max(high, value), of=len(cases))

"""The base rate: a hierarchical Beta-binomial, each level shrunk towards the one above."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Literal

from nodes.risk.outcomes import OutcomeCount, OutcomeRecord, RiskCell
from nodes.risk.weights import DenialWeights

Level = Literal["all", "payer", "payer_line_of_business", "payer_service_group", "payer_service"]
Key = tuple[str, ...]
MONTH, LEAST = 30.4375, 1e-9


def keys(cell: RiskCell) -> tuple[tuple[Level, Key], ...]:
    """The levels a decision counts for, from all to payer and service."""
    return (
        ("all", ("all",)),
        ("payer", ("payer", cell.payer)),
        ("payer_line_of_business", ("lob", cell.payer, cell.line_of_business)),
        ("payer_service_group", ("group", cell.payer, cell.service_group)),
        ("payer_service", ("service", cell.payer, cell.service_code)),
    )


def decay(decided_on: date, as_of: date, half_life_months: int | None) -> float:
    """What a decision of a day still weighs: half after each half-life; 1 without one."""
    if half_life_months is None:
        return 1.0
    return float(0.5 ** ((as_of - decided_on).days / (half_life_months * MONTH)))


class Tally:
    """Decisions and denials per level, weighted; the order in which they come does not matter."""

    def __init__(
        self,
        records: Iterable[OutcomeRecord],
        counts: Iterable[OutcomeCount],
        as_of: date,
        half_life_months: int | None = None,
    ) -> None:
        """Count what was decided by a day; what came later is left out and counted apart."""
        decided: dict[Key, list[float]] = defaultdict(list)
        denied: dict[Key, list[float]] = defaultdict(list)
        self.later = 0
        every: list[tuple[OutcomeRecord | OutcomeCount, int, int]] = [
            *((one, 1, int(one.denied)) for one in records),
            *((one, one.decided, one.denied) for one in counts),
        ]
        for one, number, refused in every:
            if one.decided_on > as_of:
                self.later += number
                continue
            weight = decay(one.decided_on, as_of, half_life_months)
            for _, key in keys(one):
                decided[key].append(number * weight)
                denied[key].append(refused * weight)
        self._decided = {key: fsum(parts) for key, parts in decided.items()}
        self._denied = {key: fsum(parts) for key, parts in denied.items()}

    def at(self, key: Key) -> tuple[float, float]:
        """Decisions and denials of a level."""
        return self._decided.get(key, 0.0), self._denied.get(key, 0.0)


@dataclass(frozen=True)
class Estimate:
    """A level's rate after shrinking, and the weight of what was counted for it."""

    level: Level
    decided: float
    denied: float
    rate: float


@dataclass(frozen=True)
class BaseRate:
    """The rate of payer and service, as Beta(alpha, beta), with the levels it came from."""

    levels: tuple[Estimate, ...]
    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """The rate."""
        return self.alpha / (self.alpha + self.beta)

    @property
    def all(self) -> float:
        """The weight of the whole history."""
        return self.levels[0].decided

    @property
    def own(self) -> float:
        """The weight of the outcomes of this payer and service."""
        return self.levels[-1].decided


def base_rate(tally: Tally, cell: RiskCell, weights: DenialWeights) -> BaseRate:
    """Go down the levels: (denied + k * rate above) / (decided + k)."""
    rate, k = weights.prior.rate, float(weights.pseudo_count)
    levels = []
    for level, key in keys(cell):
        decided, denied = tally.at(key)
        alpha, beta = denied + k * rate, decided - denied + k * (1 - rate)
        rate = min(max(alpha / (alpha + beta), LEAST), 1 - LEAST)
        levels.append(Estimate(level, decided, denied, rate))
    return BaseRate(tuple(levels), alpha, beta)

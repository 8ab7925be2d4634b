"""The base rate: a chain of Beta-binomials, each level shrunk towards the one above."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Literal, get_args

from nodes.risk.outcomes import OutcomeCount, OutcomeRecord, RiskCell
from nodes.risk.weights import DenialWeights

Level = Literal[
    "all",
    "payer",
    "payer_line_of_business",
    "payer_line_of_business_service_group",
    "payer_line_of_business_service",
]
LEVELS: tuple[Level, ...] = get_args(Level)
Key = tuple[str, ...]
MONTH, LEAST, FLOOR = 30.4375, 1e-9, 0.5


def depth(one: RiskCell, cell: RiskCell) -> int:
    """The place of the lowest level of a cell that a decision belongs to, 0 for all."""
    if one.payer != cell.payer:
        return 0
    if one.line_of_business != cell.line_of_business:
        return 1
    if one.service_code == cell.service_code:
        return 4
    return 3 if one.service_group == cell.service_group else 2


def _keys(cell: RiskCell) -> tuple[Key, ...]:
    line = (cell.payer, cell.line_of_business)
    return (
        ("all",),
        ("payer", cell.payer),
        ("line", *line),
        ("group", *line, cell.service_group),
        ("service", *line, cell.service_code),
        ("both", *line, cell.service_group, cell.service_code),
        ("any line", cell.payer, cell.service_code),
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
            for key in _keys(one):
                decided[key].append(number * weight)
                denied[key].append(refused * weight)
        self._decided = {key: fsum(parts) for key, parts in decided.items()}
        self._denied = {key: fsum(parts) for key, parts in denied.items()}

    def shells(self, cell: RiskCell) -> tuple[tuple[float, float], ...]:
        """Decisions and denials of each level that belong to no level below: each counts once."""
        each = (self._decided, self._denied)
        decided, denied = (_shells([held.get(key, 0.0) for key in _keys(cell)]) for held in each)
        return tuple((of, min(no, of)) for of, no in zip(decided, denied, strict=True))

    def whole(self) -> tuple[float, float]:
        """Decisions and denials of the whole history."""
        return self._decided.get(("all",), 0.0), self._denied.get(("all",), 0.0)

    def any_line(self, cell: RiskCell) -> float:
        """Decisions of a payer and service in whatever line of business."""
        return self._decided.get(_keys(cell)[-1], 0.0)


def _shells(counted: list[float]) -> tuple[float, ...]:
    every, payer, line, group, service, both, _ = counted
    apart = (every - payer, payer - line, line - group - service + both, group - both, service)
    return tuple(max(0.0, round(one, 9)) for one in apart)


@dataclass(frozen=True)
class Estimate:
    """A level's rate after shrinking, from outcomes that belong to no level below it.

    ``weight`` is the part that those outcomes have in the rate of payer, line and service.
    """

    level: Level
    decided: float
    denied: float
    rate: float
    weight: float


@dataclass(frozen=True)
class BaseRate:
    """The rate of payer, line of business and service, with the levels it came from.

    Its doubt is that of Beta(alpha, beta). The weights of the levels and of the prior sum to 1.
    """

    levels: tuple[Estimate, ...]
    alpha: float
    beta: float
    prior_weight: float

    @property
    def mean(self) -> float:
        """The rate."""
        return self.levels[-1].rate

    @property
    def all(self) -> float:
        """The weight of the whole history."""
        return fsum(one.decided for one in self.levels)

    @property
    def own(self) -> float:
        """The weight of the outcomes of this payer, line of business and service."""
        return self.levels[-1].decided


def base_rate(tally: Tally, cell: RiskCell, weights: DenialWeights) -> BaseRate:
    """Go down the levels: (denied + k * rate above) / (decided + k).

    A level's outcomes are those outside the level below, so that no outcome counts twice. For the
    interval the level above weighs less than k, because how alike they are is itself a guess; its
    parameters are at least 1/2, as in Jeffreys' prior.
    """
    rate, k = weights.prior.rate, float(weights.pseudo_count)
    shells, rates = tally.shells(cell), []
    for decided, denied in shells:
        rate = min(max((denied + k * rate) / (decided + k), LEAST), 1 - LEAST)
        rates.append(rate)
    left, parts = 1.0, []
    for decided, _ in reversed(shells):
        parts.append(left * decided / (decided + k))
        left *= k / (decided + k)
    size = shells[-1][0] + weights.interval_pseudo_count
    return BaseRate(
        levels=tuple(
            Estimate(level, decided, denied, of, part)
            for level, (decided, denied), of, part in zip(
                LEVELS, shells, rates, reversed(parts), strict=True
            )
        ),
        alpha=max(rate * size, FLOOR),
        beta=max((1 - rate) * size, FLOOR),
        prior_weight=left,
    )

"""For which reasons denials came: a Dirichlet-multinomial over the categories, level by level."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import fsum

from nodes.risk.base_rate import decay, depth
from nodes.risk.outcomes import OutcomeCount, OutcomeRecord, RiskCell, categories

PLACES = ((0,), (1, 2), (3, 4))


@dataclass(frozen=True)
class Share:
    """A category's part of the denials to be expected, and the denials it was counted in."""

    category: str
    share: float
    counted: float


def reason_mix(
    records: Iterable[OutcomeRecord],
    counts: Iterable[OutcomeCount],
    cell: RiskCell,
    as_of: date,
    half_life_months: int | None,
    pseudo_count: int,
) -> tuple[Share, ...]:
    """Every category's share, the largest first; nothing when no denial tells its reason.

    From all categories alike over other payers' denials and the payer's others to those of its
    line of business and service group, each adding its counts to the shares above, which weigh as
    many denials as the pseudo-count. A denial is counted in one of the three.
    """
    tally: dict[tuple[int, str], list[float]] = defaultdict(list)
    for one, category, number in _told((*records, *counts)):
        if one.decided_on <= as_of:
            weight = number * decay(one.decided_on, as_of, half_life_months)
            tally[depth(one, cell), category].append(weight)
    names = categories()
    shares = dict.fromkeys(names, 1 / len(names))
    everywhere = dict.fromkeys(names, 0.0)
    for places in PLACES:
        counted = {name: fsum(x for at in places for x in tally[at, name]) for name in names}
        whole = fsum(counted.values()) + pseudo_count
        shares = {name: (counted[name] + pseudo_count * shares[name]) / whole for name in names}
        everywhere = {name: everywhere[name] + counted[name] for name in names}
    if not fsum(everywhere.values()):
        return ()
    order = sorted(names, key=lambda name: (-shares[name], name))
    return tuple(Share(name, shares[name], everywhere[name]) for name in order)


def _told(
    every: Iterable[OutcomeRecord | OutcomeCount],
) -> Iterator[tuple[OutcomeRecord | OutcomeCount, str, int]]:
    for one in every:
        if isinstance(one, OutcomeCount):
            for category, number in sorted(one.reasons.items()):
                yield one, category, number
        elif one.denied and one.reason:
            yield one, one.reason, 1

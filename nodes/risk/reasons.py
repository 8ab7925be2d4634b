"""For which reasons denials came: a Dirichlet-multinomial over the categories, level by level."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import fsum

from nodes.risk.base_rate import Key, decay, keys
from nodes.risk.outcomes import OutcomeCount, OutcomeRecord, RiskCell, categories

LEVELS = ("all", "payer", "payer_service_group")


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

    From all categories alike over all denials and the payer's to payer and service group, each
    level adding its counts to the shares above, which weigh as many denials as the pseudo-count.
    """
    tally: dict[tuple[Key, str], list[float]] = defaultdict(list)
    for one, category, number in _told((*records, *counts)):
        if one.decided_on <= as_of:
            weight = number * decay(one.decided_on, as_of, half_life_months)
            for _, key in keys(one):
                tally[key, category].append(weight)
    names = categories()
    shares = dict.fromkeys(names, 1 / len(names))
    for level, key in keys(cell):
        if level in LEVELS:
            counted = {name: fsum(tally.get((key, name), ())) for name in names}
            whole = fsum(counted.values()) + pseudo_count
            shares = {name: (counted[name] + pseudo_count * shares[name]) / whole for name in names}
    everywhere = {name: fsum(tally.get((("all",), name), ())) for name in names}
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

"""Rule about the totals of a 277CA: counts and amounts agree with the claims below."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from nodes.x12.finding import Finding
from nodes.x12.validating.rules.scene import ELEMENT_PATTERN, Level, Scene
from nodes.x12.values import quantity

TOTALS = {
    "receiver_accepted": ("accepted", "quantity"),
    "provider_accepted": ("accepted", "quantity"),
    "receiver_rejected": ("rejected", "quantity"),
    "provider_rejected": ("rejected", "quantity"),
    "receiver_accepted_amount": ("accepted_amount", "amount"),
    "provider_accepted_amount": ("accepted_amount", "amount"),
    "receiver_rejected_amount": ("rejected_amount", "amount"),
    "provider_rejected_amount": ("rejected_amount", "amount"),
}


class Sum(NamedTuple):
    """Claims below a level, by what their action (STC03) says."""

    accepted: int = 0
    rejected: int = 0
    accepted_amount: Decimal = Decimal(0)
    rejected_amount: Decimal = Decimal(0)

    def plus(self, other: "Sum") -> "Sum":
        """Both together."""
        return Sum(
            self.accepted + other.accepted,
            self.rejected + other.rejected,
            self.accepted_amount + other.accepted_amount,
            self.rejected_amount + other.rejected_amount,
        )


def totals(seen: Scene) -> Iterator[Finding]:
    """What a level says was accepted and rejected is what the claims below it add up to.

    A payer may list rejected claims only: where claims are listed at all, this is a warning.
    """
    sums: dict[int, Sum] = {}
    for level in reversed(seen.levels):
        found = sums.get(id(level), Sum()).plus(listed(level))
        if level.above is not None:
            sums[id(level.above)] = sums.get(id(level.above), Sum()).plus(found)
        if found.accepted + found.rejected == 0:
            continue
        for spot in level.called(*TOTALS):
            name, value = TOTALS[spot.name]
            said = quantity(spot.get(value))
            if said is not None and said != getattr(found, name):
                words = "this total is not what the claims below add up to"
                yield spot.finding("totals", words, ELEMENT_PATTERN, value, "warning")


def listed(level: Level) -> Sum:
    """The claims of a patient level: a claim is rejected when its last action says so."""
    found, claims = Sum(), list[tuple[str, Decimal]]()
    for spot in level.spots:
        if spot.name == "claim_trace":
            claims.append(("", Decimal(0)))
        elif spot.name == "claim_status" and claims:
            claims[-1] = (spot.get("action"), quantity(spot.get("charge")) or claims[-1][1])
    for action, charge in claims:
        if action == "U":
            found = found.plus(Sum(rejected=1, rejected_amount=charge))
        elif action == "WQ":
            found = found.plus(Sum(accepted=1, accepted_amount=charge))
    return found

"""How much is granted where it is spread over time: two visits a week for six weeks are twelve."""

from dataclasses import dataclass
from decimal import Decimal

DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Rate:
    """A quantity as HSD says it; periods without a name here are kept as their codes."""

    amount: Decimal | None
    unit: str | None
    per: str | None = None
    every: Decimal | None = None
    periods: Decimal | None = None
    period: str | None = None

    @property
    def spread(self) -> bool:
        """Whether it says more than a quantity."""
        return any((self.per, self.every, self.periods, self.period))

    @property
    def total(self) -> Decimal | None:
        """What it comes to; none where that depends on the calendar or the period is not said."""
        if self.amount is None or self.every not in (None, 1):
            return None
        if self.per is None:
            return self.amount
        for scale in (DAYS, MONTHS):
            if self.periods is not None and self.per in scale and self.period in scale:
                times, rest = divmod(self.periods * scale[self.period], scale[self.per])
                return None if rest or not times else self.amount * times
        return None

    @property
    def words(self) -> str | None:
        """As a person says it; none where it is a plain quantity."""
        if self.amount is None or not self.spread:
            return None
        said = several(self.amount, self.unit or "unit")
        if self.every not in (None, 1):
            said += f" every {several(self.every, self.per or 'period')}"
        elif self.per:
            said += f" per {self.per}"
        if self.periods is not None or self.period:
            said += f" for {several(self.periods or Decimal(1), self.period or 'period')}"
        return said


def several(amount: Decimal | None, what: str) -> str:
    """A number of things, without trailing zeros."""
    return f"{amount or 0:f} {what}{'' if amount == 1 else 's'}"

"""What measured values answer: which of several is compared, and what the comparison says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nodes.policy.finding import Finding, Voice, against, conflicting, day, met, silent
from nodes.policy.leaves import ObservationLatest
from nodes.policy.wording import Words


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that a fact or a note shows, whether it is beyond the limit, and its number."""

    voice: Voice
    holds: bool | None
    amount: Decimal | None

    @property
    def on(self) -> date | None:
        """The day of the value."""
        return self.voice.on


def taken(leaf: ObservationLatest, fresh: list[Reading], noted: list[Reading]) -> list[Reading]:
    """Pick the readings that are compared."""
    if leaf.take == "latest":
        return [*_on(fresh, max), *_on(noted, max)]
    both = [*fresh, *noted]
    if leaf.take == "first":
        return _on(both, min)
    numbers = [one.amount for one in both if one.amount is not None]
    if not numbers:
        return both[:1]
    wanted = min(numbers) if leaf.take == "lowest" else max(numbers)
    return [one for one in both if one.amount == wanted]


def verdict(leaf: ObservationLatest, current: list[Reading], label: str) -> Finding:
    """Compare the readings of one day; two that disagree are a conflict."""
    above = [one.voice for one in current if one.holds is True]
    below = [
        Voice(one.voice.fact, "against", one.on, one.voice.own)
        for one in current
        if one.holds is False
    ]
    limit, which = f"{leaf.cmp} {leaf.value} {leaf.unit}", leaf.take
    if above and below:
        return conflicting(f"Values disagree about {label} {limit}.", [*above, *below])
    if above:
        return met(f"The {which} value is {limit}: {_said(above[0])}.", above)
    if below:
        return against(f"The {which} value is not {limit}: {_said(below[0])}.", below)
    return silent(leaf, f"The {which} value of {label} cannot be compared: unit or bound.")


def compared(current: list[Reading]) -> Decimal | None:
    """The number that was compared, where there is just one."""
    numbers = {one.amount for one in current}
    return numbers.pop() if len(numbers) == 1 else None


def _said(voice: Voice) -> str:
    value = voice.fact.value
    if value is None:
        return f"the note of {day(voice.on)}"
    unit = f" {value.unit}" if value.unit else ""
    return f"{value.comparator or ''}{value.value}{unit} on {day(voice.on)}"


def label_of(leaf: ObservationLatest, words: Mapping[str, Words]) -> str:
    """Name what is measured."""
    return words[leaf.concept].label if leaf.concept else "this test"


def _on(readings: list[Reading], pick: Callable[[Iterable[date]], date]) -> list[Reading]:
    if not readings:
        return []
    wanted = pick([one.on or date.min for one in readings])
    return [one for one in readings if (one.on or date.min) == wanted]

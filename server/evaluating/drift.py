"""Drift between two periods: what came in, what came out, how often people changed it.

Records are the caller's, one per case, and hold nothing of a patient. Shares are compared with
the population stability index (below 0.1 little, above 0.25 much: a rule of thumb, not a test)
and with a permutation test; rates with their difference and its 95 % interval (Newcombe 1998).
"""

import json
from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from random import Random
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from nodes.audit import Model
from nodes.errors import UnreadableDocument
from nodes.risk import metrics
from nodes.risk.outcomes import OutcomeRecord
from server.evaluating.measuring import Rate, wilson

PERMUTATIONS, SEED, FEW = 500, 278, 30
Word = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class DriftRecord(Model):
    """One case of a period: words that describe what came in, and what became of the answer."""

    inputs: dict[Word, Word] = Field(default={}, description="Such as payer, service, document")
    outcome: Word | None = Field(default=None, description="Such as certified or denied")
    overridden: bool | None = Field(default=None, description="A person changed the answer")
    right: bool | None = Field(default=None, description="The answer was checked, and right")
    predicted: float | None = Field(default=None, ge=0, le=1, description="Probability of denial")
    denied: bool | None = None


class MixChange(Model):
    """How the shares of one field's words changed."""

    field: str
    before: int
    now: int
    psi: float = Field(description="Population stability index")
    p: float = Field(description="Permutation test of the total variation distance")
    most: str = Field(description="The word whose share changed most")
    level: Literal["little", "some", "much"]


class RateChange(Model):
    """How a rate changed: now less before, with its 95 % interval."""

    name: str
    before: Rate
    now: Rate
    change: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


class Forecasts(Model):
    """How good a period's probabilities of denial were."""

    of: int
    in_the_large: float = Field(description="Mean probability less the rate that came")
    brier: float
    ece: float


class DriftReport(Model):
    """All that changed between two periods."""

    mixes: tuple[MixChange, ...]
    rates: tuple[RateChange, ...]
    forecasts: tuple[Forecasts | None, Forecasts | None] = Field(description="Before, and now")
    warnings: tuple[str, ...]

    @property
    def drifted(self) -> bool:
        """Whether a person should look."""
        mixed = any(one.level == "much" and one.p < 0.05 for one in self.mixes)
        return mixed or any(one.sure for one in self.rates)


def records(raw: bytes, name: str) -> tuple[DriftRecord, ...]:
    """Read a JSON list or JSON lines; raises UnreadableDocument that names the place."""
    text = raw.decode("utf-8", errors="replace").strip()
    try:
        told = json.loads(text) if text.startswith("[") else [
            json.loads(line) for line in text.splitlines() if line.strip()
        ]  # fmt: skip
    except ValueError:
        raise UnreadableDocument(f"{name}: it is no JSON list and no JSON lines") from None
    found = []
    for number, one in enumerate(told, 1):
        try:
            found.append(DriftRecord.model_validate_json(json.dumps(one)))
        except ValidationError as error:
            first = error.errors(include_input=False, include_context=False)[0]
            field = next((part for part in first["loc"] if part in DriftRecord.model_fields), "")
            place = f"{name}: record {number}: {field}"
            raise UnreadableDocument(f"{place}: {first['msg']}") from None
    return tuple(found)


def of_outcomes(told: Sequence[OutcomeRecord]) -> tuple[DriftRecord, ...]:
    """Take the outcomes that predict-denial counts: payer, line, service, decision, forecast."""
    return tuple(
        DriftRecord(
            inputs={
                "payer": one.payer,
                "line of business": one.line_of_business,
                "service group": one.service_group,
                "service code": one.service_code,
            },
            outcome=(one.reason or "denied") if one.denied else "certified",
            predicted=one.predicted,
            denied=one.denied,
        )
        for one in told
    )


def drift(before: Sequence[DriftRecord], now: Sequence[DriftRecord]) -> DriftReport:
    """Compare two periods."""
    fields = sorted({name for one in (*before, *now) for name in one.inputs})
    mixes = [
        mix(name, [one.inputs.get(name, "not said") for one in before],
            [one.inputs.get(name, "not said") for one in now])
        for name in fields
    ]  # fmt: skip
    outcomes = [[one.outcome for one in side if one.outcome] for side in (before, now)]
    if any(outcomes):
        mixes.append(mix("outcome", *outcomes))
    rates = [
        change
        for name in ("overridden", "right", "denied", "forecast_off")
        if (change := _rate(name, before, now)) is not None
    ]
    few = min(len(before), len(now)) < FEW
    warnings = (
        (f"fewer than {FEW} records in a period: chance alone moves this much",) if few else ()
    )
    return DriftReport(
        mixes=tuple(mixes),
        rates=tuple(rates),
        forecasts=(_forecasts(before), _forecasts(now)),
        warnings=warnings,
    )


def _forecasts(side: Sequence[DriftRecord]) -> Forecasts | None:
    known = [(one.predicted, int(one.denied)) for one in side
             if one.predicted is not None and one.denied is not None]  # fmt: skip
    if not known:
        return None
    given, came = [p for p, _ in known], [y for _, y in known]
    return Forecasts(
        of=len(known),
        in_the_large=metrics.in_the_large(given, came),
        brier=metrics.brier(given, came),
        ece=metrics.ece(given, came),
    )


def mix(name: str, before: Sequence[str], now: Sequence[str]) -> MixChange:
    """Compare the shares of words."""
    left, right = _shares(before, now), _shares(now, before)
    psi = sum((right[word] - left[word]) * log(right[word] / left[word]) for word in left)
    distance = _distance(before, now)
    chance, pool = Random(SEED), [*before, *now]
    more = 0
    for _ in range(PERMUTATIONS):
        chance.shuffle(pool)
        more += _distance(pool[: len(before)], pool[len(before) :]) >= distance - 1e-12
    return MixChange(
        field=name,
        before=len(before),
        now=len(now),
        psi=round(psi, 4),
        p=(more + 1) / (PERMUTATIONS + 1),
        most=max(left, key=lambda word: abs(right[word] - left[word])) if left else "",
        level="little" if psi < 0.1 else "some" if psi < 0.25 else "much",
    )


def _shares(these: Sequence[str], others: Sequence[str]) -> dict[str, float]:
    """Shares with half a case added to each word, so that none is nought."""
    words, count = sorted({*these, *others}), Counter(these)
    return {word: (count[word] + 0.5) / (len(these) + 0.5 * len(words)) for word in words}


def _distance(one: Sequence[str], other: Sequence[str]) -> float:
    left, right = Counter(one), Counter(other)
    sizes = max(1, len(one)), max(1, len(other))
    return sum(abs(left[w] / sizes[0] - right[w] / sizes[1]) for w in left | right) / 2


def _flag(one: DriftRecord, name: str) -> bool | None:
    if name != "forecast_off":
        return getattr(one, name)  # type: ignore[no-any-return]
    if one.predicted is None or one.denied is None:
        return None
    return (one.predicted >= 0.5) != one.denied


def _rate(
    name: str, before: Sequence[DriftRecord], now: Sequence[DriftRecord]
) -> RateChange | None:
    told = [[flag for one in side if (flag := _flag(one, name)) is not None]
            for side in (before, now)]  # fmt: skip
    was, is_now = (wilson(sum(flags), len(flags)) for flags in told)
    if was is None or is_now is None:
        return None
    change = is_now.value - was.value
    down = sqrt((is_now.value - is_now.low) ** 2 + (was.high - was.value) ** 2)
    up = sqrt((is_now.high - is_now.value) ** 2 + (was.value - was.low) ** 2)
    return RateChange(
        name=name, before=was, now=is_now, change=change, low=change - down, high=change + up
    )

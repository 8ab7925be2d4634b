"""How well base rates from earlier outcomes told later ones: always a split in time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.risk import metrics
from nodes.risk.base_rate import LEAST, Tally, base_rate
from nodes.risk.outcomes import OutcomeRecord
from nodes.risk.weights import DenialWeights

SMALL, FEW, LATER = 500, 50, 0.25


class Score(Model):
    """One model's measures on the later outcomes."""

    model: str
    brier: float
    skill: float | None = Field(description="1 - Brier / Brier of the base rate; above 0 is better")
    log_loss: float
    in_the_large: float = Field(description="Mean probability less the rate that came")
    slope: float | None
    ece: float
    ece_interval: tuple[float, float] = Field(description="90 %, bootstrap")
    auroc: float | None


class DenialReport(Model):
    """What was learned from, what was foretold, and how well."""

    split: date = Field(description="First day of the outcomes foretold")
    learned: int = Field(ge=0)
    learned_rate: float | None
    foretold: int = Field(ge=0)
    foretold_rate: float | None
    scores: tuple[Score, ...] = ()
    warnings: tuple[Text, ...] = ()


def split_day(records: Sequence[OutcomeRecord]) -> date:
    """The day from which on the last quarter of the outcomes was decided."""
    days = sorted(one.decided_on for one in records)
    return days[int(len(days) * (1 - LATER))] if days else date.min


def evaluate(
    records: Sequence[OutcomeRecord],
    weights: DenialWeights,
    split: date | None = None,
    half_life_months: int | None = None,
    as_of: date | None = None,
) -> DenialReport:
    """Learn from what was decided before a day, and measure on what was decided from it on.

    Compared are the base rate of all, the raw rate of each cell, the hierarchical rate of
    predict-denial, and the probabilities given at the time, where every later record has one.
    A cell is payer, line of business and service. What was decided after ``as_of`` is left out.
    """
    known = [one for one in records if as_of is None or one.decided_on <= as_of]
    day = split or split_day(known)
    earlier = [one for one in known if one.decided_on < day]
    later = [one for one in known if one.decided_on >= day]
    came = [int(one.denied) for one in later]
    said = DenialReport(
        split=day,
        learned=len(earlier),
        learned_rate=_rate([int(one.denied) for one in earlier]),
        foretold=len(later),
        foretold_rate=_rate(came),
        warnings=(*_doubts(records, known, later), *_warnings(earlier, later)),
    )
    if not earlier or not later:
        return said
    models = _models(earlier, later, weights, day, half_life_months)
    plain = metrics.brier(models["base rate"], came)
    scores = tuple(_score(name, given, came, plain) for name, given in models.items())
    return said.model_copy(update={"scores": scores})


def _models(
    earlier: list[OutcomeRecord],
    later: list[OutcomeRecord],
    weights: DenialWeights,
    day: date,
    half_life_months: int | None,
) -> dict[str, list[float]]:
    tally = Tally(earlier, (), day - timedelta(days=1), half_life_months)
    each = {_cell(one): one for one in later}
    known = {cell: base_rate(tally, one, weights) for cell, one in each.items()}
    bases = [known[_cell(one)] for one in later]
    decided, denied = tally.whole()
    rate = denied / decided if decided else weights.prior.rate
    cells = [one.levels[-1] for one in bases]
    models = {
        "base rate": [rate] * len(later),
        "raw rate of cells": [
            min(max(one.denied / one.decided, LEAST), 1 - LEAST) if one.decided else rate
            for one in cells
        ],
        "hierarchical": [one.mean for one in bases],
    }
    given = [one.predicted for one in later if one.predicted is not None]
    return models | ({"as given then": given} if len(given) == len(later) else {})


def _cell(one: OutcomeRecord) -> tuple[str, ...]:
    return (one.payer, one.line_of_business, one.service_group, one.service_code)


def _score(name: str, given: list[float], came: list[int], plain: float) -> Score:
    off = metrics.brier(given, came)
    return Score(
        model=name,
        brier=off,
        skill=1 - off / plain if plain else None,
        log_loss=metrics.log_loss(given, came),
        in_the_large=metrics.in_the_large(given, came),
        slope=metrics.slope(given, came),
        ece=metrics.ece(given, came),
        ece_interval=metrics.ece_interval(given, came),
        auroc=metrics.auroc(given, came),
    )


def _rate(came: list[int]) -> float | None:
    return sum(came) / len(came) if came else None


def _doubts(
    records: Sequence[OutcomeRecord], known: list[OutcomeRecord], later: list[OutcomeRecord]
) -> Iterator[str]:
    if left := len(records) - len(known):
        yield f"Decided in the future, so left out: {left} of {len(records)} outcomes"
    if twice := len(known) - len(set(known)):
        yield (
            f"Equal to another in every field: {twice} of {len(known)} outcomes; each counts, so"
            " look whether something was exported twice"
        )
    given = sum(one.predicted is not None for one in later)
    if 0 < given < len(later):
        yield (
            f"`predicted` is on {given} of {len(later)} outcomes foretold: not measured, since"
            " that needs it on every one"
        )


def _warnings(earlier: list[OutcomeRecord], later: list[OutcomeRecord]) -> tuple[str, ...]:
    told = []
    if not earlier and not later:
        return ("The history has no outcomes: nothing was measured",)
    if not earlier or not later:
        told.append("No outcomes on one side of the split: nothing was measured")
    elif len(earlier) < SMALL or len(later) < SMALL:
        told.append(
            f"Fewer than {SMALL} outcomes on a side: the measures say little; see the intervals"
        )
    denials = sum(one.denied for one in later)
    if later and min(denials, len(later) - denials) < FEW:
        told.append(f"Fewer than {FEW} denials or grants foretold: slope and AUROC say little")
    told.append("Measured is the base rate; gaps and other signals are not in a history")
    return tuple(told)

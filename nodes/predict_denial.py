"""How likely is it that the payer denies this request, and what would lower that?"""

from typing import Literal

from pydantic import Field

from nodes.assessment import Assessment
from nodes.case import Text
from nodes.node import Day, Request, Response
from nodes.risk import forecast
from nodes.risk.base_rate import BaseRate, Tally, base_rate
from nodes.risk.forecast import (
    Contribution,
    PriorRef,
    RateLevel,
    ReasonShare,
    Suggestion,
    told,
)
from nodes.risk.outcomes import OutcomeCount, OutcomeRecord, RiskCell
from nodes.risk.reasons import reason_mix
from nodes.risk.signals import NONE, DenialSignals, terms
from nodes.risk.suggesting import suggestions
from nodes.risk.weights import DenialWeights, shipped
from nodes.x12.codes import codes

NOTHING = "Too few outcomes, and neither the prior nor an assessment speaks of this request"


class PredictDenialRequest(Request):
    """What is asked for of whom, the assessment, and the outcomes that the caller keeps."""

    about: RiskCell
    as_of: Day
    assessment: Assessment | None = None
    signals: DenialSignals = NONE
    history: tuple[OutcomeRecord, ...] = Field(default=(), max_length=50_000)
    counts: tuple[OutcomeCount, ...] = Field(default=(), max_length=5_000)
    half_life_months: int | None = Field(
        default=None, ge=1, le=240, description="Half the weight after so long; none: all weigh 1"
    )


class PredictDenialResponse(Response):
    """The probability of a denial, or why there is none to give; and what it is made of."""

    use: Text = forecast.USE
    probability: float | None = Field(default=None, ge=0, le=1, description="none: abstained")
    interval: tuple[float, float] | None = Field(
        default=None,
        description="90 %, of the base rate alone: the weights' own doubt is not in it",
    )
    abstained: Text | None = None
    basis: Literal["prior", "shrunk", "data"] = Field(
        description="data: this payer and service alone suffice; shrunk: some history; prior: none"
    )
    n_effective: float = Field(ge=0, description="Weight of the outcomes of payer and service")
    base_rate: float | None = Field(default=None, ge=0, le=1)
    levels: tuple[RateLevel, ...]
    contributions: tuple[Contribution, ...] = ()
    reasons: tuple[ReasonShare, ...] = Field(default=(), description="If it is denied: for what")
    suggestions: tuple[Suggestion, ...] = ()
    weights: Text = Field(description="How far the weights were validated")
    prior: PriorRef
    warnings: tuple[Text, ...] = ()


def predict_denial(request: PredictDenialRequest) -> PredictDenialResponse:
    """Give the probability of a denial from the caller's outcomes and the gaps of the criteria.

    The base rate is a hierarchical Beta-binomial over all, payer, payer and line of business, payer
    and service group, payer and service; each level is shrunk towards the one above. Gaps and other
    signals add to the log-odds with weights that are a starting point and not validated. Where
    there is too little to go by it abstains. It never blocks anything: use it to look first where
    it helps most. The order of the history changes nothing.
    """
    numbers, used = shipped()
    tally = Tally(request.history, request.counts, request.as_of, request.half_life_months)
    base = base_rate(tally, request.about, numbers)
    found = terms(request.assessment, request.signals, numbers)
    silent = _silent(request, base, numbers)
    prior = numbers.prior
    said = PredictDenialResponse(
        abstained=NOTHING if silent else None,
        basis="data" if base.own >= numbers.data_from else "shrunk" if base.all else "prior",
        n_effective=base.own,
        levels=forecast.levels(base),
        reasons=told(
            reason_mix(
                request.history,
                request.counts,
                request.about,
                request.as_of,
                request.half_life_months,
                numbers.reason_pseudo_count,
            )
        ),
        suggestions=suggestions(request.assessment, request.signals, base, numbers, silent),
        weights=numbers.status,
        prior=PriorRef(rate=prior.rate, source=prior.title, url=prior.url, verified=prior.verified),
        warnings=_warnings(tally, base, numbers),
        used=(used, codes()[1]),
    )
    return said if silent else said.model_copy(update=forecast.number(base, found))


def _silent(request: PredictDenialRequest, base: BaseRate, numbers: DenialWeights) -> bool:
    """Below the floor only the prior of this population speaks, and only with an assessment."""
    if base.all >= numbers.floor:
        return False
    known = request.about.line_of_business in numbers.prior.lines_of_business
    return not (known and request.assessment)


def _warnings(tally: Tally, base: BaseRate, numbers: DenialWeights) -> tuple[str, ...]:
    told = []
    if tally.later:
        told.append(f"{tally.later} outcomes decided after this day were left out")
    if base.all and not base.levels[1].decided:
        told.append("No outcome of this payer is in the history: others' stand for it")
    if 0 < base.all < numbers.floor:
        told.append(f"Fewer than {numbers.floor} outcomes in all: the prior weighs most")
    return tuple(told)

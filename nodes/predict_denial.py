"""How likely is it that the payer denies this request, and what would lower that?"""

from collections.abc import Callable
from typing import Literal

from pydantic import Field

from nodes.assessment import Assessment
from nodes.case import Text
from nodes.node import Day, Request, Response
from nodes.policy.library import Library, installed
from nodes.risk import caveats, forecast
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
        description="90 %, of the base rate alone, moved by the addends: their own doubt is not"
        " in it",
    )
    abstained: Text | None = None
    basis: Literal["prior", "shrunk", "data"] = Field(
        description="Of the base rate alone, never of the addends. data: the outcomes of this"
        " payer, line of business and service suffice; shrunk: some history; prior: none"
    )
    n_effective: float = Field(
        ge=0, description="Weight of the outcomes of payer, line of business and service"
    )
    base_rate: float | None = Field(default=None, ge=0, le=1)
    prior_weight: float = Field(ge=0, le=1, description="Part of the prior in the base rate")
    from_weights: float | None = Field(
        default=None,
        description="Percentage points from base rate to probability: all of them from weights"
        " that were not validated on outcomes",
    )
    levels: tuple[RateLevel, ...]
    contributions: tuple[Contribution, ...] = ()
    reasons: tuple[ReasonShare, ...] = Field(default=(), description="If it is denied: for what")
    suggestions: tuple[Suggestion, ...] = Field(default=(), description="At most ten")
    weights: Text = Field(description="How far the weights were validated")
    prior: PriorRef
    warnings: tuple[Text, ...] = ()


def predict_denial(
    request: PredictDenialRequest, *, library: Callable[[], Library] = installed
) -> PredictDenialResponse:
    """Give the probability of a denial from the caller's outcomes and the gaps of the criteria.

    The base rate is shrunk level by level: all, payer, line of business, service group, service;
    each outcome counts at the lowest level it shares with what is asked, so other lines of business
    only speak as the payer's. Gaps and other signals add to the log-odds with weights that are a
    starting point and not validated. With too little to go by it abstains. It never blocks: use it
    to look first where it helps most. The order of the history changes nothing.
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
        prior_weight=base.prior_weight,
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
        warnings=(
            *caveats.of_history(tally, base, request.about, numbers),
            *_assessed(request, library),
        ),
        used=(used, codes()[1]),
    )
    if silent:
        return said
    warnings = said.warnings + caveats.of_addends(base, found)
    return said.model_copy(update=forecast.number(base, found) | {"warnings": warnings})


def _silent(request: PredictDenialRequest, base: BaseRate, numbers: DenialWeights) -> bool:
    """Below the floor only the prior of this population speaks, and only with an assessment."""
    if base.all >= numbers.floor:
        return False
    known = request.about.line_of_business in numbers.prior.lines_of_business
    return not (known and request.assessment)


def _assessed(request: PredictDenialRequest, library: Callable[[], Library]) -> tuple[str, ...]:
    judged = request.assessment
    if judged is None:
        return ()
    return tuple(caveats.of_assessment(judged, request.about, request.as_of, library))

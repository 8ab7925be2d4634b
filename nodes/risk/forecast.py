"""The answer about a denial: the number where there is one, and what it is made of."""

from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.risk.base_rate import BaseRate, Level
from nodes.risk.likelihood import interval, points, probability
from nodes.risk.reasons import Share
from nodes.risk.signals import Term
from nodes.risk.weights import Signal
from nodes.x12.codes import codes

REASONS = 5
USE = (
    "For a person, to decide what to look at first. Never used to withhold, delay or refuse a"
    " request."
)


class RateLevel(Model):
    """One level of the base rate; counts are weighted where a half-life is asked for.

    An outcome counts at one level: the lowest that it shares with what is asked about.
    """

    level: Level
    decided: float = Field(ge=0, description="Outcomes of this level and of none below")
    denied: float = Field(ge=0)
    rate: float = Field(ge=0, le=1, description="After shrinking towards the level above")
    weight: float = Field(ge=0, le=1, description="Part that its outcomes have in the base rate")


class Contribution(Model):
    """What one addend did. Points sum to the way from base rate to probability, in any order."""

    signal: Signal
    about: str = Field(description="The criterion or document; else the signal's name")
    words: Text
    log_odds: float
    points: float = Field(description="Percentage points (Aumann-Shapley along the log-odds)")


class Suggestion(Model):
    """A document or statement that would lower the probability, the most first."""

    criterion: str | None = Field(default=None, description="none: a document of the payer's list")
    ask: Text
    addendum: Text | None = None
    probability: float | None = Field(default=None, ge=0, le=1, description="Were it shown")
    points: float | None = Field(
        default=None, ge=0, description="Percentage points less; none where there is no number"
    )
    why: Text | None = Field(default=None, description="Why it alone would change nothing")


class ReasonShare(Model):
    """A category's part of the denials to be expected, and what to do about it."""

    category: str
    share: float = Field(ge=0, le=1)
    counted: float = Field(ge=0, description="Denials of the history with this reason, weighted")
    then: Text


class PriorRef(Model):
    """Where the history starts from."""

    rate: float
    source: Text
    url: Text | None = None
    verified: Literal["read", "secondary", "unverified"]


def levels(base: BaseRate) -> tuple[RateLevel, ...]:
    """The levels as they are told."""
    return tuple(
        RateLevel(
            level=one.level,
            decided=one.decided,
            denied=one.denied,
            rate=one.rate,
            weight=one.weight,
        )
        for one in base.levels
    )


def number(base: BaseRate, found: tuple[Term, ...]) -> dict[str, object]:
    """The fields of an answer that has a number."""
    whole = probability(base, found)
    return {
        "probability": whole,
        "from_weights": 100 * (whole - base.mean),
        "interval": interval(base, found),
        "base_rate": base.mean,
        "contributions": tuple(
            Contribution(
                signal=one.signal,
                about=one.about,
                words=one.words,
                log_odds=one.log_odds,
                points=part,
            )
            for one, part in zip(found, points(base, found), strict=True)
        ),
    }


def told(mix: tuple[Share, ...]) -> tuple[ReasonShare, ...]:
    """The largest shares, with what to do about each."""
    steps = codes()[0].categories
    return tuple(
        ReasonShare(
            category=one.category,
            share=one.share,
            counted=one.counted,
            then=steps[one.category].then,
        )
        for one in mix[:REASONS]
    )

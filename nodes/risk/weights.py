"""The weights and the prior, as a file that people edit."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from nodes import datafile
from nodes.audit import Model, Used, sha256
from nodes.case import LineOfBusiness, Text

Signal = Literal[
    "not_met",
    "blocking_gap",
    "other_gap",
    "stale_evidence",
    "notes_only",
    "diagnosis_not_covered",
    "out_of_network",
    "duplicate",
    "missing_document",
    "gold_carded",
]
Count = Annotated[int, Field(ge=1, le=1000, strict=False)]
LogOdds = Annotated[float, Field(ge=-5, le=5, strict=False)]


class SignalWeight(Model):
    """What one signal adds to the log-odds, and how many of its kind count at most."""

    log_odds: LogOdds
    most: Count
    words: Text


class PriorRate(Model):
    """The denial rate to start from, and of whom it was measured."""

    rate: Annotated[float, Field(gt=0, lt=1, strict=False)]
    lines_of_business: tuple[LineOfBusiness, ...] = Field(min_length=1)
    title: Text
    url: Text | None = None
    verified: Literal["read", "secondary", "unverified"]
    checked: date


class DenialWeights(Model):
    """All numbers of the model that are not counted from history."""

    id: str
    version: str
    status: Text = Field(description="How far the weights were validated")
    prior: PriorRate
    pseudo_count: Count
    interval_pseudo_count: Count
    reason_pseudo_count: Count
    floor: Count
    data_from: Count
    weights: dict[Signal, SignalWeight]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if set(self.weights) != set(get_args(Signal)):
            raise ValueError("weights: one for each signal")
        if any(one.log_odds < 0 for name, one in self.weights.items() if name != "gold_carded"):
            raise ValueError("weights: what speaks for a denial may not lower it")
        if self.interval_pseudo_count > self.pseudo_count:
            raise ValueError("interval_pseudo_count: at most pseudo_count")
        return self


@cache
def shipped() -> tuple[DenialWeights, Used]:
    """The weights of ``nodes/risk/weights.yaml``, and the record of their use."""
    raw = (files("nodes") / "risk" / "weights.yaml").read_bytes()
    found = datafile.parse(raw, DenialWeights, "denial weights", "weights.yaml")
    return found, Used(kind="table", id=found.id, version=found.version, sha256=sha256(raw))

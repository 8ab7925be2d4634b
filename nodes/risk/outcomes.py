"""Outcomes as the caller keeps them: one by one, or counted; nothing about a patient in them."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from nodes.audit import Model
from nodes.case import LineOfBusiness
from nodes.x12.codes import codes

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=60)
]
NO_DENIALS = ("pend", "no_pa_needed")


def categories() -> tuple[str, ...]:
    """The categories of denial reasons, as ``nodes/x12/codes.yaml`` has them."""
    return tuple(sorted(set(codes()[0].categories) - set(NO_DENIALS)))


def _category(text: str) -> str:
    if text not in categories():
        raise ValueError(f"a reason is one of {', '.join(categories())}")
    return text


Category = Annotated[str, AfterValidator(_category)]


class RiskCell(Model):
    """Whose decision about what; names are compared without case."""

    payer: Name = Field(description="Electronic payer id")
    line_of_business: LineOfBusiness = "unknown"
    service_group: Name = Field(description="The caller's own grouping, such as SPINE MRI")
    service_code: Name = Field(description="CPT or HCPCS")


class OutcomeRecord(RiskCell):
    """One decision of a payer."""

    decided_on: date
    denied: bool = Field(description="In full or in part")
    reason: Category | None = Field(default=None, description="Of a denial, by our categories")
    predicted: float | None = Field(
        default=None, ge=0, le=1, description="The probability given at the time, to be evaluated"
    )


class OutcomeCount(RiskCell):
    """Many decisions of one kind, counted."""

    decided_on: date = Field(description="The last of them")
    decided: int = Field(ge=1, le=10_000_000)
    denied: int = Field(ge=0)
    reasons: dict[Category, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.denied > self.decided or sum(self.reasons.values()) > self.denied:
            raise ValueError("no more denials than decisions, and no more reasons than denials")
        return self

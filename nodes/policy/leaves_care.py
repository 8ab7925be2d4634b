"""Questions about treatment: drugs in use, drug trials, conservative care and what came of it."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.policy.leaf import Concept, LeafBase, Slug, Span


class MedActive(LeafBase):
    """A drug is in use on the day of the order."""

    op: Literal["med_active"]
    value_set: Slug
    concept: Concept = Field(description="Its names, in the list of medications and in notes")


class CareDuration(LeafBase):
    """Therapy was carried out for at least so many weeks."""

    op: Literal["care_duration"]
    therapies: Slug
    weeks: Slug = Field(description="Name of a parameter, in weeks")


class CareFailed(LeafBase):
    """Therapy was carried out and did not help enough."""

    op: Literal["care_failed"]
    therapies: Slug


class ReEvaluated(LeafBase):
    """The patient was seen again after therapy, at most so many days before the order."""

    op: Literal["re_evaluated"]
    therapies: Slug
    about: Concept
    days: Slug = Field(description="Name of a parameter, in days")


class Dose(Model):
    """A least dose; per day or per week."""

    value: Decimal = Field(gt=0)
    unit: Literal["mg", "g", "ug", "[iU]"]
    per: Literal["d", "wk"]


class DrugTrial(LeafBase):
    """A drug was tried long enough, in a sufficient dose, and did not do; or could not be taken.

    Fills, orders and statements are merged into stretches; a gap up to ``gap_days`` does not end
    a stretch. ``failed`` needs the days and the dose; ``intolerant`` and ``contraindicated`` do
    not. With ``used`` the days (and dose) alone suffice.
    """

    op: Literal["drug_trial"]
    value_set: Slug = Field(description="Ingredients; each counts by itself")
    concept: Concept = Field(description="Their names, in the list of medications and in notes")
    days: Slug | None = Field(default=None, description="Name of a parameter, in days or weeks")
    gap_days: int = Field(default=30, ge=0, le=180)
    dose: Dose | None = None
    outcomes: tuple[Literal["failed", "intolerant", "contraindicated", "used"], ...] = Field(
        default=("failed", "intolerant", "contraindicated"), min_length=1
    )
    drugs: int = Field(default=1, ge=1, le=5, description="How many different ones")
    window: Span | None = None

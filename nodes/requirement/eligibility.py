"""Whether the coverage is in force on the date of service: what is asked before anything else."""

from datetime import date, timedelta

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.requirement.answer import LineRequirement

FRESH = timedelta(days=30)


class Eligibility(Model):
    """What the payer said of the coverage (271, or FHIR Coverage.period and status)."""

    payer: Text = Field(description="Electronic payer id that answered")
    member_id: Text | None = None
    active: bool | None = Field(default=None, description="none: the payer did not say")
    first: date | None = Field(default=None, description="First day covered")
    last: date | None = Field(default=None, description="Last day covered; none: open")
    checked: date

    def in_force(self, day: date) -> bool | None:
        """Whether it covers a day; none: it does not say."""
        if self.active is False or (self.first and day < self.first):
            return False
        if self.last and day > self.last:
            return False
        return True if self.active or self.first else None


NOT_IN_FORCE = "The coverage is not in force on the date of service: ask for the current coverage"
NOT_SHOWN = "It was not shown that the coverage is in force on the date of service"
ENDS_INSIDE = "The coverage ends before the last day of the service: see to the coverage after it"
OTHER = "The eligibility given is of another payer or member and was not used"


def prerequisites(
    said: LineRequirement,
    eligibility: Eligibility | None,
    payer: str,
    member_id: str | None,
    as_of: date,
) -> LineRequirement:
    """Hold an answer against the coverage's dates; out of force makes it unknown."""
    if eligibility is None:
        return _warned(said, NOT_SHOWN)
    if not _same(eligibility, payer, member_id):
        return _warned(said, OTHER)
    covers = eligibility.in_force(said.on)
    to_the_end = eligibility.in_force(said.until or said.on)
    if covers is False:
        update = {
            "needed": "unknown",
            "reason": NOT_IN_FORCE,
            "questions": (),
            "missing": (*said.missing, "a coverage in force on the date of service"),
        }
        return said.model_copy(update=update)
    if to_the_end is False:
        said = _warned(said, ENDS_INSIDE)
    if covers is None or eligibility.checked > as_of:
        return _warned(said, NOT_SHOWN)
    if as_of - eligibility.checked > FRESH:
        return _warned(said, "Eligibility was checked more than 30 days ago: check it again")
    return said


def _same(eligibility: Eligibility, payer: str, member_id: str | None) -> bool:
    known = eligibility.member_id and member_id
    member = not known or eligibility.member_id == member_id
    return member and eligibility.payer.strip().casefold() == payer.strip().casefold()


def _warned(said: LineRequirement, warning: str) -> LineRequirement:
    return said.model_copy(update={"warnings": (*said.warnings, warning)})

"""The open cases that a change of a policy touches, and how their verdict changes."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from nodes.assessment import Assessment, Status
from nodes.audit import Model
from nodes.case import Case
from nodes.chart import Chart
from nodes.policy.assess import assess
from nodes.policy.changed import PolicyDifference
from nodes.policy.library import fits
from nodes.policy.reading import Held, covers, version


class OpenCase(Model):
    """A case that is not closed, with its chart or with its last assessment, or both."""

    case: Case
    chart: Chart | None = None
    assessment: Assessment | None = None
    as_of: date | None = Field(
        default=None, description="Day to judge on; none: of the assessment, else of the chart"
    )

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.chart is None and self.assessment is None:
            raise ValueError("give the chart or the last assessment")
        return self


class Turned(Model):
    """A criterion that the new version answers otherwise."""

    criterion: str
    before: Status | None
    after: Status | None
    reason: str


class TouchedCase(Model):
    """An open case for which another policy holds now, or the same one with changed criteria."""

    case: str
    before: Status | None = Field(description="None: the old version was not for it")
    after: Status | None = Field(description="None: not for it, or no chart to judge on")
    judged: bool = Field(description="Judged again on the chart; else from the last assessment")
    told: str
    turned: tuple[Turned, ...] = ()


def touched(
    old: Held, new: Held, found: PolicyDifference, cases: tuple[OpenCase, ...]
) -> tuple[TouchedCase, ...]:
    """List the cases that the change touches, the others left out.

    The day of service decides which version is for a case: a new version from next year touches
    no case of this year.
    """
    changed = {name for one in found.changes for name in one.criteria if one.kind != "words"}
    told = (_case(old, new, changed, one) for one in cases)
    return tuple(one for one in told if one is not None)


def _case(old: Held, new: Held, changed: set[str], one: OpenCase) -> TouchedCase | None:
    before = fits(old.policy, one.case) or _assessed_by(old, one)
    after = fits(new.policy, one.case)
    if after:
        return _judged(old if before else None, new, changed, one)
    replaced = version(old.policy) == version(new.policy)
    if before and (replaced or covers(new.policy, one.case.date_of_service)):
        return TouchedCase(
            case=one.case.id,
            before=one.assessment.status if one.assessment else None,
            after=None,
            judged=False,
            told="The new version is no longer for this request: service, coverage or date.",
        )
    return None


def _assessed_by(old: Held, one: OpenCase) -> bool:
    told = one.assessment
    return told is not None and told.policy.id == old.policy.id


def _judged(old: Held | None, new: Held, changed: set[str], one: OpenCase) -> TouchedCase | None:
    if one.chart is None:
        return _told(old, changed, one)
    as_of = one.as_of or (one.assessment.as_of if one.assessment else one.chart.manifest.at.date())
    was = assess(old, one.case, one.chart, as_of) if old else None
    now = assess(new, one.case, one.chart, as_of)
    turned = tuple(_turned(was, now))
    if was is not None and was.status == now.status and not turned:
        return None
    said = "The verdict stays." if was and was.status == now.status else "The verdict changes."
    if was is None:
        said = "The new version is now for this request."
    return TouchedCase(
        case=one.case.id,
        before=was.status if was else None,
        after=now.status,
        judged=True,
        told=said,
        turned=turned,
    )


def _turned(was: Assessment | None, now: Assessment) -> list[Turned]:
    before = {one.id: one for one in was.criteria} if was else {}
    after = {one.id: one for one in now.criteria}
    asked = [name for name in after if after[name].operator not in ("all", "any", "not")]
    gone = [name for name in before if name not in after]
    turned = [
        Turned(
            criterion=name,
            before=before[name].status if name in before else None,
            after=after[name].status,
            reason=after[name].reason,
        )
        for name in asked
        if was and (name not in before or before[name].status != after[name].status)
    ]
    return turned + [
        Turned(criterion=name, before=before[name].status, after=None, reason="No longer asked.")
        for name in gone
    ]


def _told(old: Held | None, changed: set[str], one: OpenCase) -> TouchedCase | None:
    """What the last assessment says of the criteria that changed."""
    last = one.assessment
    assert last is not None
    if not changed and old is not None:
        return None
    rests = [c for c in last.criteria if c.id in changed]
    named = ", ".join(f"{c.id} ({c.status})" for c in rests)
    said = f"Its last assessment answered what changed: {named}." if rests else ""
    return TouchedCase(
        case=one.case.id,
        before=last.status,
        after=None,
        judged=False,
        told=f"{said} Run check-policy again: no chart was given to judge on.".strip(),
    )

"""How far off a criterion is that is missed: weeks short, a value off its limit, days too old."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nodes.assessment import NearMiss
from nodes.policy.course import course_of
from nodes.policy.finding import Finding
from nodes.policy.index import Question
from nodes.policy.leaf import LeafBase, before

OPPOSITE = {"<": ">=", "<=": ">", ">=": "<", ">": "<="}
UNITS = {
    "bmi": "kg/m2",
    "weight_loss": "%",
    "pretest_probability": "%",
    "adherence": "% of nights",
    "pack_years": "pack-years",
    "years_since_quit": "years",
}
_OF = re.compile(r"\b(\d{1,4}) of (?:at least )?(\d{1,4})(?: different)?(?: (days|weeks|drugs))?\b")


@dataclass(frozen=True, slots=True)
class Missed:
    """A question, what was found, and whether its place wants it met."""

    leaf: Any
    finding: Finding
    question: Question
    wanted: bool


Distance = Callable[[Missed], tuple[str, bool] | None]


def near_miss(
    leaf: LeafBase, finding: Finding, question: Question, wanted: bool = True
) -> NearMiss | None:
    """Say by how much a criterion is missed, and whether care or time can still remedy it.

    None where nothing countable was found: silence is no near miss. Of what is excluded and
    holds, how far it is from no longer holding.
    """
    measure = DISTANCES.get(str(leaf.op), _told)  # type: ignore[attr-defined]
    if finding.status == ("met" if wanted else "not_met"):
        return None
    if not wanted and measure not in BOTH_WAYS:
        return None
    found = measure(Missed(leaf, finding, question, wanted))
    if found is None:
        return None
    return NearMiss(
        criterion=leaf.id, told=found[0][:500], remediable=found[1] and not finding.fixed
    )


def _weeks(missed: Missed) -> tuple[str, bool] | None:
    question, leaf = missed.question, missed.leaf
    days = course_of(question, leaf.therapies).days
    asked = question.policy.parameters[leaf.weeks]
    short = asked.value * (7 if asked.unit == "weeks" else 1) - days
    if not missed.finding.voices or not days or short <= 0:
        return None
    return f"{_weeks_of(days)} of {asked.value} {asked.unit} are shown: {short} days short", True


def _weeks_of(days: int) -> str:
    return f"{days // 7} weeks and {days % 7} days" if days % 7 else f"{days // 7}"


def _value(missed: Missed) -> tuple[str, bool] | None:
    leaf, finding = missed.leaf, missed.finding
    if finding.gap == "stale":
        return _late(missed)
    if finding.amount is None or finding.status == "unknown":
        return _counted(missed, False)
    unit = getattr(leaf, "unit", None) or UNITS[leaf.figure]
    asked = leaf.cmp if missed.wanted else OPPOSITE[leaf.cmp]
    unit = "" if unit.startswith("{") and unit != "{score}" else f" {unit.strip('{}')}"
    off = _plain(abs(finding.amount - leaf.value))
    told = f"{_plain(finding.amount)}{unit} where {asked} {_plain(leaf.value)}{unit} is asked"
    return f"{told}: {off}{unit[:-1] if off == '1' and unit == ' years' else unit} off", False


def _plain(number: Decimal) -> str:
    return format(round(number, 2).normalize(), "f")


def _window(missed: Missed) -> tuple[str, bool] | None:
    if missed.finding.gap == "stale":
        return _late(missed)
    return _told(missed)


def _late(missed: Missed) -> tuple[str, bool] | None:
    """How long before the window the last one was; a first value is not taken again."""
    span = getattr(missed.leaf, "window", None)
    days = [one.on for one in missed.finding.voices if one.on and one.speaks == "stale"]
    if not span or not days:
        return None
    again = getattr(missed.leaf, "take", "latest") != "first"
    return _outside(max(days), before(missed.question.ordered, span), again)


def _outside(on: date, since: date, remediable: bool) -> tuple[str, bool] | None:
    if on >= since:
        return None
    days = (since - on).days
    return f"The last is of {on.isoformat()}: {days} days before the window opens", remediable


def _done(missed: Missed) -> tuple[str, bool] | None:
    """A test; where none may be within the window, how long until the last is out of it."""
    if missed.wanted:
        return _window(missed)
    days = [one.on for one in missed.finding.voices if one.on]
    if missed.finding.status != "met" or not days or not missed.leaf.window:
        return None
    left = (max(days) - before(missed.question.ordered, missed.leaf.window)).days + 1
    told = f"The last is of {max(days).isoformat()}: {left} days too early to be outside the window"
    return told, True


def _again(missed: Missed) -> tuple[str, bool] | None:
    asked = missed.question.policy.parameters[missed.leaf.days].value
    for voice in missed.finding.voices:
        if voice.on and voice.speaks == "stale":
            days = (missed.question.ordered - voice.on).days
            told = f"Seen {days} days before the order where at most {asked} are asked"
            return f"{told}: {days - asked} days too long", True
    return None


def _after(missed: Missed) -> tuple[str, bool] | None:
    """A visit before or behind the days that are asked for; fixed when these are past."""
    for one in missed.finding.refused:
        if one.on and one.why in ("The visit is too early.", "The visit is too late."):
            told = f"Seen on {one.on.isoformat()}. {one.why} {missed.finding.reason}"
            return told.rstrip("."), True
    return None


def _age(missed: Missed) -> tuple[str, bool] | None:
    leaf, case = missed.leaf, missed.question.case
    born, on = case.patient.birth_date, case.date_of_service
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if leaf.at_least is not None and years < leaf.at_least:
        return f"{years} years old: {leaf.at_least - years} years younger than asked", False
    if leaf.at_most is not None and years > leaf.at_most:
        return f"{years} years old: {years - leaf.at_most} years older than asked", False
    return None


def _told(missed: Missed) -> tuple[str, bool] | None:
    """For counts and trials the reason says how many of how many."""
    return _counted(missed, missed.leaf.ask is not None)


def _counted(missed: Missed, remediable: bool) -> tuple[str, bool] | None:
    finding = missed.finding
    if not missed.wanted or not finding.voices or finding.conflict:
        return None
    said = finding.reason.rstrip(".")
    if not any(char.isdigit() for char in said):
        return None
    for have, need, unit in _OF.findall(said):
        if int(have) < int(need):
            return f"{said}: {int(need) - int(have)}{unit and ' ' + unit} short", remediable
    return said, remediable


def _nothing(missed: Missed) -> tuple[str, bool] | None:
    return None


BOTH_WAYS = (_value, _done)
DISTANCES: Mapping[str, Distance] = {
    "care_duration": _weeks,
    "observation_latest": _value,
    "derived": _value,
    "encounter_within": _window,
    "procedure_within": _done,
    "document_present": _window,
    "visit_after": _after,
    "re_evaluated": _again,
    "age": _age,
    "code_present": _nothing,
    "attested": _nothing,
    "med_active": _nothing,
    "care_failed": _nothing,
    "family_history": _nothing,
    "sex": _nothing,
    "ordered": _nothing,
    "prescriber_specialty": _nothing,
}

"""How far off a criterion is that is not met: weeks short, a value off its limit, days too old."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from nodes.assessment import NearMiss
from nodes.policy.course import course_of
from nodes.policy.finding import Finding, Voice
from nodes.policy.index import Question
from nodes.policy.leaf import LeafBase, before
from nodes.policy.leaves import Derived, ObservationLatest
from nodes.policy.leaves_care import CareDuration, ReEvaluated
from nodes.policy.leaves_people import Age
from nodes.policy.units import convert

Distance = Callable[[Any, Finding, Question], tuple[str, bool] | None]


def near_miss(leaf: LeafBase, finding: Finding, question: Question) -> NearMiss | None:
    """Say by how much a criterion is missed, and whether care or time can still remedy it.

    None where nothing countable was found: silence is no near miss.
    """
    measure = DISTANCES.get(str(leaf.op), _told)  # type: ignore[attr-defined]
    found = measure(leaf, finding, question) if finding.status != "met" else None
    if found is None:
        return None
    return NearMiss(criterion=leaf.id, told=found[0][:500], remediable=found[1])


def _weeks(leaf: CareDuration, finding: Finding, question: Question) -> tuple[str, bool] | None:
    days = course_of(question, leaf.therapies).days
    asked = question.policy.parameters[leaf.weeks]
    short = asked.value * (7 if asked.unit == "weeks" else 1) - days
    if not finding.voices or not days or short <= 0:
        return None
    return f"{_weeks_of(days)} of {asked.value} {asked.unit} are shown: {short} days short", True


def _weeks_of(days: int) -> str:
    return f"{days // 7} weeks and {days % 7} days" if days % 7 else f"{days // 7}"


def _value(
    leaf: ObservationLatest | Derived, finding: Finding, question: Question
) -> tuple[str, bool] | None:
    unit = getattr(leaf, "unit", None)
    for voice in finding.voices:
        value = voice.fact.value
        number = convert(value, unit, voice.fact.codes) if value and unit else None
        if number is None or value is None or value.comparator:
            continue
        if voice.speaks == "stale":
            return _late(leaf, voice, question)
        off = abs(number - leaf.value)
        return (
            f"{_plain(number)} {unit} where {leaf.cmp} {_plain(leaf.value)} {unit} is asked:"
            f" {_plain(off)} {unit} off",
            False,
        )
    return _told(leaf, finding, question)


def _plain(number: Decimal) -> str:
    return format(round(number, 2).normalize(), "f")


def _window(leaf: LeafBase, finding: Finding, question: Question) -> tuple[str, bool] | None:
    for voice in finding.voices:
        if voice.speaks == "stale":
            return _late(leaf, voice, question)
    return _told(leaf, finding, question)


def _late(leaf: LeafBase, voice: Voice, question: Question) -> tuple[str, bool] | None:
    span = getattr(leaf, "window", None)
    return _outside(voice.on, before(question.ordered, span), True) if span else None


def _outside(on: date | None, since: date, remediable: bool) -> tuple[str, bool] | None:
    if on is None or on >= since:
        return None
    days = (since - on).days
    return f"The last is of {on.isoformat()}: {days} days before the window opens", remediable


def _again(leaf: ReEvaluated, finding: Finding, question: Question) -> tuple[str, bool] | None:
    asked = question.policy.parameters[leaf.days].value
    for voice in finding.voices:
        if voice.on and voice.speaks == "stale":
            days = (question.ordered - voice.on).days
            told = f"Seen {days} days before the order where at most {asked} are asked"
            return f"{told}: {days - asked} days too long", True
    return None


def _age(leaf: Age, finding: Finding, question: Question) -> tuple[str, bool] | None:
    born, on = question.case.patient.birth_date, question.case.date_of_service
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if leaf.at_least is not None and years < leaf.at_least:
        return f"{years} years old: {leaf.at_least - years} years younger than asked", False
    if leaf.at_most is not None and years > leaf.at_most:
        return f"{years} years old: {years - leaf.at_most} years older than asked", False
    return None


def _told(leaf: LeafBase, finding: Finding, question: Question) -> tuple[str, bool] | None:
    """For counts, trials and figures the reason says how many of how many."""
    if not finding.voices or finding.conflict or not any(c.isdigit() for c in finding.reason):
        return None
    return finding.reason.rstrip("."), leaf.ask is not None


def _nothing(leaf: LeafBase, finding: Finding, question: Question) -> tuple[str, bool] | None:
    return None


DISTANCES: Mapping[str, Distance] = {
    "care_duration": _weeks,
    "observation_latest": _value,
    "derived": _value,
    "encounter_within": _window,
    "procedure_within": _window,
    "document_present": _window,
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

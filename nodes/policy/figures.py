"""Figures computed from recorded ones, compared with a limit."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from nodes.policy.body import body_mass, weight_lost
from nodes.policy.figure import Figures, Reckoned
from nodes.policy.finding import (
    Finding,
    Voice,
    against,
    beside,
    conflicting,
    day,
    met,
    silent,
    stale,
)
from nodes.policy.heart import probability
from nodes.policy.index import Question
from nodes.policy.leaf import before
from nodes.policy.leaves import Derived
from nodes.policy.smoking import pack_years, years_since_quit
from nodes.policy.units import compare
from nodes.policy.wearing import nights

_FIGURES: Mapping[str, Callable[[Derived, Question, date], Figures]] = {
    "bmi": body_mass,
    "weight_loss": weight_lost,
    "pretest_probability": probability,
    "adherence": nights,
    "pack_years": pack_years,
    "years_since_quit": years_since_quit,
}


def derived(leaf: Derived, question: Question) -> Finding:
    """Compute the figure from what the window holds and compare it; what lacks is named."""
    since = before(question.ordered, leaf.window) if leaf.window else date.min
    found = _FIGURES[leaf.figure](leaf, question, since)
    return beside(_decide(leaf, found, since), found.refused)


def _decide(leaf: Derived, found: Figures, since: date) -> Finding:
    fresh = [one for one in found.known if one.on is None or one.on >= since]
    if not fresh:
        if found.known:
            newest = max(found.known, key=lambda one: one.on or date.min)
            reason = f"{newest.said}: before {day(since)}."
            return stale(reason, newest.voices)
        answer = silent(leaf, found.lacking)
        return Finding(answer.status, answer.reason, found.partly, gap=answer.gap)
    pick = min if leaf.take == "first" and leaf.figure != "weight_loss" else max
    on = pick(one.on or date.min for one in fresh)
    taken = [one for one in fresh if (one.on or date.min) == on]
    exact = {one.low for one in taken if one.low == one.high}
    return replace(_compared(leaf, taken), amount=exact.pop() if len(exact) == 1 else None)


def _compared(leaf: Derived, taken: list[Reckoned]) -> Finding:
    yes = [one for one in taken if _holds(leaf, one) is True]
    no = [one for one in taken if _holds(leaf, one) is False]
    against_ = [Voice(v.fact, "against", v.on, v.own) for one in no for v in one.voices]
    limit = f"{leaf.cmp} {leaf.value}"
    if yes and no:
        voices = [*(v for one in yes for v in one.voices), *against_]
        return conflicting(
            f"The record disagrees about {limit}: {yes[0].said}; {no[0].said}.", voices
        )
    if yes:
        return met(f"{yes[0].said}; asked is {limit}.", [v for one in yes for v in one.voices])
    if no:
        return against(f"{no[0].said}; asked is {limit}.", against_)
    one = taken[0]
    return Finding(
        "unknown", f"{one.said}: it may or may not be {limit}.", one.voices, gap="absent"
    )


def _holds(leaf: Derived, one: Reckoned) -> bool | None:
    low, high = compare(one.low, leaf.cmp, leaf.value), compare(one.high, leaf.cmp, leaf.value)
    return low if low == high else None

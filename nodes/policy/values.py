"""Questions answered by measured values: the latest one, or how many days had one."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nodes.chart import Coding, Fact, FactKind
from nodes.policy.context import said_with, under
from nodes.policy.finding import (
    Finding,
    Refused,
    Voice,
    beside,
    day,
    met,
    silent,
    stale,
)
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaf import before
from nodes.policy.leaves import ObservationCount, ObservationLatest
from nodes.policy.parts import walk
from nodes.policy.plausible import plausible
from nodes.policy.readings import Reading, compared, label_of, taken, verdict
from nodes.policy.refusing import refused, refused_facts, why_refused
from nodes.policy.said_numbers import said_number
from nodes.policy.units import compare, convert

FINAL = frozenset({None, "final", "amended", "corrected"})
KINDS: tuple[FactKind, ...] = ("observation", "report")
_ON_TREATMENT = re.compile(
    r"\b(?:residual|on (?:cpap|pap|bipap|therapy|treatment)|with cpap|titration|normal"
    r"|reference|goal|target)\b",
    re.IGNORECASE,
)

_TREATED = re.compile(
    r"\b(?:residual|titrat\w+|(?:on|with|under) (?:c-?pap|pap|bi-?pap|apap|auto-?pap))\b",
    re.IGNORECASE,
)


def observation_latest(leaf: ObservationLatest, question: Question) -> Finding:
    """Compare the value that ``take`` names; two of one day that disagree are a conflict.

    A value whose condition (``context``) is not said with it is not compared, and listed.
    """
    since = before(question.ordered, leaf.window) if leaf.window else date.min
    facts = _facts(leaf, question)
    bare = [fact for fact in facts if not _in_context(leaf, fact, question)]
    readings = [
        Reading(Voice(fact, "for", fact.start), _holds(leaf, fact), _amount(leaf, fact))
        for fact in facts
        if fact not in bare
    ]
    fresh = [one for one in readings if one.on is None or one.on >= since]
    newest = max((one.on or date.min for one in fresh), default=since)
    whole = leaf.take != "latest" or leaf.same_day_as
    noted, no = _noted(leaf, question, since if whole else max(since, newest))
    if leaf.same_day_as:
        days = _held_on(leaf, question, ())
        fresh = [one for one in fresh if one.on in days]
        noted = [one for one in noted if one.on in days]
        if not fresh + noted:
            reason = f"No value of {label_of(leaf, question.words)} is of the day asked for."
            return beside(Finding("unknown", reason, gap="absent"), no)
    label = label_of(leaf, question.words)
    no += refused_facts((fact, _bare(leaf, question)) for fact in bare)
    current = taken(leaf, fresh, noted)
    if current:
        answer = replace(verdict(leaf, current, label), amount=compared(current))
        return beside(answer, no)
    if readings:
        old = max(readings, key=lambda one: one.on or date.min)
        reason = f"The latest value is of {day(old.on)}: too long ago."
        return beside(stale(reason, [old.voice]), no)
    if bare:
        reason = f"A value of {label} is recorded, but not its condition."
        return beside(Finding("unknown", reason, gap="absent"), no)
    return beside(silent(leaf, f"No value of {label} is recorded."), no)


def _held_on(leaf: ObservationLatest, question: Question, seen: tuple[str, ...]) -> set[date]:
    """The days on which every question that this one is tied to has a value that meets it."""
    other = next(
        (
            part
            for root in question.policy.roots
            for part in walk(root)
            if part.id == leaf.same_day_as and isinstance(part, ObservationLatest)
        ),
        None,
    )
    if other is None or other.id in seen:
        return set()
    since = before(question.ordered, other.window) if other.window else date.min
    facts = [one for one in _facts(other, question) if _in_context(other, one, question)]
    days = {one.start for one in facts if one.start and one.start >= since and _holds(other, one)}
    days |= {one.on for one in _noted(other, question, since)[0] if one.on and one.holds}
    return days & _held_on(other, question, (*seen, other.id)) if other.same_day_as else days


def observation_count(leaf: ObservationCount, question: Question) -> Finding:
    """Count different days with a value beyond the limit."""
    since = before(question.ordered, leaf.window)
    beyond = [one for one in _final(leaf, question) if _holds(leaf, one) and not _treated(one)]
    fresh = [fact for fact in beyond if fact.start and fact.start >= since]
    days = {fact.start for fact in fresh}
    limit = f"{leaf.cmp} {leaf.value} {leaf.unit}"
    voices = [Voice(fact, "for", fact.start) for fact in fresh]
    if len(days) >= leaf.n:
        return met(f"Values {limit} on {len(days)} days since {day(since)}.", voices)
    if len({fact.start for fact in beyond}) >= leaf.n:
        gone = [Voice(fact, "stale", fact.start) for fact in beyond]
        return stale(f"Values {limit} are older than {day(since)}.", gone)
    reason = f"Values {limit} are recorded on {len(days)} of {leaf.n} days since {day(since)}."
    return Finding(silent(leaf, reason).status, reason, tuple(voices), gap="absent")


def _facts(leaf: ObservationLatest, question: Question) -> list[Fact]:
    return [fact for fact in _final(leaf, question) if not _treated(fact)]


def _final(leaf: ObservationLatest | ObservationCount, question: Question) -> list[Fact]:
    return [
        fact
        for fact in (question.coded(leaf.value_set, KINDS) if leaf.value_set else ())
        if fact.value is not None and fact.status in FINAL
    ]


def _treated(fact: Fact) -> bool:
    return bool(_TREATED.search(fact.quote))


def _amount(leaf: ObservationLatest, fact: Fact) -> Decimal | None:
    return convert(fact.value, leaf.unit, fact.codes) if fact.value else None


def _holds(leaf: ObservationLatest | ObservationCount, fact: Fact) -> bool | None:
    if fact.value is None:
        return None
    value = convert(fact.value, leaf.unit, fact.codes)
    if value is None or not plausible(value, leaf.unit, fact.codes):
        return None
    return compare(value, leaf.cmp, leaf.value, fact.value.comparator)


def _noted(
    leaf: ObservationLatest, question: Question, since: date
) -> tuple[list[Reading], list[Refused]]:
    """Read numbers in reports and notes since a day, and say which do not count."""
    if leaf.concept is None:
        return [], []
    found = list(_reported(leaf, question, question.words[leaf.concept].pattern, since))
    no: list[tuple[Mention, str]] = []
    context = question.words[leaf.context] if leaf.context else None
    codes = _codes(leaf, question)
    for one in question.index.mentions(leaf.concept):
        if one.number is None or one.written < since:
            continue
        why = _unusable(one)
        if why is None and context and not said_with(context, one):
            why = f"The number stands there without: {context.label}."
        said = said_number(one, leaf.unit, codes)
        if why or said is None:
            no.append((one, why or f"The number is in a unit that is not {leaf.unit}."))
            continue
        voice = Voice(quoted(one), "for", one.written, own=True)
        found.append(Reading(voice, compare(said[0], leaf.cmp, leaf.value, said[1]), said[0]))
    return found, refused(no)


def _codes(leaf: ObservationLatest, question: Question) -> tuple[Coding, ...]:
    """The tests that the leaf names, to know of what a note gives a number."""
    members = question.policy.value_sets[leaf.value_set] if leaf.value_set else ()
    return tuple(
        Coding(system="LOINC", code=code)
        for member in members
        if member.system == "LOINC"
        for code in member.codes
    )


def _reported(
    leaf: ObservationLatest, question: Question, pattern: re.Pattern[str], since: date
) -> Iterator[Reading]:
    for fact in question.index.by_kind["report"]:
        match = pattern.search(fact.quote)
        if match and fact.status in FINAL and (fact.start or date.min) >= since:
            number = Decimal(next((group for group in match.groups() if group), "0"))
            if _in_context(leaf, fact, question):
                holds = compare(number, leaf.cmp, leaf.value)
                yield Reading(Voice(fact, "for", fact.start), holds, number)


def _unusable(mention: Mention) -> str | None:
    if _ON_TREATMENT.search(mention.sentence.text):
        return "It is a value on treatment, a goal or a reference range."
    return why_refused(mention)


def _in_context(leaf: ObservationLatest, fact: Fact, question: Question) -> bool:
    return leaf.context is None or under(question.words[leaf.context], fact, question)


def _bare(leaf: ObservationLatest, question: Question) -> str:
    label = question.words[leaf.context].label if leaf.context else ""
    return f"The value stands there without: {label}."

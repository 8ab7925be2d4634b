"""Questions answered by measured values: the latest one, or how many days had one."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from nodes.chart import Fact, FactKind
from nodes.policy.finding import Finding, Voice, against, conflicting, day, met, silent, stale
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaf import before
from nodes.policy.leaves import ObservationCount, ObservationLatest
from nodes.policy.units import compare, convert
from nodes.policy.wording import Words

FINAL = frozenset({None, "final", "amended", "corrected"})
KINDS: tuple[FactKind, ...] = ("observation", "report")
_ON_TREATMENT = re.compile(
    r"\b(?:residual|on (?:cpap|pap|bipap|therapy|treatment)|with cpap|titration|normal"
    r"|reference|goal|target)\b",
    re.IGNORECASE,
)
Reading = tuple[Voice, bool | None]


def observation_latest(leaf: ObservationLatest, question: Question) -> Finding:
    """Compare the latest value, and what notes say of it; two that disagree are a conflict."""
    since = before(question.ordered, leaf.window) if leaf.window else date.min
    readings = [
        (Voice(fact, "for", fact.start), _holds(leaf, fact)) for fact in _facts(leaf, question)
    ]
    fresh = [one for one in readings if one[0].on is None or one[0].on >= since]
    noted = _noted(leaf, question, since, fresh)
    current = [*_newest(fresh), *_newest(noted)]
    if not current:
        if readings:
            newest = _newest(readings)[0][0]
            return stale(f"The latest value is of {day(newest.on)}: too long ago.", [newest])
        return silent(leaf, f"No value of {_label(leaf, question.words)} is recorded.")
    return _verdict(leaf, current, question.words)


def observation_count(leaf: ObservationCount, question: Question) -> Finding:
    """Count different days with a value beyond the limit."""
    since = before(question.ordered, leaf.window)
    facts = _facts(leaf, question)
    beyond = [fact for fact in facts if _holds(leaf, fact)]
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


def _facts(leaf: ObservationLatest | ObservationCount, question: Question) -> list[Fact]:
    return [
        fact
        for fact in (question.coded(leaf.value_set, KINDS) if leaf.value_set else ())
        if fact.value is not None and fact.status in FINAL
    ]


def _holds(leaf: ObservationLatest | ObservationCount, fact: Fact) -> bool | None:
    if fact.value is None:
        return None
    value = convert(fact.value, leaf.unit)
    if value is None:
        return None
    return compare(value, leaf.cmp, leaf.value, fact.value.comparator)


def _noted(
    leaf: ObservationLatest, question: Question, since: date, fresh: list[Reading]
) -> list[Reading]:
    """Read numbers in reports and notes that are not older than the structured value."""
    if leaf.concept is None:
        return []
    newest = max((voice.on or date.min for voice, _ in fresh), default=since)
    pattern = question.words[leaf.concept].pattern
    found: list[Reading] = []
    for fact in question.index.by_kind["report"]:
        match = pattern.search(fact.quote)
        if match and fact.status in FINAL and (fact.start or date.min) >= max(since, newest):
            number = next((group for group in match.groups() if group), "0")
            holds = compare(Decimal(number), leaf.cmp, leaf.value)
            found.append((Voice(fact, "for", fact.start), holds))
    for one in question.index.mentions(leaf.concept):
        if _usable(one) and one.written >= max(since, newest):
            holds = compare(Decimal(one.number or "0"), leaf.cmp, leaf.value)
            found.append((Voice(quoted(one), "for", one.written, own=True), holds))
    return found


def _usable(mention: Mention) -> bool:
    how = mention.meaning
    return (
        mention.number is not None
        and not (mention.negated or how.family or how.hypothetical or how.past)
        and not _ON_TREATMENT.search(mention.sentence.text)
    )


def _newest(readings: list[Reading]) -> list[Reading]:
    top = max((voice.on or date.min for voice, _ in readings), default=date.min)
    return [one for one in readings if (one[0].on or date.min) == top]


def _verdict(
    leaf: ObservationLatest, current: list[Reading], words: Mapping[str, Words]
) -> Finding:
    above = [voice for voice, holds in current if holds is True]
    below = [Voice(v.fact, "against", v.on, v.own) for v, holds in current if holds is False]
    limit, label = f"{leaf.cmp} {leaf.value} {leaf.unit}", _label(leaf, words)
    if above and below:
        return conflicting(f"Values disagree about {label} {limit}.", [*above, *below])
    if above:
        return met(f"The latest value is {limit}: {_said(above[0])}.", above)
    if below:
        return against(f"The latest value is not {limit}: {_said(below[0])}.", below)
    return silent(leaf, f"The latest value of {label} cannot be compared: unit or bound.")


def _said(voice: Voice) -> str:
    value = voice.fact.value
    if value is None:
        return f"the note of {day(voice.on)}"
    unit = f" {value.unit}" if value.unit else ""
    return f"{value.comparator or ''}{value.value}{unit} on {day(voice.on)}"


def _label(leaf: ObservationLatest, words: Mapping[str, Words]) -> str:
    return words[leaf.concept].label if leaf.concept else "this test"

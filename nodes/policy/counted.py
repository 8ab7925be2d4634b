"""Questions answered by counting days: events on several, and a visit so long after a start."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from nodes.chart import Fact, FactKind
from nodes.policy.durations import dates_in
from nodes.policy.events import ATTENDED, DONE, Visit, visits
from nodes.policy.finding import (
    Finding,
    Refused,
    Voice,
    beside,
    day,
    latest,
    met,
    silent,
    stale,
)
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaf import before
from nodes.policy.leaves import EventCount, VisitAfter
from nodes.policy.refusing import refused, refused_facts, why_not_done

BEGUN: tuple[FactKind, ...] = ("device", "procedure", "medication")
_NOT_BEGUN = frozenset({"draft", "on-hold", "unknown", "preparation", "in-preparation", "declined"})
_HELD = ATTENDED | DONE | frozenset({"active", "recurrence", "relapse", "resolved", "stopped"})


def visit_after(leaf: VisitAfter, question: Question) -> Finding:
    """Find a visit so many days after something began; the day it began is day 0."""
    start, no = _began(leaf, question)
    if start is None or start.start is None:
        reason = "The day it began is not recorded, so the days after it cannot be counted."
        return beside(silent(leaf, reason), no)
    first = start.start + timedelta(days=leaf.first_day)
    last = None if leaf.last_day is None else start.start + timedelta(days=leaf.last_day)
    seen = visits(question, leaf.about, leaf.about_codes, leaf.in_person)
    label, began = question.words[leaf.about].label, Voice(start, "for", start.start)
    within = [v for v in seen if first <= v.on and (last is None or v.on <= last)]
    if within:
        on = within[0].on
        passed = (on - start.start).days
        reason = f"Seen about {label} on {day(on)}, day {passed} after {day(start.start)}."
        return beside(met(reason, [*within[0].voices, began]), no)
    return beside(
        _not_seen(leaf, question, start.start, first, last), [*no, *_outside(seen, first)]
    )


def _not_seen(
    leaf: VisitAfter, question: Question, start: date, first: date, last: date | None
) -> Finding:
    label = question.words[leaf.about].label
    until = f" to day {leaf.last_day} ({day(last)})" if last else ""
    reason = (
        f"No visit about {label} is recorded from day {leaf.first_day} ({day(first)}){until}"
        f" after the start of {day(start)}."
    )
    if last is None or question.as_of <= last:
        return Finding("unknown", f"{reason} There is still time.", gap="absent")
    return replace(silent(leaf, reason), fixed=True)


def _outside(seen: list[Visit], first: date) -> list[Refused]:
    return [
        Refused(
            one.voices[0].fact,
            "The visit is too early." if one.on < first else "The visit is too late.",
            one.on,
            own=one.voices[0].own,
        )
        for one in seen
    ]


def _began(leaf: VisitAfter, question: Question) -> tuple[Fact | None, list[Refused]]:
    """Find what began first; an order that nobody says was carried out is no beginning."""
    found = [f for f in question.coded(leaf.start, (*BEGUN, "order")) if f.start]
    real = [f for f in found if f.kind in BEGUN and f.status not in _NOT_BEGUN]
    real = real or [f for f in found if f.kind == "order" and f.status == "completed"]
    no = [(f, "It is an order: it does not show that it began.") for f in found if f not in real]
    return (real[0] if real else None), refused_facts(no)


@dataclass
class _Tally:
    """Days of events with what shows each; statements without a day of their own apart."""

    since: date
    days: dict[date, Voice] = field(default_factory=dict)
    old: dict[date, Voice] = field(default_factory=dict)
    undated: list[Voice] = field(default_factory=list)
    most: int = 0
    no: list[tuple[Mention, str]] = field(default_factory=list)

    def add(self, on: date, voice: Voice) -> None:
        (self.days if on >= self.since else self.old).setdefault(on, voice)

    @property
    def count(self) -> int:
        return max(len(self.days) or bool(self.undated), self.most)

    @property
    def voices(self) -> list[Voice]:
        return [*self.days.values(), *self.undated]


def event_count(leaf: EventCount, question: Question) -> Finding:
    """Count different days of coded facts and of statements.

    A statement without a day of its own may tell of an event that is counted already: all such
    together are one. A number said with the words counts for itself.
    """
    tally = _Tally(before(question.ordered, leaf.window))
    for fact in question.coded(leaf.value_set, leaf.kinds) if leaf.value_set else ():
        on = fact.start or fact.end
        if on and (fact.status is None or fact.status in _HELD):
            tally.add(on, Voice(fact, "for", on))
    if leaf.concept:
        _read(leaf.concept, question, tally)
    return beside(_counted(leaf, tally), refused(tally.no))


def _read(concept: str, question: Question, tally: _Tally) -> None:
    for one in question.index.mentions(concept):
        why = why_not_done(one)
        if why:
            tally.no.append((one, why))
            continue
        voice = Voice(quoted(one), "for", one.written, own=True)
        days = [on for on in dates_in(one.sentence.text, one.written) if on <= one.written]
        for on in days:
            tally.add(on, Voice(voice.fact, "for", on, own=True))
        if one.written < tally.since:
            tally.old.setdefault(one.written, voice)
            continue
        if one.number and "." not in one.number:
            tally.most = max(tally.most, int(one.number))
        if not days:
            tally.undated.append(voice)


def _counted(leaf: EventCount, tally: _Tally) -> Finding:
    since = day(tally.since)
    if tally.count >= leaf.n:
        return met(f"{tally.count} since {since}; {leaf.n} are asked.", tally.voices)
    reason = f"{tally.count} of {leaf.n} are recorded since {since}."
    if len(tally.old) + tally.count >= leaf.n and tally.old:
        return stale(f"{reason} Others are older.", [*tally.old.values(), *tally.voices])
    answer = silent(leaf, reason)
    return Finding(answer.status, reason, latest(tally.voices), gap=answer.gap)

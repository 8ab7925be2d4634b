"""What the record says of conservative care: trials told in notes, sessions, drugs, in days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from nodes.chart import Fact
from nodes.policy.events import DONE
from nodes.policy.finding import Voice
from nodes.policy.index import Question
from nodes.policy.leaf import before
from nodes.policy.model import Therapies
from nodes.policy.regions import BACK, elsewhere
from nodes.policy.sides import is_other_side
from nodes.policy.trials import Trial, trials

BREAK = timedelta(days=21)
Interval = tuple[date, date]


@dataclass(frozen=True)
class Course:
    """All that the record says about the treatments of a policy, in its window."""

    question: Question
    therapies: Therapies

    @cached_property
    def since(self) -> date:
        """The first day that counts."""
        return before(self.question.ordered, self.therapies.window)

    @cached_property
    def told(self) -> tuple[Trial, ...]:
        """What notes tell, oldest first."""
        found = trials(self.question, self.therapies.concepts, self.therapies.not_for)
        return tuple(sorted(found, key=lambda one: (one.written, one.mention.start)))

    @cached_property
    def done(self) -> tuple[Trial, ...]:
        """Trials carried out in the window."""
        return tuple(one for one in self.told if one.state == "done" and not self._old(one))

    @cached_property
    def old(self) -> tuple[Voice, ...]:
        """Care that was carried out too long ago."""
        notes = [one.voice("stale") for one in self.told if one.state == "done" and self._old(one)]
        facts = [Voice(f, "stale", f.end or f.start) for f in self._recorded if self._over(f)]
        return (*facts, *notes)

    def _old(self, trial: Trial) -> bool:
        return trial.past or (trial.last or trial.written) < self.since

    def _over(self, fact: Fact) -> bool:
        return (fact.end or fact.start or date.min) < self.since

    @cached_property
    def _recorded(self) -> tuple[Fact, ...]:
        name = self.therapies.procedures
        found = self.question.coded(name, ("procedure",)) if name else []
        return tuple(
            fact
            for fact in found
            if fact.status in DONE and fact.start and not self._of_another(fact.quote)
        )

    def _of_another(self, quote: str) -> bool:
        """Whether a procedure or a drug is recorded as for another complaint or side."""
        name, side = self.therapies.not_for, self.question.index.side
        if not name:
            return False
        other = self.question.words[name]
        if other.sided and is_other_side(quote, side):
            return True
        return elsewhere(quote, other.pattern, other.denied_by or BACK)

    @cached_property
    def recorded(self) -> tuple[Fact, ...]:
        """Procedures in the window."""
        return tuple(fact for fact in self._recorded if not self._over(fact))

    @cached_property
    def drugs(self) -> tuple[Fact, ...]:
        """Drugs of the window; a prescription counts when a note says that the drug was taken."""
        name = self.therapies.medications
        taken = {one.modality for one in self.done}
        if not name or not taken:
            return ()
        facts = self.question.coded(name, ("medication",))
        words = [self.question.words[one].pattern for one in sorted(taken)]
        return tuple(
            fact
            for fact in facts
            if fact.start
            and self.since <= fact.start <= self.question.ordered
            and fact.status not in {"draft", "on-hold"}
            and "(" not in (fact.status or "")
            and any(pattern.search(fact.quote) for pattern in words)
            and not self._of_another(fact.quote)
        )

    @cached_property
    def intervals(self) -> list[Interval]:
        """Dated care: sessions joined over breaks of up to three weeks, drugs, told stretches."""
        sessions = sorted((f.start, f.end or f.start) for f in self.recorded if f.start)
        drugs = [(f.start, f.end or self._open(f)) for f in self.drugs if f.start]
        told = [found for one in self.done if (found := _interval(one))]
        return [*merge(sessions, BREAK), *drugs, *told]

    def _open(self, fact: Fact) -> date:
        if fact.start and fact.course and fact.course.event == "dispensed":
            supply = timedelta(days=fact.course.days_supply or 0)
            return min(fact.start + supply, self.question.as_of)
        current = fact.status in {None, "active"}
        return self.question.as_of if current else fact.start or self.question.as_of

    @cached_property
    def days(self) -> int:
        """Days of care: dated stretches merged, or the longest that a note tells without dates."""
        inside = [
            (max(first, self.since), min(last, self.question.as_of))
            for first, last in self.intervals
        ]
        dated = sum((last - first).days for first, last in merge(inside) if last > first)
        return max([dated, *(one.days or 0 for one in self.done)])

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """What shows the care."""
        facts = [Voice(f, "for", f.end or f.start) for f in (*self.recorded, *self.drugs)]
        return (*(one.voice("for") for one in self.done), *facts)

    @cached_property
    def end(self) -> date | None:
        """The last day of care that is said to have ended, else the last day it is told of."""
        ends = [one.last for one in self.done if one.last]
        ends += [f.end or f.start for f in self.recorded if f.start]
        return max(ends or [one.written for one in self.done], default=None)


def course_of(question: Question, name: str) -> Course:
    """Read the record for these treatments, once for all that is asked about them."""
    kept = question.index.kept
    if name not in kept:
        kept[name] = Course(question, question.policy.therapies[name])
    found = kept[name]
    assert isinstance(found, Course)
    return found


def merge(intervals: Iterable[Interval], gap: timedelta = timedelta()) -> list[Interval]:
    """Join intervals that overlap or are not further apart than ``gap``."""
    found: list[Interval] = []
    for first, last in sorted(intervals):
        if found and first <= found[-1][1] + gap:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _interval(trial: Trial) -> Interval | None:
    if trial.first and trial.last:
        return (trial.first, trial.last) if trial.first <= trial.last else None
    if trial.days is None:
        return None
    length = timedelta(days=trial.days)
    if trial.first:
        return (trial.first, min(trial.first + length, trial.written))
    return (trial.last - length, trial.last) if trial.last else None

"""The question about relatives: which have the condition, how close, how old at its onset."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from nodes.policy.finding import (
    Finding,
    Refused,
    Voice,
    against,
    beside,
    conflicting,
    latest,
    met,
    silent,
)
from nodes.policy.index import Question
from nodes.policy.leaves_people import FamilyHistory
from nodes.policy.pedigree import Ill, from_facts, from_notes, unknown_family

_FARTHEST = {"first_degree": 1, "second_degree": 2, "close": 3, "any": 99}


@dataclass
class _Table:
    """How many of each relative fit, may fit and do not, as the best single source tells."""

    yes: dict[str, int] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=dict)
    shown: list[Voice] = field(default_factory=list)
    maybe: list[Voice] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    def add(self, told: Iterable[Ill], leaf: FamilyHistory) -> None:
        """Count one source: a note's sentence, or all the recorded relatives."""
        yes: dict[str, int] = {}
        maybe: dict[str, int] = {}
        for one in told:
            fits = _fits(one, leaf)
            if isinstance(fits, str):
                self.refused.append(Refused(one.voice.fact, fits, one.voice.on, one.voice.own))
            elif fits:
                yes[one.name] = yes.get(one.name, 0) + one.count
                self.shown.append(one.voice)
            else:
                maybe[one.name] = maybe.get(one.name, 0) + one.count
                self.maybe.append(one.voice)
                self.lacking.append(_lack(one))
        for name, count in yes.items():
            self.yes[name] = max(count, self.yes.get(name, 0))
        for name, count in maybe.items():
            self.open[name] = max(count, self.open.get(name, 0))

    @property
    def sure(self) -> int:
        """Relatives that fit; one without a side may be the one named with a side elsewhere."""
        return _people(self.yes)

    @property
    def possible(self) -> int:
        """Relatives that fit or may fit."""
        both = {
            name: max(self.yes.get(name, 0), self.open.get(name, 0))
            for name in {*self.yes, *self.open}
        }
        return _people(both)


def family_history(leaf: FamilyHistory, question: Question) -> Finding:
    """Count blood relatives with the condition, near enough and young enough at its onset.

    Recorded relatives and those that notes name are the same people: each relation counts as
    often as the source that names most of it. Without degree or age of onset one is unknown.
    """
    table = _Table()
    recorded, none_recorded = from_facts(leaf, question)
    table.add(recorded, leaf)
    sentences, denied, refused = from_notes(leaf, question)
    for told in sentences:
        table.add(told, leaf)
    _disputed(table, [*recorded, *(one for told in sentences for one in told)], leaf)
    denied = [*none_recorded, *denied]
    answer = _decide(leaf, question, table, denied)
    return beside(answer, [*table.refused, *refused])


def _decide(leaf: FamilyHistory, question: Question, table: _Table, denied: list[Voice]) -> Finding:
    label = question.words[leaf.concept].label
    newest = max((one.on or date.min for one in table.shown), default=date.min)
    later = [one for one in denied if (one.on or date.min) >= newest]
    if table.sure >= leaf.n:
        if later:
            reason = f"The record says both that relatives had {label} and that none did."
            return conflicting(reason, [*table.shown, *later])
        reason = f"{table.sure} such relatives with {label}; {leaf.n} are asked."
        return met(reason, table.shown)
    if table.possible >= leaf.n:
        lacking = " ".join(dict.fromkeys(table.lacking))
        voices = latest([*table.maybe, *table.shown])
        return Finding("unknown", lacking[:900], voices, gap="absent")
    if denied and not table.maybe and not table.shown:
        return against(f"The record denies {label} in the family.", denied)
    return _silent(leaf, question, table, label)


def _silent(leaf: FamilyHistory, question: Question, table: _Table, label: str) -> Finding:
    reason = f"{table.sure} of {leaf.n} such relatives with {label} are recorded."
    unknown = unknown_family(question)
    if unknown:
        reason = "The family history is said to be unknown."
        return Finding("unknown", reason, (unknown,), gap="absent")
    answer = silent(leaf, reason)
    return Finding(answer.status, reason, latest([*table.shown, *table.maybe]), gap=answer.gap)


def _fits(one: Ill, leaf: FamilyHistory) -> bool | str | None:
    """Whether a relative counts; the reason when not, none when that is not known."""
    if one.kin is not None and one.kin.degree is None:
        return f"Not a blood relative: {one.name}."
    near = one.kin is not None and (one.kin.degree or 99) <= _FARTHEST[leaf.relatives]
    if one.kin is not None and not near:
        return f"Not close enough: {one.name}."
    if one.kin is None and leaf.relatives != "any":
        return None
    if leaf.onset_at_most is None:
        return True
    if one.onset is None:
        return None
    young = one.onset.at_most(leaf.onset_at_most)
    return f"Older at onset than {leaf.onset_at_most}: {one.name}." if young is False else young


def _lack(one: Ill) -> str:
    if one.kin is None:
        return "Which relative had it is not recorded."
    return f"The age at onset is not clear: {one.name}."


def _disputed(table: _Table, told: list[Ill], leaf: FamilyHistory) -> None:
    """A relative there is only one of, young in one source and old in another, is not clear."""
    for name in [name for name in table.yes if _alone(name, told)]:
        fits = [_fits(one, leaf) for one in told if one.name == name]
        if any(isinstance(one, str) for one in fits):
            table.open[name] = 1
            del table.yes[name]
            table.maybe += [one.voice for one in told if one.name == name]
            table.lacking.append(f"The record gives different ages at onset: {name}.")


def _alone(name: str, told: list[Ill]) -> bool:
    return any(one.kin is not None and one.kin.only_one for one in told if one.name == name)


def _people(counts: dict[str, int]) -> int:
    """Add up; an aunt of no side is one of the maternal or paternal aunts that are counted."""
    total = 0
    for name, count in counts.items():
        sided = sum(
            other for key, other in counts.items() if key != name and key.endswith(f" {name}")
        )
        total += max(0, count - sided)
    return total

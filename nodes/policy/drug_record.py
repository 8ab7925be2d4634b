"""All that the record says of the drugs a policy asks about, put together drug by drug."""

from dataclasses import dataclass, field
from datetime import date

from nodes.policy.drug_facts import allergies, stopped
from nodes.policy.drug_names import is_class
from nodes.policy.drug_supply import Supply, supplies
from nodes.policy.drug_told import Told, of_another, told
from nodes.policy.finding import Refused, Voice
from nodes.policy.index import Mention, Question
from nodes.policy.leaf import before
from nodes.policy.leaves_care import DrugTrial
from nodes.policy.refusing import refused

_NOT = {
    "never": "It says that the drug was not taken.",
    "declined": "It says that the drug was declined.",
    "planned": "It is only planned, ordered, advised or required.",
    "mentioned": "It does not say that the drug was taken.",
}


@dataclass(frozen=True, slots=True)
class Word:
    """What came of a drug, or that it was not taken, as one fact says it on a day."""

    kind: str
    on: date
    voice: Voice


@dataclass
class Drug:
    """One drug, or a class that is named instead of one: its use, and what is said of it."""

    name: str
    many: bool
    count: int = 1
    supplies: list[Supply] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def said(self, *kinds: str) -> list[Word]:
        """List what is said of these kinds, oldest first."""
        return sorted((one for one in self.words if one.kind in kinds), key=lambda one: one.on)

    @property
    def voices(self) -> list[Voice]:
        """What shows that it was taken."""
        facts = [Voice(one.fact, "for", one.first) for one in self.supplies if one.fact]
        return [*facts, *(one.voice() for one in self.told)]


@dataclass
class Trials:
    """The drugs, what is too old to count, and what was refused."""

    drugs: list[Drug]
    old: list[Voice]
    refused: list[Refused]


def read(leaf: DrugTrial, question: Question) -> Trials:
    """Gather medications, allergies and sentences in the window, by drug."""
    since = before(question.ordered, leaf.window) if leaf.window else date.min
    drugs: dict[str, Drug] = {}
    old: list[Voice] = []
    recorded, no = supplies(leaf, question)
    for one in recorded:
        if (one.last or one.first or date.max) < since and one.fact:
            old.append(Voice(one.fact, "stale", one.last or one.first))
        else:
            _supplied(_drug(drugs, one.drug), one)
    known, disproved = allergies(leaf, question)
    for name, fact in known:
        voice = Voice(fact, "for", fact.start)
        _drug(drugs, name).words.append(Word("intolerant", fact.start or date.min, voice))
    mentions: list[tuple[Mention, str]] = []
    for tale in told(question, leaf.concept, leaf.dose):
        if of_another(tale):
            mentions.append((tale.mention, "It is said of another person, not of the patient."))
        elif (tale.last or tale.written) < since and tale.state == "done":
            old.append(tale.voice("stale"))
        else:
            _tell(drugs, tale, mentions)
    return Trials(
        [one for one in drugs.values() if one.supplies or one.told or one.words],
        old,
        [*no, *disproved, *refused(mentions)],
    )


def _drug(drugs: dict[str, Drug], name: str) -> Drug:
    return drugs.setdefault(name, Drug(name, is_class(name)))


def _supplied(drug: Drug, one: Supply) -> None:
    drug.supplies.append(one)
    kind = stopped(one.fact) if one.fact else None
    if kind and one.fact:
        on = one.fact.end or one.fact.start or date.min
        drug.words.append(Word(kind, on, Voice(one.fact, "for", on)))


def _tell(drugs: dict[str, Drug], one: Told, no: list[tuple[Mention, str]]) -> None:
    if one.state in ("planned", "mentioned"):
        no.append((one.mention, _NOT[one.state]))
        return
    drug = _drug(drugs, one.drug)
    if one.state in _NOT:
        no.append((one.mention, _NOT[one.state]))
        drug.words.append(Word(one.state, one.written, one.voice("against")))
        return
    drug.count = max(drug.count, one.several)
    drug.told.append(one)
    kind = one.outcome if one.state == "done" else one.state
    if kind:
        drug.words.append(Word(kind, one.written, one.voice()))

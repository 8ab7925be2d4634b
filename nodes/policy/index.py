"""A chart indexed once, so that every question is a look-up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from nodes.case import Case
from nodes.chart import Chart, Fact, FactKind, Span
from nodes.errors import UnreadableDocument
from nodes.policy.acute import counts
from nodes.policy.codes import normal
from nodes.policy.concepts import CONCEPTS
from nodes.policy.model import Policy
from nodes.policy.scope import Meaning, meaning
from nodes.policy.sentences import ReadNote, Sentence
from nodes.policy.sides import aside
from nodes.policy.value_set import Member
from nodes.policy.wording import Words
from nodes.suspicion.cleared import cleared_facts

VOID = frozenset(
    {"entered-in-error", "cancelled", "refuted", "rejected", "not-done", "not-taken", "nullified",
     "revoked"}
)  # fmt: skip
QUOTE = 1500
MENTIONS = 2000


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept's words in a note, and how they are meant."""

    concept: str
    note: ReadNote
    place: int
    start: int
    end: int
    meaning: Meaning
    negated: bool
    number: str | None = None

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.note.note.text[self.start : self.end]

    @property
    def sentence(self) -> Sentence:
        """The sentence the words stand in."""
        return self.note.sentences[self.place]

    @property
    def written(self) -> date:
        """The day of the note."""
        return self.note.note.written


class Index:
    """A chart's facts by code and kind, and its notes by concept, up to a day."""

    def __init__(
        self,
        chart: Chart,
        as_of: date,
        words: Mapping[str, Words] = CONCEPTS,
        side: str | None = None,
    ) -> None:
        """Leave out what is void or later than the day the question is asked."""
        self.chart, self.as_of, self.words, self.side = chart, as_of, words, side
        self.by_kind: dict[FactKind, list[Fact]] = defaultdict(list)
        self.by_code: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        self.void: list[Fact] = []
        for fact in cleared_facts(chart.facts):
            day = fact.start or fact.end
            if day and day > as_of:
                continue
            if fact.status in VOID:
                self.void.append(fact)
                continue
            self.by_kind[fact.kind].append(fact)
            for coding in fact.codes:
                self.by_code[coding.system][normal(coding.code)].append(fact)
        self.kept: dict[str, object] = {}
        self._mentions: dict[str, tuple[Mention, ...]] = {}

    @cached_property
    def notes(self) -> tuple[ReadNote, ...]:
        """The notes, oldest first."""
        kept = [note for note in self.chart.notes if note.written <= self.as_of]
        return tuple(ReadNote(note) for note in sorted(kept, key=lambda n: (n.written, n.id)))

    def coded(self, members: Iterable[Member], kinds: Sequence[FactKind], on: date) -> list[Fact]:
        """List facts with a code of a value set, once each, in the order of their dates."""
        found: dict[str, Fact] = {}
        for member in members:
            known = self.by_code.get(member.system)
            for fact in _matches(known, member) if known else ():
                if fact.kind in kinds and _valid(member, fact.start or on):
                    found[fact.id] = fact
        if len(found) < 2:
            return list(found.values())
        return sorted(found.values(), key=_order)

    def mentions(self, concept: str) -> tuple[Mention, ...]:
        """List every mention of a concept in the notes, each sentence read once per concept.

        What is said of another part of the body than the concept's, or of the side that was not
        ordered, is none.
        """
        if concept not in self._mentions:
            words = self.words[concept]
            self._mentions[concept] = tuple(
                mention
                for note in self.notes
                for mention in _weighed(words, tuple(_find(concept, words, note)))
                if not aside(words, note, mention.start, mention.end, self.side)
            )
        return self._mentions[concept]

    def searched(self, since: date) -> bool:
        """Say whether the chart was searched at least back to a day, with nothing cut off."""
        manifest = self.chart.manifest
        return manifest.since <= since and not any(one.truncated for one in manifest.searches)


@dataclass(frozen=True)
class Question:
    """What a leaf is asked about: the policy, the case, the chart and the days."""

    policy: Policy
    case: Case
    index: Index
    as_of: date

    @property
    def words(self) -> Mapping[str, Words]:
        """The dictionary: the shared one and the policy file's own."""
        return self.index.words

    @property
    def ordered(self) -> date:
        """The day windows count back from."""
        return min(self.case.order.authored_on, self.as_of)

    def coded(self, value_set: str, kinds: Sequence[FactKind]) -> list[Fact]:
        """List facts with a code of one of the policy's value sets."""
        return self.index.coded(self.policy.value_sets[value_set], kinds, self.case.date_of_service)

    def withdrawn(self, value_set: str, kinds: Sequence[FactKind]) -> list[Fact]:
        """List facts with such a code that the record refutes, cancels or takes back."""
        void = [fact for fact in self.index.void if fact.kind in kinds]
        if not void:
            return []
        members = self.policy.value_sets[value_set]
        return [
            fact
            for fact in void
            if any(member.names(one.system, one.code) for one in fact.codes for member in members)
        ]


def quoted(mention: Mention) -> Fact:
    """Make a fact of the sentence a mention stands in: its words and where they stand."""
    sentence, note = mention.sentence, mention.note.note
    start, end = sentence.start, sentence.end
    if end - start > QUOTE:
        start = max(start, mention.start - QUOTE // 2)
        end = min(end, start + QUOTE)
    return Fact(
        id=f"{note.id.partition('#')[0]}#{start}-{end}",
        kind="statement",
        quote=note.text[start:end],
        start=note.written,
        author=note.author,
        span=Span(start=start, end=end),
        why="A statement in a note that speaks to a criterion of the policy",
    )


def _order(fact: Fact) -> tuple[date, str]:
    return (fact.start or date.min, fact.id)


def _matches(known: Mapping[str, list[Fact]], member: Member) -> Iterable[Fact]:
    wanted = member.normal
    if member.match == "exact":
        return chain.from_iterable(known[code] for code in wanted if code in known)
    return chain.from_iterable(facts for code, facts in known.items() if code.startswith(wanted))


def _valid(member: Member, day: date) -> bool:
    scope = member.effective
    return scope is None or (scope.first <= day and (scope.last is None or day <= scope.last))


def _weighed(words: Words, found: tuple[Mention, ...]) -> Iterable[Mention]:
    """Drop what has an everyday cause and nothing beside it that makes it a sign."""
    if words.weak is None:
        return found
    plain = [one for one in found if one.negated or not words.weak.search(one.words)]
    another = any(not one.negated and one.meaning.told for one in plain)
    return (
        one
        for one in found
        if one in plain
        or counts(
            one.sentence.text,
            one.start - one.sentence.start,
            one.end - one.sentence.start,
            another,
        )
    )


def _find(concept: str, words: Words, note: ReadNote) -> Iterable[Mention]:
    """Find a concept in a note; a text that repeats it thousands of times is no note."""
    found = 0
    for pattern, opposite in ((words.pattern, False), (words.denied_by, True)):
        for match in pattern.finditer(note.note.text) if pattern else ():
            place = note.place(match.start())
            if place is None or match.end() > note.sentences[place].end:
                continue
            found += 1
            if found > MENTIONS:
                raise UnreadableDocument("a note repeats the same words thousands of times")
            sentence = note.sentences[place]
            meant = meaning(
                sentence,
                match.start() - sentence.start,
                match.end() - sentence.start,
                note.note.written,
            )
            if words.lasting:
                meant = replace(meant, past=False)
            if meant.suspected and words.suspicion:
                meant = replace(meant, polarity="affirmed")
            number = next((group for group in match.groups() if group), None)
            yield Mention(
                concept,
                note,
                place,
                match.start(),
                match.end(),
                meant,
                opposite or meant.polarity == "negated",
                number,
            )

"""What a packet looks like to a clinician: quotes that lead to their place, a tree, differences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from nodes.assessment import Criterion
from nodes.chart import Fact, Note
from nodes.gates.belonging import cited_by_assessment, cited_by_summary
from nodes.packet import FieldFill, Packet

DEEPEST = 20
OFFSETS = re.compile(r"#([0-9]+)-([0-9]+)$")


@dataclass(frozen=True)
class Quote:
    """Words that something rests on: their number on the page, and where they stand."""

    number: int
    fact: str
    words: str
    note: Note | None = None
    start: int = 0
    end: int = 0

    @property
    def anchor(self) -> str:
        """Where a link to these words leads."""
        return f"quote-{self.number}"


@dataclass(frozen=True)
class Piece:
    """A stretch of a note's text, the quotes that begin here, and those that cover it."""

    text: str
    begins: tuple[Quote, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass
class Branch:
    """A criterion with the criteria below it."""

    criterion: Criterion
    below: list["Branch"] = field(default_factory=list)

    @property
    def unused(self) -> list["Branch"]:
        """The alternatives that a met criterion does without, unless the records disagree."""
        choice = self.criterion.operator.startswith(("any", "at_least"))
        met = choice and self.criterion.status == "met"
        return [
            each
            for each in self.below
            if met and each.criterion.status != "met" and not each.criterion.conflict
        ]

    @property
    def needed(self) -> list["Branch"]:
        """What it rests on."""
        return [each for each in self.below if each not in self.unused]


class Quotes:
    """All words a packet cites, numbered in the order a reader meets them."""

    def __init__(self, *packets: Packet) -> None:
        """Number the citations of the assessment and the summary."""
        self.found: dict[tuple[str, str], Quote] = {}
        self.facts = {fact.id: fact for packet in packets for fact in packet.assessment.facts}
        for packet in packets:
            notes = {note.id: note for note in packet.exhibits}
            cited = (*cited_by_assessment(packet.assessment), *cited_by_summary(packet.summary))
            for _, fact, words in cited:
                if (fact, words) not in self.found:
                    number = len(self.found) + 1
                    self.found[fact, words] = located(number, fact, words, notes)

    def of(self, fact: str, words: str) -> Quote:
        """Find a citation."""
        return self.found[fact, words]

    def in_note(self, note: Note) -> list[Quote]:
        """List the quotes that stand in a note."""
        return [quote for quote in self.found.values() if quote.note and quote.note.id == note.id]

    def elsewhere(self) -> list[tuple[Quote, Fact | None]]:
        """List the quotes of chart entries that are not notes."""
        return [(q, self.facts.get(q.fact)) for q in self.found.values() if q.note is None]


def located(number: int, fact: str, words: str, notes: dict[str, Note]) -> Quote:
    """Find the place of a quote in its note: inside the fact's offsets, or its only occurrence."""
    note = notes.get(fact.partition("#")[0])
    if note is None:
        return Quote(number, fact, words)
    offsets = OFFSETS.search(fact)
    first, last = map(int, offsets.groups()) if offsets else (0, len(note.text))
    start = note.text.find(words, first, last)
    if start < 0:
        return Quote(number, fact, words)
    return Quote(number, fact, words, note, start, start + len(words))


def pieces(note: Note, quotes: Iterable[Quote]) -> Iterator[Piece]:
    """Cut a note's text where quotes begin and end, so that overlapping ones can be marked."""
    standing = list(quotes)
    edges = {0, len(note.text)} | {q.start for q in standing} | {q.end for q in standing}
    for start, end in pairwise(sorted(edges)):
        yield Piece(
            note.text[start:end],
            tuple(q for q in standing if q.start == start),
            tuple(q for q in standing if q.start <= start and end <= q.end),
        )


def tree(criteria: Iterable[Criterion]) -> list[Branch]:
    """Rebuild the policy's tree from depth and order; what is deeper than DEEPEST stands there."""
    root: list[Branch] = []
    path: list[list[Branch]] = [root]
    for criterion in criteria:
        branch = Branch(criterion)
        del path[min(criterion.depth, DEEPEST) + 1 :]
        path[-1].append(branch)
        path.append(branch.below)
    return root


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Compare two texts word by word: ``same``, ``gone`` and ``new`` stretches in order."""
    old, new = re.findall(r"\s*\S+", before), re.findall(r"\s*\S+", after)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        found += [("gone", "".join(old[a:b]))] if b > a else []
        found += [("new", "".join(new[c:d]))] if d > c else []
    return found


def changed_fields(before: Packet, after: Packet) -> list[tuple[FieldFill, str | None]]:
    """List the form's fields that got another value, with the value before."""
    old = {filled.id: filled.value for filled in before.form.fields}
    return [(new, old.get(new.id)) for new in after.form.fields if old.get(new.id) != new.value]


def lines(edi: str) -> list[str]:
    """Split an EDI into one line per segment, for reading."""
    return [line.strip() for line in edi.split(edi[105:106] or "~") if line.strip()]


def age(born: date, on: date) -> int:
    """Count whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

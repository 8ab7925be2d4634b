"""Words in a source that are addressed to software or forge what it reads: found and told.

No filter finds all of them, and none is needed for the verdicts: see ``nodes.writing``. What is
found is reported by kind and place, never by its words, and is no evidence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from nodes.case import Case
from nodes.chart import Chart, Fact, Note
from nodes.suspicion.classes import asked
from nodes.suspicion.codes import decoded
from nodes.suspicion.rules import Rule, near_in, told_by
from nodes.suspicion.unseen import TAGS, Folded, tagged

BEFORE, AFTER = 100, 240
_OVERRIDES = ("\u202d", "\u202e")
_ZERO_WIDTH = re.compile(
    "[\u200b\u2060\u2062-\u2064\u180e]|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])"
)
MANY = 3
MARK = "possible_instruction_in_source"
UNSEEN = "invisible_characters"
NAMES = frozenset({"id", "reference", "path", "system", "code", "kind", "why", "status", "unit"})
SHORT = 9
_ROUND = ".,:;!?()[]{}<>*#\"'-@"


def suspicious(text: str) -> tuple[str, ...]:
    """Give the kinds of suspicious words in a text, in alphabetical order; usually none."""
    return kinds(text, {kind for kind, _, _ in _visible(Folded(text))})


def kinds(text: str, seen: Iterable[str]) -> tuple[str, ...]:
    """Give the kinds seen in a text, and those that only a code or what is unseen shows."""
    return tuple(sorted({*seen, *_disguised(text)}))


def in_chart(chart: Chart) -> tuple[str, ...]:
    """Give a warning for each note and record that holds suspicious words, and those it brought."""
    known = (one for one in chart.manifest.warnings if one.startswith(MARK))
    return tuple(dict.fromkeys([*known, *told_of(chart.facts, chart.notes)]))


def told_of(facts: Sequence[Fact], notes: Sequence[Note]) -> tuple[str, ...]:
    """Give a warning for each of the facts and notes that holds suspicious words."""
    said = [(note.id, "\n".join(strings(note))) for note in notes]
    said += [(fact.source, "\n".join(words(fact))) for fact in facts]
    return told(said)


def words(fact: Fact) -> Iterator[str]:
    """Give every text in a fact, as ``strings`` does, in a fraction of its time."""
    yield fact.quote
    for coding in fact.codes:
        if coding.display:
            yield coding.display
    course = fact.course
    taken = (course.dosage, course.stopped) if course else ()
    for text in (fact.value_text, fact.author, fact.body_site, *taken):
        if text:
            yield text


def in_case(case: Case) -> tuple[str, ...]:
    """Give a warning for each part of a case that holds suspicious words."""
    parts = [(name, getattr(case, name)) for name in type(case).model_fields]
    return told([(f"case/{name}", "\n".join(strings(part))) for name, part in parts])


def in_parts(name: str, parts: Sequence[object]) -> tuple[str, ...]:
    """Give a warning for each of numbered parts, from 1, that holds suspicious words."""
    return told([(f"{name} {n}", "\n".join(strings(one))) for n, one in enumerate(parts, 1)])


def concealed(words: str, hidden: str) -> tuple[str, ...]:
    """Give the kinds of what a document hides: characters nobody sees, words nobody is shown.

    A word or two that are hidden and say nothing to software are not told.
    """
    found = [] if words.isascii() else [k for k in suspicious(words) if k == UNSEEN]
    if len(hidden.split()) >= MANY or (hidden.strip() and suspicious(hidden)):
        found.append("hidden_text")
    return tuple(found)


def told(said: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Make warnings of named texts: the name and the kinds, never the words."""
    if not suspicious("\n\n".join({text: None for _, text in said})):
        return ()
    return _warn((name, suspicious(text)) for name, text in said)


def warned(said: Iterable[tuple[str, str, Sequence["Place"]]]) -> tuple[str, ...]:
    """Make the same warnings of named texts whose places of suspicious words are known."""
    return _warn(
        (name, tuple({*(one.kind for one in near), *_unseen(text)})) for name, text, near in said
    )


def _warn(said: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    known: dict[str, set[str]] = {}
    for name, found in said:
        if found:
            known.setdefault(name, set()).update(found)
    return tuple(f"{MARK}: {name} ({', '.join(sorted(found))})" for name, found in known.items())


def strings(value: object) -> Iterator[str]:
    """Give every text in a model, in tuples, lists and dicts, but for what it is called."""
    if isinstance(value, str):
        yield value
        return
    inside: Iterable[object] = ()
    if isinstance(value, BaseModel):
        inside = (getattr(value, name) for name in type(value).model_fields if name not in NAMES)
    elif isinstance(value, dict):
        inside = value.values()
    elif isinstance(value, tuple | list):
        inside = value
    for one in inside:
        yield from strings(one)


@dataclass(frozen=True, order=True)
class Place:
    """Where suspicious words stand: character offsets into the text."""

    start: int
    end: int
    kind: str


def places(text: str) -> tuple[Place, ...]:
    """Give the places of suspicious words in a text, in order."""
    folded = Folded(text)
    found = {
        Place(folded.original(start), folded.original(end), kind)
        for kind, start, end in _visible(folded)
    }
    found |= {Place(start, end, "encoded") for start, end in _coded(text)}
    found |= {Place(*one.span(), UNSEEN) for one in TAGS.finditer(text)}
    return tuple(sorted(found))


def _visible(folded: Folded) -> Iterator[tuple[str, int, int]]:
    text = folded.text
    vocabulary = set(text.split())
    yield from asked(text, vocabulary)
    used = " ".join(vocabulary)
    near = near_in(used)
    short = {word.strip(_ROUND) for word in vocabulary if len(word) < SHORT}
    for rule, said in told_by(near, short):
        for start, end in _windows(said, text):
            if not rule.also or any(word in text[start:end] for word in rule.also):
                yield from _matches(rule, text, start, end)


def _matches(rule: Rule, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for pattern in rule.patterns:
        for match in pattern.finditer(text, start, end):
            yield rule.kind, match.start(), match.end()


def _windows(near: list[str], text: str) -> list[tuple[int, int]]:
    """Give the windows around words, joined where they overlap."""
    places: list[int] = []
    for word in near:
        place = text.find(word)
        while place >= 0:
            places.append(place)
            place = text.find(word, place + len(word))
    windows: list[tuple[int, int]] = []
    for place in sorted(places):
        start, end = max(0, place - BEFORE), place + AFTER
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _disguised(text: str) -> Iterator[str]:
    """Find what no reader sees, and what is written in a code."""
    yield from _unseen(text)
    if any(_coded(text)):
        yield "encoded"


def _unseen(text: str) -> Iterator[str]:
    if not text.isascii():
        hidden = sum(1 for _ in _ZERO_WIDTH.finditer(text)) >= MANY
        if tagged(text) or hidden or any(mark in text for mark in _OVERRIDES):
            yield UNSEEN


def _coded(text: str) -> Iterator[tuple[int, int]]:
    """Find where a text that is undone speaks to software."""
    for one in decoded(text):
        yield from (one.place(start, end) for _, start, end in _visible(Folded(one.said)))

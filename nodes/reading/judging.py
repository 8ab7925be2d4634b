"""What kind of document a page is of: the weight of the words that say so."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from nodes.chart import Span
from nodes.document import DocumentPage, KindReason
from nodes.entity import Said
from nodes.reading.cues import COVER, KINDS, Cue, table
from nodes.reading.misread import Token, tokens
from nodes.reading.shapes import counted
from nodes.reading.speech import Act, said, spoken

TOP = 8
FIRST = 3
SHORT = 12
MOSTLY = 0.5
LABEL = 40
CAPITALS = re.compile(r"[A-Z][A-Z0-9/&\-]+(?: [A-Z0-9/&\-]{2,}){1,7}\b")
HEADED = 1.25
BARE = 0.5
LONGEST = 60_000
Place = tuple[float, int, int]


class Line(NamedTuple):
    """A line's place among the lines, how many words, whether a heading; its label's end."""

    place: int
    words: int
    heading: bool
    label: int


@dataclass
class PageKind:
    """The weights of a page: by kind, of its headings alone, as a cover; and why."""

    weights: dict[str, float] = field(default_factory=lambda: dict.fromkeys((*KINDS, COVER), 0.0))
    headed: dict[str, float] = field(default_factory=lambda: dict.fromkeys((*KINDS, COVER), 0.0))
    reasons: list[KindReason] = field(default_factory=list)
    said: int = 0


def weighed(page: DocumentPage) -> PageKind:
    """Weigh a page's words, each cue and act once, its vocabulary, and the shapes of its lines."""
    found, known, text = PageKind(), table().vocabulary.known, page.text[:LONGEST]
    words = [Token(known(one.word), one.start, one.end) for one in tokens(text)]
    lines = _lines(text, words)
    for cue, (weight, first, last) in _best(words, lines):
        _weigh(found, cue, weight, cue.title)
        if weight > 0 and cue.kind != COVER:
            found.reasons.append(_reason(cue, page, weight, words[first].start, words[last].end))
    for act, first, last in said(words, _ends(lines, len(words))):
        _weigh(found, act, act.weight, act.heading)
        found.reasons.append(_reason(act, page, act.weight, words[first].start, words[last].end))
    _weigh_as_a_whole(found, words, text)
    found.said = len(words)
    return found


def _weigh(found: PageKind, cue: Cue | Act, weight: float, heading: bool) -> None:
    found.weights[cue.kind] += weight
    if heading:
        found.headed[cue.kind] += weight


def _weigh_as_a_whole(found: PageKind, words: list[Token], text: str) -> None:
    """Add what vocabulary and shapes weigh; halve a kind of whose vocabulary too little is said."""
    vocabulary, seen = _vocabulary(words), counted(text)
    for kind, weight in vocabulary.items():
        found.weights[kind] += weight
    for name, shapes in table().kinds.shapes.items():
        for shape, told in shapes.items():
            found.weights[name] += float(told.weight) * min(seen[shape], int(told.most))
    for name, least in spoken().least.items():
        if vocabulary.get(name, 0.0) < least and found.weights[name] > 0:
            found.weights[name] *= BARE


def _vocabulary(words: list[Token]) -> dict[str, float]:
    """Weigh a page's words by the vocabularies of the kinds, each word once."""
    table, found = spoken(), dict[str, float]()
    for word in {one.word for one in words}:
        for kind, weight in table.vocabulary.get(word, ()):
            found[kind] = min(found.get(kind, 0.0) + weight, table.most[kind])
    return found


def _ends(lines: dict[int, Line], many: int) -> list[int]:
    """Tell of each word where its line ends when that is a heading, else 0."""
    ends, end, line = [0] * many, many, None
    for at in range(many - 1, -1, -1):
        if lines[at] is not line:
            line, end = lines[at], at + 1
        ends[at] = end if line and line.heading else 0
    return ends


def _best(words: list[Token], lines: dict[int, Line]) -> list[tuple[Cue, Place]]:
    """Find each cue where it weighs most."""
    best = dict[tuple[str, Cue], Place]()
    for at, word in enumerate(words):
        for cue in table().by_first.get(word.word, ()):
            weight = _weight(cue, words, at, lines)
            key = (word.word, cue)
            if weight and abs(weight) > abs(best.get(key, (0.0, 0, 0))[0]):
                best[key] = (weight, at, at + len(cue.rest))
    _without_parts(best)
    return [(cue, place) for (_, cue), place in best.items()]


def _weight(cue: Cue, words: list[Token], at: int, lines: dict[int, Line]) -> float:
    """Give what a cue weighs at a word: nothing where it does not stand there."""
    for step, word in enumerate(cue.rest, at + 1):
        if step >= len(words) or words[step].word != word:
            return 0.0
    line = lines[at]
    if not cue.title:
        return cue.weight
    own = (len(cue.rest) + 1) / line.words
    last = words[at + len(cue.rest)].end
    if not line.heading and own < MOSTLY and last > line.label:
        return 0.0
    return cue.weight * (HEADED if line.place < FIRST and own >= MOSTLY else 1.0)


def _without_parts(best: dict[tuple[str, Cue], Place]) -> None:
    """Let a negated cue not count for what it negates: not approved is no approval."""
    negated = {
        at
        for (_, cue), (_, first, last) in best.items()
        if cue.kind == "denial_letter" and cue.weight > 0
        for at in range(first, last + 1)
    }
    for key, (_, first, last) in list(best.items()):
        if key[1].kind == "approval_letter" and key[1].weight > 0 and {first, last} <= negated:
            del best[key]


def _lines(text: str, words: list[Token]) -> dict[int, Line]:
    """Tell of each word its line."""
    found: dict[int, Line] = {}
    at, place, start = 0, 0, 0
    for line in text.split("\n"):
        end, first = start + len(line), at
        while at < len(words) and words[at].start < end:
            at += 1
        if at > first:
            label = start + _label(line)
            told = Line(place, at - first, _heading(line, place, at - first), label)
            found.update(dict.fromkeys(range(first, at), told))
            place += 1
        start = end + 1
    return found


def _label(line: str) -> int:
    """Give where a line's label ends: at a colon near its begin, or its first words in capitals."""
    colon = line.find(":", 0, LABEL)
    capitals = CAPITALS.match(line)
    return max(colon, capitals.end() if capitals else 0)


def _heading(line: str, place: int, words: int) -> bool:
    if words > SHORT:
        return False
    letters = [c for c in line if c.isalpha()]
    capitals = sum(c.isupper() for c in letters) > 0.7 * len(letters)
    label = ":" in line[:LABEL] or line.lstrip().startswith("#")
    return (place < TOP and not line.rstrip().endswith(".")) or capitals or label


def _reason(cue: Cue | Act, page: DocumentPage, weight: float, start: int, end: int) -> KindReason:
    quote = page.text[start:end]
    said = Said(quote=quote[:2000], span=Span(start=start, end=end))
    return KindReason(kind=cue.kind, page=page.number, said=said, weight=round(weight, 2))  # type: ignore[arg-type]

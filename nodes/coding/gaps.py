"""What a proposed code leaves open that others beside it say, and where the text may answer it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nodes.chart import Span
from nodes.coding.candidate import Axis, CodeChoice, CodeGap
from nodes.coding.icd10cm import Entry, Icd10cm, complete, dotted
from nodes.coding.words import PALE, Side, Token, sides, tokens
from nodes.entity import Said
from nodes.policy.sentences import Sentence

_MOST = 8
_LONGEST = 2000
_AXES: tuple[tuple[Axis, str], ...] = (
    ("trimester", r"\btrimester\b"),
    ("stage", r"\bstages? (?:\d|[IVX]+\b)|\b(?:mild|moderate|severe|early) stage\b"),
    ("intractability", r"\bintractable\b"),
    ("episode", r"\bepisode\b|\bremission\b|\brecurrent\b"),
    ("severity", r"\b(?:mild|moderate|severe|class [123])\b"),
    ("control", r"\bexacerbation\b|\bstatus asthmaticus\b|\bhyperglycemia\b"),
    ("acuity", r"\b(?:acute|chronic)\b"),
    ("site", r"\b(?:region|joint|site|level|upper|lower|proximal|distal|quadrant|lobe|part)\b"),
    ("type", r"\btype\b|\bprimary\b|\bsecondary\b"),
    ("cause", r"\bdue to\b|\bpost-?traumatic\b|\binduced\b"),
    ("complication", r"\bcomplications?\b|\w(?:nephro|neuro|retino)pathy\b|\bobstruction\b"),
)
_AXIS = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _AXES)
_OPEN = re.compile(r"\bunspecified\b", re.IGNORECASE)


class Line(NamedTuple):
    """A sentence with its words in one spelling."""

    sentence: Sentence
    tokens: list[Token]
    words: frozenset[str]


def lines(sentences: Iterable[Sentence]) -> list[Line]:
    """Read the words of sentences, once for all codes."""
    told = ((one, tokens(one.text)) for one in sentences)
    return [Line(one, words, frozenset(word.word for word in words)) for one, words in told]


class Told(NamedTuple):
    """Where to look for what a code leaves open: the sentences, and the words of the diagnosis."""

    lines: Sequence[Line]
    words: frozenset[str]


def gaps(entry: Entry, told: Told, table: Icd10cm) -> tuple[CodeGap, ...]:
    """Name each thing a code leaves open."""
    return tuple(_gaps(entry, told, table))


def _gaps(entry: Entry, told: Told, table: Icd10cm) -> Iterator[CodeGap]:
    groups = _around(entry, table)
    beside = [one for group in groups for one in group]
    if entry.side is None and (entry.side_open or (_open(entry) and any(map(_sided, groups)))):
        yield _side(beside, told)
    kinds = _kinds(entry, table)
    if _open(entry) and not (entry.side_open and _OPEN.subn("", entry.title)[1] == 1) and kinds:
        yield CodeGap(
            what=_axis(" ".join(one.title for one in kinds)),
            said=tuple(_answers(kinds, entry, told)),
            choices=_choices(kinds),
        )
    stem = table.find(entry.code[:6].rstrip("X")) if len(entry.code) == 7 else entry
    if stem is not None and (stem is entry or _OPEN.search(stem.sevenths.get(entry.code[6:], ""))):
        yield from _seventh(stem)


def _around(entry: Entry, table: Icd10cm) -> list[list[Entry]]:
    """The codes beside one, and those under each of them that has kinds of its own."""
    above = table.above(entry.code)
    beside = [one for one in (table.children(above[0]) if above else ()) if one.code != entry.code]
    return [beside, *(list(table.children(one.code)) for one in beside if not one.leaf)]


def _sided(group: Sequence[Entry]) -> bool:
    """Whether codes of a group say each side."""
    return {"left", "right"} <= {one.side for one in group}


def _kinds(entry: Entry, table: Icd10cm) -> list[Entry]:
    """The nearest codes that say more: beside it, or beside what it stands under."""
    for place in table.above(entry.code):
        around = (one for one in table.children(place) if not entry.code.startswith(one.code))
        kinds = [one for one in around if one.side in (None, entry.side) and not _open(one)]
        if any(not one.title.lower().startswith("other ") for one in kinds):
            return kinds
    return []


def _open(entry: Entry) -> bool:
    return bool(_OPEN.search(entry.title))


def _side(beside: Sequence[Entry], told: Told) -> CodeGap:
    said: list[Said] = []
    named: set[Side] = set()
    for sentence, found in _about(told):
        for which, start, end in found:
            named.add(which)
            said.append(_quoted(sentence, start, end))
    fitting = [one for one in beside if one.side and (not named or one.side in named)]
    return CodeGap(what="side", said=tuple(said[:5]), choices=_choices(fitting))


def _about(told: Told) -> Iterator[tuple[Sentence, list[tuple[Side, int, int]]]]:
    """Sentences that name a side and share a word with the diagnosis."""
    for sentence, _, words in told.lines:
        found = sides(sentence.text) if words & told.words else []
        if found:
            yield sentence, found


def _answers(kinds: Sequence[Entry], entry: Entry, told: Told) -> Iterator[Said]:
    """Words that only the more specific codes have, in a sentence about the diagnosis."""
    own = {one.word for one in tokens(entry.title)}
    telling = {one.word for kind in kinds for one in tokens(kind.title)} - own - PALE
    count = 0
    for sentence, words, said in told.lines:
        if said.isdisjoint(told.words) or said.isdisjoint(telling):
            continue
        for one in words:
            if one.word in telling and one.word not in told.words and not one.absent and count < 5:
                count += 1
                yield _quoted(sentence, one.start, one.end)


def _quoted(sentence: Sentence, start: int, end: int) -> Said:
    """The words and what stands around them, no further than the sentence."""
    low, high = max(0, start - 40), min(len(sentence.text), end + 40)
    while low > 0 and sentence.text[low - 1].isalnum():
        low -= 1
    while high < len(sentence.text) and sentence.text[high].isalnum() and high - low < _LONGEST:
        high += 1
    span = Span(start=sentence.start + low, end=sentence.start + high)
    return Said(quote=sentence.text[low:high], span=span)


def _seventh(entry: Entry) -> Iterator[CodeGap]:
    if not entry.sevenths:
        return
    words = " ".join(entry.sevenths.values()).lower()
    axis: Axis = "encounter" if "encounter" in words else _axis(words)
    if axis in ("kind", "complication"):
        axis = "seventh_character"
    yield CodeGap(
        what=axis,
        choices=tuple(
            CodeChoice(code=dotted(complete(entry.code, char)), title=said[:500])
            for char, said in list(entry.sevenths.items())[:_MOST]
        ),
    )


def _axis(words: str) -> Axis:
    return next((name for name, pattern in _AXIS if pattern.search(words)), "kind")


def _choices(found: Sequence[Entry]) -> tuple[CodeChoice, ...]:
    return tuple(CodeChoice(code=one.dotted, title=one.title[:500]) for one in found[:_MOST])

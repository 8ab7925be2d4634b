"""What a proposed code leaves open that others beside it say, and where the text may answer it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nodes.chart import Span
from nodes.coding.candidate import Axis, CodeChoice, CodeGap
from nodes.coding.icd10cm import Entry, Icd10cm, complete, dotted
from nodes.coding.words import PALE, Side, sides, tokens
from nodes.entity import Said
from nodes.policy.sentences import Sentence

_MOST = 8
_LONGEST = 2000
_AXES: tuple[tuple[Axis, str], ...] = (
    ("trimester", r"\btrimester\b"),
    ("stage", r"\bstages?\b"),
    ("intractability", r"\bintractable\b"),
    ("episode", r"\bepisode\b|\bremission\b|\brecurrent\b"),
    ("severity", r"\b(?:mild|moderate|severe|persistent|class [123])\b"),
    ("control", r"\bexacerbation\b|\bstatus asthmaticus\b|\bhyperglycemia\b"),
    ("acuity", r"\b(?:acute|chronic)\b"),
    ("site", r"\b(?:region|joint|site|level|upper|lower|proximal|distal|quadrant|lobe|part)\b"),
    ("type", r"\btype\b|\bprimary\b|\bsecondary\b"),
    ("cause", r"\bdue to\b|\bpost-?traumatic\b|\binduced\b"),
    ("complication", r"\bwith\b"),
)
_AXIS = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _AXES)
_OPEN = re.compile(r"\bunspecified\b", re.IGNORECASE)


class Told(NamedTuple):
    """Where to look for what a code leaves open: the sentences, and the words of the diagnosis."""

    sentences: Sequence[Sentence]
    words: frozenset[str]


def gaps(entry: Entry, told: Told, table: Icd10cm) -> tuple[CodeGap, ...]:
    """Name each thing a code leaves open."""
    return tuple(_gaps(entry, told, table))


def _gaps(entry: Entry, told: Told, table: Icd10cm) -> Iterator[CodeGap]:
    above = table.above(entry.code)
    beside = [one for one in _around(above[0], table) if one.code != entry.code] if above else []
    if entry.side is None and (entry.side_open or _sided(entry, beside)):
        yield _side(beside, told)
    kinds = [one for one in beside if one.side in (None, entry.side) and not _open(one)]
    if _open(entry) and not (entry.side_open and _OPEN.subn("", entry.title)[1] == 1) and kinds:
        yield CodeGap(
            what=_axis(" ".join(one.title for one in kinds)),
            said=tuple(_answers(kinds, entry, told)),
            choices=_choices(kinds),
        )
    if entry.sevenths:
        yield _seventh(entry)


def _around(code: str, table: Icd10cm) -> Iterator[Entry]:
    """The codes under one, those with kinds of their own followed by these."""
    for one in table.children(code):
        yield one
        if not one.leaf:
            yield from table.children(one.code)


def _sided(entry: Entry, beside: Sequence[Entry]) -> bool:
    """Whether codes beside it say each side and this one is the one without."""
    return {"left", "right"} <= {one.side for one in beside} and _open(entry)


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
    for sentence in told.sentences:
        found = sides(sentence.text)
        if found and {one.word for one in tokens(sentence.text)} & told.words:
            yield sentence, found


def _answers(kinds: Sequence[Entry], entry: Entry, told: Told) -> Iterator[Said]:
    """Words that only the more specific codes have, in a sentence about the diagnosis."""
    own = {one.word for one in tokens(entry.title)}
    telling = {one.word for kind in kinds for one in tokens(kind.title)} - own - PALE
    count = 0
    for sentence in told.sentences:
        words = tokens(sentence.text)
        if not {one.word for one in words} & told.words:
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


def _seventh(entry: Entry) -> CodeGap:
    words = " ".join(entry.sevenths.values()).lower()
    axis: Axis = "encounter" if "encounter" in words else _axis(words)
    if axis == "complication":
        axis = "seventh_character"
    return CodeGap(
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

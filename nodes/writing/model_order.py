"""Figures, sides and drugs in a model's sentence stand beside what they stand beside in its source.

All its words may be the record's and it still be false: the reduced reflex left instead of right,
one drug with the dose of another. So what follows what in a clause must follow it in the source.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from nodes.writing.drugs import drugs
from nodes.writing.text import fold

DAYS = re.compile(
    r"\b\d{4}-\d\d(?:-\d\d)?\b|\b\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d\d)\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}\b|\bicd-10(?:-cm)?\b"
)
CLAUSES = re.compile(r"[,;:.](?=\s|$)|\band\b|\bbut\b|\bor\b|\bthen\b|\bwhile\b|[()]")
TOKENS = re.compile(r"[a-z]{0,4}\d+(?:[.,/-]\d+)*|[a-z]+")
NEGATIONS = re.compile(
    r"\b(?:no|not|never|none|nor|neither|without|den(?:y|ies|ied)|negative|absent|cannot|unable"
    r"|lack(?:s|ed|ing)?|free of|failed to|declin(?:e|es|ed))\b|n't\b"
)
SIDES = frozenset({"left", "right", "bilateral", "bilaterally", "both"})
NEAR = 2  # words after a side that must follow it in the source too
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
NUMBERS = {word: str(n) for n, word in enumerate(_NUMBERS.split(), 1)}
_IDLE = "a an the of on in at to is was were are has had with her his"
IDLE = frozenset(_IDLE.split())


def out_of_order(text: str, quotes: tuple[str, ...]) -> bool:
    """Say whether something stands beside what it stands beside in no quote that has both."""
    sources = [_words(quote) for quote in quotes]
    marked = [[word for word in source if _marks(word)] for source in sources]
    return any(not _follows(first, second, marked) for first, second in _beside(text)) or any(
        not _sided(some, sources) for some in _sides(text)
    )


def more_negated(text: str, quotes: tuple[str, ...]) -> bool:
    """Say whether a sentence denies more often than all it cites: a word may stand there twice."""
    there = sum(len(NEGATIONS.findall(fold(quote))) for quote in dict.fromkeys(quotes))
    return len(NEGATIONS.findall(fold(text))) > there


def _beside(text: str) -> Iterator[tuple[str, str]]:
    """Give the figures, sides and drugs that follow each other within a clause."""
    for clause in _clauses(text):
        yield from pairwise([word for word in _words(clause) if _marks(word)])


def _clauses(text: str) -> list[str]:
    """Cut at stops and conjunctions, not at a bracket that holds a figure of what is before it."""
    return CLAUSES.split(re.sub(r"\((?=[^()]{0,12}\))", " ", _dayless(text)))


def _follows(first: str, second: str, marked: list[list[str]]) -> bool:
    """Say whether a source has the second after the first, and none of their kinds between."""
    both = [some for some in marked if first in some and second in some]
    return not both or any(_next(first, second, some) for some in both)


def _next(first: str, second: str, some: list[str]) -> bool:
    kinds, before = {_kind(first), _kind(second)}, False
    for word in some:
        if before and word == second:
            return True
        if word == first:
            before = True
        elif _kind(word) in kinds:
            before = False
    return False


def _sides(text: str) -> Iterator[list[str]]:
    """Give each side with the words right after it."""
    for clause in _clauses(text):
        words = _words(clause)
        for place, word in enumerate(words):
            if word in SIDES:
                yield words[place : place + 1 + NEAR]


def _sided(some: list[str], sources: list[list[str]]) -> bool:
    """Say whether the words after a side stand after that side, in a source of several sides."""
    side, after = some[0], some[1:]
    every = [word for source in sources for word in source]
    if {word for word in every if word in SIDES} <= {side}:
        return True
    near = {word for source in sources for word in _after(side, source)}
    return all(word in near for word in after if word in every)


def _after(side: str, source: list[str]) -> Iterator[str]:
    """Give the words between a side and the next other one."""
    on = False
    for word in source:
        if word in SIDES:
            on = word == side
        if on:
            yield word


def _words(text: str) -> list[str]:
    found = (NUMBERS.get(word, word) for word in TOKENS.findall(_dayless(text)))
    return [word for word in found if word not in IDLE]


def _dayless(text: str) -> str:
    return DAYS.sub(" ", fold(text))


def _marks(word: str) -> bool:
    return _kind(word) is not None


def _kind(word: str) -> str | None:
    if word in SIDES:
        return "side"
    if word[0].isdigit():
        return "number"
    return "drug" if word.isalpha() and drugs(word) else None

"""What documents of a kind say in whatever words: ``speech.yaml``, ready to be looked for."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints

from nodes.audit import Model, Used, sha256
from nodes.datafile import parse
from nodes.document import Kind
from nodes.reading.misread import Token, tokens

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]*\.?[0-9]+$")]
GROUP = re.compile(r"<([a-z]+)>|~([0-9]{1,2})|([^\s<>~]+)")
NEGATING = ("not", "asked", "if")
BEFORE = 3


class Lexicon(Model):
    """The words of a kind: what each weighs, the most and least they weigh together.

    Where they weigh less than the least, all that speaks for the kind counts half: a heading alone
    makes no report of findings or results.
    """

    weight: Number
    most: Number
    least: Number = "0"
    words: str


class Speech(Model):
    """The file ``speech.yaml``."""

    id: str
    version: str
    source: str
    effective: date
    groups: dict[str, str]
    acts: dict[Kind, dict[str, Number]]
    headings: dict[Kind, dict[str, Number]]
    vocabulary: dict[Kind, Lexicon]
    real: str = Field(description="Words that are no misread word of another")


class Act(NamedTuple):
    """A pattern's words, each with how many may stand before it, and what it says of a kind."""

    steps: tuple[tuple[int, frozenset[str]], ...]
    kind: Kind
    weight: float
    heading: bool
    unnegated: bool


class Spoken(NamedTuple):
    """The acts by their first word, the vocabularies by word, the words that negate, and all."""

    acts: dict[str, tuple[Act, ...]]
    vocabulary: dict[str, tuple[tuple[Kind, float], ...]]
    most: dict[Kind, float]
    least: dict[Kind, float]
    negating: frozenset[str]
    words: frozenset[str]
    used: Used


@cache
def spoken() -> Spoken:
    """The file as shipped; NotConfigured names what is wrong in it."""
    raw = (files("nodes") / "reading" / "speech.yaml").read_bytes()
    told = parse(raw, Speech, "document speech", "speech.yaml")
    groups = {name: frozenset(_words(words)) for name, words in told.groups.items()}
    acts: dict[str, list[Act]] = defaultdict(list)
    for patterns, heading in ((told.acts, False), (told.headings, True)):
        for kind, weights in patterns.items():
            for pattern, weight in weights.items():
                steps = tuple(_steps(pattern, groups))
                act = Act(steps, kind, float(weight), heading, pattern.endswith("!"))
                for word in steps[0][1]:
                    acts[word].append(act)
    vocabulary: dict[str, list[tuple[Kind, float]]] = defaultdict(list)
    for kind, lexicon in told.vocabulary.items():
        for word in dict.fromkeys(_words(lexicon.words)):
            vocabulary[word].append((kind, float(lexicon.weight)))
    every = {
        word for all_ in acts.values() for one in all_ for _, step in one.steps for word in step
    }
    return Spoken(
        acts={word: tuple(all_) for word, all_ in acts.items()},
        vocabulary={word: tuple(all_) for word, all_ in vocabulary.items()},
        most={kind: float(lexicon.most) for kind, lexicon in told.vocabulary.items()},
        least={kind: float(lexicon.least) for kind, lexicon in told.vocabulary.items()},
        negating=frozenset().union(*(groups[name] for name in NEGATING)),
        words=frozenset((*every, *vocabulary, *_words(told.real))),
        used=Used(kind="table", id=told.id, version=told.version, sha256=sha256(raw)),
    )


def said(words: Sequence[Token], headings: Sequence[int]) -> Iterator[tuple[Act, int, int]]:
    """Give each act of speech once: with its first and its last word.

    ``headings`` tells of each word where its heading ends, 0 where it stands in none.
    """
    table, seen = spoken(), set[Act]()
    for at, word in enumerate(words):
        for act in table.acts.get(word.word, ()):
            if act in seen:
                continue
            last = _end(act, words, at, headings[at])
            if last is not None and not (act.unnegated and _negated(words, at, last)):
                seen.add(act)
                yield act, at, last


def _end(act: Act, words: Sequence[Token], at: int, heading: int) -> int | None:
    """Give the last word of an act that begins at a word, the nearest; None where it is not."""
    if act.heading and not heading:
        return None
    bound = heading if act.heading else len(words)
    reached = {at}
    for gap, wanted in act.steps[1:]:
        reached = {
            place
            for one in reached
            for place in range(one + 1, min(one + gap + 2, bound))
            if words[place].word in wanted
        }
        if not reached:
            return None
    return min(reached)


def _negated(words: Sequence[Token], first: int, last: int) -> bool:
    negating = spoken().negating
    return any(one.word in negating for one in words[max(0, first - BEFORE) : last + 1])


def _steps(pattern: str, groups: dict[str, frozenset[str]]) -> Iterator[tuple[int, frozenset[str]]]:
    gap = 0
    for group, many, literal in GROUP.findall(pattern.rstrip("!")):
        if many:
            gap = int(many)
        elif group:
            yield gap, groups[group]
            gap = 0
        else:
            for word in _words(literal):
                yield gap, frozenset({word})
                gap = 0


def _words(words: str) -> Iterator[str]:
    return (one.word for one in tokens(words))

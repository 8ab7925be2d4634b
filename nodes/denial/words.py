"""The words of denial letters: ``words.yaml``, which people edit, as patterns to look for.

In a phrase a blank stands for any white space, ``...`` for a few words of the same sentence, and
``(a|b)`` and ``?`` mean what they mean in a pattern.
"""

import re
from datetime import date
from functools import cache
from importlib.resources import files

from nodes.audit import Model, Used, sha256
from nodes.datafile import parse
from nodes.notice import Category

CLASS = re.compile(r"(\[[^\]]*\])")


class Words(Model):
    """The file: phrases by what they say."""

    id: str
    version: str
    source: str
    effective: date
    reasons: dict[Category, tuple[str, ...]]
    weak: dict[Category, tuple[str, ...]]
    outcomes: dict[str, tuple[str, ...]]
    cues: dict[str, tuple[str, ...]]


@cache
def words() -> tuple[Words, Used]:
    """The phrases as shipped, and the record of what was used."""
    raw = (files("nodes") / "denial" / "words.yaml").read_bytes()
    read = parse(raw, Words, "denial words", "words.yaml")
    return read, Used(kind="table", id=read.id, version=read.version, sha256=sha256(raw))


def pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for several phrases."""
    return re.compile("|".join(f"(?:{_one(phrase)})" for phrase in phrases))


def _one(phrase: str) -> str:
    parts = CLASS.split(phrase)
    parts[::2] = [_blanks(part) for part in parts[::2]]
    edge = "" if phrase.startswith("^") else "(?<![a-z])"
    return rf"{edge}{''.join(parts)}(?![a-z])"


def _blanks(part: str) -> str:
    gap = part.replace(" ... ", r"\b[^.;:?!]{0,80}?\b").replace(" ?", r"[\s\-]*")
    return gap.replace(" ", r"[\s\-]+")


@cache
def cue(name: str) -> re.Pattern[str]:
    """The pattern of one list of cues or outcomes."""
    read = words()[0]
    return pattern(read.cues.get(name) or read.outcomes[name])


@cache
def reasons() -> tuple[tuple[Category, re.Pattern[str]], ...]:
    """The pattern of each category."""
    return tuple((name, pattern(phrases)) for name, phrases in words()[0].reasons.items())


@cache
def weak() -> tuple[tuple[Category, re.Pattern[str]], ...]:
    """The pattern of what only hints at each category."""
    return tuple((name, pattern(phrases)) for name, phrases in words()[0].weak.items())


@cache
def vocabulary() -> frozenset[str]:
    """Every word of the phrases, to mend what a fax made of it."""
    read = words()[0]
    every = (*read.reasons.values(), *read.outcomes.values(), *read.cues.values())
    plain = re.sub(r"\(\?[:!=<]*", " ", " ".join(p for phrases in every for p in phrases))
    found = re.findall(r"[a-z]{4,}", re.sub(r"\\.|\[[^\]]*\]|[a-z]+\?", " ", plain))
    return frozenset(found)

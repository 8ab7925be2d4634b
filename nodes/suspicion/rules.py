"""Patterns of words that are addressed to software, read from ``rules.yaml`` once."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nodes.audit import Model
from nodes.datafile import parse
from nodes.suspicion.unseen import folded

FILE = Path(__file__).with_name("rules.yaml")
_FIRST = 3
_PART = re.compile(r"\{([A-Z]+)\}")


@dataclass(frozen=True)
class Rule:
    """One pattern: what it shows, and words one of which is always near; of ``also``, one too.

    ``words`` are near words that count only as whole words.
    """

    kind: str
    words: tuple[str, ...]
    near: tuple[str, ...]
    also: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


class WrittenRule(Model):
    """A rule as the file writes it: any of its patterns is one."""

    kind: str
    words: tuple[str, ...] = ()
    near: tuple[str, ...]
    also: tuple[str, ...] = ()
    any: tuple[str, ...]


class SuspicionFile(Model):
    """The file: parts of patterns by name, and the rules."""

    version: str
    parts: dict[str, str]
    rules: tuple[WrittenRule, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules of the file."""
    return tuple(_read())


def near_in(used: str) -> list[str]:
    """Give the letters that a rule has near what it finds and that stand in ``used``."""
    by_first = _by_first()
    first = set(zip(used, used[1:], used[2:], strict=False))
    may = [one for start in by_first.keys() & first for one in by_first[start]]
    may += _brief(used.isascii())
    return [one for one in may if one in used]


def told_by(near: Iterable[str], words: Set[str]) -> Iterator[tuple[Rule, list[str]]]:
    """Give the rules that may find something, in order, with the words that let them.

    ``near`` is what ``near_in`` gives of a text, ``words`` are its short words.
    """
    said: dict[int, list[str]] = {}
    for one in near:
        for number in _near()[one]:
            said.setdefault(number, []).append(one)
    for one in _words().keys() & words:
        for number in _words()[one]:
            said.setdefault(number, []).append(one)
    for number in sorted(said):
        yield rules()[number], said[number]


@cache
def _by_first() -> dict[tuple[str, ...], list[str]]:
    """The letters by the first of them, but for those too short for that."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in _near():
        found.setdefault(tuple(one[:_FIRST]), []).append(one)
    return {start: said for start, said in found.items() if len(start) == _FIRST}


@cache
def _brief(ascii_only: bool) -> list[str]:
    """The letters too short for that, those that a text in ASCII may hold or all."""
    return [one for one in _near() if len(one) < _FIRST and (one.isascii() or not ascii_only)]


@cache
def _near() -> dict[str, list[int]]:
    return _numbers((number, rule.near) for number, rule in enumerate(rules()))


@cache
def _words() -> dict[str, list[int]]:
    return _numbers((number, rule.words) for number, rule in enumerate(rules()))


def _numbers(told: Iterable[tuple[int, tuple[str, ...]]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, said in told:
        for one in said:
            found.setdefault(one, []).append(number)
    return found


def _read() -> Iterator[Rule]:
    file = parse(FILE.read_bytes(), SuspicionFile, "suspicion rules", FILE.name)
    for rule in file.rules:
        whole = (_PART.sub(lambda found: file.parts[found[1]], one) for one in rule.any)
        near = tuple(folded(word) for word in rule.near)
        yield Rule(rule.kind, rule.words, near, rule.also, tuple(map(re.compile, whole)))

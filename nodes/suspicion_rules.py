"""Patterns of words that are addressed to software, read from ``suspicion.yaml`` once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nodes.audit import Model
from nodes.datafile import parse
from nodes.unseen import folded

FILE = Path(__file__).with_name("suspicion.yaml")
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


def _read() -> Iterator[Rule]:
    file = parse(FILE.read_bytes(), SuspicionFile, "suspicion rules", FILE.name)
    for rule in file.rules:
        whole = (_PART.sub(lambda found: file.parts[found[1]], one) for one in rule.any)
        near = tuple(folded(word) for word in rule.near)
        yield Rule(rule.kind, rule.words, near, rule.also, tuple(map(re.compile, whole)))

"""The signs of each reason, ``signs.yaml``: what stands together in its sentences, and how much.

People edit the file. A sign is concepts, or phrases of its own, joined by `` + `` (near each other
in any order) and `` - `` (not near); its number is what it tells, 1 (hints) to 4 (decides).
"""

import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, NamedTuple

from pydantic import StringConstraints

from nodes.audit import Model, Used, sha256
from nodes.datafile import parse
from nodes.denial.words import pattern
from nodes.denial.words import vocabulary as phrases
from nodes.notice import Category

STEM = re.compile(r"(?<=[a-z])\*")
JOIN = re.compile(r" ([+-]) ")
ANY = "[a-z]*"


class Signs(Model):
    """The file: words by concept, signs by category with their weight."""

    id: str
    version: str
    source: str
    effective: date
    concepts: dict[str, tuple[str, ...]]
    signs: dict[Category, dict[str, Annotated[str, StringConstraints(pattern=r"^[1-4]$")]]]


class Sign(NamedTuple):
    """Terms that stand near each other, terms that do not, and what it tells.

    ``sought`` are the terms that stand near, in the order in which they are cheap to look for.
    """

    category: Category
    near: tuple[str, ...]
    apart: tuple[str, ...]
    weight: int
    sought: tuple[str, ...]


@cache
def signs() -> tuple[Signs, Used]:
    """The file as shipped, and the record of what was used."""
    raw = (files("nodes") / "denial" / "signs.yaml").read_bytes()
    read = parse(raw, Signs, "denial signs", "signs.yaml")
    return read, Used(kind="table", id=read.id, version=read.version, sha256=sha256(raw))


@cache
def every() -> tuple[Sign, ...]:
    """Every sign of the file."""
    return tuple(
        _sign(category, said, int(weight))
        for category, found in signs()[0].signs.items()
        for said, weight in found.items()
    )


def _sign(category: Category, said: str, weight: int) -> Sign:
    first, *rest = JOIN.split(said)
    joined = list(zip(rest[::2], rest[1::2], strict=True))
    near = (first, *(term for how, term in joined if how == "+"))
    apart = tuple(term for how, term in joined if how == "-")
    shared = signs()[0].concepts
    return Sign(category, near, apart, weight, tuple(sorted(near, key=lambda t: t not in shared)))


@cache
def term(name: str) -> re.Pattern[str]:
    """The pattern of a concept, or of a phrase that a sign gives itself."""
    phrases = signs()[0].concepts.get(name, (name,))
    return pattern(tuple(f"({STEM.sub(ANY, phrase)})" for phrase in phrases))


@cache
def vocabulary() -> frozenset[str]:
    """Every whole word of the signs and of the phrases, to mend what a fax made of it."""
    read = signs()[0]
    every_term = (*(p for said in read.concepts.values() for p in said), *_terms())
    plain = re.sub(r"\(\?[:!=<]*", " ", " ".join(every_term))
    return phrases() | frozenset(re.findall(r"(?<![a-z])[a-z]{4,}(?![a-z*?])", plain))


def _terms() -> tuple[str, ...]:
    return tuple(one for sign in every() for one in (*sign.near, *sign.apart))

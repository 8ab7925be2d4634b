"""The words that tell kinds of documents apart, ``kinds.yaml``, ready to be looked for.

A weight counts once a page. A ``title`` cue counts where its line is a heading: short and near the
top, in capitals, before a colon, or hardly more than the cue.
"""

from collections import defaultdict
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, NamedTuple, get_args

from pydantic import Field, StringConstraints

from nodes.audit import Model, Used, sha256
from nodes.datafile import parse
from nodes.document import Kind
from nodes.reading.misread import Vocabulary, tokens
from nodes.reading.speech import spoken

Number = Annotated[str, StringConstraints(pattern=r"^-?[0-9]*\.?[0-9]+$")]
Words = dict[str, Number]
COVER = "cover"


class Cues(Model):
    """What speaks for a kind, and against it."""

    title: Words = Field(default_factory=dict)
    words: Words = Field(default_factory=dict)
    against: Words = Field(default_factory=dict)


class Shape(Model):
    """The weight of each line of a shape, and how many count."""

    weight: Number
    most: Number


class Kinds(Model):
    """The file: ``least`` a kind must weigh, ``apart`` how many times the next one's weight."""

    id: str
    version: str
    source: str
    effective: date
    least: Number
    apart: Number
    kinds: dict[Kind, Cues]
    shapes: dict[Kind, dict[str, Shape]]
    cover: Cues


class Cue(NamedTuple):
    """A phrase's words after the first, and what it says of a kind (or of a cover sheet)."""

    rest: tuple[str, ...]
    kind: str
    weight: float
    title: bool


class Table(NamedTuple):
    """The cues by their first word, and every word that is in one."""

    kinds: Kinds
    by_first: dict[str, tuple[Cue, ...]]
    vocabulary: Vocabulary
    used: Used


@cache
def table() -> Table:
    """The file as shipped; NotConfigured names what is wrong in it."""
    raw = (files("nodes") / "reading" / "kinds.yaml").read_bytes()
    kinds = parse(raw, Kinds, "document kinds", "kinds.yaml")
    used = Used(kind="table", id=kinds.id, version=kinds.version, sha256=sha256(raw))
    found: dict[str, list[Cue]] = defaultdict(list)
    for kind, cues in (*kinds.kinds.items(), (COVER, kinds.cover)):
        for words, sign, title in ((cues.title, 1, True), (cues.words, 1, False),
                                   (cues.against, -1, False)):  # fmt: skip
            for phrase, weight in words.items():
                first, *rest = (one.word for one in tokens(phrase))
                found[first].append(Cue(tuple(rest), kind, sign * float(weight), title))
    by_first = {first: tuple(cues) for first, cues in found.items()}
    every = {*by_first, *(word for cues in by_first.values() for cue in cues for word in cue.rest)}
    return Table(kinds, by_first, Vocabulary(every | spoken().words), used)


KINDS: tuple[Kind, ...] = get_args(Kind)

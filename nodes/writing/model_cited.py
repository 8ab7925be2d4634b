"""A model's prose, sentence by sentence, each with the words it really cites.

A citation counts only when source, place and words are those of the request: one that points
elsewhere makes its sentence worthless. What carries no citation is no sentence of the chart.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nodes.prose import Citation
from nodes.writing.claude import Block, Passage, Pointer
from nodes.writing.text import clean, content_words, fold

HEADING = re.compile(r"^[ \t]*#{1,4}[ \t]*(.+?)[ \t]*#*$|^[ \t]*\*\*([^*\n]{1,60})\*\*:?[ \t]*$")
BULLET = re.compile(r"^[ \t]*(?:[-*\u2022]|\d{1,2}[.)])[ \t]+")
STOPS = re.compile(r"[.!?]+[\"')\]\u201d]*(?=\s+[\"'(\[\u201c]?[A-Z0-9])")
SHORT = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Dr|Mr|Ms|Mrs|St|vs|approx|e\.g|i\.e|etc|no|No|Fig|Jr|Sr|wks?|mos?|hrs?"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|q\.d|b\.i\.d|t\.i\.d)\.$"
)
LEANS = re.compile(
    r"^(?:it|they|this|these|that|those|both|such|he|also|however|therefore|thus)\b(?! patient)",
    re.IGNORECASE,
)
LOOSE = 4  # words of its own that a sentence may put around the cited ones


@dataclass(frozen=True)
class Cited:
    """A sentence of a model: under which heading, its citations, or why it has none."""

    heading: str
    text: str
    citations: tuple[Citation, ...] = ()
    wrong: str | None = None


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    block: Block


def sentences(
    blocks: Sequence[Block], passages: Sequence[Passage], facts: dict[str, str]
) -> Iterator[Cited]:
    """Part the prose into sentences; ``facts`` gives the fact behind each passage's name."""
    pieces, length = [], 0
    for block in blocks:
        pieces.append(_Piece(length, length + len(block.text), block))
        length += len(block.text)
    whole, heading = "".join(block.text for block in blocks), ""
    for start, end in _spans(whole):
        if found := HEADING.match(whole[start:end]):
            heading = clean(found[1] or found[2])
            continue
        touched = [p for p in pieces if p.start < end and p.end > start and p.block.text.strip()]
        yield _sentence(whole, start, end, touched, heading, passages, facts)


def _sentence(
    whole: str,
    start: int,
    end: int,
    touched: Sequence[_Piece],
    heading: str,
    passages: Sequence[Passage],
    facts: dict[str, str],
) -> Cited:
    text = clean(whole[start:end])
    pointers = [pointer for piece in touched for pointer in piece.block.pointers]
    quotes = [quoted(pointer, passages) for pointer in pointers]
    if not quotes:
        return Cited(heading, text, wrong="it cites nothing")
    if any(quote is None for quote in quotes):
        return Cited(heading, text, wrong="a citation in it points to what was not given")
    if LEANS.match(text):
        return Cited(heading, text, wrong="it cannot be read without another sentence")
    found = [
        Citation(fact=facts[p.name], quote=q)
        for p, q in zip(pointers, quotes, strict=True)
        if p and q
    ]
    bare = " ".join(
        whole[max(start, p.start) : min(end, p.end)] for p in touched if not p.block.pointers
    )
    said = frozenset[str]().union(*(content_words(citation.quote) for citation in found))
    if len(content_words(bare) - said) > LOOSE:
        return Cited(heading, text, wrong="a part of it cites nothing")
    return Cited(heading, text, tuple(dict.fromkeys(found)))


def quoted(pointer: Pointer | None, passages: Sequence[Passage]) -> str | None:
    """Give the words a citation points to, when its source, place and words agree; else None."""
    if pointer is None or not 0 <= pointer.place < len(passages):
        return None
    passage = passages[pointer.place]
    if passage.name != pointer.name or not 0 <= pointer.start < pointer.end <= len(passage.pieces):
        return None
    words = " ".join(passage.pieces[pointer.start : pointer.end])
    return words if _bare(words) == _bare(pointer.words) else None


def _bare(text: str) -> str:
    return re.sub(r"\s", "", fold(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Cut at line ends and at the ends of sentences."""
    for line in re.finditer(r"[^\n]+", text):
        bullet = BULLET.match(line[0])
        start = line.start() + (bullet.end() if bullet else 0)
        if not HEADING.match(line[0]):
            for stop in STOPS.finditer(text, start, line.end()):
                if not SHORT.search(text[start : stop.end()][-12:]):
                    yield start, stop.end()
                    start = stop.end()
        if text[start : line.end()].strip():
            yield start, line.end()

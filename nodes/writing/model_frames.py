"""What a text says, one frame for each thing: a value with its day, a drug with what came of it.

A text is cut where clauses end and where lists go on; what stands before a list (its subject, its
heading, its denial) belongs to each of its members, a side or a value only to its own.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from nodes.writing.model_lexicon import (
    DAY,
    DEGREES,
    KIN,
    LIMITING,
    MARKS,
    PLANS,
    PREDICATES,
    SIDES,
    TIMES,
    is_figure,
    is_key,
)
from nodes.writing.model_normal import normal
from nodes.writing.model_pieces import Piece, pieces, read

STRONG = re.compile(
    r"[;!?](?!\d)|\.(?=\s|$)|\b(?:but|while|whereas|however|although|though|yet|then)\b"
)
HEAD = re.compile(r"^\s*([a-z][^:;,.]{1,50}):(?=\s|$)")
KEPT = MARKS | DEGREES | SIDES | TIMES
SHAPE = re.compile(r"\d[\d.]*")


@dataclass
class Frame:
    """One thing said: its words, those it must have, and those its place in the text lends it."""

    words: list[str] = field(default_factory=list)
    needed: set[str] = field(default_factory=set)
    lent: set[str] = field(default_factory=set)
    parts: list[list[str]] = field(default_factory=list)
    near: list[frozenset[str]] = field(default_factory=list)
    entry: bool = False

    def keys(self) -> set[str]:
        """Give the words that say what is spoken of."""
        return {word for word in self.words if is_key(word)}

    def drugs(self) -> set[str]:
        """Give the drugs."""
        found = {word.lstrip("!") for word in (*self.words, *self.lent)}
        return {word for word in found if word.startswith("rx_")}


@lru_cache(maxsize=1024)
def frames(text: str, whole: bool = False) -> tuple[Frame, ...]:
    """List what a text says, in its order; ``whole`` where it is a record's entry."""
    found: list[Frame] = []
    heading: list[str] = []
    subject: list[str] = []
    for clause in [normal(text)] if whole else STRONG.split(normal(text)):
        head = HEAD.match(clause)
        if head:
            heading = read(head[1], "", "")[0].words
            clause = clause[head.end() :]
        members = list(pieces(clause))
        if head and not members:
            members = [Piece([], [], True, False, "", [])]
        subject = _add(found, members, heading, bool(head), subject)
    for frame in found:
        frame.entry = whole
    return tuple(found)


def _add(
    found: list[Frame],
    members: list[Piece],
    heading: list[str],
    headed: bool,
    subject: list[str],
) -> list[str]:
    """Add the frames of a clause, and give the subject that the next may go on with."""
    begun = len(found)
    for number, piece in enumerate(members):
        last = found[-1] if found and (number or not _keyed(piece)) else None
        if last is not None and _joins(piece, last):
            last.words += piece.words
            last.parts.append(piece.words)
            last.near += piece.near
            _need(last, piece.words)
            continue
        frame = Frame(list(piece.words), parts=[piece.words], near=list(piece.near))
        if last is not None and not _keyed(piece):
            only = all(word in SIDES for word in piece.words)
            frame.words += [
                word
                for word in last.words
                if is_key(word) or (only and word.lstrip("!") in PREDICATES)
            ]
            for one in (last, frame):
                one.needed |= {w for w in one.words if w in TIMES or DAY.match(w) or w in SIDES}
        lends = not piece.fresh and (number or piece.verbal)
        if lends and piece.words and is_figure(piece.words[0]):
            frame.words += [word for word in subject if is_key(word)]
        _lend(frame, heading, headed, subject if lends else [])
        _need(frame, frame.words)
        if lends and last is not None and len(found) > begun:
            _mark(frame, last, piece)
        if piece.fresh or not (number or piece.verbal):
            subject = piece.subject
        found.append(frame)
    _share(found[begun:], members)
    return subject


def _joins(piece: Piece, last: Frame) -> bool:
    """Say whether a member names nothing new: it tells more of what was told last."""
    new = any(is_key(word) and ">" not in word for word in piece.words)
    return not new and not piece.fresh and not _conflict(last.words, piece.words)


def _mark(frame: Frame, last: Frame, piece: Piece) -> None:
    """Carry a plan and a relative to what goes on; a doubt and an allergy to a list only."""
    marks = {word for word in last.words if word in (PLANS | KIN if piece.verbal else MARKS)}
    marks -= {"hx"}
    frame.words += sorted(marks)
    _need(frame, sorted(marks))


def _keyed(piece: Piece) -> bool:
    return any(map(is_key, piece.words))


def _lend(frame: Frame, heading: list[str], headed: bool, subject: list[str]) -> None:
    sided = any(word in SIDES for word in frame.words)
    lent = {w for w in (*heading, *subject) if not (sided and w in SIDES)}
    frame.lent |= lent
    if headed:
        frame.needed |= {word for word in heading if word in SIDES and not sided}
    past = {"past", "family"} & set(heading)
    for word in heading:
        if word in MARKS and (past or word != "hx"):
            frame.words.append(word)
            _need(frame, [word])


def _need(frame: Frame, words: list[str]) -> None:
    for word in words:
        if word in PLANS:
            frame.needed |= {"plan?", word} & {"plan?", "zconsider", "zif"}
        elif word in KEPT or word.startswith(("dr_", *LIMITING)):
            frame.needed.add(word)
        elif word.startswith("before>"):
            frame.needed.add("before?")
        elif word.lstrip("!") == "hx":
            frame.needed.add(word)


def _share(own: list[Frame], members: list[Piece]) -> None:
    """Give the first of several subjects what is said of them all."""
    if len(own) < 2 or len(members) < 2 or members[0].verbal or members[0].fresh:
        return
    if any(w.lstrip("!") in PREDICATES for w in own[0].words) or members[1].separator not in (
        "and",
        "or",
    ):
        return
    own[0].words += [w for w in own[1].words if w.lstrip("!") in PREDICATES - {"full"} - DEGREES]


def _conflict(have: list[str], more: list[str]) -> bool:
    shapes = {SHAPE.sub("#", word) for word in have if is_figure(word)}
    if any(SHAPE.sub("#", word) in shapes for word in more if is_figure(word)):
        return True
    plain, turned = {w.lstrip("!") for w in more}, {w for w in (*have, *more) if w[0] == "!"}
    if any(word[1:] in have or word[1:] in more for word in turned):
        return True
    if {"positive", "negative"} <= plain | set(have):
        return True
    sides = {word for word in have if word in SIDES}
    return bool(sides and plain & SIDES - sides) or bool(
        {w for w in have if w.startswith("rx_")} and {w for w in more if w.startswith("rx_")}
    )

"""The members of a clause, each word under the denial and the link it stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nodes.writing.drugs import generic
from nodes.writing.model_lexicon import (
    DAY,
    DEGREES,
    FILL,
    GROUPING,
    LEADS,
    LEVEL,
    LINKS,
    MARKS,
    NEW,
    PREDICATES,
    SIDES,
    TIMES,
    TURNS,
    VERBS,
    is_figure,
    is_key,
)
from nodes.writing.stems import stem

INTO = "zinto>"  # what another was changed for
WEAK = re.compile(
    r"(,(?=\s|$)|\band\b|\bor\b|[()\"]|\bwhich\b|\bplus\b|\bcompared with\b|\bas well as\b)"
)
TOKEN = re.compile(r"[a-z]*\d[\w./^%+-]*|[a-z][a-z_']*[a-z]|[a-z](?![\w-])")


@dataclass
class Piece:
    """A member of a clause: with a subject of its own, or going on with a verb or a noun."""

    words: list[str]
    near: list[frozenset[str]]
    fresh: bool
    verbal: bool
    separator: str
    subject: list[str]


def pieces(clause: str) -> Iterator[Piece]:
    """Part a clause where its lists go on."""
    carried, separator = "", ""
    cut = WEAK.split(clause)
    for number in range(0, len(cut), 2):
        if number:
            separator = cut[number - 1]
        more = cut[number + 1 :: 2]
        listed = "or" in more
        piece, carried = read(cut[number], separator, carried)
        if carried == "zneg" and not listed:
            carried = ""
        if piece.words:
            yield piece


def read(text: str, separator: str, carried: str) -> tuple[Piece, str]:
    """Read a member; ``carried`` is the denial a list goes on under, given back for the next."""
    raw = [word.removesuffix("'s") for word in TOKEN.findall(text.replace("patient's", ""))]
    verb = next((n for n, word in enumerate(raw) if word in VERBS), None)
    fresh = bool(verb) and any(_names(word) for word in raw[:verb])
    verbal = verb is not None and not fresh
    if fresh or verbal:
        carried = ""
    subject: list[str] = []
    reader = _Reader(carried)
    for number, word in enumerate(raw):
        if number == verb:
            subject = (
                [w for w in reader.words if is_key(w) or w in SIDES or DAY.match(w)]
                if fresh
                else []
            )
        reader.take(word)
    if verb is None:
        subject = []
    return Piece(*reader.words_read(), fresh, verbal, separator, subject), reader.carried


class _Reader:
    """Reads the words of one member, each under the denial and the link it stands under."""

    def __init__(self, carried: str) -> None:
        self.words: list[str] = []
        self.carried = self._denied = carried
        self._near: list[frozenset[str]] = []
        self._group: list[str] = []
        self._link = self._lead = ""
        self._open = False

    def take(self, word: str) -> None:
        """Read one more word."""
        if word in ("zneg", "znegs"):
            self._denied = self.carried = word
            self._open = True
        elif is_figure(word):
            figure = word.rstrip(".,-/:")
            self.words.append(f"{self._lead}:{figure}" if self._lead else figure)
            if LEVEL.match(figure):
                self._group.append(figure)
        elif word in TURNS:
            self._turn(word)
        elif word not in FILL and word not in LEADS:
            self._tell(word)
        self._lead = word if word in LEADS else ""

    def _turn(self, word: str) -> None:
        if word in NEW:
            self._link = ""
            return
        if word in GROUPING:
            self._near.append(frozenset(self._group))
            self._group = []
        if word in LINKS:
            self._link = f"{word}>"
            self._close()
        if not self._open and word not in GROUPING - {"with"}:
            self._denied = ""

    def _close(self) -> None:
        """Deny what stands before a denial that nothing follows."""
        if self._open:
            self.words = [_turned(word) for word in self.words]
            self._open = False

    def _tell(self, word: str) -> None:
        told = _told(word, self._denied, self._link)
        if told.rpartition(">")[2].startswith("!"):
            self._open = False
            if told.rpartition(">")[2][1:] in PREDICATES:
                self._denied = ""
        self.words.append(told)
        self._group.append(told)

    def words_read(self) -> tuple[list[str], list[frozenset[str]]]:
        """Give the words, and those between each with; what ends in a denial is denied."""
        self._near.append(frozenset(self._group))
        self._close()
        if not any(word.startswith(("to:", "until:", "through:")) for word in self.words):
            self.words = [w if DAY.match(w) else w.removeprefix("from:") for w in self.words]
        return self.words, self._near


def _turned(word: str) -> str:
    return f"!{word}" if (is_key(word) or word in PREDICATES) and ">" not in word else word


def _names(word: str) -> bool:
    return word in NEW or (word not in FILL and word not in LEADS and not is_figure(word))


def _told(word: str, denied: str, link: str) -> str:
    if word in SIDES or word in TIMES or word in DEGREES or word in MARKS - {"hx"}:
        return word
    turned = "!" if denied else ""
    if word in PREDICATES:
        return f"{turned}{word}"
    if drug := generic(word):
        return f"{link if link == INTO else ''}{turned}rx_{drug}"
    base = stem(word)
    return base if base in MARKS - {"hx"} else f"{link}{turned}{base}"

"""Find the codes whose titles, inclusion terms or other names are nearest to a chart's words.

Dice's measure over words weighted by rarity, with the side as a thing of its own: sides are no
words but agree, clash or stay open.
"""

import heapq
import math
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from nodes.coding.icd10cm import Entry, Icd10cm, shipped
from nodes.coding.spelling import Spelled
from nodes.coding.wording import Query, query
from nodes.coding.words import PALE, Side, Token, against

_LIMIT, _COMMON = 25_000, 6_000
_SHORTLIST = 250
_HINT = 0.6
_AGAINST = -0.5
_STRANGE = 4.0
_MOST_ADDED = 0.12 + 1e-9
_STEP = 8
_KINDS = (0.0, 0.0, 0.02)


class Match(NamedTuple):
    """A code that fits words, how well, by which text, and which of the words it took up."""

    entry: Entry
    score: float
    by: str
    kind: int
    words: tuple[str, ...]
    covered: float


def weight_of(word: str, count: int, total: int) -> float:
    """How much a word tells: its rarity; little when titles are full of it."""
    rarity = math.log(1 + total / count)
    if word in PALE:
        return rarity * 0.15
    return rarity * 0.3 if word.startswith("-") else rarity


class Index:
    """The search side of the packed table."""

    def __init__(self, table: Icd10cm) -> None:
        """Take the arrays of a table; nothing is copied but the vocabulary."""
        self.table = table
        part = table.packed.part
        self._codes, self._kinds = part("doc_code"), part("doc_kind")
        self._texts, self._text_at = part("doc_text"), part("doc_text_at")
        self._sums, self._weights = part("doc_weight"), part("word_weight")
        self._terms, self._terms_at = part("doc_terms"), part("doc_terms_at")
        self._posts, self._posts_at = part("posts"), part("posts_at")

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Each word of the index and its number."""
        return {word: number for number, word in enumerate(self._words)}

    @cached_property
    def _words(self) -> list[str]:
        return bytes(self.table.packed.part("vocabulary")).decode().split("\n")

    @cached_property
    def _spelled(self) -> Spelled:
        """The words, for those that are not spelled as they should be."""
        return Spelled(word for word in self.vocabulary if len(word) > 3 and word.isalpha())

    def weight(self, word: str) -> float:
        """How much a word tells; one that no title has as much as a middling one."""
        number = self.vocabulary.get(word)
        return 5.0 if number is None else self._weights[number]

    def search(self, text: str, best: int = 5) -> list[Match]:
        """The best codes for a chart's words, best first, one entry a code."""
        return self.find(query(text), best)

    def find(self, asked: Query, best: int = 5) -> list[Match]:
        """The same for words that were read already."""
        known, total = self._known(asked)
        if not known:
            return []
        scored: dict[int, tuple[float, int, float]] = {}
        ranked = sorted(self._shortlist(known, total), key=lambda one: -one[0])
        for place, (most, doc) in enumerate(ranked):
            if place % _STEP == 0 and most < _nth(scored, best):
                break
            score, shared = self._score(doc, known, total, asked.side)
            code = self._codes[doc]
            if code not in scored or (score, -doc) > (scored[code][0], -scored[code][1]):
                scored[code] = (score, doc, shared)
        top = heapq.nsmallest(best, scored.items(), key=lambda one: (-one[1][0], one[0]))
        return [self._match(code, *told, known, total) for code, told in top]

    def may_reach(self, asked: Query, covered: float, least: float) -> bool:
        """Whether any text can score ``least`` for words that titles know so well; none is scored.

        A text shares no more than its words that were read and all that were not.
        """
        known, total = self._known(asked)
        if self._covered(known, total) < covered:
            return False
        sums, unread = self._sums_of(known)
        lengths, best = self._sums, least - _MOST_ADDED
        return any(
            2 * (shared + unread) >= best * (total + lengths[doc]) for doc, shared in sums.items()
        )

    def _covered(self, known: dict[int, float], total: float) -> float:
        """The share of what the words tell that titles know at all; numbers alone tell nothing."""
        told = sum(weight for weight in known.values() if weight > 0)
        spoken = any(
            weight > 0 and self._words[number].isalpha() and self._words[number] not in PALE
            for number, weight in known.items()
        )
        return min(told / total, 1.0) if spoken and total else 0.0

    def _known(self, asked: Query) -> tuple[dict[int, float], float]:
        """Words of the index with what they count, and what all words asked for would count.

        A word that speaks against one asked for counts less than nothing.
        """
        known: dict[int, float] = {}
        total = 0.0
        for token in asked.tokens:
            number, factor = self._number(token)
            if number is None:
                total += _STRANGE
            elif number not in known:
                known[number] = self._weights[number] * factor
                total += self._weights[number]
        self._add(known, (token.key for token in asked.hints), _HINT)
        others = (other for token in asked.tokens for other in against(token.key))
        self._add(known, others, _AGAINST)
        return known, total

    def _number(self, token: Token) -> tuple[int | None, float]:
        """A word's number in the index, and how sure it is: less where its spelling was mended."""
        number = self.vocabulary.get(token.key)
        if number is not None:
            return number, 1.0
        return self.vocabulary.get(self._spelled.nearest(token.word) or ""), 0.85

    def _add(self, known: dict[int, float], words: Iterable[str], factor: float) -> None:
        for word in words:
            number = self.vocabulary.get(word)
            if number is not None:
                known.setdefault(number, self._weights[number] * factor)

    def _sums_of(self, known: dict[int, float]) -> tuple[dict[int, float], float]:
        """The texts that hold the rarest of the words, what they share, and what was not read."""
        sums: dict[int, float] = {}
        read, left = 0, sum(weight for weight in known.values() if weight > 0)
        for number in sorted((one for one in known if known[one] > 0), key=self._count):
            count = self._count(number)
            if read and (count > _COMMON or read + count > _LIMIT):
                break
            read += count
            weight = known[number]
            left -= weight
            for doc in self._posts[self._posts_at[number] : self._posts_at[number + 1]]:
                sums[doc] = sums.get(doc, 0.0) + weight
        return sums, left

    def _shortlist(self, known: dict[int, float], total: float) -> Iterator[tuple[float, int]]:
        """The texts nearest by the words that were read, with the most each can score."""
        sums, unread = self._sums_of(known)
        lengths = self._sums
        chosen: Iterable[int] = sums
        if len(sums) > _SHORTLIST:
            near = [shared / (10 + lengths[doc]) for doc, shared in sums.items()]
            least = heapq.nlargest(_SHORTLIST, near)[-1]
            ranked = zip(near, range(0, -len(near), -1), sums, strict=True)
            close = sorted((one for one in ranked if one[0] >= least), reverse=True)
            chosen = (doc for _, _, doc in close[:_SHORTLIST])
        for doc in chosen:
            yield 2 * (sums[doc] + unread) / (total + lengths[doc]) + _MOST_ADDED, doc

    def _count(self, number: int) -> int:
        return self._posts_at[number + 1] - self._posts_at[number]

    def _score(
        self, doc: int, known: dict[int, float], total: float, side: Side | None
    ) -> tuple[float, float]:
        shared = 0.0
        for term in self._terms[self._terms_at[doc] : self._terms_at[doc + 1]]:
            if term in known:
                shared += known[term]
        dice = 2 * shared / (total + self._sums[doc])
        kind = self._kinds[doc]
        entry = self.table.side_of(self._codes[doc])
        return dice + _KINDS[kind] + _fit(side, *entry), shared

    def _match(
        self,
        code: int,
        score: float,
        doc: int,
        shared: float,
        known: dict[int, float],
        total: float,
    ) -> Match:
        entry = self.table.entry(code)
        terms = self._terms[self._terms_at[doc] : self._terms_at[doc + 1]]
        by = bytes(self._texts[self._text_at[doc] : self._text_at[doc + 1]]).decode()
        return Match(
            entry,
            score,
            by or entry.title,
            self._kinds[doc],
            tuple(self._words[term] for term in terms if known.get(term, 0.0) > 0),
            max(0.0, min(shared / total, 1.0)) if total else 0.0,
        )


def _nth(scored: dict[int, tuple[float, int, float]], number: int) -> float:
    """The score of the last of the best; nothing when there are fewer."""
    if len(scored) < number:
        return -math.inf
    return heapq.nlargest(number, (one[0] for one in scored.values()))[-1]


def _fit(asked: Side | None, side: Side | None, open_side: bool) -> float:
    """What the side adds: agreeing 0.1; clashing takes 0.3; said by the title alone 0.06."""
    if asked is None:
        return -0.06 if side else 0.0
    if side == asked:
        return 0.1
    if side is None:
        return -0.03 if open_side else 0.0
    return -0.3


@cache
def index() -> Index:
    """The index of the edition that comes with the product."""
    return Index(shipped())

"""How near a fact is to the request: carries the verdict, speaks of the case, or neither."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from nodes.case import Case
from nodes.chart import Fact
from nodes.writing.draft import Material
from nodes.writing.drugs import BRANDS, drugs
from nodes.writing.either import either
from nodes.writing.text import content_words, fold
from nodes.writing.tree import carrying

VAGUE = frozenset(
    {"pain", "right", "left", "region", "disorder", "unspecified", "type", "other", "contrast"}
)
LATEST = 10_000_000
NOTHING = re.compile(r"(?!)")
INSIDE = frozenset("abcdefghijklmnopqrstuvwxyz'")
CLOSED = re.compile(r"s*(?![a-z'])")


@dataclass(frozen=True)
class Ranking:
    """What ranks facts: the words of each that the assessment cites, and what the case is about."""

    quotes: dict[str, str]
    essential: frozenset[str]
    taken: re.Pattern[str]
    codes: frozenset[str]
    about: frozenset[str]

    @classmethod
    def of(cls, material: Material) -> "Ranking":
        """Work it out once for a case."""
        criteria = material.assessment.criteria if material.assessment else ()
        quotes = {e.fact: e.quote for c in criteria for e in c.evidence}
        case = material.case
        codes = {code for d in case.diagnoses for code in (d.code, d.code.replace(".", ""))}
        return cls(
            quotes=quotes,
            essential=frozenset(e.fact for c in carrying(criteria) for e in c.evidence),
            taken=_naming(drugs(" ".join(quotes.values()))),
            codes=frozenset(codes | {line.code for line in case.service_lines}),
            about=_about(case),
        )

    def ranked(self, facts: Iterable[Fact]) -> list[tuple[int, Fact]]:
        """Order facts by their rank, then the newest first."""
        held = tuple(facts)
        near = self._near(held)
        ranks = [self._rank(fact, number in near) for number, fact in enumerate(held)]
        places = [
            rank * LATEST - (dated.toordinal() if (dated := fact.end or fact.start) else 0)
            for rank, fact in zip(ranks, held, strict=True)
        ]
        names = [fact.id for fact in held]
        order = sorted(range(len(held)), key=names.__getitem__)
        order.sort(key=places.__getitem__)
        return [(ranks[number], held[number]) for number in order]

    def _near(self, facts: Sequence[Fact]) -> set[int]:
        """Give the places of the facts whose words speak of the case: all are read as one text."""
        told = (f"{fact.quote} {fact.why}" for fact in facts)
        texts = [(words if words.isascii() else fold(words)).lower() for words in told]
        whole = "\n".join(texts)
        ends = list(accumulate(len(words) + 1 for words in texts))
        found: set[int] = set()
        for word in self.about:
            place = whole.find(word)
            while place >= 0:
                end = place + len(word)
                if whole[place - 1 : place] not in INSIDE and CLOSED.match(whole, end):
                    found.add(number := bisect_right(ends, place))
                    end = ends[number] - 1
                place = whole.find(word, end)
        return found

    def _rank(self, fact: Fact, near: bool) -> int:
        """Rank 0: carries the verdict; 1: cited, speaks of the case or a drug cited; 2: neither."""
        if fact.id in self.quotes:
            return 0 if fact.id in self.essential else 1
        if near:
            return 1
        for coding in fact.codes:
            if coding.code in self.codes:
                return 1
        if fact.kind != "medication":
            return 2
        words = fact.quote if fact.quote.isascii() else fold(fact.quote)
        return 1 if self.taken.search(words.lower()) else 2


def _about(case: Case) -> frozenset[str]:
    """Give the words of diagnoses, services and reason; a plural s may follow each."""
    shown = [d.display for d in case.diagnoses] + [line.display for line in case.service_lines]
    return content_words(" ".join(filter(None, [*shown, case.order.reason]))) - VAGUE


def _naming(names: frozenset[str]) -> re.Pattern[str]:
    """Find drugs by these names or a brand of theirs."""
    every = names | {brand for brand, name in BRANDS.items() if name in names}
    return re.compile(rf"(?<![a-z])(?:{either(sorted(every))})(?![a-z])") if every else NOTHING

"""How near a fact is to the request: carries the verdict, speaks of the case, or neither."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nodes.case import Case
from nodes.chart import Fact
from nodes.writing.draft import Material
from nodes.writing.drugs import drugs
from nodes.writing.text import content_words, fold
from nodes.writing.tree import carrying

VAGUE = frozenset(
    {"pain", "right", "left", "region", "disorder", "unspecified", "type", "other", "contrast"}
)
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Ranking:
    """What ranks facts: the words of each that the assessment cites, and what the case is about."""

    quotes: dict[str, str]
    essential: frozenset[str]
    drugs: frozenset[str]
    codes: frozenset[str]
    about: re.Pattern[str]

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
            drugs=drugs(" ".join(quotes.values())),
            codes=frozenset(codes | {line.code for line in case.service_lines}),
            about=_about(case),
        )

    def ranked(self, facts: Iterable[Fact]) -> list[tuple[int, Fact]]:
        """Order facts by their rank, then the newest first."""
        held = tuple(facts)
        near = self._near(held)
        placed = []
        for number, fact in enumerate(held):
            dated = fact.end or fact.start
            rank = self._rank(fact, number in near)
            placed.append((rank, -dated.toordinal() if dated else 0, fact.id, number))
        placed.sort()
        return [(rank, held[number]) for rank, _, _, number in placed]

    def _near(self, facts: Sequence[Fact]) -> set[int]:
        """Give the places of the facts whose words speak of the case: each text is read once."""
        places: dict[str, list[int]] = {}
        for number, fact in enumerate(facts):
            places.setdefault(f"{fact.quote} {fact.why}", []).append(number)
        found: set[int] = set()
        for words, numbers in places.items():
            if self.about.search(words if words.isascii() else fold(words)):
                found.update(numbers)
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
        taken = self.drugs and fact.kind == "medication" and drugs(fact.quote) & self.drugs
        return 1 if taken else 2


def _about(case: Case) -> re.Pattern[str]:
    """Find the words of diagnoses, services and reason, with or without a plural s."""
    shown = [d.display for d in case.diagnoses] + [line.display for line in case.service_lines]
    words = content_words(" ".join(filter(None, [*shown, case.order.reason]))) - VAGUE
    if not words:
        return NOTHING
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![a-z'])(?:{either})s*(?![a-z'])", re.IGNORECASE)

"""Codes for words, each looked up once a request, and no more of them than can be answered."""

from nodes.coding.leaf import Reached, suggestions
from nodes.coding.searching import index
from nodes.coding.wording import query

MOST_TRIED = 12_000
MOST_FOUND = 600
LONGEST = 200
SURE = 0.62
COVERED = 0.6


class Lookup:
    """What was looked up for one request; ``unread`` counts the runs of words that were not."""

    def __init__(self, best: int) -> None:
        """Start with nothing; ``best`` codes are kept for each run of words."""
        self._best = best
        self._promising: dict[str, bool] = {}
        self._codes: dict[str, list[Reached]] = {}
        self.unread = 0

    def promising(self, words: str) -> bool:
        """Whether the best text is near enough: most words of a note are about no diagnosis."""
        words = words[:LONGEST]
        told = self._promising.get(words)
        if told is None:
            if len(self._promising) >= MOST_TRIED:
                self.unread += 1
                return False
            told = self._promising[words] = index().may_reach(query(words), COVERED, SURE)
        return told

    def codes(self, words: str) -> list[Reached]:
        """The best codes, best first; none when too many words were looked up before."""
        words = words[:LONGEST]
        told = self._codes.get(words)
        if told is None:
            if len(self._codes) >= MOST_FOUND:
                self.unread += 1
                return []
            told = self._codes[words] = suggestions(words, self._best)
        return told

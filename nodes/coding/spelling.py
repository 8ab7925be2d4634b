"""The word that was meant by one that is spelled wrong: one or two letters off, never a guess."""

from collections.abc import Iterable, Iterator

_SHORTEST = 5
_LONG = 9


class Spelled:
    """Known words by first letter and length, each with a mark of the letters it has."""

    def __init__(self, words: Iterable[str]) -> None:
        """Sort the words into their places."""
        self._known: dict[tuple[str, int], list[tuple[str, int]]] = {}
        for word in words:
            self._known.setdefault((word[0], len(word)), []).append((word, _letters(word)))

    def nearest(self, word: str) -> str | None:
        """The one known word that is nearest; none when there is none or a tie."""
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        reach = 2 if len(word) >= _LONG else 1
        best: list[str] = []
        for other in self._like(word, reach):
            far = distance(word, other, reach)
            if far < reach:
                best, reach = [other], far
            elif far == reach:
                best.append(other)
        return best[0] if len(best) == 1 else None

    def _like(self, word: str, reach: int) -> Iterator[str]:
        letters = _letters(word)
        for size in range(len(word) - reach, len(word) + reach + 1):
            for other, marks in self._known.get((word[0], size), ()):
                if (letters ^ marks).bit_count() <= 2 * reach:
                    yield other


def _letters(word: str) -> int:
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) % 64)
    return found


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with the next; most + 1 when there are more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]

"""The word that was meant by one that is spelled wrong: one or two letters off, never a guess."""

from collections.abc import Mapping, Sequence

_SHORTEST = 5
_LONG = 9


def nearest(word: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """The one known word (by first letter) that is nearest; none when there is none or a tie."""
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    reach = 2 if len(word) >= _LONG else 1
    letters = set(word)
    best: list[str] = []
    for other in known.get(word[0], ()):
        if abs(len(other) - len(word)) > reach or len(letters ^ set(other)) > 2 * reach:
            continue
        far = distance(word, other, reach)
        if far < reach or (far == reach and not best):
            if far < reach:
                best.clear()
                reach = far
            best.append(other)
        elif far == reach:
            best.append(other)
    return best[0] if len(best) == 1 else None


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

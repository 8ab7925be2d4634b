"""Words as a reader of bad faxes sees them: letters that look alike are one.

A word of five letters and more is known again with one letter misread, lost or added.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
ALIKE = str.maketrans("01i|5!", "ollls" + "l")
SAME = {"cannot": "not"}
LONG = 5
LONGEST = 40


class Token(NamedTuple):
    """A word in its folded spelling, and where it stands."""

    word: str
    start: int
    end: int


def folded(word: str) -> str:
    """Give a word's spelling in which letters that look alike, case and plural are one."""
    plain = word.lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isascii())
    plain = plain.replace("rn", "m").replace("vv", "w").translate(ALIKE)
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and plain[-2] != "s" else plain


def tokens(text: str) -> Iterator[Token]:
    """Give the words of a text in order."""
    for found in WORD.finditer(text):
        word = folded(found[0])
        yield Token(SAME.get(word, word), found.start(), found.end())


class Vocabulary:
    """Words that are known, found again where one letter of them is wrong."""

    def __init__(self, words: Iterable[str]) -> None:
        """Keep the words, and each long one with any one letter left out."""
        self.words = frozenset(words)
        self._short: dict[str, str] = {}
        for word in sorted(self.words):
            if len(word) >= LONG and word.isalpha():
                for one in _shorter(word):
                    self._short.setdefault(one, word)

    def known(self, word: str) -> str:
        """Give the known word that this one is, or is with one letter wrong; else itself."""
        if word in self.words or not LONG <= len(word) <= LONGEST:
            return word
        if word in self._short:
            return self._short[word]
        for one in _shorter(word):
            if one in self.words and len(one) >= LONG:
                return one
            found = self._short.get(one)
            if found is not None and len(found) == len(word) and _one_apart(word, found):
                return found
        return word


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_apart(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1

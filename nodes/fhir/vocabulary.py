"""The words clinicians use for one matter: names, abbreviations, brands and measurements."""

import re
from functools import cache, cached_property
from typing import Any

from nodes.audit import Model

GAPS = {" ": r"\s+", "-": r"[\s\-]?"}
NO_LETTER = r"s?(?![^\W\d_])"
NEVER = r"(?!)"


class Vocabulary(Model):
    """How a text shows that it speaks of a matter.

    ``words`` count at the start of a word and ``abbreviations`` as whole words, whatever their
    case; ``exact`` as whole words in this case, where another case means something else;
    ``patterns`` are regular expressions for measurements, read in lower case.
    """

    words: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    def found_in(self, text: str) -> bool:
        """Whether a text speaks of it."""
        return bool(self._loose.search(text.lower()) or self._exact.search(text))

    @cached_property
    def _loose(self) -> re.Pattern[str]:
        short = [f"{alternation(self.abbreviations)}{NO_LETTER}"] if self.abbreviations else []
        words = [alternation(self.words)] if self.words else []
        every = [*words, *short, *self.patterns]
        return re.compile(rf"(?<!\w)(?:{'|'.join(every)})" if every else NEVER)

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){alternation(self.exact)}(?!\w)" if self.exact else NEVER)


@cache
def joined(vocabularies: tuple[Vocabulary, ...]) -> Vocabulary:
    """Make one vocabulary of several: a text is then looked through once."""
    return Vocabulary(
        words=tuple(word for one in vocabularies for word in one.words),
        abbreviations=tuple(word for one in vocabularies for word in one.abbreviations),
        exact=tuple(word for one in vocabularies for word in one.exact),
        patterns=tuple(word for one in vocabularies for word in one.patterns),
    )


def alternation(words: tuple[str, ...]) -> str:
    """Write words as one expression that shares their beginnings: fast however many there are."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    parts = [
        GAPS.get(character, re.escape(character)) + _branches(rest)
        for character, rest in sorted(node.items())
        if character
    ]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)}){'?' if '' in node else ''}"

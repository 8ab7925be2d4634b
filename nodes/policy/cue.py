"""Patterns that are tried only on sentences with letters they cannot do without."""

import re
from collections import deque


class Cue:
    """A pattern, and letters one of which stands in whatever it finds; case does not count."""

    __slots__ = ("letters", "pattern")

    def __init__(self, pattern: str, *letters: str) -> None:
        """Compile the pattern; the letters are in lower case."""
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self.letters = letters


class Heard:
    """A sentence, asked once for the letters of each cue; parts of it are then searched."""

    __slots__ = ("_known", "text")

    def __init__(self, text: str) -> None:
        """Keep the sentence in small letters."""
        self.text = text.casefold()
        self._known: dict[Cue, bool] = {}

    def may(self, cue: Cue) -> bool:
        """Whether the cue can be in the sentence at all."""
        known = self._known.get(cue)
        if known is None:
            known = self._known[cue] = self._ask(cue.letters)
        return known

    def _ask(self, letters: tuple[str, ...]) -> bool:
        text = self.text
        for one in letters:  # noqa: SIM110 - a generator takes twice the time
            if one in text:
                return True
        return False

    def search(self, cue: Cue, part: str) -> re.Match[str] | None:
        """Find the cue in a part of the sentence."""
        return cue.pattern.search(part) if self.may(cue) else None

    def match(self, cue: Cue, part: str) -> re.Match[str] | None:
        """Find the cue where a part of the sentence begins."""
        return cue.pattern.match(part) if self.may(cue) else None

    def last(self, cue: Cue, part: str) -> re.Match[str] | None:
        """Find the last place of the cue in a part of the sentence."""
        if not self.may(cue):
            return None
        found = deque(cue.pattern.finditer(part), maxlen=1)
        return found[0] if found else None

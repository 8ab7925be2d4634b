"""Patterns that are tried only on sentences with letters they cannot do without."""

import re
from collections import deque

_START = 3
_LONG: dict[tuple[str, ...], list[tuple[str, list["Cue"]]]] = {}
_BRIEF: list[tuple[str, list["Cue"]]] = []


class Cue:
    """A pattern, and letters one of which stands in whatever it finds; case does not count."""

    __slots__ = ("letters", "pattern")

    def __init__(self, pattern: str, *letters: str) -> None:
        """Compile the pattern; the letters are in lower case."""
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self.letters = letters
        for one in dict.fromkeys(letters):
            _register(one, self)


def _register(letters: str, cue: Cue) -> None:
    """Keep which cues ask for the same letters, by how these begin."""
    start = tuple(letters[:_START])
    kept = _LONG.setdefault(start, []) if len(start) == _START else _BRIEF
    for one, cues in kept:
        if one == letters:
            cues.append(cue)
            return
    kept.append((letters, [cue]))


def _asked(text: str) -> set[Cue]:
    """Give the cues whose letters stand in a text, each letters looked for once at most."""
    found: set[Cue] = set()
    for start in _LONG.keys() & set(zip(text, text[1:], text[2:], strict=False)):
        for one, cues in _LONG[start]:
            if one in text:
                found.update(cues)
    for one, cues in _BRIEF:
        if one in text:
            found.update(cues)
    return found


class Heard:
    """A sentence, asked once for the letters of each cue; parts of it are then searched."""

    __slots__ = ("_known", "text")

    def __init__(self, text: str) -> None:
        """Keep the sentence in small letters."""
        self.text = text.casefold()
        self._known: set[Cue] | None = None

    def may(self, cue: Cue) -> bool:
        """Whether the cue can be in the sentence at all."""
        if self._known is None:
            self._known = _asked(self.text)
        return cue in self._known

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

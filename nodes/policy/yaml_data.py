"""YAML of people who need not be trusted, read as plain data: no value is ever guessed.

An unquoted scalar is what JSON would call it (true, false, null, a whole number) and otherwise
text: a date, 1.10, NO, 010, 1_000 and 12:30 stay the words that were written. Quoted is text.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from nodes.errors import UnreadableDocument

BYTES, EVENTS, NESTING = 256_000, 20_000, 40
WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,9})", re.ASCII)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class NotPlain(UnreadableDocument):
    """A document that is not plain data: the problem, and the line where it was seen."""

    def __init__(self, what: str, problem: str, line: int | None = None) -> None:
        """Keep the problem and its line, none of the document's words."""
        self.problem = f"line {line}: {problem}" if line else problem
        super().__init__(f"{what}: {self.problem}")


def data(text: str, what: str, size: int = BYTES, *, typed: bool = True) -> Any:
    """Read one YAML document into dicts, lists, text, whole numbers, booleans and None.

    ``typed=False``: every scalar is text, whatever it looks like, for models that read words.
    Refused: more than ``size`` bytes, 20,000 parts (in proportion to ``size``) or 40 levels;
    anchors and aliases (they multiply), tags, a key twice, a second document, invisible and
    unassigned characters. Raises NotPlain, naming ``what`` and the line, never words.
    """
    try:
        if len(text) > size or len(text.encode()) > size:
            raise NotPlain(what, f"it is larger than {size // 1000} kB")
        return _Reading(what, EVENTS * size // BYTES, typed).whole(text)
    except yaml.MarkedYAMLError as error:
        last = text.count("\n") + 1
        line = min(error.problem_mark.line + 1, last) if error.problem_mark else None
        raise NotPlain(what, error.problem or "it is not plain YAML", line) from None
    except (yaml.YAMLError, UnicodeError, RecursionError):
        raise NotPlain(what, "it is not plain YAML in UTF-8") from None


class _Reading:
    """One pass over the events of a document; what may not be in it stops the pass."""

    def __init__(self, what: str, events: int, typed: bool) -> None:
        self.what, self.limit, self.typed = what, events, typed
        self.count, self.depth = 0, 0
        self.events: Iterator[Any] = iter(())

    def whole(self, text: str) -> Any:
        self.events = iter(yaml.parse(text, Loader=_LOADER))
        if isinstance(self.next(), yaml.StreamEndEvent):
            return None
        found = self.value(self.next())
        self.next()
        if not isinstance(self.next(), yaml.StreamEndEvent):
            raise NotPlain(self.what, "it holds more than one document")
        return found

    def next(self) -> Any:
        for event in self.events:
            self.count += 1
            if self.count > self.limit:
                raise self.refused("too many parts", event)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise self.refused("anchors and aliases are not taken", event)
            if getattr(event, "tag", None):
                raise self.refused("tags are not taken", event)
            if not isinstance(event, yaml.StreamStartEvent):
                return event
        raise NotPlain(self.what, "it is not plain YAML")

    def refused(self, why: str, event: Any) -> NotPlain:
        return NotPlain(self.what, why, event.start_mark.line + 1)

    def value(self, event: Any) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        self.depth += 1
        if self.depth > NESTING:
            raise self.refused("nested too deep", event)
        found = self.mapping() if isinstance(event, yaml.MappingStartEvent) else self.sequence()
        self.depth -= 1
        return found

    def sequence(self) -> list[Any]:
        found = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            found.append(self.value(event))
        return found

    def mapping(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self.refused("a key is no word", event)
            self.visible(event)
            if event.value in found:
                raise self.refused("a key is given twice", event)
            found[event.value] = self.value(self.next())
        return found

    def scalar(self, event: Any) -> str | int | bool | None:
        self.visible(event)
        told = str(event.value)
        if event.style or not self.typed:
            return told
        if told in WORDS:
            return WORDS[told]
        return int(told) if _WHOLE.fullmatch(told) else told

    def visible(self, event: Any) -> None:
        if _HIDDEN.search(event.value):
            raise self.refused("an invisible character", event)

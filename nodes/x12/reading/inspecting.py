"""What is odd about one segment by its characters alone."""

import re

from nodes.errors import UnreadableDocument
from nodes.x12.reading.limits import Limits
from nodes.x12.reading.noting import Findings
from nodes.x12.reading.source import recoded
from nodes.x12.segments import BLANKS, IDENTIFIER, Separators

LONG = "a segment is longer than this reader takes"


class Inspector:
    """Looks at the segments of one interchange; rows of up to ``few`` characters pass any limit."""

    __slots__ = ("_findings", "_limits", "_odd", "_separators", "few")

    def __init__(self, separators: Separators, limits: Limits, findings: Findings) -> None:
        """Behind an ISA."""
        self._separators, self._limits, self._findings = separators, limits, findings
        self.few = min(limits.elements, limits.parts, limits.segment_characters)
        odd = {chr(code) for code in (*range(32), 127)} - set(filter(None, separators))
        self._odd = re.compile("[" + re.escape("".join(sorted(odd))) + "]")

    def clean(self, raw: str, place: int, *, bytewise: bool) -> str:
        """A row without line ends around and blanks before it; carried bytes become text."""
        row = raw.strip("\r\n")
        if bytewise and not row.isascii():
            row, sound = recoded(row)
            if not sound:
                self._findings.note("segment.not-utf8", place, None)
        return row.lstrip(BLANKS)

    def inspect(self, row: str, raw: str, place: int, name: str) -> None:
        """Note indents, what is no identifier, and control characters."""
        if raw.lstrip("\r\n")[:1] in {" ", "\t"}:
            self._findings.note("segment.indent", place, name)
        if not IDENTIFIER.match(name):
            self._findings.note("segment.id", place, name)
        if self._odd.search(row):
            self._findings.note("segment.control-character", place, name)
        self.measure(row)

    def measure(self, row: str) -> None:
        """Refuse more characters, elements, components or repetitions than are wanted."""
        element, component, repetition, _ = self._separators
        if len(row) <= self.few:
            return
        if len(row) > self._limits.segment_characters:
            raise UnreadableDocument(LONG)
        if row.count(element) > self._limits.elements:
            raise UnreadableDocument("a segment has more elements than this reader takes")
        most = self._limits.parts
        for mark in filter(None, (component, repetition)):
            many = row.count(mark) >= most
            if many and any(part.count(mark) >= most for part in row.split(element)):
                raise UnreadableDocument("an element has more parts than this reader takes")

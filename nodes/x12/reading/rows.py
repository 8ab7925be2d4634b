"""Cutting a text into segments: many at once where nothing is odd, else one by one."""

from nodes.errors import UnreadableDocument
from nodes.x12.reading.binary import BINARY
from nodes.x12.reading.control import Control
from nodes.x12.reading.header import Header
from nodes.x12.reading.inspecting import LONG, Inspector
from nodes.x12.reading.limits import Limits
from nodes.x12.reading.source import Buffer
from nodes.x12.segments import BLANKS, IDENTIFIER, Separators

BEFORE = frozenset((*BINARY, "ISA"))
SMALLEST, USUAL = 1 << 7, 1 << 13
Batch = list[list[str]]


class Rows:
    """The segments of one interchange behind its ISA."""

    def __init__(self, buffer: Buffer, control: Control, limits: Limits) -> None:
        """Wait for the first ISA."""
        self.place = self._total = 0
        self._buffer, self._control, self._limits = buffer, control, limits
        self._separators = Separators()
        self._cuts: list[str] = []
        self._handled = control.steps.keys() | BEFORE
        self._plain: set[str] = set()
        self._size = USUAL
        self._inspector = Inspector(self._separators, limits, control.findings)

    def begin(self, header: Header) -> None:
        """Behind an ISA."""
        self.place, self._separators = 1, header.separators
        end = header.separators.segment
        self._cuts = ["\r\n"] if end == "\n" else [end + "\n", end + "\r\n"]
        self._inspector = Inspector(header.separators, self._limits, self._control.findings)
        self._count(1)

    def next(self) -> Batch | None:
        """The next segments, as many as are at hand; none at the end of the text."""
        buffer, end = self._buffer, self._separators.segment
        buffer.fill(self._size)
        if not buffer.left:
            return None
        stop = buffer.data.rfind(end, buffer.at, buffer.at + self._size)
        if stop < 0:
            window = self._upto(self._limits.segment_characters)
        else:
            window = buffer.data[buffer.at : stop]
        rows, cut = self._split(window)
        if buffer.binary and not window.isascii():
            return self._carefully(rows, cut)
        if not (window if len(cut) == 1 else "".join(rows)).isprintable():
            return self._carefully(rows, cut)
        return self._at_once(rows, cut, len(window))

    def single(self, elements: list[str] | None) -> Batch:
        """A BIN or BDS already read; none: its length does not hold, it ends at a terminator."""
        self.place += 1
        self._count(1)
        if elements is None:
            window = self._upto(self._limits.binary)
            self._consume(len(window) + 1)
            elements = window.split(self._separators.element, 3)
            self._control.findings.note("segment.binary-length", self.place, elements[0])
        if not self._control.in_set:
            self._control.outside(elements[0], self.place)
        return [elements]

    def _upto(self, most: int) -> str:
        """The next segment, however long it is; the last of the text may lack its terminator."""
        buffer, size = self._buffer, SMALLEST
        while True:
            buffer.fill(size)
            end = buffer.data.find(self._separators.segment, buffer.at, buffer.at + size)
            if end >= 0:
                return buffer.data[buffer.at : end]
            if buffer.left < size:
                break
            if size > most:
                raise UnreadableDocument(LONG)
            size = min(size * 4, most + 1)
        rest = buffer.data[buffer.at :]
        if rest.strip(BLANKS):
            self._control.findings.note("text.last-terminator", self.place + 1, None)
        return rest

    def _split(self, window: str) -> tuple[list[str], str]:
        """Cut at terminators, with the line ends behind them where each has the same."""
        end = self._separators.segment
        if "\n" in window:
            marks = window.count(end)
            for cut in self._cuts:
                rows = window.split(cut)
                if len(rows) - 1 == marks:
                    return rows, cut
        return window.split(end), end

    def _at_once(self, rows: list[str], cut: str, length: int) -> Batch:
        """Take rows without blanks or control characters in odd places."""
        mark, plain = self._separators.element, self._plain
        batch = [row.split(mark) for row in rows]
        special = [place for place, elements in enumerate(batch) if elements[0] not in plain]
        names = {batch[place][0] for place in special} - self._handled
        if names:
            if not all(map(IDENTIFIER.match, names)):
                return self._carefully(rows, cut)
            plain |= names
            special = [place for place in special if batch[place][0] not in plain]
        if max(map(len, rows)) > self._inspector.few:
            for row in rows:
                self._inspector.measure(row)
        stop = self._step(batch, special)
        if stop < len(batch):
            return self._stopped(batch, rows, cut, stop)
        self._done(len(batch))
        self._size = min(USUAL, self._size * 2)
        self._consume(length + 1)
        return batch

    def _step(self, batch: Batch, special: list[int]) -> int:
        """Show the envelopes their segments; say where to stop, such as before a BIN."""
        control, steps, seen, base = self._control, self._control.steps, 0, self.place + 1
        for place in special:
            elements = batch[place]
            name = elements[0]
            if not control.in_set:
                self._outside(batch, seen, place)
            elif name == "HL":
                steps[name](elements, base + place)
                continue
            step = steps.get(name)
            if step is None and place:
                return place
            (step or self._odd)(elements, base + place)
            seen = place + 1
            if not control.open:
                return place
        if not control.in_set:
            self._outside(batch, seen, len(batch))
        return len(batch)

    def _outside(self, batch: Batch, start: int, stop: int) -> None:
        for place in range(start, stop):
            self._control.outside(batch[place][0], self.place + 1 + place)

    def _stopped(self, batch: Batch, rows: list[str], cut: str, stop: int) -> Batch:
        """Give back what comes behind an IEA, or a segment that is read otherwise."""
        taken = stop + (not self._control.open)
        length = sum(map(len, rows[:taken])) + len(cut) * stop + (taken > stop)
        self._size = max(SMALLEST, min(USUAL, 2 * length))
        self._done(taken)
        self._consume(length)
        return batch[:taken]

    def _carefully(self, rows: list[str], cut: str) -> Batch:
        """Take rows one by one."""
        batch: Batch = []
        mark = self._separators.element
        if not "".join(rows).strip(BLANKS):
            return self._blank(rows, cut)
        for number, raw in enumerate(rows):
            row = self._inspector.clean(raw, self.place + 1, bytewise=self._buffer.binary)
            elements = row.split(mark) if row else []
            blanks = len(raw) - len(raw.lstrip(BLANKS))
            if row and elements[0] in BEFORE and (number or blanks):
                self._consume(blanks)
                return batch
            self._consume(len(raw) + (len(cut) if number < len(rows) - 1 else 1))
            self._count(1)
            if not row:
                if self._separators.segment not in "\r\n":
                    self._control.findings.note("segment.empty", self.place + 1, None)
                continue
            self.place += 1
            self._inspector.inspect(row, raw, self.place, elements[0])
            self._pass(elements)
            batch.append(elements)
            if not self._control.open:
                break
        self._size = SMALLEST if len(batch) < len(rows) // 2 else min(USUAL, self._size * 2)
        return batch

    def _blank(self, rows: list[str], cut: str) -> Batch:
        """Pass over rows that are all empty."""
        self._count(len(rows))
        self._consume(sum(map(len, rows)) + len(cut) * (len(rows) - 1) + 1)
        if self._separators.segment not in "\r\n":
            for _ in rows:
                self._control.findings.note("segment.empty", self.place + 1, None)
        return []

    def _pass(self, elements: list[str]) -> None:
        """Show the envelopes one segment."""
        step = self._control.steps.get(elements[0])
        if step:
            step(elements, self.place)
        elif elements[0] in BEFORE:
            self._odd(elements, self.place)
        elif not self._control.in_set:
            self._control.outside(elements[0], self.place)

    def _odd(self, elements: list[str], place: int) -> None:
        """An ISA that is no header, or a BIN or BDS without elements."""
        rule = "envelope.misplaced" if elements[0] == "ISA" else "segment.binary-length"
        self._control.findings.note(rule, place, elements[0])

    def _count(self, segments: int) -> None:
        self._total += segments
        if self._total > self._limits.segments:
            raise UnreadableDocument("the text has more segments than this reader takes")

    def _done(self, segments: int) -> None:
        self.place += segments
        self._count(segments)

    def _consume(self, characters: int) -> None:
        self._buffer.at = min(self._buffer.at + characters, len(self._buffer.data))

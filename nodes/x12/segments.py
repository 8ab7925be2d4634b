"""The smallest parts of an interchange: separators and segments."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from nodes.errors import UnreadableDocument
from nodes.x12.faults import FAULTS
from nodes.x12.finding import Finding

POSITIONS = (3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103)
IDENTIFIER = re.compile(r"^[A-Z][A-Z0-9]{1,2}$")
BLANKS = " \t\r\n"
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most; beyond it the document is refused, never cut."""

    characters: int = 5_000_000
    segments: int = 200_000
    segment_characters: int = 200_000
    elements: int = 200
    findings: int = 100


class Separators(NamedTuple):
    """The characters that divide an interchange, as its ISA declares them."""

    element: str = "*"
    component: str = ":"
    repetition: str | None = "^"
    segment: str = "~"


class Segment(NamedTuple):
    """One segment: its place in the interchange (ISA is 1) and its elements, the id first."""

    place: int
    elements: list[str]
    separators: Separators = Separators()

    @property
    def id(self) -> str:
        """The segment's identifier, such as NM1."""
        return self.elements[0]

    def get(self, number: int) -> str:
        """Element ``number`` counted from 1 as the standard does; absent is empty."""
        return self.elements[number] if number < len(self.elements) else ""

    def parts(self, number: int) -> list[str]:
        """The components of an element; a plain element is its own only component."""
        return self.get(number).split(self.separators.component)

    def part(self, number: int, component: int) -> str:
        """Component ``component`` of element ``number``, both counted from 1; absent is empty."""
        parts = self.parts(number)
        return parts[component - 1] if component <= len(parts) else ""


@dataclass(slots=True)
class Findings:
    """A list of findings, capped: so many errors and so many others, at most."""

    most: int = 100
    items: list[Finding] = field(default_factory=list)
    count: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})

    def note(self, segment: Segment, rule: str, element: int | None = None) -> None:
        """Add one by its rule, unless there are too many of its sort already."""
        fault = FAULTS[rule]
        error = fault.severity == "error"
        self.count[error] += 1
        if self.count[error] <= self.most:
            self.items.append(
                Finding(
                    rule=rule,
                    severity=fault.severity,
                    words=fault.words,
                    line=segment.place,
                    segment_id=segment.id if IDENTIFIER.match(segment.id) else None,
                    element=element,
                    standard=fault.standard,
                    code=fault.code,
                )
            )


def header(text: str, start: int, findings: Findings) -> tuple[Segment, int]:
    """Read the ISA at ``start`` and say where the text goes on behind it.

    A header of exactly 106 characters is taken by position; one whose padding was collapsed
    or wrapped is taken by its separators, and that is noted.
    """
    mark = text[start + 3 : start + 4]
    if text[start : start + 3] != "ISA" or not mark or mark.isalnum() or mark in BLANKS:
        raise UnreadableDocument("this is not X12: an interchange starts with an ISA segment")
    end = start + 106
    fixed = len(text) >= end and all(text[start + place] == mark for place in POSITIONS)
    if fixed and not text[end - 1].isalnum():
        elements = text[start : end - 1].split(mark)
        separators = declared(elements, mark, text[end - 2], text[end - 1])
        return Segment(1, elements, separators), end
    return collapsed(text, start, mark, findings)


def collapsed(text: str, start: int, mark: str, findings: Findings) -> tuple[Segment, int]:
    """Read an ISA that lost its padding."""
    pieces = text[start : start + 400].split(mark, 16)
    if len(pieces) < 17 or len(pieces[16]) < 2:
        raise UnreadableDocument("the ISA segment is cut: it has 16 elements")
    tail = pieces[16]
    lost = tail[1].isalnum() or (tail[1] in "\r\n" and ends_lines(tail))
    component, terminator = (":", tail[0]) if lost else (tail[0], tail[1])
    elements = [piece.strip(BLANKS) for piece in pieces[:16]] + ["" if lost else component]
    segment = Segment(1, elements, declared(elements, mark, component, terminator))
    if lost:
        findings.note(segment, "isa.component-separator", 16)
    findings.note(segment, "isa.padding")
    return segment, start + len(mark.join(pieces[:16])) + 1 + (1 if lost else 2)


def ends_lines(tail: str) -> bool:
    """Whether the character at hand ends the next line too: then it is the terminator."""
    lines = tail.split("\n")
    return len(lines) > 1 and lines[1].rstrip("\r").endswith(tail[0])


def declared(elements: list[str], mark: str, component: str, terminator: str) -> Separators:
    """Check the separators an ISA declares."""
    version, repetition = elements[12].strip(), elements[11].strip()
    if not re.fullmatch(r"00[2-9][0-9]{2}", version):
        raise UnreadableDocument("segment 1 (ISA): ISA12 is not a version of the standard")
    if len({mark, component, terminator}) < 3 or component.isalnum() or terminator.isalnum():
        raise UnreadableDocument("segment 1 (ISA): the separators cannot be told apart")
    repeats = version >= "00402" and len(repetition) == 1 and not repetition.isalnum()
    usable = repeats and repetition not in {mark, component, terminator}
    return Separators(mark, component, repetition if usable else None, terminator)


def segments(
    text: str, start: int, findings: Findings, limits: Limits
) -> tuple[list[Segment], int]:
    """Cut one interchange, from its ISA to its IEA, and say where the text goes on behind it."""
    first, start = header(text, start, findings)
    separators, found, cuts = first.separators, [first], 0
    while start < len(text) and found[-1].id != "IEA":
        end = text.find(separators.segment, start)
        end = len(text) if end < 0 else end
        row, start, cuts = text[start:end].strip("\r\n"), end + 1, cuts + 1
        segment = Segment(len(found) + 1, row.lstrip(BLANKS).split(separators.element), separators)
        if len(row) > limits.segment_characters or len(segment.elements) > limits.elements:
            raise UnreadableDocument("a segment is longer than this reader takes")
        if inspect(segment, row, findings):
            found.append(segment)
        if cuts > limits.segments:
            raise UnreadableDocument("the interchange has more segments than this reader takes")
    return found, start


def inspect(segment: Segment, row: str, findings: Findings) -> bool:
    """Note what is wrong with a segment by its characters alone; say whether there is one."""
    if IDENTIFIER.match(segment.id) and row.startswith(segment.id) and not CONTROL.search(row):
        return True
    if not row.strip(BLANKS):
        if segment.separators.segment not in "\r\n":
            findings.note(segment, "segment.empty")
        return False
    if row[0] in BLANKS:
        findings.note(segment, "segment.indent")
    if not IDENTIFIER.match(segment.id):
        findings.note(segment, "segment.id")
    if set(CONTROL.findall(row)) - set(filter(None, segment.separators)):
        findings.note(segment, "segment.control-character")
    return True


def unwrapped(text: str) -> str:
    """Undo a wrap at a fixed column, as mainframes and mail do; other texts stay as they are."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    width = len(lines[0])
    wrapped = len(lines) > 2 and width >= 20 and all(len(line) == width for line in lines[:-1])
    if not wrapped or len(lines[-1]) > width or width == 105:
        return text
    joined = "".join(lines)
    fixed = len(joined) > 105 and all(joined[place] == joined[3] for place in POSITIONS)
    return joined if fixed else text

"""The ISA: it declares the separators by which all that follows is read."""

import re
from typing import NamedTuple

from nodes.errors import UnreadableDocument
from nodes.x12.segments import BLANKS, Separators

POSITIONS = (3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103)
LONGEST = 1000
VERSION = re.compile(r"00[2-9][0-9]{2}\Z")
LOST = re.compile(r"[ITP]([^\w\s]|\r?\n)\s*(?:GS|TA1|IEA)\b")


class UnknownHeader(UnreadableDocument):
    """There is no ISA whose separators can be told."""


class Header(NamedTuple):
    """An ISA, its length in the text, and what is wrong with its form (rule, element)."""

    elements: list[str]
    separators: Separators
    length: int
    faults: list[tuple[str, int | None]]


def parse(text: str) -> Header:
    """Read the ISA at the start of a text.

    One of exactly 106 characters is taken by position, and may be separated by tabs; one whose
    padding was collapsed or broken by line ends is taken by its separators, and that is a fault.
    Raises UnknownHeader.
    """
    mark, end = text[3:4], 106
    fixed = len(text) >= end and all(text[place] == mark for place in POSITIONS)
    blank = mark in BLANKS and not (fixed and mark == "\t")
    if text[:3] != "ISA" or not mark or mark.isalnum() or blank:
        raise UnknownHeader("this is not X12: an interchange starts with an ISA segment")
    if fixed and _ends_here(text[104:]):
        elements = text[: end - 1].split(mark, 16)
        found = _declared(elements, mark, text[end - 2], text[end - 1])
        if text[end - 1] == "\r" and text[end : end + 1] == "\n":
            separators = found.separators._replace(segment="\n")
            return found._replace(separators=separators, length=end + 1)
        return found._replace(length=end)
    return _collapsed(text, mark)


def _ends_here(tail: str) -> bool:
    """Whether a component separator and a terminator come here.

    Not so when ISA16 is lost and the terminator of each line stands in its place, or when the
    lines are broken at this very column.
    """
    if tail[0] in BLANKS or tail[1] in " \t" or tail[1].isalnum():
        return False
    if tail[1] in "\r\n":
        after = tail[1:].lstrip("\r\n")[:1]
        return not _ends_lines(tail) and (not after or after.isalnum() or after in " \t")
    return True


def _ends_lines(tail: str) -> bool:
    lines = tail.split("\n", 2)
    return len(lines) > 1 and lines[1].rstrip("\r").endswith(tail[0])


def _collapsed(text: str, mark: str) -> Header:
    pieces = text[:LONGEST].split(mark, 16)
    lost = LOST.match(pieces[15].strip(" ")) if len(pieces) > 15 else None
    if lost:
        tail = text[len(mark.join(pieces[:15])) + 1 :]
        blanks = len(tail) - len(tail.lstrip(" "))
        elements = [piece.strip(BLANKS) for piece in (*pieces[:15], tail[blanks], "")]
        length = len(text) - len(tail) + blanks + 1 + len(lost.group(1))
        found = _declared(elements, mark, ":", lost.group(1)[-1])
        return _faulty(found, length, component=False)
    if len(pieces) < 17 or len(pieces[16]) < 2:
        raise UnknownHeader("the ISA segment is cut: it has 16 elements")
    tail, before = pieces[16], len(mark.join(pieces[:16])) + 1
    absent = tail[1].isalnum() or (tail[1] in "\r\n" and _ends_lines(tail))
    component, terminator = (":", tail[0]) if absent else (tail[0], tail[1])
    length = before + (1 if absent else 2)
    if tail[length - before - 1 : length - before + 1] == "\r\n":
        terminator, length = "\n", length + 1
    elements = [piece.strip(BLANKS) for piece in pieces[:16]] + ["" if absent else component]
    return _faulty(_declared(elements, mark, component, terminator), length, component=not absent)


def _faulty(found: Header, length: int, *, component: bool) -> Header:
    if not VERSION.match(found.elements[12]):
        raise UnknownHeader("this is not X12: ISA12 is not a version of the standard")
    faults: list[tuple[str, int | None]] = [("isa.padding", None), *found.faults]
    if not component:
        faults.append(("isa.component-separator", 16))
    return found._replace(length=length, faults=faults)


def _declared(elements: list[str], mark: str, component: str, terminator: str) -> Header:
    version, repetition = elements[12].strip(), elements[11].strip()
    if len({mark, component, terminator}) < 3 or component.isalnum() or terminator.isalnum():
        raise UnknownHeader("segment 1 (ISA): the separators cannot be told apart")
    if component in BLANKS or terminator in " \t":
        raise UnknownHeader("segment 1 (ISA): a blank cannot separate")
    modern = version >= "00402"
    usable = len(repetition) == 1 and not repetition.isalnum()
    usable = usable and repetition not in {mark, component, terminator}
    separators = Separators(mark, component, repetition if modern and usable else None, terminator)
    faults: list[tuple[str, int | None]] = []
    if modern and not usable:
        faults.append(("isa.repetition-separator", 11))
    return Header(elements, separators, 0, faults)

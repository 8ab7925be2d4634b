"""What ISA and GS must hold, element by element, whatever the guide."""

import re
from collections.abc import Callable, Iterator
from datetime import date, time

Check = Callable[[str], object]


def _form(pattern: str) -> Check:
    return re.compile(rf"(?:{pattern})\Z").match


def _day(text: str) -> bool:
    if not (text.isascii() and text.isdigit() and len(text) in {6, 8}):
        return False
    try:
        date(int(text[-8:-4]) if len(text) == 8 else 2000, int(text[-4:-2]), int(text[-2:]))
    except ValueError:
        return len(text) == 6 and text[2:] == "0229" and int(text[:2]) % 4 == 0
    return len(text) == 8 or text[2:] != "0229" or int(text[:2]) % 4 == 0


def _hour(text: str) -> bool:
    if not (text.isascii() and text.isdigit() and len(text) in {4, 6, 7, 8}):
        return False
    try:
        time(int(text[:2]), int(text[2:4]), int(text[4:6] or 0))
    except ValueError:
        return False
    return True


_QUALIFIER = _form("0[1-9]|[12][0-9]|3[0-8]|AM|NR|SA|SN|ZZ")
ISA: tuple[tuple[int, str, Check], ...] = (
    (1, "isa.authorization-qualifier", _form("0[0-8]")),
    (3, "isa.security-qualifier", _form("0[0-8]")),
    (5, "isa.sender-qualifier", _QUALIFIER),
    (6, "isa.sender", str.strip),
    (7, "isa.receiver-qualifier", _QUALIFIER),
    (8, "isa.receiver", str.strip),
    (9, "isa.date", lambda text: len(text) == 6 and _day(text)),
    (10, "isa.time", lambda text: len(text) == 4 and _hour(text)),
    (12, "isa.version", _form("00[2-9][0-9]{2}")),
    (13, "isa.control-number", _form("[0-9]{9}")),
    (14, "isa.acknowledgment", _form("[01]")),
    (15, "isa.usage", _form("[PTI]")),
)
GS: tuple[tuple[int, str, Check], ...] = (
    (1, "group.function", _form("[A-Z0-9]{2}")),
    (2, "group.sender", str.strip),
    (3, "group.receiver", str.strip),
    (4, "group.date", lambda text: len(text) == 8 and _day(text)),
    (5, "group.time", _hour),
    (6, "group.control-number", _form("[0-9]{1,9}")),
    (7, "group.agency", _form("[XT]")),
    (8, "group.version", _form("[0-9]{6}[0-9A-Z]{0,6}")),
)


def isa(elements: list[str]) -> Iterator[tuple[str, int]]:
    """The rules an ISA breaks, with the element."""
    for number, rule, check in ISA:
        if not check(elements[number]):
            yield rule, number


def gs(elements: list[str]) -> Iterator[tuple[str, int]]:
    """The rules a GS breaks, with the element."""
    for number, rule, check in GS:
        if not check(elements[number]):
            yield rule, number

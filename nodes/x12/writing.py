"""Writing an interchange: characters, separators, padding, counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from nodes.errors import IncompleteCase
from nodes.x12.characters import PLAIN
from nodes.x12.segments import Separators

Element = str | tuple[str, ...]
CHOICES = (("*", "|", "+"), (":", ">", "\\", "<"), ("^", "!", "&"), ("~", "'", "?"))


@dataclass(frozen=True, slots=True)
class Line:
    """A segment to be written: its loop, what it says in our words, its id and elements."""

    loop: str | None
    words: str
    id: str
    elements: tuple[Element, ...]

    def text(self, separators: Separators) -> str:
        """The segment without its terminator; empty elements at the end are left off."""
        written = [
            element if isinstance(element, str) else joined(element, separators.component)
            for element in self.elements
        ]
        return joined((self.id, *written), separators.element)


@dataclass(frozen=True, slots=True)
class Address:
    """Who sends to whom, and the numbers of this interchange."""

    sender_qualifier: str
    sender: str
    receiver_qualifier: str
    receiver: str
    production: bool
    created: datetime
    control: str


def joined(elements: Sequence[str], separator: str) -> str:
    """Join, leaving off what is empty at the end."""
    return separator.join(elements).rstrip(separator)


def separators_for(lines: Iterable[Line]) -> Separators:
    """Choose separators that no element contains: the usual ones, else others (ISA declares them).

    There is no escape in X12. Raises IncompleteCase when the texts use up every choice.
    """
    used: set[str] = set()
    for line in lines:
        for element in line.elements:
            used.update(*((element,) if isinstance(element, str) else element))
    chosen = [next((char for char in row if char not in used), "") for row in CHOICES]
    if not all(chosen):
        raise IncompleteCase(
            "the texts of this case use every character that could separate them: use fewer signs"
        )
    return Separators(*chosen)


def interchange(
    address: Address, lines: Sequence[Line], *, group: str, kind: str, guide: str
) -> tuple[str, list[str]]:
    """Write one transaction set in its envelopes; also return its segments as written, ST to SE.

    The elements hold no separator and no control character: ``separators_for`` sees to the
    first, ``fold`` to the second; anything else is a fault of the caller's and is refused.
    """
    separators = separators_for(lines)
    number = address.control.lstrip("0") or "0"
    st = Line(None, "", "ST", (kind, "0001", guide))
    se = Line(None, "", "SE", (str(len(lines) + 2), "0001"))
    body = [line.text(separators) for line in (st, *lines, se)]
    date, time = address.created.strftime("%Y%m%d"), address.created.strftime("%H%M")
    gs = ("GS", group, address.sender, address.receiver, date, time, number, "X", guide)
    rows = [
        header(address, separators),
        separators.element.join(gs),
        *body,
        separators.element.join(("GE", "1", number)),
        separators.element.join(("IEA", "1", address.control)),
    ]
    for row in rows:
        if not PLAIN.fullmatch(row) or separators.segment in row:
            raise IncompleteCase("a text of this case holds a character that X12 cannot carry")
    return "".join(row + separators.segment for row in rows), body


def header(address: Address, separators: Separators) -> str:
    """The ISA, padded to its fixed width."""
    return separators.element.join(
        (
            "ISA",
            "00",
            " " * 10,
            "00",
            " " * 10,
            address.sender_qualifier,
            address.sender.ljust(15),
            address.receiver_qualifier,
            address.receiver.ljust(15),
            address.created.strftime("%y%m%d"),
            address.created.strftime("%H%M"),
            separators.repetition or "^",
            "00501",
            address.control,
            "0",
            "P" if address.production else "T",
            separators.component,
        )
    )

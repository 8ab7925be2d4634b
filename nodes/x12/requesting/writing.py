"""Writing an interchange: separators, padding, counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Self

from nodes.errors import Complaint, IncompleteCase
from nodes.x12.characters import PLAIN
from nodes.x12.segments import Separators

Element = str | tuple[str, ...]
CHOICES = (
    ("*", "|", "+", "="),
    (":", ">", "\\", "<", ";"),
    ("^", "!", "&", "`"),
    ("~", "'", "?", "%"),
)


class Given(str):
    """A text of the case as it is written, and the place in the request it comes from."""

    __slots__ = ("pointer",)
    pointer: str

    def __new__(cls, pointer: str, text: str) -> Self:
        """Keep the place beside the text."""
        made = super().__new__(cls, text)
        made.pointer = pointer
        return made


@dataclass(frozen=True, slots=True)
class Line:
    """A segment to be written: its loop, what it says in our words, its id and elements."""

    loop: str | None
    words: str
    id: str
    elements: tuple[Element, ...]

    @property
    def texts(self) -> Iterator[str]:
        """Every text that goes between separators."""
        for element in self.elements:
            yield from (element,) if isinstance(element, str) else element

    def text(self, separators: Separators) -> str:
        """The segment without its terminator; empty elements at the end are left off."""
        written = [
            element if isinstance(element, str) else joined(element, separators.component)
            for element in self.elements
        ]
        return joined((self.id, *written), separators.element)


@dataclass(frozen=True, slots=True)
class Address:
    """Who sends to whom, and the numbers of this interchange; GS02 and GS03 if not as the ISA."""

    sender_qualifier: str
    sender: str
    receiver_qualifier: str
    receiver: str
    production: bool
    created: datetime
    control: str
    group_sender: str | None = None
    group_receiver: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """ISA06, ISA08, GS02 and GS03."""
        group = (self.group_sender or self.sender, self.group_receiver or self.receiver)
        return (self.sender, self.receiver, *group)


@dataclass(frozen=True, slots=True)
class Style:
    """How a receiver wants to be written to: separators (if free), and what ends a line."""

    separators: Separators | None = None
    line_break: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An interchange, and each of its lines, ISA to IEA, with its segment as written."""

    edi: str
    lines: tuple[tuple[Line, str], ...]


def eight_digits(day: date) -> str:
    """A date, CCYYMMDD (``%Y`` has no leading zeros)."""
    return f"{day.year:04}{day:%m%d}"


def joined(elements: Sequence[str], separator: str) -> str:
    """Join, leaving off what is empty at the end."""
    return separator.join(elements).rstrip(separator)


def separators_for(
    lines: Iterable[Line], wanted: Separators | None = None, beside: Iterable[str] = ()
) -> Separators:
    """Choose separators that no element contains: those wanted, else others (the ISA says which).

    There is no escape in X12. Raises IncompleteCase when the texts use up every choice.
    ``beside`` are texts that stand between separators, too.
    """
    lines = tuple(lines)
    used = set[str]().union(*beside, *(text for line in lines for text in line.texts))
    chosen: list[str] = []
    for first, others in zip(wanted or Separators(), CHOICES, strict=True):
        row = ((first or others[0]), *others)
        free = (char for char in row if char not in used and char not in chosen)
        found = next(free, None)
        if found is None:
            raise IncompleteCase(
                "the texts of this case use every character that could separate them:"
                " use fewer signs",
                exhausting(lines, set(row)),
            )
        chosen.append(found)
    return Separators(*chosen)


def exhausting(lines: Iterable[Line], signs: set[str]) -> list[Complaint]:
    """Name the fields of the case that hold one of these signs."""
    holding = [text for line in lines for text in line.texts if not signs.isdisjoint(text)]
    pointers = dict.fromkeys(text.pointer for text in holding if isinstance(text, Given))
    said = f"the texts use all of {' '.join(sorted(signs))} together: leave one of them out"
    return [Complaint(pointer, said) for pointer in pointers]


def enveloped(
    address: Address,
    lines: Sequence[Line],
    *,
    group: str,
    kind: str,
    guide: str,
    style: Style | None = None,
) -> Written:
    """Write one transaction set in its envelopes.

    The elements hold no separator and no control character: ``separators_for`` sees to the
    first, ``fold`` to the second; anything else is a fault of the caller's and is refused.
    """
    style = style or Style()
    separators = separators_for(lines, style.separators, address.named)
    number = address.control.lstrip("0") or "0"
    counted = str(len(lines) + 2)
    rows = [
        header(address, separators),
        functional_group(address, group, number, guide),
        Line(None, f"Begin of the {kind}, guide {guide}", "ST", (kind, "0001", guide)),
        *lines,
        Line(None, f"End of the {kind}: {counted} segments", "SE", (counted, "0001")),
        Line(None, "End of the group: one transaction set", "GE", ("1", number)),
        Line(None, "End of the interchange: one group", "IEA", ("1", address.control)),
    ]
    guarded(chain.from_iterable(row.texts for row in rows[1:]), separators)
    written = tuple((row, row.text(separators)) for row in rows)
    end = separators.segment + style.line_break
    return Written("".join(text + end for _, text in written), written)


def guarded(texts: Iterable[str], separators: Separators) -> None:
    """Refuse a text that would end its element, or that no X12 carries."""
    marks = set(filter(None, separators))
    for text in texts:
        if not PLAIN.fullmatch(text) or not marks.isdisjoint(text):
            raise IncompleteCase("a text of this case holds a character that X12 cannot carry")


def interchange(
    address: Address, lines: Sequence[Line], *, group: str, kind: str, guide: str
) -> tuple[str, list[str]]:
    """Write one transaction set in its envelopes; also return its segments as written, ST to SE."""
    written = enveloped(address, lines, group=group, kind=kind, guide=guide)
    return written.edi, [text for _, text in written.lines[2:-2]]


def functional_group(address: Address, group: str, number: str, guide: str) -> Line:
    """The GS."""
    _, _, sender, receiver = address.named
    day, time = eight_digits(address.created), f"{address.created:%H%M}"
    words = f"Group {group} from {sender} to {receiver}, number {number}"
    return Line(None, words, "GS", (group, sender, receiver, day, time, number, "X", guide))


def header(address: Address, separators: Separators) -> Line:
    """The ISA, padded to its fixed width."""
    use = "production" if address.production else "test"
    words = (
        f"Interchange from {address.sender} to {address.receiver}, {use},"
        f" written {address.created:%Y-%m-%d %H:%M}, control number {address.control}"
    )
    elements = (
        "00",
        " " * 10,
        "00",
        " " * 10,
        address.sender_qualifier,
        address.sender.ljust(15),
        address.receiver_qualifier,
        address.receiver.ljust(15),
        f"{address.created:%y%m%d}",
        f"{address.created:%H%M}",
        separators.repetition or "^",
        "00501",
        address.control,
        "0",
        "P" if address.production else "T",
        separators.component,
    )
    return Line(None, words, "ISA", elements)

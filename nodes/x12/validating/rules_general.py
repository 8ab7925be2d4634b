"""Rules that hold in every transaction set and that no map can say.

Sources: the NPI's check digit by CMS (ISO 7812 with the prefix 80840), the shapes of ICD codes by
their official guidelines, formats of dates by the standard's element 1250, the rest by its rules
on leaving off what is empty and on its two sets of characters.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from nodes.x12.dates import real
from nodes.x12.finding import Finding
from nodes.x12.guide import dictionary
from nodes.x12.loops import Placed
from nodes.x12.reading.binary import BINARY
from nodes.x12.reading.faults import Severity
from nodes.x12.segments import Segment

DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z](?:[0-9A-Z]{1,4})?")
PROCEDURE = re.compile(r"[0-9A-HJ-NP-Z]{7}")
OLD_DIAGNOSIS = re.compile(r"(?:[0-9]{3}|V[0-9]{2})[0-9]{0,2}|E[0-9]{3}[0-9]?")
SHAPES = {
    **dict.fromkeys(("ABK", "ABF", "ABJ", "ABN", "APR"), DIAGNOSIS),
    **dict.fromkeys(("BBR", "BBQ"), PROCEDURE),
    **dict.fromkeys(("BK", "BF", "BJ", "BN", "PR"), OLD_DIAGNOSIS),
}
EXTENDED = re.compile(r"[a-z#$%@\[\]_{}\\|<>~^`]")
Spot = tuple[int, int | None]


class Plan(NamedTuple):
    """Where a segment holds what the rules look at, from the dictionary: pairs of places."""

    dates: tuple[tuple[Spot, Spot], ...] = ()
    numbers: tuple[tuple[Spot, Spot], ...] = ()
    codes: tuple[tuple[Spot, Spot], ...] = ()


class At(NamedTuple):
    """A placed segment and its number in the transaction set."""

    segment: Segment
    loop: str | None
    number: int

    def get(self, spot: Spot) -> str:
        """The value at a spot."""
        element, component = spot
        return self.segment.part(element, component) if component else self.segment.get(element)

    def say(
        self, rule: str, words: str, spot: Spot, severity: Severity = "error", code: str = ""
    ) -> Finding:
        """A finding at a spot."""
        return Finding(
            rule=f"general.{rule}",
            severity=severity,
            words=words,
            loop=self.loop,
            line=self.segment.place,
            segment=self.number,
            segment_id=self.segment.id,
            element=spot[0],
            component=spot[1],
            standard="IK403" if code else None,
            code=code or None,
        )


def general(placed: Sequence[Placed]) -> Iterator[Finding]:
    """Check a transaction set, ST to SE, whatever its guide."""
    lower: At | None = None
    trace: list[str] = []
    for segment, loop, _ in placed:
        plan = plans().get(segment.id)
        if plan is None:
            continue
        at = At(segment, loop, segment.place - placed[0].segment.place + 1)
        if segment.id not in BINARY:
            yield from empty(at)
            if lower is None and extended(segment):
                lower = at
        yield from dates(at, plan)
        yield from numbers(at, plan)
        yield from codes(at, plan)
        if segment.id == "HL" and segment.get(4) not in {"", "0", "1"}:
            words = "HL04 is 0 (no levels below) or 1 (levels below)"
            yield at.say("children-code", words, (4, None), code="7")
        if segment.id == "TRN" and trace == segment.elements:
            yield at.say("trace", "the trace before it is repeated as it was", (2, None), "warning")
        trace = segment.elements
    if lower is not None:
        words = "the set uses characters beyond the basic ones: the receiver must have agreed"
        yield lower.say("extended-characters", words, (1, None), "note")


def extended(segment: Segment) -> bool:
    """Whether a segment has characters beyond the basic set; its separators are none of them."""
    found = set(EXTENDED.findall("".join(segment.elements)))
    return bool(found.difference(filter(None, segment.separators)))


def empty(at: At) -> Iterator[Finding]:
    """What is empty at the end of a segment or a composite is to be left off."""
    elements, mark = at.segment.elements, at.segment.separators.component
    if not elements[-1] and len(elements) > 1:
        words = "empty elements at the end of a segment are to be left off"
        yield at.say("trailing-elements", words, (len(elements) - 1, None), "warning")
    for number, text in enumerate(elements[1:], start=1):
        if text.endswith(mark):
            words = "empty components at the end of a composite are to be left off"
            yield at.say("trailing-components", words, (number, None), "warning")


def dates(at: At, plan: Plan) -> Iterator[Finding]:
    """A date is real in the format said before it, and a range does not run backwards."""
    for format_spot, spot in plan.dates:
        kind, text = at.get(format_spot), at.get(spot)
        fault = real(kind, text) if kind and text else None
        if fault:
            code = "9" if kind in {"TM", "TS"} else "8"
            yield at.say("time" if code == "9" else "date", fault, spot, code=code)


def numbers(at: At, plan: Plan) -> Iterator[Finding]:
    """An NPI has ten digits and its check digit is right."""
    for qualifier, spot in plan.numbers:
        if at.get(qualifier) == "XX" and at.get(spot) and not npi(at.get(spot)):
            words = "this is no NPI: its check digit or its length is wrong"
            yield at.say("npi", words, spot, "warning", code="7")


def codes(at: At, plan: Plan) -> Iterator[Finding]:
    """A diagnosis or procedure has the shape of its code set; the point is not written."""
    for qualifier, spot in plan.codes:
        shape, code = SHAPES.get(at.get(qualifier)), at.get(spot)
        if shape and code and not shape.fullmatch(code):
            point = "." in code
            words = "is written without its point" if point else "has not the shape of its code set"
            yield at.say("code-shape", f"the code {words}", spot, code="7")


def npi(text: str) -> bool:
    """Whether a text is a national provider identifier: Luhn over 80840 and ten digits."""
    if not (len(text) == 10 and text.isascii() and text.isdigit()):
        return False
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in text[-2::-2])
    return (24 + doubled + sum(int(digit) for digit in text[::-2])) % 10 == 0


@cache
def plans() -> dict[str, Plan]:
    """A plan for every segment of the dictionary."""
    return {name: Plan(*(tuple(_pairs(name, *kinds)) for kinds in KINDS)) for name in
            dictionary().segments}  # fmt: skip


KINDS = (("1250", "1251"), ("66", "67"), ("1270", "1271"))
"""Elements that qualify the one behind them: formats of dates, sorts of numbers, code lists."""


def _pairs(name: str, qualifier: str, value: str) -> Iterator[tuple[Spot, Spot]]:
    """Places of a qualifier with the value behind it, in a segment and in its composites."""
    known = dictionary()
    elements = [kind for _, kind in known.segments[name].elements]
    for number, kind in enumerate(elements, start=1):
        if kind == qualifier and value in elements[number : number + 1]:
            yield (number, None), (number + 1, None)
        parts = [part for _, part in known.composites.get(kind, ())]
        for component, part in enumerate(parts, start=1):
            if part == qualifier and value in parts[component : component + 1]:
                yield (number, component), (number, component + 1)

"""Write what is wrong with one transaction set: AK2, IK3, CTX, IK4 and IK5."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from nodes.x12.acknowledging.ack_received import ReceivedSet
from nodes.x12.acknowledging.ack_rows import Row, Value, clean, data_element, numbered, row
from nodes.x12.acknowledging.ack_unit import OPENERS, at
from nodes.x12.acknowledging.ack_words import said
from nodes.x12.finding import Finding, Standard
from nodes.x12.segments import IDENTIFIER, Separators

HAS_ERRORS = "8"
NO_SHAPE = "I12"
SITUATIONAL = frozenset({"I6", "I7", "I9", "I13", "2", "10"})
MISSING = frozenset({"3", "I6", "I7", "I8"})
NO_IDENTIFIER = "ZZZ"
LOOP = re.compile(r"[0-9]{4}")
REFERENCE = 35
COPY = 99


@dataclass(frozen=True, slots=True)
class Told:
    """How a transaction set is acknowledged: its result, its rows, and what was left out."""

    result: str
    rows: list[Row]
    left_out: int


@dataclass(frozen=True, slots=True)
class SetWriter:
    """One transaction set and how to write about it.

    ``include_values`` repeats bad values in IK404; else no value of the sender's is written but
    its control numbers and, to name the business unit, the trace number (TRN02).
    """

    received: ReceivedSet
    separators: Separators
    include_values: bool
    most: int

    def told(self, findings: Iterable[Finding]) -> Told:
        """Acknowledge the set."""
        known = [one for one in findings if one.severity != "note"]
        general = [one for one in known if placed(one) is None]
        inside = sorted((one for one in known if placed(one)), key=order)
        codes = dict.fromkeys(set_code(one) for one in general)
        if inside:
            ours = all((one.code or "").startswith("I") for one in inside)
            codes.setdefault("I5" if ours else "5")
        wrong = any(one.severity == "error" for one in known)
        result = "R" if wrong else "E" if known else "A"
        shown = inside[: self.most]
        rows = [
            row(
                "AK2",
                {
                    "transaction": self.text(self.received.element(1), 3) or "000",
                    "control": self.text(self.received.element(2), 9) or "0000",
                    "guide": self.text(self.received.element(3), 35),
                },
            ),
            *self.errors(shown),
            row("IK5", {"result": result, **numbered("error", codes)}),
        ]
        return Told(result, rows, len(inside) - len(shown))

    def errors(self, findings: list[Finding]) -> Iterator[Row]:
        """IK3 for each wrong segment and code, each once, with contexts and its IK4 below it."""
        for _, same in groupby(findings, key=order_of_segment):
            several = list(same)
            elements = [one for one in several if in_element(one)]
            finest = max((loop_of(one) for one in several if not missing(one)), default="")
            rows: dict[Row, list[Row]] = {}
            for one in several:
                code = HAS_ERRORS if in_element(one) else segment_code(one)
                if code != HAS_ERRORS or not elements:
                    told = self.segment(one, code, loop_of(one) if missing(one) else finest)
                    rows.setdefault(told[0], told)
            if elements:
                told = self.segment(elements[0], HAS_ERRORS, finest)
                rows[told[0]] = told
            for one in elements:
                told = self.element(one, finest)
                rows.setdefault(told[0], told)
            yield from chain.from_iterable(rows.values())

    def segment(self, finding: Finding, code: str, loop: str) -> list[Row]:
        """IK3, and CTX: what made the rule apply, and the business unit."""
        told = [
            row(
                "IK3",
                {
                    "segment": self.identifier(finding),
                    "place": str(finding.segment or len(self.received.segments)),
                    "loop": loop,
                    "error": code,
                },
            )
        ]
        if code in SITUATIONAL:
            told.append(self.trigger(finding, "", loop))
        unit = self.business_unit(finding)
        return [*told, row("CTX", {"context": ("TRN02", unit)})] if unit else told

    def element(self, finding: Finding, loop: str) -> list[Row]:
        """IK4, and CTX where another value made the rule apply."""
        element, component = finding.element or 1, finding.component
        place = tuple(str(number or "") for number in (element, component, finding.repetition))
        code = code_of(finding, "IK403") or NO_SHAPE
        number = data_element(finding.segment_id or "", element, component)
        copy = self.copy(finding) if self.include_values else ""
        told = row("IK4", {"place": place, "reference": number, "error": code, "copy": copy})
        return [told, self.trigger(finding, place, loop)] if code in SITUATIONAL else [told]

    def trigger(self, finding: Finding, place: str | tuple[str, ...], loop: str) -> Row:
        """CTX with the segment in which the rule came to apply."""
        here = self.segment_at(finding.segment or 1)
        values: dict[str, Value] = {
            "context": ("SITUATIONAL TRIGGER",),
            "segment": sound(here[0] if here else finding.segment_id),
            "place": str(finding.segment or len(self.received.segments)),
            "loop": loop,
            "element": place,
        }
        return row("CTX", values)

    def business_unit(self, finding: Finding) -> str:
        """The trace number the error stands under; what is missing stands before its place."""
        place = finding.segment or 1
        here = self.segment_at(place)
        if missing(finding) and here and here[0] in {*OPENERS, "TRN", "SE"}:
            place -= 1
        units = self.received.units
        text = units[min(place, len(units)) - 1] if place else ""
        return text if self.text(text, REFERENCE) == text else ""

    def identifier(self, finding: Finding) -> str:
        """IK301: the segment's name as found, else as it stands there."""
        here = self.segment_at(finding.segment or 0)
        return sound(finding.segment_id or (here[0] if here and not missing(finding) else None))

    def copy(self, finding: Finding) -> str:
        """The bad value, as far as an element can hold it."""
        text = at(self.segment_at(finding.segment or 0), finding.element or 0)
        parts = text.split(self.separators.component)
        if finding.component is not None:
            text = at(["", *parts], finding.component)
        return self.text(text, COPY)

    def segment_at(self, place: int) -> list[str]:
        """The segment received at a place; none there is empty."""
        segments = self.received.segments
        return segments[place - 1] if 0 < place <= len(segments) else []

    def text(self, text: str, longest: int) -> str:
        """A text of the sender's, made safe."""
        return clean(text, self.separators, longest)


def placed(finding: Finding) -> int | None:
    """Where a finding is told inside the set; none: only of the set as a whole."""
    return None if finding.standard == "IK502" else finding.segment


def in_element(finding: Finding) -> bool:
    """Whether it is told with an IK4, which needs an element."""
    return finding.element is not None and finding.standard != "IK304"


def segment_code(finding: Finding) -> str:
    """IK304; what has no code of its own is a segment with wrong elements."""
    return code_of(finding, "IK304") or HAS_ERRORS


def set_code(finding: Finding) -> str:
    """IK502; what has no code of its own is something wrong in a segment."""
    return code_of(finding, "IK502") or "5"


def code_of(finding: Finding, standard: Standard) -> str | None:
    """Its code, where it is one of that list."""
    listed = finding.standard == standard and finding.code and said(standard, finding.code)
    return finding.code if listed else None


def sound(name: str | None) -> str:
    """A segment's name for IK301 and CTX02, which cannot be empty."""
    return name if name and IDENTIFIER.match(name) else NO_IDENTIFIER


def missing(finding: Finding) -> bool:
    """Whether it tells of a segment that is not there, at the place where it should be."""
    return finding.standard == "IK304" and finding.code in MISSING


def loop_of(finding: Finding) -> str:
    """IK303 has room for the four digits of a loop; the header's segments stand in none."""
    found = LOOP.match(finding.loop or "")
    return found[0] if found else ""


def order_of_segment(finding: Finding) -> tuple[int, str]:
    """By place, then by the segment's name."""
    return finding.segment or 0, finding.segment_id or ""


def order(finding: Finding) -> tuple[int, str, int, int, int]:
    """By place down to the repetition."""
    inner = (finding.element or 0, finding.component or 0, finding.repetition or 0)
    return (*order_of_segment(finding), *inner)

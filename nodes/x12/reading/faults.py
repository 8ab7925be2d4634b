"""What the reader can find wrong, by rule: severity, the words, and how a TA1 or 999 says it.

Codes are those of I18 (TA105), 716 (AK905), 618 (IK502), 620 (IK304) and 621 (IK403).
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from nodes.x12.finding import Standard

Severity = Literal["error", "warning", "note"]


class Fault(NamedTuple):
    """A rule: ``readable`` errors are wrong but leave every segment where it was sent."""

    words: str
    standard: Standard | None = None
    code: str | None = None
    severity: Severity = "error"
    readable: bool = False


def _interchange() -> Iterator[tuple[str, Fault]]:
    for name, code, words in (
        ("authorization-qualifier", "010", "ISA01 is not a known qualifier"),
        ("security-qualifier", "012", "ISA03 is not a known qualifier"),
        ("sender-qualifier", "005", "ISA05 is not a known qualifier"),
        ("sender", "006", "ISA06 names no sender"),
        ("receiver-qualifier", "007", "ISA07 is not a known qualifier"),
        ("receiver", "008", "ISA08 names no receiver"),
        ("date", "014", "ISA09 is not a date as YYMMDD"),
        ("time", "015", "ISA10 is not a time as HHMM"),
        ("version", "017", "ISA12 is not a version of the standard, such as 00501"),
        ("control-number", "018", "ISA13 is not nine digits"),
        ("acknowledgment", "019", "ISA14 is not 0 or 1"),
        ("usage", "020", "ISA15 is not P or T"),
    ):
        yield f"isa.{name}", Fault(words, "TA105", code, readable=True)
    for name, code, words in (
        ("trailer-control-number", "001", "IEA02 is not the control number of the ISA"),
        ("group-count", "021", "IEA01 is not the count of groups"),
        ("empty", "022", "the interchange holds neither a group nor a TA1"),
        ("duplicate-interchange", "025", "the control number was used before in this document"),
    ):
        yield f"envelope.{name}", Fault(words, "TA105", code, readable=True)
    for name, code, words in (
        ("cut", "023", "the interchange ends without an IEA: it may be cut"),
        ("after-end", "022", "text follows the IEA"),
        ("outside-set", "024", "the segment stands outside any transaction set"),
        ("outside-group", "024", "the transaction set stands outside any group"),
        ("no-st", "024", "there is no ST that this SE could close"),
        ("no-gs", "024", "there is no GS that this GE could close"),
        ("misplaced", "022", "the segment stands where its envelope does not allow it"),
    ):
        yield f"envelope.{name}", Fault(words, "TA105", code)
    yield (
        "isa.component-separator",
        Fault("ISA16 is missing: the component separator is not known", "TA105", "027"),
    )
    yield (
        "envelope.late-acknowledgment",
        Fault("the TA1 stands behind a group, not before the first", "TA105", "022", "warning"),
    )
    yield (
        "isa.padding",
        Fault("the header is not padded to its 106 characters", "TA105", "022", "warning"),
    )
    yield (
        "isa.repetition-separator",
        Fault("ISA11 is no usable repetition separator", "TA105", "026", "warning"),
    )


def _groups() -> Iterator[tuple[str, Fault]]:
    for name, code, words in (
        ("trailer-control-number", "4", "GE02 is not the control number of the GS"),
        ("set-count", "5", "GE01 is not the count of transaction sets"),
        ("control-number", "6", "GS06 is not one to nine digits"),
        ("duplicate-group", "19", "the control number was used before in this interchange"),
        ("version", "2", "GS08 names no version of the standard, such as 005010X217"),
        ("function", "1", "GS01 is not two letters or digits"),
    ):
        yield f"group.{name}", Fault(words, "AK905", code, readable=True)
    yield "group.empty", Fault("the group holds no transaction set", "AK905", "5", readable=True)
    yield "group.no-ge", Fault("the group has no GE", "AK905", "3")
    for name, words in (
        ("sender", "GS02 names no sender"),
        ("receiver", "GS03 names no receiver"),
        ("date", "GS04 is not a date as CCYYMMDD"),
        ("time", "GS05 is not a time as HHMM, with seconds or not"),
        ("agency", "GS07 is not X"),
    ):
        yield f"group.{name}", Fault(words, "TA105", "024", readable=True)


def _sets() -> Iterator[tuple[str, Fault]]:
    for name, code, words in (
        ("trailer-control-number", "3", "SE02 is not the control number of the ST"),
        ("segment-count", "4", "SE01 is not the count of segments, ST to SE"),
        ("kind", "6", "ST01 is not three digits"),
        ("control-number", "7", "ST02 is not four to nine letters or digits"),
        ("function", "18", "ST01 does not belong in a group of this GS01"),
        ("guide", "19", "ST03 names another guide than GS08"),
        ("duplicate-set", "23", "the control number was used before in this group"),
    ):
        yield f"set.{name}", Fault(words, "IK502", code, readable=True)
    yield "set.no-se", Fault("the transaction set has no SE", "IK502", "2")


def _levels() -> Iterator[tuple[str, Fault]]:
    for name, words in (
        ("number", "HL01 is missing"),
        ("duplicate", "HL01 was used before in this transaction set"),
        ("parent", "HL02 names no level before it"),
        ("depth", "the hierarchy is deeper than any guide has it"),
    ):
        yield f"hl.{name}", Fault(words, "IK403", "7")
    yield (
        "hl.sequence",
        Fault("HL01 does not count on from the level before it", "IK403", "7", readable=True),
    )
    yield (
        "hl.children",
        Fault("HL04 does not tell the truth about children", "IK403", "7", "warning"),
    )


def _segments() -> Iterator[tuple[str, Fault]]:
    yield "segment.id", Fault("this is no segment identifier", "IK304", "1")
    yield (
        "segment.control-character",
        Fault("there is a control character or line break inside the segment", "IK403", "6"),
    )
    yield (
        "segment.binary-length",
        Fault("the binary data does not have the length given before it", "IK304", "8"),
    )
    for name, words in (
        ("empty", "there is an empty segment"),
        ("indent", "the segment is indented"),
    ):
        yield f"segment.{name}", Fault(words, "IK304", "1", "warning")
    yield (
        "segment.not-utf8",
        Fault("the text is not UTF-8 and is read as Latin-1", "IK403", "6", "warning"),
    )


def _text() -> Iterator[tuple[str, Fault]]:
    for name, code, words in (
        ("blank-start", "022", "blanks, line ends or a byte order mark stand before the ISA"),
        ("wrapped", "022", "the lines are wrapped at a fixed column"),
        ("last-terminator", "023", "the last segment has no terminator"),
    ):
        yield f"text.{name}", Fault(words, "TA105", code, "warning")
    yield (
        "text.control-numbers",
        Fault("so many control numbers that repeats among them were no longer looked for",
              severity="note"),
    )  # fmt: skip


FAULTS: dict[str, Fault] = {
    name: fault
    for part in (_interchange, _groups, _sets, _levels, _segments, _text)
    for name, fault in part()
}
READABLE = frozenset(name for name, fault in FAULTS.items() if fault.readable)
"""Errors after which every segment still stands where its sender put it: wrong counts, control
numbers, dates and qualifiers. What is cut, spliced, unidentifiable or hangs nowhere is not here."""

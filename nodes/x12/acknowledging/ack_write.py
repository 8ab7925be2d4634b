"""Write the answer to an interchange: a TA1, a 999 for each of its groups, or both."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nodes.x12.acknowledging.ack_received import ReceivedGroup, ReceivedInterchange
from nodes.x12.acknowledging.ack_rows import Row, answering, clean, numbered, row, written
from nodes.x12.acknowledging.ack_set import SetWriter, Told, code_of
from nodes.x12.acknowledging.ack_unit import at
from nodes.x12.finding import Finding
from nodes.x12.guide import positions
from nodes.x12.reading import header_rules
from nodes.x12.segments import Separators

GUIDE = "005010X231A1"
FUNCTION = "FA"
NOBODY = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Wish:
    """How the caller wants the answer."""

    control: str
    created: datetime
    always_ta1: bool = False
    include_values: bool = False
    most: int = 100
    group: int | None = None


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """What one 999 says."""

    number: int
    result: str
    included: int
    received: int
    accepted: int
    left_out: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Answer:
    """An interchange to send back."""

    edi: str
    ta1: tuple[str, str] | None
    groups: tuple[GroupAnswer, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """One interchange received, all that was found in it, and how to answer."""

    received: ReceivedInterchange
    findings: Sequence[Finding]
    wish: Wish

    @property
    def separators(self) -> Separators:
        """Those of the sender, as far as our segments can do with them."""
        return answering(self.received.separators)

    def answer(self) -> Answer | None:
        """The answer; none where none is due: an acknowledgment is never acknowledged."""
        envelope = [one for one in self.findings if one.standard == "TA105" or self.nowhere(one)]
        refused = next((one for one in envelope if one.severity == "error"), None)
        ta1 = self.ta1(envelope, refused)
        groups = () if refused else tuple(self.groups())
        if ta1 is None and not groups:
            return None
        return Answer(self.text(ta1, groups), ta1, groups)

    def nowhere(self, finding: Finding) -> bool:
        """Whether it is an error of no set and no group: only a TA1 can tell it then."""
        if finding.severity != "error":
            return False
        groups, number = self.received.groups, finding.group or 0
        if not 1 <= number <= len(groups):
            return True
        inside = 1 <= (finding.transaction or 0) <= len(groups[number - 1].sets)
        return finding.standard != "AK905" and not inside

    def ta1(self, envelope: list[Finding], refused: Finding | None) -> tuple[str, str] | None:
        """TA104 and TA105, where a TA1 is asked for or the interchange is refused."""
        asked = self.isa("acknowledgment_requested") == "1" or self.wish.always_ta1
        if self.received.acknowledgments or not (refused or asked):
            return None
        if refused:
            return "R", code_of(refused, "TA105") or "024"
        noted = (code_of(one, "TA105") for one in envelope if one.severity == "warning")
        code = next(filter(None, noted), None)
        return ("E", code) if code else ("A", "000")

    def groups(self) -> list[GroupAnswer]:
        """A 999 for each group that is no acknowledgment itself."""
        found: defaultdict[int | None, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.group].append(finding)
        return [
            self.group(number, one, found[number])
            for number, one in enumerate(self.received.groups, start=1)
            if at(one.gs, 1) != FUNCTION and self.wish.group in {None, number}
        ]

    def group(self, number: int, group: ReceivedGroup, of_group: list[Finding]) -> GroupAnswer:
        """AK1 to AK9; a group whose own envelope is wrong is rejected with all it holds."""
        codes = dict.fromkeys(
            code_of(one, "AK905") or "1"
            for one in of_group
            if one.standard == "AK905" and one.severity == "error"
        )
        of_sets: defaultdict[int | None, list[Finding]] = defaultdict(list)
        for one in of_group:
            if one.standard not in {"AK905", "TA105"}:
                of_sets[one.transaction].append(one)
        told = [
            SetWriter(one, self.separators, self.wish.include_values, self.wish.most).told(
                of_sets[place]
            )
            for place, one in enumerate(group.sets, start=1)
        ]
        accepted = 0 if codes else sum(one.result != "R" for one in told)
        count = len(group.sets)
        included = number_of(at(group.ge or [], 1), count)
        result = group_result(told, accepted, rejected=bool(codes))
        last = {
            "result": result,
            "sets": str(included),
            "received": str(count),
            "accepted": str(accepted),
            **numbered("error", codes),
        }
        first = {
            "kind": self.own(at(group.gs, 1), 2) or "ZZ",
            "control": self.own(at(group.gs, 6), 9) or "0",
            "guide": self.own(at(group.gs, 8), 12),
        }
        rows = [row("AK1", first), *(line for one in told for line in one.rows), row("AK9", last)]
        left_out = sum(one.left_out for one in told)
        return GroupAnswer(number, result, included, count, accepted, left_out, rows)

    def text(self, ta1: tuple[str, str] | None, groups: Sequence[GroupAnswer]) -> str:
        """All segments with their terminators."""
        rows: list[Row] = [row("TA1", self.ta1_values(*ta1))] if ta1 else []
        number = self.wish.control.lstrip("0") or "0"
        if groups:
            rows.append(row("GS", self.gs_values(number)))
            for place, group in enumerate(groups, start=1):
                control = f"{place:04d}"
                st = {"transaction": "999", "control": control, "guide": GUIDE}
                se = {"segments": str(len(group.rows) + 2), "control": control}
                rows += [row("ST", st), *group.rows, row("SE", se)]
            rows.append(row("GE", {"sets": str(len(groups)), "control": number}))
        rows.append(row("IEA", {"groups": "1" if groups else "0", "control": self.wish.control}))
        marks = self.separators
        lines = [marks.element.join(self.header()), *written(rows, marks)]
        return "".join(line + marks.segment for line in lines)

    def header(self) -> list[str]:
        """The ISA with both ends turned, padded to its fixed width."""
        marks, created = self.separators, self.wish.created
        usage = self.isa("usage")
        values = {
            "authorization_qualifier": "00",
            "authorization": " " * 10,
            "security_qualifier": "00",
            "security": " " * 10,
            "sender_qualifier": self.sound("receiver_qualifier", "ZZ"),
            "sender": (self.isa("receiver", 15) or NOBODY).ljust(15),
            "receiver_qualifier": self.sound("sender_qualifier", "ZZ"),
            "receiver": (self.isa("sender", 15) or NOBODY).ljust(15),
            "date": created.strftime("%y%m%d"),
            "time": created.strftime("%H%M"),
            "repetition_separator": marks.repetition or "^",
            "version": "00501",
            "control": self.wish.control,
            "acknowledgment_requested": "0",
            "usage": usage if usage in {"P", "T"} else "T",
            "component_separator": marks.component,
        }
        return [text for text in row("ISA", values) if isinstance(text, str)]

    def gs_values(self, number: str) -> dict[str, str]:
        """The GS with both ends turned; several groups are answered to the first one's sender."""
        gs = next((one.gs for one in self.received.groups if at(one.gs, 1) != FUNCTION), [])
        return {
            "kind": FUNCTION,
            "sender": self.own(at(gs, 3), 15) or self.isa("receiver", 15) or NOBODY,
            "receiver": self.own(at(gs, 2), 15) or self.isa("sender", 15) or NOBODY,
            "date": self.wish.created.strftime("%Y%m%d"),
            "time": self.wish.created.strftime("%H%M"),
            "control": number,
            "agency": "X",
            "guide": GUIDE,
        }

    def ta1_values(self, result: str, note: str) -> dict[str, str]:
        """TA1; a date or time that could not be written is that of the answer."""
        created = self.wish.created
        control = self.isa("control", 9)
        return {
            "control": control.rjust(9, "0"),
            "date": self.sound("date", created.strftime("%y%m%d")),
            "time": self.sound("time", created.strftime("%H%M")),
            "result": result,
            "note": note,
        }

    def sound(self, name: str, otherwise: str) -> str:
        """A value of the ISA received, unless it breaks the rules of an ISA."""
        isa = [text.strip() for text in self.received.isa]
        broken = {element for _, element in header_rules.isa(isa)}
        return otherwise if positions("ISA")[name][0] in broken else self.isa(name)

    def isa(self, name: str, longest: int = 15) -> str:
        """A value of the ISA received."""
        return self.own(at(self.received.isa, positions("ISA")[name][0]), longest)

    def own(self, text: str, longest: int) -> str:
        """A text of the sender's, made safe."""
        return clean(text, self.separators, longest)


def number_of(text: str, otherwise: int) -> int:
    """A count as the sender gave it; what AK902 cannot hold is the true one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def group_result(told: list[Told], accepted: int, *, rejected: bool) -> str:
    """AK901."""
    if rejected or (told and not accepted):
        return "R"
    if accepted < len(told):
        return "P"
    return "E" if any(one.result == "E" for one in told) else "A"

"""The envelopes of a text as its segments go by: order, counts and control numbers."""

import re
from collections.abc import Callable

from nodes.x12.reading import header_rules
from nodes.x12.reading.levels import Levels
from nodes.x12.reading.limits import Limits
from nodes.x12.reading.noting import Findings
from nodes.x12.reading.repeats import Numbers

FUNCTIONS = {
    "270": "HS", "271": "HB", "274": "PW", "275": "PI", "276": "HR", "277": "HN", "278": "HI",
    "820": "RA", "824": "AG", "834": "BE", "835": "HP", "837": "HC", "864": "TX", "997": "FA",
    "999": "FA", "810": "IN", "850": "PO", "855": "PR", "856": "SH",
}  # fmt: skip
KIND = re.compile(r"[0-9]{3}\Z")
CONTROL = re.compile(r"[A-Za-z0-9]{4,9}\Z")
Step = Callable[[list[str], int], None]


class Control:
    """Takes the segments that make envelopes and levels, and notes what is wrong with them.

    ``steps`` says which segments it wants to see; all others only need ``outside``, and only
    while no transaction set is open. Places count from the ISA, which is 1.
    """

    def __init__(self, findings: Findings, limits: Limits) -> None:
        """Wait for the first ISA."""
        self.findings = findings
        self.open = self.in_set = self._acknowledged = False
        self.last = 0
        self._limits = limits
        self._isa: list[str] = []
        self._gs: list[str] | None = None
        self._st: list[str] = []
        self._fine: tuple[str, str] | None = None
        self._gs_place = self._groups = self._sets = self._start = 0
        self._levels = Levels(findings, limits.depth, limits.control_numbers)
        findings.level = self._levels.current
        self._interchange_numbers = self._numbers()
        self._group_numbers, self._set_numbers = self._numbers(), self._numbers()
        self.steps: dict[str, Step] = {
            "GS": self._begin_group,
            "ST": self._begin_set,
            "SE": self._end_set,
            "GE": self._end_group,
            "IEA": self._end,
            "TA1": self._acknowledge,
            "HL": self._stray_level,
        }

    def begin(self, elements: list[str], faults: list[tuple[str, int | None]]) -> None:
        """ISA."""
        if self.open:
            self.cut()
        findings = self.findings
        findings.interchange += 1
        findings.group, findings.start = 0, None
        self.open, self.last, self._isa = True, 1, [text.strip() for text in elements]
        self._groups, self._gs, self._acknowledged = 0, None, False
        self._group_numbers = self._numbers()
        for rule, element in (*faults, *header_rules.isa(elements)):
            findings.note(rule, 1, "ISA", element)
        key = "*".join(self._isa[5:9] + self._isa[13:14])
        if self._interchange_numbers.repeated(key):
            findings.note("envelope.duplicate-interchange", 1, "ISA", 13)

    def outside(self, name: str, place: int) -> None:
        """A segment while no transaction set is open."""
        self.findings.note("envelope.outside-set", place, name)

    def cut(self) -> None:
        """The text ends, or another ISA comes, before the IEA."""
        self._close_group()
        self.findings.note("envelope.cut", max(self.last, 1), None)
        self.open = False

    def _numbers(self) -> Numbers:
        return Numbers(self.findings, self._limits.control_numbers)

    def _acknowledge(self, elements: list[str], place: int) -> None:
        self._acknowledged = True
        if self.in_set or self._gs is not None:
            self.findings.note("envelope.misplaced", place, elements[0])
        elif self._groups:
            self.findings.note("envelope.late-acknowledgment", place, elements[0])

    def _begin_group(self, elements: list[str], place: int) -> None:
        self._close_group()
        self._groups += 1
        self._gs, self._gs_place, self._sets = [*elements, *[""] * 9][:9], place, 0
        self.findings.group, self.findings.transaction = self._groups, 0
        self._set_numbers, self._fine = self._numbers(), None
        for rule, element in header_rules.gs(self._gs):
            self.findings.note(rule, place, "GS", element)
        if self._group_numbers.repeated(self._gs[6]):
            self.findings.note("group.duplicate-group", place, "GS", 6)

    def _begin_set(self, elements: list[str], place: int) -> None:
        if self.in_set:
            self._close_set()
        findings = self.findings
        self._st = elements if len(elements) > 3 else [*elements, "", "", ""]
        self._sets += 1
        self.in_set, self._start = True, place
        findings.start, findings.transaction = place, self._sets
        kind, control, guide = self._st[1], self._st[2], self._st[3]
        self.steps["HL"] = self._levels.take
        if (kind, guide) != self._fine:
            self._fits(kind, guide, place)
        if self._set_numbers.goes_on(control):
            return
        if not CONTROL.match(control):
            findings.note("set.control-number", place, "ST", 2)
        elif self._set_numbers.repeated(control):
            findings.note("set.duplicate-set", place, "ST", 2)

    def _fits(self, kind: str, guide: str, place: int) -> None:
        """Hold ST01 and ST03 against the group; what fits is not looked at again in it."""
        findings, gs = self.findings, self._gs
        rules: list[tuple[str, int | None]] = []
        findings.kind, findings.guide = kind, guide or (gs[8] if gs else "")
        if gs is None:
            rules.append(("envelope.outside-group", None))
        else:
            if guide and guide[:10] != gs[8][:10]:
                rules.append(("set.guide", 3))
            if FUNCTIONS.get(kind, gs[1]) != gs[1]:
                rules.append(("set.function", 1))
        if not KIND.match(kind):
            rules.append(("set.kind", 1))
        for rule, element in rules:
            findings.note(rule, place, "ST", element)
        self._fine = None if rules else (kind, guide)

    def _stray_level(self, elements: list[str], place: int) -> None:
        self.outside(elements[0], place)

    def _end_set(self, elements: list[str], place: int) -> None:
        if not self.in_set:
            self.findings.note("envelope.no-st", place, "SE")
            return
        self._levels.close()
        count = place - self._start + 1
        if elements != ["SE", str(count), self._st[2]]:
            self._expect(elements, place, count, "set.segment-count")
            self._agree(elements, place, self._st[2], "set.trailer-control-number")
        self._leave_set()

    def _end_group(self, elements: list[str], place: int) -> None:
        if self.in_set:
            self._close_set()
        self.findings.start = None
        if self._gs is None:
            self.findings.note("envelope.no-gs", place, "GE")
            return
        self._expect(elements, place, self._sets, "group.set-count")
        self._agree(elements, place, self._gs[6], "group.trailer-control-number")
        if not self._sets:
            self.findings.note("group.empty", self._gs_place, "GS")
        self._gs = self._fine = None
        self.findings.group = 0

    def _end(self, elements: list[str], place: int) -> None:
        self._close_group()
        self.findings.group, self.findings.start = 0, None
        self._expect(elements, place, self._groups, "envelope.group-count")
        self._agree(elements, place, self._isa[13], "envelope.trailer-control-number")
        if not self._groups and not self._acknowledged:
            self.findings.note("envelope.empty", place, "IEA")
        self.open = False

    def _close_set(self) -> None:
        self._levels.close()
        self.findings.note("set.no-se", self._start, "ST")
        self._leave_set()

    def _leave_set(self) -> None:
        self.in_set, self.findings.start = False, None
        self.steps["HL"] = self._stray_level

    def _close_group(self) -> None:
        if self.in_set:
            self._close_set()
        self.findings.start = None
        if self._gs is not None:
            self.findings.note("group.no-ge", self._gs_place, "GS")
        self._gs = self._fine = None
        self.findings.group = 0

    def _expect(self, elements: list[str], place: int, count: int, rule: str) -> None:
        said = elements[1] if len(elements) > 1 else ""
        if said == str(count):
            return
        if not (said.isascii() and said.isdigit() and len(said) < 11 and int(said) == count):
            self.findings.note(rule, place, elements[0], 1)

    def _agree(self, elements: list[str], place: int, other: str, rule: str) -> None:
        if (elements[2] if len(elements) > 2 else "") != other:
            self.findings.note(rule, place, elements[0], 2)

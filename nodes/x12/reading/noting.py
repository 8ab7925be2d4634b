"""Collecting findings while a text is read: each with its place, and not more than are wanted."""

from collections.abc import Callable
from functools import cache

from nodes.x12.finding import Finding
from nodes.x12.guide import LoopUse, SegmentUse, dictionary, guides
from nodes.x12.reading.faults import FAULTS
from nodes.x12.segments import IDENTIFIER


class Findings:
    """A list of findings, capped: so many errors and so many others; ``close`` says how many more.

    The counters say which interchange, group and transaction set is being read, so that a
    finding needs only its rule, its place in the interchange and its segment's id; ``level`` gives
    the HL03 of the level at hand.
    """

    __slots__ = (
        "group", "guide", "interchange", "items", "kind", "level", "more", "most", "start",
        "transaction",
    )  # fmt: skip

    def __init__(self, most: int) -> None:
        """List at most so many errors, and as many others."""
        self.most = most
        self.items: list[Finding] = []
        self.more = {"error": -most, "other": -most}
        self.interchange = self.group = self.transaction = 0
        self.start: int | None = None
        self.kind = self.guide = ""
        self.level: Callable[[], str] = str

    def note(
        self,
        rule: str,
        line: int,
        name: str | None,
        element: int | None = None,
        level: str | None = None,
    ) -> None:
        """Add one, unless there are too many of its sort already.

        ``level`` is the HL03 of its level where that is not the one being read.
        """
        fault = FAULTS[rule]
        sort = "error" if fault.severity == "error" else "other"
        self.more[sort] += 1
        if self.more[sort] > 0:
            return
        inside = self.start is not None and line >= self.start
        level = self.level() if level is None and inside else level
        self.items.append(
            Finding(
                rule=rule,
                severity=fault.severity,
                words=fault.words,
                interchange=self.interchange or None,
                group=self.group or None,
                transaction=self.transaction if inside and self.transaction else None,
                loop=level_loop(self.kind, self.guide, level) if inside and level else None,
                line=line,
                segment=line - self.start + 1 if inside and self.start is not None else None,
                segment_id=name if name and IDENTIFIER.match(name) else None,
                element=element,
                standard=fault.standard,
                code=fault.code,
            )
        )

    def close(self) -> None:
        """Say how many findings are not listed."""
        errors, others = (max(self.more[sort], 0) for sort in ("error", "other"))
        if errors or others:
            self.more = {"error": -self.most, "other": -self.most}
            words = f"{errors} more errors and {others} more other findings are not listed"
            self.items.append(Finding(rule="findings.more", severity="note", words=words))


@cache
def level_loop(kind: str, guide: str, level: str) -> str | None:
    """The loop that an HL with this HL03 opens in a guide we have a table for, such as 2000C."""
    for table, _ in guides().values():
        if table.transaction == kind and guide.startswith(table.guide):
            return _loop(table.content, level)
    return None


def _loop(content: tuple[SegmentUse | LoopUse, ...], level: str) -> str | None:
    for item in content:
        if isinstance(item, LoopUse):
            first = item.content[0]
            if isinstance(first, SegmentUse) and first.segment == "HL" and _opens(first, level):
                return item.loop
            if deeper := _loop(item.content, level):
                return deeper
    return None


def _opens(use: SegmentUse, level: str) -> bool:
    codes = use.codes.get("3", {})
    return level in (dictionary().lists.get(codes, {}) if isinstance(codes, str) else codes)

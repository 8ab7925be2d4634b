"""What validation says: a verdict for each transaction set and interchange, and the findings."""

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from nodes.audit import Model, Used
from nodes.x12.finding import Finding

Verdict = Literal["valid", "invalid", "unsupported"]
CUT = frozenset({"findings.more", "guide.not-to-the-end"})
"""Notes that say that not everything wrong was counted."""
ORDER = {"error": 0, "warning": 1, "note": 2}


class SetVerdict(Model):
    """One transaction set.

    ``unsupported``: there is no table for its guide, or it was not checked to its end.
    """

    interchange: int = Field(ge=1)
    group: int = Field(ge=1, description="Which of the interchange's that hold a set")
    transaction: int = Field(ge=1, description="Which of the group's")
    kind: str = Field(description="ST01")
    guide: str = Field(description="ST03, else GS08")
    table: str | None = Field(default=None, description="Id of the guide table; none: pyx12's map")
    table_version: str | None = None
    segments: int
    verdict: Verdict
    errors: int = 0
    warnings: int = 0


class InterchangeVerdict(Model):
    """One interchange, with all in it; a TA1 is checked with it."""

    interchange: int = Field(ge=1)
    transaction_sets: int
    acknowledgments: int = Field(description="TA1 segments")
    verdict: Verdict


class Counts(Model):
    """How many findings there are.

    Of a set with very many, the check ends, and with it the count: ``at_least`` says so.
    """

    errors: int = 0
    warnings: int = 0
    notes: int = 0
    at_least: bool = Field(default=False, description="There may be more: not all were counted")

    def __add__(self, other: "Counts") -> "Counts":
        """The sum."""
        return Counts(
            errors=self.errors + other.errors,
            warnings=self.warnings + other.warnings,
            notes=self.notes + other.notes,
            at_least=self.at_least or other.at_least,
        )


class Validated(Model):
    """The whole answer."""

    verdict: Verdict
    sets: tuple[SetVerdict, ...]
    interchanges: tuple[InterchangeVerdict, ...]
    findings: tuple[Finding, ...]
    counts: Counts
    used: tuple[Used, ...]


def judged(errors: int, *, supported: bool) -> Verdict:
    """The verdict for so many errors."""
    if errors:
        return "invalid"
    return "valid" if supported else "unsupported"


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a whole: one wrong part makes it wrong; nothing at all was not checked."""
    found = set(verdicts)
    if "invalid" in found:
        return "invalid"
    return "valid" if found == {"valid"} else "unsupported"


def counted(findings: Iterable[Finding]) -> Counts:
    """Count findings by severity."""
    totals = [0, 0, 0]
    cut = False
    for finding in findings:
        totals[ORDER[finding.severity]] += 1
        cut = cut or finding.rule in CUT
    return Counts(errors=totals[0], warnings=totals[1], notes=totals[2], at_least=cut)


def once(findings: Iterable[Finding]) -> list[Finding]:
    """Each fault once, in the order of the document.

    Where the guide's map and a rule say the same of the same place, the rule's words are kept:
    they say why.
    """
    known: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        what = finding.code if finding.code and finding.element else (finding.rule, finding.loop)
        key = (*place(finding), finding.standard, what)
        before = known.get(key)
        if before is None or better(finding, before):
            known[key] = finding
    return sorted(known.values(), key=place)


def better(finding: Finding, before: Finding) -> bool:
    """Whether a finding says more than another of the same place: rules before the map's words."""
    if before.rule.startswith("guide."):
        return not lighter(finding, before)
    return not finding.rule.startswith("guide.") and lighter(before, finding)


def lighter(finding: Finding, other: Finding) -> bool:
    """Whether a finding weighs less than another."""
    return ORDER[finding.severity] > ORDER[other.severity]


def place(finding: Finding) -> tuple[int | str, ...]:
    """Where a finding stands, for sorting."""
    return (
        finding.interchange or 0,
        finding.line or 0,
        finding.element or 0,
        finding.component or 0,
        finding.repetition or 0,
        finding.segment_id or "",
    )


def bounded(findings: Iterable[Finding], most: int) -> list[Finding]:
    """At most so many errors, warnings and notes each, in their order; all are looked at."""
    room = dict.fromkeys(ORDER, most)
    kept = []
    for finding in findings:
        room[finding.severity] -= 1
        if room[finding.severity] >= 0:
            kept.append(finding)
    if min(room.values()) < 0:
        words = "there are more findings of rules than are counted"
        kept.append(Finding(rule="findings.more", severity="note", words=words))
    return kept


def listed(findings: Sequence[Finding], most: int, counts: Counts) -> tuple[Finding, ...]:
    """At most so many, errors before warnings before notes, and how many are left out."""
    total = counts.errors + counts.warnings + counts.notes
    weighed = sorted(range(len(findings)), key=lambda at: ORDER[findings[at].severity])
    kept = tuple(findings[at] for at in sorted(weighed[:most]))
    if total <= len(kept):
        return kept
    words = f"{total - len(kept)} more findings are not listed"
    return (*kept, Finding(rule="findings.more", severity="note", words=words))

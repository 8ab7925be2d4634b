"""The state of one validation: what was judged and found so far, and how much may still be."""

from dataclasses import dataclass, field

from nodes.audit import Used
from nodes.x12.finding import Finding
from nodes.x12.payer.companions import Companion
from nodes.x12.reading.envelope import TransactionSet
from nodes.x12.validating.verdict import (
    ORDER,
    Counts,
    InterchangeVerdict,
    SetVerdict,
    Validated,
    counted,
    judged,
    listed,
    place,
    worst,
)

LISTED = 1_000


@dataclass(slots=True)
class Validation:
    """One document on its way through the checks; ``left`` segments may still go to pyx12."""

    companion: Companion | None
    most: int
    left: int
    sets: list[SetVerdict] = field(default_factory=list)
    interchanges: list[InterchangeVerdict] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    used: dict[str, Used] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDER, 0))

    def keep(self, findings: list[Finding]) -> Counts:
        """Count findings, and keep as many of each severity as may be listed."""
        for finding in findings:
            self.kept[finding.severity] += 1
            if self.kept[finding.severity] <= self.most:
                self.findings.append(finding)
        counts = counted(findings)
        self.counts += counts
        return counts

    def summed(self) -> Validated:
        """Put the answer together; it stays of a bounded size whatever was sent."""
        if max(len(self.sets), len(self.interchanges)) > LISTED:
            words = f"only the first {LISTED} verdicts of each kind are listed"
            self.keep([Finding(rule="verdicts.more", severity="note", words=words)])
        verdicts = [one.verdict for one in self.interchanges]
        return Validated(
            verdict=judged(self.counts.errors, supported=worst(verdicts) == "valid"),
            sets=tuple(self.sets[:LISTED]),
            interchanges=tuple(self.interchanges[:LISTED]),
            findings=listed(sorted(self.findings, key=place), self.most, self.counts),
            counts=self.counts,
            used=tuple(self.used.values()),
        )


@dataclass(slots=True)
class Numbers:
    """Counts groups in an interchange, and transaction sets in a group."""

    group: int = 0
    transaction: int = 0
    at: int = 0

    def next(self, transaction: TransactionSet) -> tuple[int, int]:
        """Which group, and which transaction set of it, this one is."""
        if transaction.group.place != self.at:
            self.at, self.group, self.transaction = transaction.group.place, self.group + 1, 0
        self.transaction += 1
        return self.group, self.transaction

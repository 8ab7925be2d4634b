"""The times that regulations give: ``deadlines.tsv``, each row with its source and mark.

``round`` says after which decision a row's way is open, ``counted_from`` from what its days run:
the notice, its receipt, or a receipt that is presumed five days after the notice's date where the
rule presumes it (42 CFR 405.942(a)(1), 405.962(a)(1)) and no other day of receipt is known.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from nodes.audit import Used, sha256
from nodes.case import LineOfBusiness
from nodes.denial.days import Unit, after
from nodes.notice import Level

Round = Literal["initial", "upheld", "final", "independent", "closed"]
Plan = Literal[
    "erisa", "qhp", "nongrandfathered", "medicaid_mco", "medicaid_ffs", "part_d", "medicare_ffs"
]
PRESUMED = 5
VERSION = "2026.1"
LINES: dict[LineOfBusiness, tuple[str, ...]] = {
    "medicare_advantage": ("medicare_advantage",),
    "medicare": ("medicare_ffs",),
    "medicaid": ("medicaid_mco",),
    "commercial": ("erisa_group", "commercial_nongrandfathered"),
    "exchange": ("qhp_ffe", "commercial_nongrandfathered"),
}
PLANS: dict[Plan, tuple[str, ...]] = {
    "erisa": ("erisa_group", "commercial_nongrandfathered"),
    "qhp": ("qhp_ffe", "commercial_nongrandfathered"),
    "nongrandfathered": ("erisa_group", "commercial_nongrandfathered"),
    "medicaid_mco": ("medicaid_mco",),
    "medicaid_ffs": ("medicaid_ffs",),
    "part_d": ("part_d",),
    "medicare_ffs": ("medicare_ffs",),
}


@dataclass(frozen=True)
class Rule:
    """A way against a decision and its time, as a regulation gives them."""

    level: Level
    who: str
    text: str
    verified: str
    count: int | None
    unit: Unit
    counted_from: str
    decided_within: str | None
    expedited_within: str | None

    def due(self, issued: date | None, received: date | None) -> tuple[date | None, date | None]:
        """The last day, and the day it is counted from; none where a date is not known.

        Where the time runs from a receipt whose day is not known, and none is presumed, it is
        counted from the notice's date, which is never too late.
        """
        first = issued
        if self.counted_from in ("receipt", "presumed") and received:
            first = received
        elif self.counted_from == "presumed" and issued:
            first = issued + timedelta(days=PRESUMED)
        if first is None or self.count is None:
            return None, None
        return after(first, self.count, self.unit, onward=self.level == "external"), first


@cache
def table() -> tuple[tuple[dict[str, str], ...], Used]:
    """The rows as shipped, and the record of what was used."""
    raw = (files("nodes") / "denial" / "deadlines.tsv").read_bytes()
    rows = tuple(csv.DictReader(raw.decode().splitlines(), delimiter="\t"))
    return rows, Used(kind="table", id="denial-deadlines", version=VERSION, sha256=sha256(raw))


def rule(keys: tuple[str, ...], stage: Round) -> Rule | None:
    """The rule for the way that is open after a decision; none where none is known."""
    for row in table()[0]:
        if row["lob"] in keys and row["round"] == ("upheld" if stage == "final" else stage):
            return _rule(row)
    return None


def keys(line: LineOfBusiness, plan: Plan | None, *, before_claim: bool) -> tuple[str, ...]:
    """The rows' names for a line of business; the kind of plan decides where it is given."""
    found = PLANS[plan] if plan else LINES.get(line, ())
    return ("medicare_ffs_pa",) if before_claim and found == ("medicare_ffs",) else found


def _rule(row: dict[str, str]) -> Rule:
    assert row["level"] in get_args(Level)
    return Rule(
        level=cast("Level", row["level"]),
        who=row["who"],
        text=f"{row['filing_deadline']} ({row['source']})",
        verified=row["verified"],
        count=int(row["count"]) if row["count"] else None,
        unit=cast("Unit", row["unit"] or "day"),
        counted_from=row["counted_from"],
        decided_within=None if row["standard_decision"] == "-" else row["standard_decision"],
        expedited_within=None if row["expedited_decision"] == "-" else row["expedited_decision"],
    )

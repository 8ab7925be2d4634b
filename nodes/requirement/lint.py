"""What is wrong with tables as a whole: rules that tie, codes twice, stale or empty things."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from nodes.requirement.codes import exactness, holds, meet
from nodes.requirement.fitting import rank
from nodes.requirement.library import Requirements
from nodes.requirement.table import (
    Bounds,
    CodeGroup,
    InForce,
    QuantityBounds,
    RequirementRow,
    RequirementTable,
)


@dataclass(frozen=True)
class Finding:
    """One thing found; an error makes the tables unfit, a warning wants a look."""

    severity: str
    place: str
    words: str


def lint(held: Requirements, as_of: date) -> list[Finding]:
    """All findings, errors first."""
    found = [*_ties(held), *_codes(held, as_of), *_dates(held), *_sources(held, as_of)]
    return sorted(found, key=lambda one: (one.severity, one.place, one.words))


def _ties(held: Requirements) -> Iterable[Finding]:
    """Two rules of equal rank that could both be for one line and say different things."""
    placed = [(table, row) for table in held.tables for row in table.rows]
    for (table, row), (other_table, other) in combinations(placed, 2):
        if row.needed != other.needed and _both(table, row, other_table, other):
            words = f"ties with {other_table.id}/{other.id}: equally specific, different answers"
            yield Finding("error", f"{table.id}/{row.id}", words)


def _both(
    table: RequirementTable,
    row: RequirementRow,
    other_table: RequirementTable,
    other: RequirementRow,
) -> bool:
    return (
        _overlap(row.effective, other.effective)
        and _circumstances(row, other)
        and any(
            rank(row, exact) == rank(other, other_exact)
            for exact, other_exact in _shared(table.groups(row), other_table.groups(other))
        )
    )


def _circumstances(row: RequirementRow, other: RequirementRow) -> bool:
    """Whether some request could meet all that both name."""
    named: tuple[tuple[Collection[str], Collection[str]], ...] = (
        (_plain(row.payers), _plain(other.payers)),
        (row.lines_of_business, other.lines_of_business),
        (_plain(row.plans), _plain(other.plans)),
        (row.member_states, other.member_states),
        (row.places, other.places),
        (row.urgencies, other.urgencies),
        (set(row.states) - set(other.not_states), set(other.states) - set(row.not_states)),
    )
    apart = any(mine and theirs and not set(mine) & set(theirs) for mine, theirs in named)
    emptied = (row.states and not set(row.states) - set(other.not_states)) or (
        other.states and not set(other.states) - set(row.not_states)
    )
    diagnosed = not (row.diagnoses and other.diagnoses) or any(
        meet(one, two) for one in row.diagnoses for two in other.diagnoses
    )
    counted = _share(row.age, other.age) and _share(row.quantity, other.quantity)
    return not apart and not emptied and diagnosed and counted


def _plain(names: Iterable[str]) -> set[str]:
    return {name.strip().casefold() for name in names}


def _share(one: Bounds | None, other: Bounds | None) -> bool:
    if one is None or other is None or _unit(one) != _unit(other):
        return True
    low = max(one.at_least or 0, other.at_least or 0)
    highs = [end for end in (one.at_most, other.at_most) if end is not None]
    return not highs or low <= min(highs)


def _unit(limits: Bounds) -> str | None:
    return limits.unit if isinstance(limits, QuantityBounds) else None


def _overlap(one: InForce | None, other: InForce | None) -> bool:
    if one is None or other is None:
        return True
    ends = [last for last in (one.last, other.last) if last]
    return not ends or max(one.first, other.first) <= min(ends)


def _shared(
    mine: tuple[CodeGroup, ...], theirs: tuple[CodeGroup, ...]
) -> Iterable[tuple[int, int]]:
    """How exactly each of two rules names the codes that both hold."""
    for one in mine:
        for other in theirs:
            if one.system != other.system or not _overlap(one.effective, other.effective):
                continue
            for pattern in one.codes:
                for second in other.codes:
                    if meet(pattern, second):
                        yield exactness(pattern), exactness(second)


def _codes(held: Requirements, as_of: date) -> Iterable[Finding]:
    """Codes that ended while a rule for them holds, and code sets nobody uses."""
    for table in held.tables:
        used = {name for row in table.rows for name in (*row.codes, row.together)}
        for name in sorted(set(table.code_sets) - used):
            yield Finding("warning", f"{table.id}/{name}", "a code set that no rule uses")
        for row in table.rows:
            for code in sorted(_ended(held, table, row, as_of)):
                words = f"names {code}, which is not valid any more"
                yield Finding("error", f"{table.id}/{row.id}", words)


def _ended(
    held: Requirements, table: RequirementTable, row: RequirementRow, as_of: date
) -> set[str]:
    first = max(row.effective.first, as_of)
    return {
        one.code
        for other in held.tables
        for one in other.retired
        for group in table.groups(row)
        if one.last < first
        and group.system == one.system
        and (group.effective is None or group.effective.on(first))
        and any(exactness(p) == 2 and holds(p, one.code) for p in group.codes)
    }


def _dates(held: Requirements) -> Iterable[Finding]:
    for table in held.tables:
        for row in table.rows:
            if row.effective.last and row.effective.last < row.effective.first:
                yield Finding("error", f"{table.id}/{row.id}", "ends before it begins")


def _sources(held: Requirements, as_of: date) -> Iterable[Finding]:
    for table in held.tables:
        named = {*(row.source for row in table.rows), *(one.source for one in table.retired)}
        for name, source in sorted(table.sources.items()):
            place = f"{table.id}/{name}"
            age = (as_of - source.checked).days
            if age > source.stale_after_days:
                yield Finding("warning", place, f"last checked {age} days ago")
            if source.verified == "unverified":
                yield Finding("warning", place, "the source was not read")
            if name not in named:
                yield Finding("warning", place, "a source that no rule cites")

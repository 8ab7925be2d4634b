"""The table a transaction set is held against: ours, or the map that pyx12 has of it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from nodes.audit import Used
from nodes.x12.finding import Finding
from nodes.x12.guide import Guide, guide_for, guides
from nodes.x12.reading.envelope import TransactionSet
from nodes.x12.segments import Segment
from nodes.x12.validating.pyx12_map import Map, guide_map, stock_map

GUIDE = re.compile(r"[0-9]{6}X[0-9]{3}")
VERSIONS = {"005010": ("00501",), "004010": ("00401", "00400")}


class Table(NamedTuple):
    """What a transaction set is checked by; no map: neither we nor pyx12 know its guide."""

    guide: Guide | None
    map: Map | None
    used: Used | None
    findings: tuple[Finding, ...] = ()


def table_for(transaction: TransactionSet, version: str) -> Table:
    """Choose by ST01, by ST03 or GS08, and by BHT02; ``version`` is ISA12.

    A BHT02 that no table of the guide has does not leave a set unchecked: the table that knows
    most of its segments then says so. Nor does an ST01 that is not the guide's own.
    """
    purpose = next((item.get(2) for item in transaction.segments[:3] if item.id == "BHT"), "")
    found = guide_for(transaction.kind, transaction.guide, purpose) or _likely(transaction)
    named = _named(transaction.kind, transaction.guide)
    if named is not None and (found is None or len(found.guide) < len(named.guide)):
        return Table(named, guide_map(named.id), guides()[named.id][1], (_misnamed(transaction),))
    if found is not None:
        return Table(found, guide_map(found.id), guides()[found.id][1])
    group = transaction.group
    known = stock_map(version, group.get(1), group.get(8), transaction.kind, purpose)
    return Table(None, known, None)


def misversioned(header: Segment, transactions: Sequence[TransactionSet]) -> Iterator[Finding]:
    """ISA12 where it is not what the HIPAA guides of these sets, 5010 or 4010, go with."""
    for transaction in transactions:
        versions = VERSIONS.get(transaction.guide[:6])
        if versions and header.get(12) not in versions:
            yield Finding(
                rule="isa.version-of-guide",
                words=f"ISA12 is not {versions[0]}, as a guide in this interchange has it",
                line=1,
                segment_id="ISA",
                element=12,
                standard="TA105",
                code="017",
            )
            return


def misgrouped(transaction: TransactionSet, guide: Guide | None) -> Finding | None:
    """GS01 where it is not that of the guide; the guide itself is named beyond doubt."""
    if guide is None or not guide.group or transaction.group.get(1) in {"", guide.group}:
        return None
    return Finding(
        rule="group.function-of-guide",
        words=f"GS01 is not {guide.group}, as this guide has it",
        line=transaction.group.place,
        segment_id="GS",
        element=1,
        standard="AK905",
        code="1",
    )


def unreferenced(transaction: TransactionSet) -> Finding | None:
    """ST03 where it is missing and GS08 names a guide of 5010 or later: such guides require it."""
    start, group = transaction.segments[0], transaction.group.get(8)
    if start.get(3) or not GUIDE.match(group) or group[:6] < "005010":
        return None
    return Finding(
        rule="set.guide-missing",
        words="ST03 is missing: guides of 5010 and later name themselves there, as in GS08",
        line=start.place,
        segment=1,
        segment_id="ST",
        element=3,
        standard="IK403",
        code="1",
    )


def _likely(transaction: TransactionSet) -> Guide | None:
    """Of the tables for this ST01 and guide, the one that knows most of its segments."""
    fitting = _fitting(transaction.kind, transaction.guide)
    if not fitting:
        return None
    names = {segment.id for segment in transaction.segments}
    return max(fitting, key=lambda guide: len(names & guide_map(guide.id).names))


@lru_cache(maxsize=64)
def _fitting(kind: str, reference: str) -> tuple[Guide, ...]:
    """The tables for an ST01 and a guide, whatever BHT02 is."""
    known = (guide for guide, _ in guides().values())
    return tuple(
        one for one in known if one.transaction == kind and reference.startswith(one.guide)
    )


@lru_cache(maxsize=64)
def _named(kind: str, reference: str) -> Guide | None:
    """The one table of the guide that ST03 or GS08 names, where ST01 is another transaction's."""
    found = [
        guide
        for guide, _ in guides().values()
        if guide.guide and reference.startswith(guide.guide) and "X" in guide.guide
    ]
    if len(found) != 1 or found[0].transaction == kind:
        return None
    return found[0]


def _misnamed(transaction: TransactionSet) -> Finding:
    return Finding(
        rule="set.transaction",
        severity="warning",
        words="ST01 is not the transaction of the guide that ST03 or GS08 names",
        line=transaction.segments[0].place,
        segment=1,
        segment_id="ST",
        element=1,
        standard="IK502",
        code="6",
    )

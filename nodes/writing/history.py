"""What was decided before, and what the record has that is newer."""

from datetime import date

from nodes.chart import Fact
from nodes.writing.dispute import Dispute
from nodes.writing.draft import Line, Material
from nodes.writing.phrase import by_source, day, said
from nodes.writing.select import select
from nodes.writing.text import clean, ended

NAMES = {
    "request": "The request",
    "peer_to_peer": "The peer-to-peer conversation",
    "reconsideration": "The reconsideration",
    "first": "The first-level appeal",
    "second": "The second-level appeal",
    "external": "The external review",
    "hearing": "The hearing",
}


def history(dispute: Dispute) -> tuple[Line, ...]:
    """Tell each earlier decision with its day and its words, the oldest first."""
    lines = []
    for one in sorted(dispute.earlier, key=lambda e: e.decided or date.min):
        when = f" on {one.decided.isoformat()}" if one.decided else ""
        who = f" by {clean(one.who)}" if one.who else ""
        number = f", reference {clean(one.reference)}" if one.reference else ""
        words = " ".join(f'"{ended(clean(word))}"' for word in one.words)
        reason = f" The reason in its words: {words}" if words else " No reason is at hand."
        lines.append(
            Line(f"{NAMES[one.level]} was decided{when}{who}{number}.{reason}", "decision")
        )
    return tuple(lines)


def since(material: Material, dispute: Dispute) -> tuple[Line, ...]:
    """Show what the record has from after the first decision; say so when it has nothing."""
    decided = [one.decided for one in dispute.earlier if one.decided]
    if dispute.stage == "first" or not decided:
        return ()
    after = min(decided)
    notes = by_source(material.chart.notes)
    chosen = {
        citation.fact
        for lines in select(material).lines.values()
        for line in lines
        for citation in line.citations
    }
    new = [f for f in material.facts if f.id in chosen and _newer(day(f, notes), after)]
    lines = tuple(said(fact, notes) for fact in sorted(new, key=_order)[:8])
    if lines:
        return lines
    text = f"The record cited here has nothing dated after {after.isoformat()}."
    return (Line(text, "decision"),)


def _newer(found: date | None, after: date) -> bool:
    return found is not None and found > after


def _order(fact: Fact) -> tuple[date, str]:
    return (fact.end or fact.start or date.max, fact.id)

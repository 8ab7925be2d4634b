"""The days that matter after a request or a denial, each with the rule that gives it."""

from datetime import date

from nodes.case import Case
from nodes.denial.rules import table
from nodes.notice import Level, Step
from nodes.writing.dispute import Dispute, rule_of
from nodes.writing.text import clean

NAMES: dict[Level, str] = {
    "peer_to_peer": "Peer-to-peer call",
    "reconsideration": "Reconsideration",
    "first": "First-level appeal",
    "second": "Second-level appeal",
    "external": "External review",
    "hearing": "Hearing",
}
DETERMINATIONS = {
    "medicare_advantage": (
        "medicare_advantage",
        "organization determination (items/services subject to PA)",
        "",
    ),
    "medicaid": ("medicaid_mco", "authorization", "for a managed care plan"),
    "exchange": ("qhp_ffe", "pre-service claim", ""),
    "commercial": ("erisa_group", "pre-service claim", "where the plan is an employer's"),
}


def clock(dispute: Dispute, as_of: date) -> list[str]:
    """Tell the time for a call first, then each way that is open, with the rule of each."""
    steps = dispute.notice.steps if dispute.notice else ()
    calls = [step for step in steps if step.level == "peer_to_peer"]
    told = [_told(step, as_of, dispute.issued) for step in calls] or [
        "Peer-to-peer call: no time for it was read; it is the plan's own rule, ask when calling."
    ]
    told += [_told(step, as_of, dispute.issued) for step in steps if step.level != "peer_to_peer"]
    if dispute.deadline:
        told.append(f"Appeal: due {dispute.deadline.isoformat()}{_left(dispute.deadline, as_of)}.")
    elif not [step for step in steps if step.level != "peer_to_peer"]:
        told.append("Appeal: its last day was not read; look in the notice.")
    return told


def decision_time(case: Case) -> str | None:
    """Say how long the plan may take to decide, where a regulation says it for this plan."""
    key = DETERMINATIONS.get(case.coverage.line_of_business)
    row = next((r for r in table()[0] if key and (r["lob"], r["step"]) == key[:2]), None)
    if key is None or row is None:
        return None
    urgent = case.urgency != "standard"
    within = row["expedited_decision"] if urgent else row["standard_decision"]
    if within == "-":
        return None
    kind = "an expedited" if urgent else "a standard"
    where = f", {key[2]}" if key[2] else ""
    return f"{within} for {kind} decision ({row['source']}{where})"


def _told(step: Step, as_of: date, issued: date | None) -> str:
    name = NAMES[step.level]
    who = f" to {clean(step.who)}" if step.who else ""
    if step.due is None:
        return f"{name}{who}: {clean(step.rule)}; the day cannot be worked out."
    rule = clean(step.stated.quote) if step.stated else rule_of(step, issued)
    return f"{name}{who}: due {step.due.isoformat()}{_left(step.due, as_of)}: {rule.rstrip('.')}."


def _left(due: date, as_of: date) -> str:
    days = (due - as_of).days
    if days < 0:
        return ", which has passed"
    return ", today" if days == 0 else f", {days} day{'s' if days > 1 else ''} left"

"""What several decisions come to."""

from collections.abc import Sequence

from nodes.decision import Outcome


def overall(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome for several services.

    All alike: that. Else the first that holds: anything unknown is unknown; anything pended is
    pended (no final answer yet); anything the payer wants a call about is contact_payer; only
    yes in various degrees is modified; some yes is partially_certified; then denied, rejected,
    cancelled.
    """
    said = set(outcomes)
    if len(said) == 1:
        return outcomes[0]
    first: tuple[Outcome, ...] = ("unknown", "pended", "contact_payer")
    for outcome in first:
        if outcome in said:
            return outcome
    if said & {"certified", "modified", "partially_certified"}:
        whole = said <= {"certified", "modified", "no_action_required"}
        degrees: Outcome = "modified" if "modified" in said else "certified"
        return degrees if whole else "partially_certified"
    last: tuple[Outcome, ...] = ("denied", "rejected", "cancelled")
    return next((outcome for outcome in last if outcome in said), "unknown")

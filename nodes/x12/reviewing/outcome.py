"""What several decisions come to."""

from collections.abc import Sequence

from nodes.decision import CERTIFYING, Outcome

CLEAN: tuple[Outcome, ...] = (*CERTIFYING, "no_action_required")
KEPT: dict[Outcome, Outcome] = {
    "partially_certified": "partially_certified",
    "pended": "pended",
    "contact_payer": "contact_payer",
    "denied": "unknown",
    "cancelled": "unknown",
    "rejected": "unknown",
    "unknown": "unknown",
}


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


def under(event: Outcome | None, services: Outcome) -> Outcome:
    """What the services' outcome comes to under the event's own.

    A no of the services stands. A yes of theirs is not more than the event says: it stays partial,
    pended or to be called about; what was changed of the event is modified; and with an event that
    is denied, cancelled, rejected or of no known action nobody can tell what is meant.
    """
    if event is None or services not in CLEAN:
        return services
    if event == "modified" and services == "certified":
        return "modified"
    return KEPT.get(event, services)

"""Hold announced orders against those already known: new, again, changed, ordered anew, over."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from nodes.ehr.arriving.order import KnownOrder, OrderReference, Verdict

CANCELLED = {"revoked", "entered-in-error", "cancelled", "stopped", "deleted", "ended"}
SUPERSEDED = {"completed"}
STANDING = {"", "active"}
NOT_YET = {
    "draft",
    "on-hold",
    "proposal",
    "plan",
    "option",
    "directive",
    "do-not-perform",
}


def judged(
    orders: Iterable[OrderReference],
    known: Iterable[KnownOrder],
    now: datetime,
    window: timedelta,
) -> tuple[OrderReference, ...]:
    """Give every order its verdict; orders of one announcement are held against each other too."""
    seen = {one.key: one for one in known}
    told = []
    for order in orders:
        verdict, earlier, why = _verdict(order, seen, now, window)
        told.append(order.model_copy(update={"verdict": verdict, "earlier": earlier, "why": why}))
        if verdict in {"new", "reorder"} and not order.draft:
            seen[order.key] = KnownOrder(
                ehr=order.ehr,
                key=order.key,
                order=order.order,
                case_id=order.case_id,
                patient=order.patient.id if order.patient else None,
                services=order.services,
                at=now,
            )
    return tuple(told)


def _verdict(
    order: OrderReference, seen: dict[str, KnownOrder], now: datetime, window: timedelta
) -> tuple[Verdict, str | None, str | None]:
    before = seen.get(order.key)
    said = (order.order_status or "").lower()
    if order.draft or said in NOT_YET:
        return "not_yet", None, "it is not an order to be carried out yet"
    if said in CANCELLED | SUPERSEDED:
        return _over(order, before, said)
    if said not in STANDING:
        return "unknown", before.key if before else None, "the EHR does not say whether it stands"
    if before is not None:
        if order.services and before.services and set(order.services) != set(before.services):
            return "changed", before.key, "the same order now asks for another service"
        return "duplicate", before.key, "the same order was taken in before"
    return _anew(order, seen, now, window)


def _over(
    order: OrderReference, before: KnownOrder | None, said: str
) -> tuple[Verdict, str | None, str | None]:
    if before is not None and before.closed:
        return "duplicate", before.key, "its end was taken in before"
    earlier = before.key if before else None
    if said in SUPERSEDED:
        return "superseded", earlier, "the order has been carried out"
    return "cancelled", earlier, "the order no longer stands in the EHR"


def _anew(
    order: OrderReference, seen: dict[str, KnownOrder], now: datetime, window: timedelta
) -> tuple[Verdict, str | None, str | None]:
    """A new order, unless it replaces a known one or asks for the same soon after it."""
    others = [one for one in seen.values() if _another(one, order)]
    for one in others:
        if one.order is not None and one.order in order.replaces:
            return "reorder", one.key, "it replaces an order that was taken in before"
    patient = order.patient.id if order.patient else None
    for one in others:
        same = patient is not None and one.patient == patient
        service = bool(set(one.services) & set(order.services))
        counts = one.carried_out or not one.closed
        if counts and same and service and abs(now - one.at) <= window:
            return "reorder", one.key, "the same service was ordered for the patient before"
    return "new", None, None


def _another(one: KnownOrder, order: OrderReference) -> bool:
    """Whether a known order is of the same EHR, and was not signed in the same group."""
    return one.ehr == order.ehr and one.case_id != order.case_id

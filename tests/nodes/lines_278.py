"""Service lines as hypothesis makes them, and the words and dates they are made of."""

from datetime import date, timedelta

from hypothesis import strategies as st

from nodes.care import Delivery
from nodes.case import ServiceLine
from nodes.x12.characters import fold
from nodes.x12.requesting.request_service import total

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORD = LETTERS + "abc" + "éüñçŁøß\u2019-' \u00a0"
SIGNS = WORD + "0123456789.,;:*^~|>!&#@()/\n"
ids = st.text(LETTERS + "0123456789", min_size=2, max_size=15)
days = st.dates(date(1930, 1, 1), date(2040, 1, 1))
past = st.dates(date(1930, 1, 1), date(2026, 11, 20))
COUNTED = {
    "professional": ["unit", "minute", "international_unit"],
    "institutional": ["unit", "day", "international_unit"],
}
SPREAD = {
    "professional": ["visit", "day", "month", "hour"],
    "institutional": ["visit", "month", "hour"],
}


def maybe(found):
    return st.none() | found


def folds(text):
    """A text that something is left of, and that is not too long once folded."""
    written = fold(text)
    return bool(written) and text.strip() and len(written) <= 60


def prose(most):
    return st.text(SIGNS, min_size=1, max_size=most).filter(folds)


words = st.text(WORD, min_size=1, max_size=12).filter(folds)
span = st.builds(
    lambda first, more: (first, first + timedelta(more) if more else None),
    days,
    st.integers(0, 400),
)
patterns = st.builds(
    Delivery,
    quantity=st.integers(1, 9),
    unit=st.sampled_from(["visit", "day", "month", "hour", "unit"]),
    per=st.sampled_from(["day", "week", "month"]),
    every=maybe(st.integers(1, 4)),
    periods=maybe(st.integers(1, 12)),
    period=st.sampled_from(["day", "week", "month", "year", "episode"]),
    pattern=maybe(st.sampled_from(["A", "SX", "1"])),
    time_of_day=maybe(st.sampled_from(["A", "D"])),
)


PATTERNS, BOTH, MANY = maybe(patterns), st.booleans(), st.integers(1, 99999)
UNITS = {
    setting: (st.sampled_from(found), st.sampled_from(found + SPREAD[setting]))
    for setting, found in COUNTED.items()
}
MODIFIERS = st.lists(st.sampled_from(["NU", "RR", "KX", "LT", "26"]), max_size=4).map(tuple)
DESCRIPTIONS, MESSAGES, MAYBE_ID = maybe(prose(30)), maybe(prose(40)), maybe(ids)
SETTINGS = st.sampled_from(["professional", "institutional"])
REVENUES = st.sampled_from(["0128", "551"])
CODES = st.sampled_from(
    [("CPT", "72148"), ("HCPCS", "E0601"), ("HCPCS", "J1745"), ("NDC", "00093310905")]
)
POINTERS = {
    count: st.lists(st.integers(1, count), min_size=1, max_size=min(4, count), unique=True)
    for count in range(1, 13)
}
LEFT = maybe(st.just("left"))
SIDES = maybe(st.sampled_from(["left", "right", "bilateral"]))
KINDS = maybe(st.sampled_from(["73", "AE", "42"]))


def amount(draw, setting):
    """Quantity, unit and delivery such as a service of this setting can carry."""
    delivery = draw(PATTERNS)
    counted, any_unit = UNITS[setting]
    if delivery and delivery.unit in SPREAD[setting] and draw(BOTH):
        return {"quantity": total(delivery), "unit": delivery.unit, "delivery": delivery}
    if delivery:
        return {"quantity": draw(MANY), "unit": draw(counted), "delivery": delivery}
    return {"quantity": draw(MANY), "unit": draw(any_unit)}


def procedure(draw, setting, diagnoses):
    """What is asked for, and which diagnoses it is for."""
    if setting == "institutional" and draw(BOTH):
        return {"system": "REVENUE", "code": draw(REVENUES)}
    coded = {"modifiers": draw(MODIFIERS), "description": draw(DESCRIPTIONS)}
    if setting == "institutional":
        return {"system": "CPT", "code": "99231", "revenue_code": "450", **coded}
    system, code = draw(CODES)
    pointers = tuple(draw(POINTERS[diagnoses]))
    return {"system": system, "code": code, "diagnoses": pointers, **coded}


@st.composite
def lines_for(draw, diagnoses, attachments, providers):
    setting = draw(SETTINGS)
    coded = procedure(draw, setting, diagnoses)
    sides = LEFT if "LT" in coded.get("modifiers", ()) else SIDES
    first, last = draw(span)
    dated = draw(BOTH)
    return ServiceLine(
        **coded,
        **amount(draw, setting),
        start=first if dated else None,
        end=last if dated else None,
        laterality=draw(sides),
        authorization_number=draw(MAYBE_ID),
        administrative_reference=draw(MAYBE_ID),
        service_type=draw(KINDS),
        message=draw(MESSAGES),
        providers=draw(providers),
        attachments=draw(attachments),
    )

"""Rules about the patient event: what was before, accidents, admissions, dates, documents."""

from collections.abc import Iterator

from nodes.x12.finding import Finding
from nodes.x12.validating.rules.scene import (
    ELEMENT_DATE,
    ELEMENT_MISSING,
    Level,
    Scene,
    Spot,
)

EARLIER = {"1", "2", "3", "4", "N", "R", "S"}
NUMBERS = ("authorization", "administrative_reference")
SENT = {"BM", "EL", "EM", "FT", "FX"}
ORDER = (
    ("admission_date", "discharge_date", "the discharge lies before the admission"),
    ("last_menstrual_period", "estimated_birth_date", "the birth is expected too early"),
    ("issue_date", "expiration_date", "the certification ends before it was issued"),
    ("effective_dates", "expiration_date", "the certification ends before it takes effect"),
)
ADMISSION = (
    ("admission_date", "an admission needs its date: add DTP*435"),
    ("admission", "an admission tells its type and source: add CL1"),
)
PAST = ("accident_date", "last_menstrual_period", "onset_date")


def earlier_number(scene: Scene) -> Iterator[Finding]:
    """What follows an earlier review names it: REF*BB or REF*NT (unverified)."""
    known = scene.handed_down(lambda one: bool(one.own(*NUMBERS)))
    for level in scene.named("event_level", "service_level") if scene.asks else ():
        for spot in level.own("review"):
            if spot.get("certification") in EARLIER and not known[level]:
                words = "this follows an earlier review: add its number in REF*BB or REF*NT"
                yield scene.lacks(spot, "earlier-number", words, "authorization")


def accident(scene: Scene) -> Iterator[Finding]:
    """An accident has its date, one with a car its state or country (unverified)."""
    for level in scene.named("event_level") if scene.asks else ():
        dated = bool(level.own("accident_date"))
        for spot in level.own("review"):
            causes = {spot.get(f"cause.cause{number}") for number in (1, 2, 3)} - {""}
            if causes and not dated:
                words = "an accident is told without its date: add DTP*439"
                yield scene.lacks(spot, "accident", words, "accident_date")
            if "AA" in causes and not (spot.get("cause.state") or spot.get("cause.country")):
                words = "an accident with a car needs the state or country it happened in"
                code = ELEMENT_MISSING
                yield spot.finding("accident", words, code, "cause.state", "warning")


def admission(scene: Scene) -> Iterator[Finding]:
    """A request to admit says when, and how (DTP*435, CL1; unverified)."""
    for level in scene.named("event_level") if scene.asks else ():
        missing = [(name, words) for name, words in ADMISSION if not level.own(name)]
        for spot in level.own("review"):
            if spot.get("category") != "AR" or spot.get("certification") == "3":
                continue
            for name, words in missing:
                yield scene.lacks(spot, "admission", words, name)


def dates_in_order(scene: Scene) -> Iterator[Finding]:
    """What comes later in life comes later in the dates."""
    for level in scene.named("event_level", "service_level"):
        for first, second, words in ORDER:
            begun = [days[0] for one in level.own(first) if (days := _days(one))]
            for later in level.own(second):
                ended = _days(later)
                if begun and ended and ended[-1] < begun[0]:
                    said = f"{words}: correct one of the dates"
                    yield later.finding("dates-in-order", said, ELEMENT_DATE, "date")


def past_dates(scene: Scene) -> Iterator[Finding]:
    """Accident, onset and last menstrual period lie before the transaction (no source)."""
    written = scene.written()
    for level in scene.named("event_level"):
        for spot in level.own(*PAST):
            days = _days(spot)
            if days and len(written) == 8 and days[0] > written:
                words = "this lies after the date of the transaction and has not happened yet"
                yield spot.finding("past-dates", words, ELEMENT_DATE, "date", "warning")


def attachment_number(scene: Scene) -> Iterator[Finding]:
    """A document that travels on its own carries the number it is found by (PWK05, PWK06)."""
    for level in _of_care(scene):
        for spot in level.own("attachments"):
            if spot.get("way") in SENT and not spot.get("control"):
                words = "the document goes its own way: give its control number (PWK05 AC, PWK06)"
                yield spot.finding("attachment-number", words, ELEMENT_MISSING, "control")


def _of_care(scene: Scene) -> Iterator[Level]:
    return scene.named("event_level", "service_level")


def _days(spot: Spot) -> list[str]:
    """The days of a date or range; none where they cannot be compared."""
    days = spot.get("date").split("-")
    real = all(len(day) == 8 and day.isascii() and day.isdigit() for day in days)
    return days if real and len(days) < 3 else []


TREE = (earlier_number,)
RULES = (*TREE, accident, admission, dates_in_order, past_dates, attachment_number)

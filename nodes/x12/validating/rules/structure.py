"""Rules about the header and the levels of a 278."""

from collections.abc import Iterator

from nodes.x12.finding import Finding
from nodes.x12.validating.rules.scene import (
    ELEMENT_CODE,
    ELEMENT_PATTERN,
    Scene,
    Spot,
)

ABOVE = {
    "umo_level": (),
    "requester_level": ("umo_level",),
    "subscriber_level": ("requester_level",),
    "dependent_level": ("subscriber_level",),
    "event_level": ("dependent_level", "subscriber_level"),
    "service_level": ("event_level",),
}


def level_parent(scene: Scene) -> Iterator[Finding]:
    """Each level hangs under the level the guide has it under."""
    for level in scene.levels:
        allowed = ABOVE.get(level.name)
        if allowed is None or (level.above is None and level.hl.get("parent")):
            continue
        above = level.above.name if level.above else ""
        if above not in (allowed or ("",)):
            words = "HL02 names a level this one cannot hang under; name the level it belongs to"
            yield level.hl.finding("level-parent", words, ELEMENT_PATTERN, "parent")


def event_of_dependent(scene: Scene) -> Iterator[Finding]:
    """Where there is a dependent, the event is the dependent's."""
    for level in scene.named("event_level"):
        above = level.above
        if above is None or above.name != "subscriber_level":
            continue
        if "dependent_level" in above.kinds:
            words = "the subscriber has a dependent level: let HL02 of the event name that level"
            yield level.hl.finding("event-of-dependent", words, ELEMENT_PATTERN, "parent")


def reservation(scene: Scene) -> Iterator[Finding]:
    """A medical services reservation is one in the header (BHT06 RU) and in the event (UM01 IN)."""
    beginning = next((one for one in scene.head if one.name == "beginning"), None)
    if beginning is None or not scene.asks:
        return
    reserved = beginning.get("kind") == "RU"
    for level in scene.named("event_level"):
        for review in level.own("review"):
            if reserved and review.get("category") != "IN":
                words = "BHT06 RU asks for a reservation: the review category must be IN"
                yield review.finding("reservation", words, ELEMENT_CODE, "category")
            elif review.get("category") == "IN" and not reserved:
                words = "a review category of IN is a reservation: BHT06 must be RU"
                yield beginning.finding("reservation", words, ELEMENT_CODE, "kind")


def purpose(scene: Scene) -> Iterator[Finding]:
    """A purpose other than a request agrees with what is asked (usage unverified)."""
    beginning = next((one for one in scene.head if one.name == "beginning"), None)
    if beginning is None or not scene.asks:
        return
    said = beginning.get("purpose")
    if said == "36" and beginning.get("kind") != "RU":
        words = "BHT02 36 goes with a medical services reservation: set BHT06 to RU or BHT02 to 13"
        yield beginning.finding("purpose", words, ELEMENT_CODE, "purpose", "warning")
    if said == "01" and beginning.get("kind") != "RU":
        for review in _reviews(scene):
            if review.get("certification") != "3":
                words = "BHT02 cancels, the certification type does not: use 3, or BHT02 13"
                yield review.finding("purpose", words, ELEMENT_CODE, "certification", "warning")


def event_services(scene: Scene) -> Iterator[Finding]:
    """A request for health services names its services; cancels need none (unverified)."""
    for level in scene.named("event_level"):
        asked = [one for one in level.own("review") if one.get("category") == "HS"]
        told = "service_level" in level.kinds
        if scene.asks and asked and not told and asked[0].get("certification") != "3":
            words = "health services are asked for and none is named: add a service level"
            yield scene.lacks(level.hl, "event-services", words, "service_level")


def _reviews(scene: Scene) -> Iterator[Spot]:
    for level in scene.named("event_level"):
        yield from level.own("review")


TREE = (level_parent, event_of_dependent, event_services)
RULES = (*TREE, reservation, purpose)

"""Rules about what an answer decides, refuses and refers to (HCR, AAA, TRN)."""

from collections.abc import Iterator

from nodes.x12.finding import Finding
from nodes.x12.validating.rules.scene import (
    ELEMENT_CODE,
    ELEMENT_MISSING,
    ELEMENT_PATTERN,
    SEGMENT_UNWANTED,
    Level,
    Scene,
    Spot,
)

NUMBERED = {"A1", "A2", "A6"}
REASONED = {"A3", "A4"}
GRANTED = {"A1", "A6"}
ANSWERS = ("decision", "rejection")


def _decisions(scene: Scene) -> Iterator[tuple[Level, Spot]]:
    if scene.answers:
        for level in scene.named("event_level", "service_level"):
            for spot in level.own("decision"):
                yield level, spot


def decision_number(scene: Scene) -> Iterator[Finding]:
    """A certification in total, in part or modified carries its number (HCR02)."""
    for _, spot in _decisions(scene):
        if spot.get("action") in NUMBERED and not spot.get("number"):
            words = "this decision certifies and has no number: give the certification number"
            yield spot.finding("decision-number", words, ELEMENT_MISSING, "number")


def decision_reason(scene: Scene) -> Iterator[Finding]:
    """What is not certified or pended says why (HCR03, list 886)."""
    for _, spot in _decisions(scene):
        if spot.get("action") in REASONED and not spot.get("reason"):
            words = "this decision denies or pends and says no reason: give one of list 886"
            yield spot.finding("decision-reason", words, ELEMENT_MISSING, "reason")


def partial_event_only(scene: Scene) -> Iterator[Finding]:
    """Certified in part is said of an event, never of one service."""
    for level, spot in _decisions(scene):
        if level.name == "service_level" and spot.get("action") == "A2":
            words = "one service is not certified in part: use A1, A3 or A6 here, A2 on the event"
            yield spot.finding("partial-event-only", words, ELEMENT_CODE, "action")


def decided(scene: Scene) -> Iterator[Finding]:
    """Every event of an answer is decided or rejected: itself, service by service, or above it."""
    if not scene.answers:
        return
    rejected = scene.handed_down(lambda one: bool(one.called("rejection")))
    for level in scene.named("event_level"):
        looked = (level, *level.below)
        if not rejected[level] and not any(one.called(*ANSWERS) for one in looked):
            words = "the answer neither decides nor rejects this event: add HCR or AAA"
            yield scene.lacks(level.hl, "decided", words, "decision")


def rejection_reason(scene: Scene) -> Iterator[Finding]:
    """A rejection says why and what may follow (AAA03, AAA04; usage unverified)."""
    for spot in _rejections(scene):
        if not spot.get("reason"):
            words = "the rejection says no reason: give one of list 901"
            yield spot.finding("rejection-reason", words, ELEMENT_MISSING, "reason", "warning")
        elif not spot.get("follow_up"):
            words = "the rejection does not say whether to send again: give a follow-up action"
            code = ELEMENT_MISSING
            yield spot.finding("rejection-follow-up", words, code, "follow_up", "warning")


def rejected_and_certified(scene: Scene) -> Iterator[Finding]:
    """What is rejected is not certified at the same level."""
    for level, spot in _decisions(scene):
        if spot.get("action") in GRANTED and "rejection" in level.uses:
            words = "the same level is rejected by AAA and certified by HCR: leave one out"
            code = SEGMENT_UNWANTED
            yield spot.finding("rejected-and-certified", words, code, severity="warning")


def trace_originator(scene: Scene) -> Iterator[Finding]:
    """TRN03 is 1 and an employer number, 3 and a DUNS number, or 9 and nine of one's own."""
    for level in scene.levels:
        for spot in level.own("trace"):
            said = spot.get("originator")
            numeric = said[1:].isascii() and said[1:].isdigit()
            if said and (said[:1] not in "139" or (said[0] in "13" and not numeric)):
                words = "the originator of a trace begins with 1 (then an EIN), 3 (DUNS) or 9 (own)"
                code = ELEMENT_PATTERN
                yield spot.finding("trace-originator", words, code, "originator", "warning")


def trace_echo(scene: Scene) -> Iterator[Finding]:
    """An answer hands the request's traces back with TRN01 2."""
    if not scene.answers:
        return
    for level in scene.named("event_level"):
        spots = level.own("trace")
        if spots and not any(spot.get("kind") == "2" for spot in spots):
            words = (
                "no trace of the request comes back (TRN01 2): asker and answer are hard to pair"
            )
            yield spots[0].finding("trace-echo", words, ELEMENT_CODE, "kind", "note")


def _rejections(scene: Scene) -> Iterator[Spot]:
    for level in scene.levels:
        yield from level.called("rejection")


TREE = (decided,)
RULES = (
    *TREE,
    decision_number,
    decision_reason,
    partial_event_only,
    rejection_reason,
    rejected_and_certified,
    trace_originator,
    trace_echo,
)
